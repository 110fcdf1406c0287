import { FIELD_QUANTITIES, type FieldQuantity, type ResultEntry } from '../../../../preload/contract/index.ts';
import { compareResults } from '../../../actions/compare.ts';
import { resultOf, useResults } from '../../../state/results.ts';
import { Button } from '../../../ui/button.tsx';
import { Group } from '../../../ui/group.tsx';
import { fieldDescription } from '../../../units/fields.ts';
import { formatNumber, toDisplay } from '../../../units/format.ts';
import { unitOf } from '../../../units/quantities.ts';
import { useUnits } from '../../../units/use-units.ts';
import { whoseResult } from './whose.ts';

type Compared = NonNullable<NonNullable<ResultEntry['summary']['imported']>['comparison']>[number];

/** Beyond this the two do not say the same; below it the difference is of rounding and of averaging at nodes. */
const APART_percent = 2;

/** What another program says of the same study: whose it is, and how far from ours. */
export function Comparison({ entry }: { entry: ResultEntry }) {
  const entries = useResults((state) => state.entries);
  const compared = useResults((state) => state.compared);
  const theirs = entry.summary.imported ? entry : opinionOn(entry, entries);
  const whose = theirs && whoseResult(theirs);
  if (!theirs || !whose) return null;
  const { imported } = theirs.summary;
  const ours = resultOf(imported?.of ?? null, entries);
  const rows = imported?.comparison ?? [];
  const beside = ours && compared === theirs.inputHash;
  return (
    <Group title={imported?.of ? `Second opinion: ${whose}` : `From ${whose}`} testId="comparison">
      {rows.length > 0 && <ComparisonTable rows={rows} />}
      {imported?.field_difference_percent !== undefined && (
        <p className="note">
          Anywhere on the part the two differ by at most{' '}
          <strong>{formatNumber(imported.field_difference_percent, 2)} %</strong> of the largest value, at the same
          nodes.
        </p>
      )}
      {rows.length === 0 && (
        <p className="note">
          A result of another program, on a mesh of its own: it has no error estimate of ours, and changes of the study
          do not touch it.
        </p>
      )}
      {ours && !ours.current && <p className="note">Both are of the study as it was before it was last changed.</p>}
      {ours && !beside && theirs.fieldsHash && ours.fieldsHash && (
        <Button icon="compare" onClick={() => compareResults(ours.inputHash, theirs.inputHash)}>
          Side by side
        </Button>
      )}
    </Group>
  );
}

/** The newest second opinion on a result. */
const opinionOn = ({ inputHash }: ResultEntry, entries: ResultEntry[]): ResultEntry | undefined =>
  entries.find(({ summary }) => summary.imported?.of === inputHash);

function ComparisonTable({ rows }: { rows: Compared[] }) {
  return (
    <table className="table comparison" data-testid="comparison-table">
      <thead>
        <tr>
          <th scope="col">Largest</th>
          <th scope="col" className="number">
            Ours
          </th>
          <th scope="col" className="number">
            Theirs
          </th>
          <th scope="col" className="number">
            Apart
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ComparisonRow key={`${row.frame ?? ''} ${row.quantity}`} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function ComparisonRow({ row }: { row: Compared }) {
  const system = useUnits();
  const { quantity, difference_percent } = row;
  const field = isField(quantity) ? fieldDescription(quantity) : null;
  const unit = field ? unitOf(field.quantity, system).symbol : row.unit;
  const shown = (value: number) => formatNumber(field ? toDisplay(value, field.quantity, system) : value, 5);
  return (
    <tr>
      <th scope="row">
        {row.frame !== undefined && <span className="muted">{row.frame}: </span>}
        {field?.label ?? quantity}
        {unit !== '-' && unit !== '' && <span className="muted"> {unit}</span>}
      </th>
      <td className="number">{shown(row.ours)}</td>
      <td className="number">{shown(row.theirs)}</td>
      <td className={`number strong ${Math.abs(difference_percent) > APART_percent ? 'apart' : ''}`}>
        {`${difference_percent > 0 ? '+' : ''}${formatNumber(difference_percent, 2)} %`}
      </td>
    </tr>
  );
}

const isField = (quantity: string): quantity is FieldQuantity =>
  (FIELD_QUANTITIES as readonly string[]).includes(quantity);
