import type { ResultEntry } from '../../../preload/contract/index.ts';
import { frameLabel, frameOf, framesOf } from '../../state/frames.ts';
import { useResults } from '../../state/results.ts';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { formatCount, formatNumber, formatQuantity, formatSeconds, toDisplay } from '../../units/format.ts';
import { unitOf } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';

/** Where the numbers come from and how well they close. */
export function Provenance({ entry }: { entry: ResultEntry }) {
  const system = useUnits();
  const { summary } = entry;
  const { mesh } = summary;
  const tallest = Math.max(1, ...mesh.histogram);
  return (
    <Group title="Provenance" closed testId="provenance">
      <Pairs>
        <Pair name="Solver">{summary.solver}</Pair>
        <Pair name="Method">
          {summary.method}, {formatCount(summary.iterations)} iterations
        </Pair>
        <Pair name="Residual">{formatNumber(summary.relativeResidual, 2)}</Pair>
        {summary.equilibrium_error !== undefined && (
          <Pair name="Equilibrium">{formatNumber(summary.equilibrium_error, 2)} of the applied force</Pair>
        )}
        <Pair name="Error estimate">
          {formatNumber(summary.discretisation_error.energy_percent, 2)} % energy,{' '}
          {formatNumber(summary.discretisation_error.peak_stress_percent, 2)} % peak stress
        </Pair>
        <Pair name="Mesh">
          {formatCount(mesh.elements)} {mesh.order === 2 ? 'quadratic' : 'linear'} tetrahedra
        </Pair>
        <Pair name="Unknowns">{formatCount(mesh.dof)}</Pair>
        <Pair name="Element size">{formatQuantity(mesh.size_mm, 'length', system, 3)}</Pair>
        <Pair name="Worst element">
          {formatNumber(mesh.min_quality, 2)} scaled Jacobian
          {mesh.straightened > 0 && `, ${formatCount(mesh.straightened)} straightened`}
        </Pair>
        {summary.strainEnergy_N_mm !== undefined && (
          <Pair name="Strain energy">{formatQuantity(summary.strainEnergy_N_mm, 'energy', system)}</Pair>
        )}
        <Pair name="Mass">{formatQuantity(summary.mass_kg, 'mass', system)}</Pair>
        <Pair name="Time">
          {formatSeconds(summary.seconds.total)} (mesh {formatSeconds(summary.seconds.mesh)}, solve{' '}
          {formatSeconds(summary.seconds.solve)})
        </Pair>
        <Pair name="Solved">{new Date(summary.createdAt).toLocaleString()}</Pair>
        <Pair name="Input hash">
          <code className="hash">{summary.inputHash.slice(0, 16)}</code>
        </Pair>
      </Pairs>
      <figure className="histogram" aria-label="Elements by quality">
        {mesh.histogram.map((count, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            key={index}
            title={`${index / 10} to ${(index + 1) / 10}: ${formatCount(count)} elements`}
            style={{ height: `${count === 0 ? 0 : Math.max(6, (count / tallest) * 100)}%` }}
            className={index < 2 ? 'poor' : ''}
          />
        ))}
      </figure>
      <div className="histogram-axis muted small">
        <span>0</span>
        <span>element quality</span>
        <span>1</span>
      </div>
      <Forces entry={entry} />
    </Group>
  );
}

/** Rounding dust beside a force is no force. */
const clean = (value: number, all: number[]): number => (Math.abs(value) < 1e-9 * Math.hypot(...all) ? 0 : value);

/** What acts on the part and what holds it, where the study has forces. */
function Forces({ entry }: { entry: ResultEntry }) {
  const system = useUnits();
  const index = useResults((state) => Math.min(state.display.frame, framesOf(entry).length - 1));
  const several = framesOf(entry).length > 1;
  const frame = frameOf(entry, index);
  // The first frame's numbers are those of the summary; each further one has its own, or none.
  const { applied_N, reactions_N } = index === 0 ? { ...entry.summary, ...frame } : frame;
  if (!applied_N || !reactions_N) return null;
  return (
    <table className="table reactions">
      <caption className="muted">
        Forces ({unitOf('force', system).symbol}){several && `: ${frameLabel(frame)}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">At</th>
          <th scope="col" className="number">
            X
          </th>
          <th scope="col" className="number">
            Y
          </th>
          <th scope="col" className="number">
            Z
          </th>
        </tr>
      </thead>
      <tbody>
        {[
          { id: 'applied', name: 'Applied', force_N: applied_N },
          ...reactions_N.byRestraint,
          { id: 'reactions', name: 'All reactions', force_N: reactions_N.total },
        ].map(({ id, name, force_N }) => (
          <tr key={id}>
            <th scope="row" className="truncate">
              {name}
            </th>
            {(['x', 'y', 'z'] as const).map((axis, index) => (
              <td key={axis} className="number">
                {formatNumber(clean(toDisplay(force_N[index]!, 'force', system), force_N), 4)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
