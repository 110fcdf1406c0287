import type { ManufacturingReport } from '../../../preload/contract/index.ts';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { formatNumber } from '../../units/format.ts';

const DIGITS = 3;
const time = (minutes: number): string =>
  minutes >= 120 ? `${formatNumber(minutes / 60, DIGITS)} h` : `${formatNumber(minutes, DIGITS)} min`;

/** Stock, set-ups, time and cost, and everything that they rest on. */
export function PlanView({ report: { plan, quantity } }: { report: ManufacturingReport }) {
  const { stock, setUps, cost, assumptions, notes } = plan;
  const money = (value: number): string => `${formatNumber(value, DIGITS)} ${cost.currency}`;
  return (
    <>
      <Group title="Plan" testId="manufacture-plan">
        <Pairs>
          <Pair name="Stock">
            {stock.words}
            {stock.special ? ', to be ordered specially' : ''}
          </Pair>
          <Pair name="Weighs">
            {formatNumber(stock.mass_kg, DIGITS)} kg, {formatNumber(100 * stock.used, DIGITS)} % of it ends in the part
          </Pair>
          <Pair name="Time">
            {time(plan.time.minutesPerPiece)} a piece, {time(plan.time.onceMinutes)} once
          </Pair>
          <Pair name="Cost">
            <span>
              <span className="strong">{money(cost.perPiece)} a piece</span>
              {quantity > 1 ? `, ${money(cost.lot)} for ${quantity}` : ''}
            </span>
          </Pair>
        </Pairs>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col" className="number">
                A piece
              </th>
              <th scope="col" className="number">
                Once
              </th>
            </tr>
          </thead>
          <tbody>
            {setUps.map((setUp) => (
              <tr
                key={setUp.words}
                title={setUp.operations.map(({ words, minutes }) => `${words}: ${time(minutes)}`).join('\n')}
              >
                <td>{setUp.words}</td>
                <td className="number">{time(setUp.minutesPerPiece)}</td>
                <td className="number">{time(setUp.setUpMinutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Cost of a piece</th>
              <th scope="col" className="number">
                {cost.currency}
              </th>
            </tr>
          </thead>
          <tbody>
            {cost.items.map(({ what, perPiece }) => (
              <tr key={what}>
                <td>{what}</td>
                <td className="number">{formatNumber(perPiece, DIGITS)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {notes.map((note) => (
          <p key={note} className="muted small">
            {note}
          </p>
        ))}
      </Group>
      <Group title="Assumptions" closed extra={<span className="muted">{assumptions.length}</span>}>
        <p className="muted small">
          Time and cost are as good as these figures. They are kept in resources/manufacture.
        </p>
        <ul className="assumptions">
          {assumptions.map(({ what, value, unit, source }) => (
            <li key={what} title={source}>
              {what}: {formatNumber(value, 4)} {unit === '1' ? '' : unit}
              <span className="muted small">{source}</span>
            </li>
          ))}
        </ul>
      </Group>
    </>
  );
}
