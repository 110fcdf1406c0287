import { useEffect } from 'react';
import type { ResultEntry } from '../../../preload/contract/index.ts';
import { attempt } from '../../actions/edit.ts';
import { useCommand } from '../../commands/index.ts';
import { engine } from '../../engine/connection.ts';
import { clearPath, pathPlaces, usePath } from '../../state/path.ts';
import { useResults } from '../../state/results.ts';
import { Button } from '../../ui/button.tsx';
import { Chart } from '../../ui/chart.tsx';
import { Group } from '../../ui/group.tsx';
import { fieldDescription } from '../../units/fields.ts';
import { toDisplay } from '../../units/format.ts';
import { unitOf } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';
import { isElementQuantity } from '../../viewport/api.ts';
import { paneView } from '../viewport/field.ts';

/** Places along the line: enough to see a notch, few enough to come at once. */
const SAMPLES = 101;

async function samplePath(inputHash: string, frame: number): Promise<void> {
  const { points_mm } = usePath.getState();
  const [from, to] = points_mm;
  if (!from || !to) return;
  const places = pathPlaces([from, to], SAMPLES);
  const answers = await engine()['studies.probe']({ inputHash, frame, points_mm: places });
  // The line may have been drawn anew meanwhile.
  if (usePath.getState().points_mm !== points_mm) return;
  const whole = Math.hypot(...[0, 1, 2].map((k) => to[k]! - from[k]!));
  const samples = answers.map(({ at_mm, inside, values }, index) => ({
    distance_mm: (whole * index) / (SAMPLES - 1),
    at_mm,
    inside,
    values,
  }));
  usePath.setState({ samples, of: { inputHash, frame } });
}

/** The painted quantity along a straight line through the part. */
export function PathPlot({ entry }: { entry: ResultEntry }) {
  useResults((state) => state.display);
  const { points_mm, samples } = usePath();
  const place = useCommand('result.path');
  const system = useUnits();
  const view = paneView('main');
  const frame = view?.frame ?? 0;
  const { inputHash } = entry;
  useEffect(() => {
    if (points_mm.length === 2) void attempt(() => samplePath(inputHash, frame));
  }, [points_mm, inputHash, frame]);
  const quantity = view?.quantity ?? 'von_mises';
  const description = fieldDescription(quantity);
  const off = samples.filter(({ inside }) => !inside).length;
  return (
    <Group title="Along a line" testId="path" closed={points_mm.length === 0}>
      {samples.length > 0 && isElementQuantity(quantity) && <p className="muted">Numbers of elements have no curve.</p>}
      {samples.length > 0 && !isElementQuantity(quantity) && (
        <>
          <Chart
            title={`${description.label}, A to B`}
            testId="path-chart"
            x={{
              name: 'Distance',
              unit: unitOf('length', system).symbol,
              values: samples.map(({ distance_mm }) => toDisplay(distance_mm, 'length', system)),
            }}
            y={[
              {
                name: description.label,
                unit: unitOf(description.quantity, system).symbol,
                values: samples.map(({ inside, values }) =>
                  inside && values[quantity] !== undefined
                    ? toDisplay(values[quantity], description.quantity, system)
                    : Number.NaN,
                ),
              },
            ]}
            onPoint={(index) => usePath.setState({ marked_mm: index === null ? null : samples[index]!.at_mm })}
          />
          {off > 0 && (
            <p className="muted">
              {off === samples.length
                ? 'The whole line lies outside the part: there is nothing to plot.'
                : 'The gaps are where the line leaves the part.'}
            </p>
          )}
        </>
      )}
      {points_mm.length === 1 && <p className="muted">Now the other end, B.</p>}
      <div className="export-buttons">
        <Button
          icon="measure"
          kind={place.checked ? 'primary' : ''}
          disabled={!place.enabled}
          onClick={place.run}
          data-testid="pick-path"
        >
          {place.checked ? 'Done' : 'Pick A and B'}
        </Button>
        <Button disabled={points_mm.length === 0} onClick={clearPath}>
          Clear
        </Button>
      </div>
    </Group>
  );
}
