import type { ResultEntry } from '../../../preload/contract/index.ts';
import { compareResults } from '../../actions/compare.ts';
import { attempt } from '../../actions/edit.ts';
import { solve } from '../../actions/studies.ts';
import { runCommand } from '../../commands/index.ts';
import { groupOf } from '../../geometry/subject.ts';
import { useDocument } from '../../state/document.ts';
import { resultInPanel, showResult, useResults } from '../../state/results.ts';
import { revealPanel } from '../../state/ui.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { formatNumber } from '../../units/format.ts';
import { Sensitivities } from '../sensitivities/sensitivities.tsx';
import { BodiesTable } from './bodies/bodies-table.tsx';
import { ConnectionsTable } from './bodies/connections-table.tsx';
import { ComparedControls } from './compared-controls.tsx';
import { Curves } from './curves.tsx';
import { DisplayControls } from './display-controls.tsx';
import { ElementInspector } from './element-inspector.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { Comparison } from './foreign/comparison.tsx';
import { isOutOfDate, whoseResult } from './foreign/whose.ts';
import { GlyphControls } from './glyph-controls.tsx';
import { Headline } from './headline.tsx';
import { InsideControls } from './inside-controls.tsx';
import { OutsideButtons } from './outside-buttons.tsx';
import { PathPlot } from './path-plot.tsx';
import { Probes } from './probes.tsx';
import { Provenance } from './provenance.tsx';
import { WarningCards } from './warning-cards.tsx';

/** The answers of the studies. */
export function ResultsPanel() {
  const entries = useResults((state) => state.entries);
  const shown = useResults((state) => state.shown);
  useResults((state) => state.activeStudyId);
  const compared = useResults((state) => state.compared);
  const records = useDocument((state) => state.records);
  if (entries.length === 0) {
    return (
      <section className="panel" aria-label="Results" data-testid="results">
        <div className="panel-empty">
          <p>Nothing has been solved yet.</p>
          <Button onClick={() => revealPanel('studies')}>To the studies</Button>
        </div>
      </section>
    );
  }
  const entry = resultInPanel() as ResultEntry;
  const record = records.get(entry.studyId);
  const study = record?.type === 'study' ? record : undefined;
  const labelOf = (one: ResultEntry) => {
    const of = records.get(one.studyId);
    const time = new Date(one.summary.createdAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const whose = whoseResult(one);
    const elsewhere = one.summary.variables !== undefined && !one.current;
    const note = whose
      ? ` · from ${whose}`
      : elsewhere
        ? ' · other dimensions'
        : isOutOfDate(one)
          ? ' · out of date'
          : '';
    return `${of?.type === 'study' ? of.name : 'Deleted study'} · ${time}${note}`;
  };
  const comparable = entries.filter(({ inputHash, fieldsHash }) => fieldsHash && inputHash !== entry.inputHash);
  const compareEntries = (): MenuEntry[] => [
    ...comparable.map(
      (one): MenuEntry => ({
        kind: 'item',
        label: labelOf(one),
        checked: one.inputHash === compared,
        run: () => compareResults(entry.inputHash, one.inputHash),
      }),
    ),
    {
      kind: 'item',
      label: 'The same result, in another quantity or frame',
      checked: compared === entry.inputHash,
      run: () => void runCommand('result.split'),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'End the comparison',
      disabled: !compared,
      run: () => useResults.setState({ compared: null }),
    },
  ];
  const isShown = shown === entry.inputHash;
  return (
    <section className="panel" aria-label="Results" data-testid="results">
      <div className="panel-bar">
        <Select
          label="Result"
          value={entry.inputHash}
          options={entries.map((one) => ({ value: one.inputHash, label: labelOf(one) }))}
          onChange={showResult}
        />
        <IconButton
          icon={isShown ? 'eye' : 'eyeOff'}
          label={isShown ? 'Show the model instead' : 'Show this result'}
          pressed={isShown}
          disabled={!entry.fieldsHash}
          onClick={() => showResult(isShown ? null : entry.inputHash)}
        />
        <MenuButton label="Compare side by side" entries={compareEntries} disabled={!entry.fieldsHash} testId="compare">
          <Icon name="compare" />
        </MenuButton>
      </div>
      {isOutOfDate(entry) && (
        <div className="stale" role="status" data-testid="stale">
          <Icon name="warning" />
          <span>
            {entry.summary.variables
              ? `Solved with other dimensions: ${entry.summary.variables.map(({ name, unit, value }) => `${name} ${formatNumber(value, 4)}${unit === '1' ? '' : ` ${unit}`}`).join(', ')}.`
              : 'The study has changed since: these are the numbers of before.'}
          </span>
          {study && <Button onClick={() => void attempt(() => solve(study.id))}>Solve again</Button>}
        </div>
      )}
      {!entry.fieldsHash && (
        <div className="stale" role="status">
          <Icon name="info" />
          <span>The fields were dropped from the cache; the numbers are kept. Solve again to see the picture.</span>
        </div>
      )}
      <div className="panel-scroll">
        <Headline entry={entry} />
        <BodiesTable entry={entry} />
        <WarningCards entry={entry} />
        <Comparison entry={entry} />
        {compared && <ComparedControls />}
        <DisplayControls entry={entry} study={study} />
        <InsideControls entry={entry} />
        <GlyphControls />
        <Curves entry={entry} />
        {study && <Probes entry={entry} study={study} />}
        {study && !groupOf(study.partId) && <Sensitivities entry={entry} study={study} />}
        <PathPlot entry={entry} />
        <ElementInspector entry={entry} />
        <ConnectionsTable entry={entry} />
        <Provenance entry={entry} />
        {study && <OutsideButtons studyId={study.id} />}
        <ExportButtons entry={entry} name={study?.name ?? 'result'} />
      </div>
    </section>
  );
}
