/** A sketch of 800 constraints under the hand. */
import { benchmarkSketch } from '../../sketch/benchmarks.ts';
import type { Benchmark } from './types.ts';

export const sketch: Benchmark = {
  name: 'sketch',
  summary: 'dragging a point of a sketch of 800 constraints',
  async run() {
    const answer = await benchmarkSketch();
    return {
      name: 'sketch',
      lines: [
        { what: 'constraints', value: answer.constraints },
        { what: 'points and curves', value: answer.entities },
        {
          what: 'median step of a drag, solving',
          value: answer.dragMedian_ms,
          unit: 'ms',
          bar: 'under 12 ms, which leaves 21 ms for drawing',
          holds: answer.dragMedian_ms < 12,
        },
        { what: '95 of 100 steps', value: answer.dragP95_ms, unit: 'ms' },
        { what: 'steps where a constraint was off', value: answer.unsolved, bar: 'none', holds: answer.unsolved === 0 },
        { what: 'solving and diagnosing it anew', value: answer.solve_ms, unit: 'ms' },
        { what: `a sketch of ${answer.smallConstraints} constraints anew`, value: answer.smallOurs_ms, unit: 'ms' },
        { what: 'the same by planegcs alone', value: answer.smallPlanegcs_ms, unit: 'ms' },
      ],
    };
  },
};
