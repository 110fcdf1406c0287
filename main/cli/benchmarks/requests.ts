/** `artificer bench requests`: how the agent does without weights on what engineers say. */

import { fileURLToPath } from 'node:url';
import { judgeRequests, readRequests } from '../../engineer/benchmarks.ts';
import { withTemporaryEngine } from '../engine-client.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

const RIGHT = 54;

export const requests: Benchmark = {
  name: 'requests',
  summary: 'plain-language requests to the agent, and held-out paraphrases',
  run: (io) =>
    withTemporaryEngine({ front: 'Benchmark' }, async ({ client }) => {
      const lines: BenchmarkLine[] = [];
      for (const file of ['requests', 'designs', 'held-out']) {
        const said = readRequests(fileURLToPath(new URL(`../../../resources/agent/${file}.yaml`, import.meta.url)));
        const judged = await judgeRequests(client, said, { tryOut: true, signal: io.signal });
        const count = (verdict: string) => judged.filter((each) => each.verdict === verdict).length;
        for (const { request, verdict, found } of judged)
          if (verdict !== 'right') io.err(`${verdict}: “${request.say}” -> ${found}\n`);
        const first = file === 'requests';
        const bound = file !== 'held-out';
        lines.push(
          {
            what: `${file}: right, of ${said.length}`,
            value: count('right'),
            ...(first ? { bar: `at least ${RIGHT}`, holds: count('right') >= RIGHT } : {}),
          },
          { what: `${file}: asked back`, value: count('asked') },
          {
            what: `${file}: wrong`,
            value: count('wrong'),
            ...(bound ? { bar: 'none', holds: count('wrong') === 0 } : {}),
          },
        );
      }
      return { name: 'requests', lines };
    }),
};
