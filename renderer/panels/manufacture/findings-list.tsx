import { useState } from 'react';
import type { FindingSeverity, ManufacturingFinding, ManufacturingReport } from '../../../preload/contract/index.ts';
import { showFinding } from '../../actions/manufacture.ts';
import { useManufacture } from '../../state/manufacture.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';

const ICONS: Record<FindingSeverity, IconName> = { error: 'error', warning: 'warning', advice: 'info' };
const SHOWN_FIRST = 40;

/** Each finding with its fix and its source; a click paints and frames its faces. */
export function FindingsList(props: { partId: string; report: ManufacturingReport; disabled: boolean }) {
  const { partId, report, disabled } = props;
  const shown = useManufacture((state) => (state.shown?.partId === partId ? state.shown.index : null));
  const [all, setAll] = useState(false);
  const listed = all ? report.findings : report.findings.slice(0, SHOWN_FIRST);
  return (
    <>
      <ul className="findings" data-testid="findings">
        {listed.map((finding, index) => (
          <li key={`${finding.rule} ${finding.body} ${finding.faces.join()} ${finding.edges.join()}`}>
            <button
              type="button"
              className={`finding ${finding.severity} ${shown === index ? 'selected' : ''}`}
              aria-pressed={shown === index}
              disabled={disabled}
              data-rule={finding.rule}
              onClick={() => showFinding(partId, index)}
            >
              <Icon name={ICONS[finding.severity]} size={14} />
              <span className="finding-words">
                <span className="strong">
                  {finding.title}
                  {finding.places > 1 ? `, ${finding.places} places` : ''}
                </span>
                <span>{finding.message}</span>
                {shown === index && <More finding={finding} />}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {listed.length < report.findings.length && (
        <button type="button" className="link panel-hint" onClick={() => setAll(true)}>
          Show all {report.findings.length}
        </button>
      )}
    </>
  );
}

function More({ finding: { fixes, source, rule } }: { finding: ManufacturingFinding }) {
  return (
    <>
      {fixes.map(({ words }) => (
        <span key={words} className="finding-fix">
          {words}
        </span>
      ))}
      <span className="muted small">
        {source.name}: {source.section}. {source.figure}. ({rule})
      </span>
    </>
  );
}
