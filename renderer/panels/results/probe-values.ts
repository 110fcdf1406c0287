/** Fetches the values at a result's probes, once for each place. */
import type { Probe } from '../../../preload/contract/index.ts';
import { engine } from '../../engine/connection.ts';
import { useResults } from '../../state/results.ts';

export const probeKey = (inputHash: string, at: Probe['at_mm']): string => `${inputHash} ${at.join()}`;

export async function loadProbeValues(inputHash: string, probes: Probe[]): Promise<void> {
  const { probeValues } = useResults.getState();
  const unknown = probes.filter(({ at_mm }) => !probeValues.has(probeKey(inputHash, at_mm)));
  if (unknown.length === 0) return;
  const answers = await engine()['studies.probe']({ inputHash, points_mm: unknown.map(({ at_mm }) => at_mm) });
  useResults.setState((state) => {
    const next = new Map(state.probeValues);
    answers.forEach(({ values }, index) => {
      const probe = unknown[index];
      if (probe) next.set(probeKey(inputHash, probe.at_mm), values);
    });
    return { probeValues: next };
  });
}
