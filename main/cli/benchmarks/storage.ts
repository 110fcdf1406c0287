/** Undo and sudden death. */
import { benchmarkKills, benchmarkUndo } from '../../storage/benchmarks.ts';
import type { Benchmark } from './types.ts';

export const undo: Benchmark = {
  name: 'undo',
  summary: 'undoing 1,000 changes',
  async run() {
    const answer = await benchmarkUndo(1000);
    return {
      name: 'undo',
      lines: [
        { what: 'changes undone', value: 1000 },
        { what: 'median', value: answer.median_ms, unit: 'ms', bar: 'under 1 ms', holds: answer.median_ms < 1 },
        { what: 'slowest', value: answer.worst_ms, unit: 'ms' },
      ],
    };
  },
};

export const kills: Benchmark = {
  name: 'kills',
  summary: '20 kills (SIGKILL) during writes',
  async run() {
    const answer = await benchmarkKills(20);
    return {
      name: 'kills',
      lines: [
        { what: 'kills', value: answer.kills },
        {
          what: 'projects that fail their integrity check',
          value: answer.damaged,
          bar: 'none',
          holds: answer.damaged === 0,
        },
        { what: 'acknowledged changes', value: answer.acknowledged },
        { what: 'acknowledged changes lost', value: answer.lost, bar: 'none', holds: answer.lost === 0 },
      ],
    };
  },
};
