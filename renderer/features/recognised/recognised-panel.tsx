/** Holes, fillets and other features of a body without a history: seen, changed and removed. */
import { useEffect, useState } from 'react';
import type { PartRecord, RecognisedKind } from '../../../preload/contract/index.ts';
import { useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { useActivePart, useVariables } from '../../state/parts.ts';
import { select } from '../../state/selection.ts';
import { point } from '../../state/view.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { QuantityField, Select } from '../../ui/fields.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { formatCount } from '../../units/format.ts';
import { ExpressionField } from '../editor/expression-field.tsx';
import { textOf } from '../expressions.ts';
import {
  type Found,
  facesOf,
  foundIn,
  matching,
  recognise,
  removeFound,
  resizeFound,
  shapeOf,
  sizesOf,
  useRecognised,
} from './recognised-state.ts';

const KIND_NAMES: Record<RecognisedKind, { icon: IconName; plural: string }> = {
  hole: { icon: 'hole', plural: 'Holes' },
  fillet: { icon: 'fillet', plural: 'Fillets' },
  chamfer: { icon: 'chamfer', plural: 'Chamfers' },
  pocket: { icon: 'shell', plural: 'Pockets' },
  boss: { icon: 'extrude', plural: 'Bosses' },
  wall: { icon: 'rib', plural: 'Walls' },
};

export function RecognisedPanel() {
  const part = useActivePart();
  const state = useRecognised();
  const shape = useGeometry(() => (part ? shapeOf(part.id) : ''));
  const stale = part !== undefined && (state.partId !== part.id || state.of !== shape);
  // What was found is of a shape that has been changed since: found again.
  useEffect(() => {
    if (part && stale && shape !== '' && !useRecognised.getState().busy) void recognise(part.id);
  }, [part, stale, shape]);
  if (!part)
    return (
      <section className="panel" aria-label="Recognised features" data-testid="recognised">
        <p className="panel-hint">Select a part to find its holes, fillets and other features.</p>
      </section>
    );
  return (
    <section className="panel" aria-label="Recognised features" data-testid="recognised">
      <FoundList
        key={part.id}
        part={part}
        found={state.partId === part.id ? foundIn(state.bodies) : []}
        busy={state.busy}
      />
    </section>
  );
}

function FoundList({ part, found, busy }: { part: PartRecord; found: Found[]; busy: boolean }) {
  const [wanted, setKind] = useState<RecognisedKind | 'all'>('all');
  const [largest, setLargest] = useState<number | undefined>(undefined);
  // Where the last one of a kind has gone, everything is shown again.
  const kind = found.some(({ feature }) => feature.kind === wanted) ? wanted : 'all';
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const readOnly = useDocument((state) => state.project?.readOnly !== false);
  const shown = matching(found, kind, largest ?? null);
  const picked = shown.filter(({ key }) => chosen.has(key));
  const counts = (one: RecognisedKind) => found.filter(({ feature }) => feature.kind === one).length;
  const choose = (next: readonly Found[]) => {
    setChosen(new Set(next.map(({ key }) => key)));
    select(facesOf(part.id, next));
  };
  const remove = (gone: readonly Found[]) => {
    point(null);
    setChosen(new Set());
    void removeFound(part.id, gone);
  };
  return (
    <>
      <div className="panel-bar">
        <Select
          label="Kind of feature"
          value={kind}
          options={[
            { value: 'all', label: `Everything (${formatCount(found.length)})` },
            ...(Object.keys(KIND_NAMES) as RecognisedKind[])
              .filter((one) => counts(one) > 0)
              .map((one) => ({ value: one, label: `${KIND_NAMES[one].plural} (${formatCount(counts(one))})` })),
          ]}
          onChange={setKind}
        />
        <div className="recognised-largest" title="Only those of at most this size">
          <QuantityField
            label="Largest size"
            quantity="length"
            value={largest}
            placeholder="any size"
            minimum={0}
            onCommit={setLargest}
            onClear={() => setLargest(undefined)}
          />
        </div>
      </div>
      <div className="panel-bar">
        <Button onClick={() => choose(picked.length === shown.length ? [] : shown)} disabled={shown.length === 0}>
          {picked.length === shown.length && shown.length > 0
            ? 'Select none'
            : `Select all ${formatCount(shown.length)}`}
        </Button>
        <Button
          icon="deleteFace"
          disabled={picked.length === 0 || readOnly}
          onClick={() => remove(picked)}
          title="Takes their faces off and closes the gap from the neighbours"
        >
          Remove {picked.length > 0 ? formatCount(picked.length) : ''}
        </Button>
        <span className="spacer" />
        <IconButton icon="reset" label="Look again" disabled={busy} onClick={() => void recognise(part.id)} />
      </div>
      <div className="panel-scroll">
        {busy && <p className="panel-hint">Looking at the faces of “{part.name}”…</p>}
        {!busy && found.length === 0 && (
          <p className="panel-hint">No holes, fillets or other features were recognised on “{part.name}”.</p>
        )}
        <ul className="recognised">
          {shown.map((one) => (
            <FoundLine
              key={one.key}
              part={part}
              found={one}
              chosen={chosen.has(one.key)}
              readOnly={readOnly}
              onChoose={(on) => choose(on ? [...picked, one] : picked.filter(({ key }) => key !== one.key))}
              onRemove={() => remove([one])}
            />
          ))}
        </ul>
      </div>
    </>
  );
}

interface FoundLineProps {
  part: PartRecord;
  found: Found;
  chosen: boolean;
  readOnly: boolean;
  onChoose: (on: boolean) => void;
  onRemove: () => void;
}

function FoundLine({ part, found, chosen, readOnly, onChoose, onRemove }: FoundLineProps) {
  const { feature } = found;
  return (
    <li
      className={`recognised-line ${chosen ? 'selected' : ''}`}
      onPointerEnter={() => point(facesOf(part.id, [found]))}
      onPointerLeave={() => point(null)}
    >
      <input
        type="checkbox"
        aria-label={`Select ${feature.words}`}
        checked={chosen}
        onChange={(event) => onChoose(event.currentTarget.checked)}
        onFocus={() => point(facesOf(part.id, [found]))}
        onBlur={() => point(null)}
      />
      <Icon name={KIND_NAMES[feature.kind].icon} size={14} />
      <span className="truncate recognised-words" title={feature.words}>
        {feature.words}
      </span>
      {!readOnly && <Sizes part={part} found={found} />}
      {feature.kind !== 'wall' && (
        <IconButton small icon="trash" label={`Remove ${feature.words}`} disabled={readOnly} onClick={onRemove} />
      )}
    </li>
  );
}

/** Its sizes as fields: what is typed becomes a step of the history. */
function Sizes({ part, found }: { part: PartRecord; found: Found }) {
  const variables = useVariables(part.id);
  const sizes = sizesOf(part.id, found);
  const texts = sizes.map(({ value_mm }) => textOf(value_mm, 'length'));
  return (
    <span className="recognised-sizes">
      {texts.map((text, index) => (
        <ExpressionField
          // biome-ignore lint/suspicious/noArrayIndexKey: places from the opening inwards are what they are
          key={index}
          label={`${sizes[index]!.label} of ${found.feature.words}${texts.length > 1 ? `, ${index + 1}` : ''}`}
          dimension="length"
          value={text}
          variables={variables}
          onCommit={(next) =>
            void resizeFound(
              part.id,
              found,
              texts.map((other, at) => (at === index ? next : other)),
            )
          }
        />
      ))}
    </span>
  );
}
