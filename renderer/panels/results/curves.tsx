import type { ResultCurve, ResultEntry } from '../../../preload/contract/index.ts';
import { isFilm } from '../../state/frames.ts';
import { goToTime, momentsOf, usePlayback } from '../../state/playback.ts';
import { useResults } from '../../state/results.ts';
import { Chart } from '../../ui/chart.tsx';
import { Group } from '../../ui/group.tsx';

/** The steps of refinement as curves: each quantity that the study asked for against the unknowns. */
export function convergenceCurves({ summary }: ResultEntry): ResultCurve[] {
  const steps = summary.convergence ?? [];
  if (steps.length < 2 || summary.curves?.some(({ kind }) => kind === 'convergence')) return [];
  const names = [...new Set(steps.flatMap(({ values }) => Object.keys(values)))];
  return names.map((name) => ({
    id: `convergence-${name}`,
    name: `Convergence of ${name}`,
    kind: 'convergence',
    x: { name: 'Degrees of freedom', unit: '', values: steps.map(({ dof }) => dof) },
    y: [{ name, unit: '', values: steps.map(({ values }) => values[name] ?? Number.NaN) }],
    logarithmicX: true,
  }));
}

/** What the study recorded: probes against time, response against frequency, how the numbers settle. */
export function Curves({ entry }: { entry: ResultEntry }) {
  const time = usePlayback((state) => state.time);
  const frame = useResults((state) => state.display.frame);
  const curves = [...(entry.summary.curves ?? []), ...convergenceCurves(entry)];
  if (curves.length === 0) return null;
  const film = isFilm(entry);
  const now = time ?? momentsOf(entry)[frame] ?? null;
  return (
    <Group title={`Curves (${curves.length})`} testId="curves">
      {curves.map((curve) => {
        const moving = film && (curve.kind === 'time' || curve.kind === 'load-step');
        return (
          <Chart
            key={curve.id}
            title={curve.name}
            x={curve.x}
            y={curve.y}
            logarithmicX={curve.logarithmicX ?? false}
            logarithmicY={curve.logarithmicY ?? false}
            points={curve.x.values.length <= 24}
            testId={`curve-${curve.kind}`}
            {...(moving ? { mark: now, onPick: (index: number) => goToTime(entry, curve.x.values[index]!) } : {})}
          />
        );
      })}
    </Group>
  );
}
