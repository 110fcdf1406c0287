import type { ResultEntry } from '../../../../preload/contract/index.ts';
import { Group } from '../../../ui/group.tsx';
import { formatCount, formatQuantity } from '../../../units/format.ts';
import { useUnits } from '../../../units/use-units.ts';

/** What joins the bodies, also what was found by itself: over which area, and what it carries. */
export function ConnectionsTable({ entry }: { entry: ResultEntry }) {
  const system = useUnits();
  const { connections = [] } = entry.summary;
  if (connections.length === 0) return null;
  return (
    <Group title={`Connections · ${formatCount(connections.length)}`} closed testId="result-connections">
      <table className="table bodies">
        <thead>
          <tr>
            <th scope="col">What joins</th>
            <th scope="col" className="number">
              Area
            </th>
            <th scope="col" className="number">
              Carries
            </th>
          </tr>
        </thead>
        <tbody>
          {connections.map(({ id, name, area_mm2, force_N, boltForce_N, heat_W }) => (
            <tr key={id}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td className="number">{area_mm2 === undefined ? '' : formatQuantity(area_mm2, 'area', system, 3)}</td>
              <td className="number">
                {boltForce_N !== undefined
                  ? formatQuantity(boltForce_N, 'force', system, 4)
                  : force_N
                    ? formatQuantity(Math.hypot(...force_N), 'force', system, 4)
                    : ''}
                {heat_W !== undefined && ` ${formatQuantity(heat_W, 'power', system, 4)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  );
}
