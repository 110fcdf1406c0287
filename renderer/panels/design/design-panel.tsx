/** The design loop: a brief, and what is tried for it. */
import { useEffect, useState } from 'react';
import type { BriefRecord, DesignSample } from '../../../preload/contract/index.ts';
import {
  forgetSearch,
  newBrief,
  newBriefFrom,
  openBrief,
  removeBrief,
  startDesign,
  stopDesign,
} from '../../actions/design.ts';
import { engine, useConnection } from '../../engine/connection.ts';
import { useDesign } from '../../state/design.ts';
import { selectBriefs, useDocument } from '../../state/document.ts';
import { Button } from '../../ui/button.tsx';
import { Segments, Select } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { BriefEditor } from './brief-editor.tsx';
import { DesignsView } from './designs-view.tsx';

export function DesignPanel() {
  const briefs = useDocument(selectBriefs);
  const samples = useSampleBriefs();
  const activeId = useDesign((state) => state.activeId);
  const record = briefs.find(({ id }) => id === activeId) ?? briefs[0];
  useEffect(() => {
    if (record && record.id !== activeId) openBrief(record.id);
  }, [record, activeId]);
  return (
    <section className="panel design-panel" aria-label="Design" data-testid="design">
      {record ? <Loop record={record} briefs={briefs} samples={samples} /> : <Start samples={samples} />}
    </section>
  );
}

function Loop({
  record,
  briefs,
  samples,
}: {
  record: BriefRecord;
  briefs: readonly BriefRecord[];
  samples: readonly DesignSample[];
}) {
  const view = useDesign((state) => state.view);
  const briefView = useDesign((state) => state.briefView);
  const state = useDesign(({ states }) => states.get(record.id));
  const wrong = useDesign(({ check }) => (check?.result.problems.length ?? 0) > 0);
  const readOnly = useDocument((document) => document.project?.readOnly !== false);
  const running = state?.running ?? null;
  const tried = state?.candidates.length ?? 0;
  const begun = tried > 0 && !state?.outcome;
  const entries = (): MenuEntry[] => [
    { kind: 'item', label: 'New brief', icon: 'plus', disabled: readOnly, run: () => void newBrief() },
    ...samples.map(
      (sample): MenuEntry => ({
        kind: 'item',
        label: `New from “${sample.name}”`,
        disabled: readOnly,
        run: () => void newBriefFrom(sample),
      }),
    ),
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Drop what was tried',
      disabled: readOnly || running !== null || tried === 0,
      run: () => void forgetSearch(record.id),
    },
    {
      kind: 'item',
      label: 'Delete the brief',
      icon: 'trash',
      disabled: readOnly || running !== null,
      run: () => void removeBrief(record),
    },
  ];
  return (
    <>
      <div className="panel-bar">
        {briefs.length > 1 ? (
          <Select
            label="Brief"
            value={record.id}
            options={briefs.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={openBrief}
          />
        ) : (
          <span className="strong truncate">{record.name}</span>
        )}
        <span className="spacer" />
        {running ? (
          <Button icon="stop" onClick={() => void stopDesign(record.id)} data-testid="stop-design">
            Stop
          </Button>
        ) : (
          <Button
            kind="primary"
            icon="play"
            disabled={readOnly || (wrong && view === 'brief')}
            onClick={() => void startDesign(record.id)}
            title={wrong ? 'Mend the brief first' : 'Try designs until one holds every requirement (Ctrl+Enter)'}
            data-testid="start-design"
          >
            {begun ? 'Go on' : state?.outcome ? 'Search again' : 'Search'}
          </Button>
        )}
        <MenuButton label="Brief: more" entries={entries}>
          <Icon name="more" />
        </MenuButton>
      </div>
      <div className="panel-bar">
        <Segments
          label="What is shown"
          value={view}
          options={[
            { value: 'brief', label: 'Brief' },
            { value: 'designs', label: tried > 0 ? `Designs (${tried})` : 'Designs' },
          ]}
          onChange={(next) => useDesign.setState({ view: next })}
        />
        {view === 'brief' && (
          <>
            <span className="spacer" />
            <Segments
              label="The brief is shown as"
              value={briefView}
              options={[
                { value: 'form', label: 'Form' },
                { value: 'text', label: 'Text', title: 'The brief as it is kept; the form changes it' },
              ]}
              onChange={(next) => useDesign.setState({ briefView: next })}
            />
          </>
        )}
      </div>
      {view === 'brief' ? (
        <BriefEditor key={record.id} record={record} />
      ) : (
        <DesignsView record={record} state={state} />
      )}
    </>
  );
}

/** What this is for, and ways to begin. */
function Start({ samples }: { samples: readonly DesignSample[] }) {
  const readOnly = useDocument((state) => state.project?.readOnly !== false);
  return (
    <div className="panel-scroll">
      <div className="panel-empty design-start" data-testid="design-start">
        <p>
          A brief says what a part must do: where it is held and loaded, what it must withstand, what it may be made of,
          and what is wanted of it, such as as little mass as possible.
        </p>
        <p>
          Artificer then tries designs, solves each, finds what fails and why, improves, and solves the best one until
          its figures settle. You take the design that you like.
        </p>
        <Button
          kind="primary"
          icon="pencil"
          disabled={readOnly}
          onClick={() => void newBrief()}
          data-testid="new-brief"
        >
          Write a brief
        </Button>
        {samples.length > 0 && <h3>Start from a sample</h3>}
        <ul className="sample-list">
          {samples.map((sample) => (
            <li key={sample.key}>
              <button
                type="button"
                className="sample"
                disabled={readOnly}
                onClick={() => void newBriefFrom(sample)}
                title={sample.about}
                data-testid={`sample-${sample.key}`}
              >
                <Icon name="target" />
                <span className="sample-words">
                  <span className="truncate">{sample.name}</span>
                  <span className="muted small">{sample.about}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function useSampleBriefs(): DesignSample[] {
  const status = useConnection((state) => state.status);
  const [samples, setSamples] = useState<DesignSample[]>([]);
  useEffect(() => {
    if (status !== 'open') return;
    let gone = false;
    engine()
      ['design.samples']({})
      .then((list) => !gone && setSamples(list))
      .catch(() => !gone && setSamples([]));
    return () => {
      gone = true;
    };
  }, [status]);
  return samples;
}
