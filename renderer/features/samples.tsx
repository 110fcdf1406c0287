/** Sample parts that come with the program: what each is, and one click to have it. */
import { useEffect, useState } from 'react';
import type { SamplePart } from '../../preload/contract/index.ts';
import { attempt } from '../actions/edit.ts';
import { engine, useConnection } from '../engine/connection.ts';
import { useDocument } from '../state/document.ts';
import { setActivePart } from '../state/parts.ts';
import { partItem, select } from '../state/selection.ts';
import { closeDialog, revealPanel } from '../state/ui.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';

/** Asked for once the line is open. */
export function useSampleParts(): SamplePart[] {
  const status = useConnection((state) => state.status);
  const [samples, setSamples] = useState<SamplePart[]>([]);
  useEffect(() => {
    if (status !== 'open') return;
    let gone = false;
    engine()
      ['parts.samples']({})
      .then((list) => !gone && setSamples(list))
      .catch(() => !gone && setSamples([]));
    return () => {
      gone = true;
    };
  }, [status]);
  return samples;
}

export async function openSample(sample: SamplePart): Promise<void> {
  const added = await attempt(() => engine()['parts.samples.add']({ key: sample.key }));
  if (!added) return;
  setActivePart(added.partId);
  const placed = useDocument.getState().placements.get(added.partId)?.[0];
  if (placed) select([partItem(placed)]);
  revealPanel('features');
  setTimeout(() => revealPanel('variables'));
}

export function SampleList({ samples, onOpen }: { samples: SamplePart[]; onOpen: (sample: SamplePart) => void }) {
  return (
    <ul className="sample-list">
      {samples.map((sample) => (
        <li key={sample.key}>
          <button type="button" className="sample" onClick={() => onOpen(sample)} title={sample.about}>
            <Icon name="part" />
            <span className="sample-words">
              <span className="truncate">{sample.title}</span>
              <span className="muted small truncate">{sample.about}</span>
            </span>
            <span className="badge">
              {sample.parameters} {sample.parameters === 1 ? 'parameter' : 'parameters'}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function SamplesDialog() {
  const samples = useSampleParts();
  return (
    <Dialog title="Open a sample part" testId="samples" wide onClose={closeDialog}>
      {samples.length === 0 ? (
        <p className="muted">No sample parts come with this engine.</p>
      ) : (
        <SampleList
          samples={samples}
          onOpen={(sample) => {
            closeDialog();
            void openSample(sample);
          }}
        />
      )}
    </Dialog>
  );
}
