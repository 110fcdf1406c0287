import { useState } from 'react';
import type { Probe, ResultEntry } from '../../../preload/contract/index.ts';
import { attempt } from '../../actions/edit.ts';
import { framesOf, isFilm, swings } from '../../state/frames.ts';
import { goToFrame, goToTime, momentsOf, usePlayback } from '../../state/playback.ts';
import { type DisplayQuantity, probeKey, useResults } from '../../state/results.ts';
import { Button } from '../../ui/button.tsx';
import { Chart, type ChartSeries } from '../../ui/chart.tsx';
import { fieldDescription } from '../../units/fields.ts';
import { toDisplay } from '../../units/format.ts';
import { unitOf } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';
import { isElementQuantity } from '../../viewport/api.ts';
import { loadProbeValues } from './probe-values.ts';

/** The values at the probes over all frames of the result: against time, load, mode or case. */
export function ProbeCurves(props: { entry: ResultEntry; probes: Probe[]; displayed: DisplayQuantity }) {
  const { entry, probes, displayed } = props;
  const values = useResults((state) => state.probeValues);
  const shownFrame = useResults((state) => state.display.frame);
  const time = usePlayback((state) => state.time);
  const system = useUnits();
  /** Frames that have been asked for, or null when nobody is asking. */
  const [done, setDone] = useState<number | null>(null);
  const frames = framesOf(entry);
  if (frames.length < 2 || probes.length === 0 || !entry.fieldsHash) return null;
  const film = isFilm(entry);
  const relative = frames.every(swings);
  const known = (probe: Probe, frame: number) => values.get(probeKey(entry.inputHash, probe.at_mm, frame));
  const complete = probes.every((probe) => frames.every((_, frame) => known(probe, frame)));
  const load = async () => {
    try {
      // One after the other, so that each shows as it comes and the engine stays free for others.
      for (let frame = 0; frame < frames.length; frame++) {
        setDone(frame);
        await loadProbeValues(entry.inputHash, probes, frame);
      }
    } finally {
      setDone(null);
    }
  };
  if (!complete)
    return (
      <p>
        <Button
          icon="result"
          disabled={done !== null}
          onClick={() => void attempt(load)}
          data-testid="probe-curves-load"
        >
          {done === null ? `Curves over ${frames.length} frames` : `Frame ${done + 1} of ${frames.length}`}
        </Button>
      </p>
    );
  // Quantities of one unit share a chart.
  const charts = new Map<string, ChartSeries[]>();
  for (const probe of probes) {
    const quantity = probe.quantity ?? displayed;
    if (isElementQuantity(quantity)) continue;
    const { label, quantity: dimension } = fieldDescription(quantity);
    const series = {
      name: probe.name,
      unit: relative ? 'relative' : unitOf(dimension, system).symbol,
      values: frames.map((_, frame) => {
        const value = known(probe, frame)?.[quantity];
        return value === undefined ? Number.NaN : relative ? value : toDisplay(value, dimension, system);
      }),
    };
    charts.set(label, [...(charts.get(label) ?? []), series]);
  }
  const moments = momentsOf(entry);
  const numbers = frames.map((_, index) => index + 1);
  const unit = frames[0]!.unit === '-' ? '' : (frames[0]!.unit ?? '');
  return [...charts].map(([label, series]) => (
    <Chart
      key={label}
      title={`${label} at the probes`}
      x={
        film
          ? { name: unit === 's' ? 'Time' : 'Load factor', unit, values: moments }
          : { name: 'Frame', unit: '', values: numbers }
      }
      y={series}
      points={frames.length <= 24}
      mark={film ? (time ?? moments[shownFrame] ?? null) : shownFrame + 1}
      onPick={(index) => (film ? goToTime(entry, moments[index]!) : goToFrame(entry, index))}
      testId="probe-curves"
    />
  ));
}
