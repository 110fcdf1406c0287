/** Fetches the values at a result's probes, once for each place and frame. */
import type { Probe } from '../../../preload/contract/index.ts';
import { engine } from '../../engine/connection.ts';
import { probeKey, useResults } from '../../state/results.ts';

export async function loadProbeValues(inputHash: string, probes: Probe[], frame: number): Promise<void> {
  const { probeValues } = useResults.getState();
  const unknown = probes.filter(({ at_mm }) => !probeValues.has(probeKey(inputHash, at_mm, frame)));
  if (unknown.length === 0) return;
  const points_mm = unknown.map(({ at_mm }) => at_mm);
  const answers = await engine()['studies.probe']({ inputHash, points_mm, frame });
  useResults.setState((state) => {
    const next = new Map(state.probeValues);
    answers.forEach(({ values }, index) => {
      const probe = unknown[index];
      if (probe) next.set(probeKey(inputHash, probe.at_mm, frame), values);
    });
    return { probeValues: next };
  });
}
