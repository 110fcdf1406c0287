import {
  type BodyMaxima,
  type FieldQuantity,
  isSingularPlace,
  type ResultEntry,
} from '../../../../preload/contract/index.ts';
import { frameOf } from '../../../state/frames.ts';
import { useResults } from '../../../state/results.ts';
import { point } from '../../../state/view.ts';
import { Group } from '../../../ui/group.tsx';
import { FIELDS } from '../../../units/fields.ts';
import { formatCount, formatNumber, toDisplay } from '../../../units/format.ts';
import { unitOf } from '../../../units/quantities.ts';
import { useUnits } from '../../../units/use-units.ts';

const COLUMNS = [
  { quantity: 'von_mises', title: 'von Mises' },
  { quantity: 'displacement.magnitude', title: 'Moves' },
  { quantity: 'temperature', title: 'Temperature' },
] as const satisfies { quantity: FieldQuantity; title: string }[];

/** Of several bodies: the largest of each quantity in each, in the frame that is shown. A press on a number shows where. */
export function BodiesTable({ entry }: { entry: ResultEntry }) {
  const system = useUnits();
  const index = useResults((state) => state.display.frame);
  const { bodies = [] } = entry.summary;
  const frame = frameOf(entry, index);
  const maximaOf = (body: number): BodyMaxima => frame.bodies?.[body] ?? bodies[body]!.maxima;
  const shown = COLUMNS.filter(({ quantity }) => bodies.some((_, body) => maximaOf(body)[quantity]));
  // A mode shows proportions only.
  if (bodies.length < 2 || shown.length === 0 || frame.kind === 'mode') return null;
  return (
    <Group title={`Bodies · ${formatCount(bodies.length)}`} closed={bodies.length > 12} testId="result-bodies">
      <table className="table bodies">
        <thead>
          <tr>
            <th scope="col">Largest</th>
            {shown.map(({ quantity, title }) => (
              <th key={quantity} scope="col" className="number">
                {title} <span className="muted">{unitOf(FIELDS[quantity].quantity, system).symbol}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bodies.map(({ name, instanceId, body = 0 }, place) => (
            <tr
              key={name}
              onPointerEnter={() => instanceId && point([{ instanceId, kind: 'body', body, index: 0 }])}
              onPointerLeave={() => point(null)}
            >
              <th scope="row" title={name}>
                {name}
              </th>
              {shown.map(({ quantity }) => {
                const maximum = maximaOf(place)[quantity];
                const singular =
                  maximum && quantity === 'von_mises' ? isSingularPlace(entry.summary, maximum.at_mm) : false;
                return (
                  <td key={quantity} className="number">
                    {maximum && (
                      <button
                        type="button"
                        className="link"
                        title={singular ? 'At a singular place: another on another mesh' : 'Show where'}
                        onClick={() => useResults.setState({ pointedAt: { at_mm: maximum.at_mm, label: name } })}
                      >
                        {formatNumber(toDisplay(maximum.value, FIELDS[quantity].quantity, system), 4)}
                        {singular && ' *'}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  );
}
