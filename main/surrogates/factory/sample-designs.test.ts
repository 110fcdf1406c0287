/** The order of solving, on cantilevers that are solved by their formula. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentContext } from '../../../preload/contract/index.ts';
import { HEAD, PARAMETERS, referenceMesh, solvedDesign } from '../library/cantilever.fixture.ts';
import { packReferenceMesh } from '../library/reference-mesh.ts';
import { leastSure, type PlacementQuestion } from '../sampling/least-sure.ts';
import type { DesignPlan } from './design-source.ts';
import { sampleDesigns } from './sample-designs.ts';
import { DataStore } from './store.ts';

const PLAN: DesignPlan = {
  name: 'Cantilever',
  parameters: PARAMETERS,
  reference: [100, 20, 10],
  quantities: HEAD.quantities.map(({ name }) => name),
  fields: HEAD.fields,
  seed: 1,
  designs: 10,
  adaptive: 11,
  unseen: 2,
  ownMeshEvery: 0,
  budget: {},
};
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-sample-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Goes on with the data of a name until the plan is done or its budget is used. */
async function sample(name: string, plan: DesignPlan, lanes: number) {
  const data = await DataStore.openFor(join(folder, name), HEAD, packReferenceMesh(referenceMesh()));
  const asked: PlacementQuestion[] = [];
  const report = await sampleDesigns(
    {
      plan,
      joined: [],
      lanes,
      data,
      started: performance.now(),
      place: async (question) => {
        asked.push(question);
        return leastSure(question);
      },
    },
    async (values) => {
      const { record, fields } = solvedDesign('training', 0, [...values]);
      const { scalars, quality, warnings } = record;
      const seconds = { make: 0, carry: 0, solve: 0, read: 0 };
      return { state: 'solved', scalars, quality, warnings, seconds, fields };
    },
    silentContext(),
  );
  return { report, data, asked };
}

test('the even sequence comes first, then batches that know all designs before them', async () => {
  const { report, data, asked } = await sample('whole', PLAN, 1);
  expect(report).toEqual({ added: 23 });
  expect(asked.map(({ tried, count }) => [tried.length, count])).toEqual([
    [10, 8],
    [18, 3],
  ]);
  expect(data.solved('training')).toHaveLength(21);
  expect(new Set(data.designs.map(({ values }) => values.join())).size).toBe(23);
});

test('stopped anywhere and by any number of lanes, the designs are those that an uninterrupted call finds', async () => {
  const whole = await DataStore.open(join(folder, 'whole'));
  let stops = 0;
  for (let added = 0; added < 23; stops++) {
    const { report } = await sample('stopped', { ...PLAN, budget: { solves: 5 } }, 2);
    added += report.added;
    expect(report.stopped).toBe(added < 23 ? 'solves' : undefined);
  }
  expect(stops).toBe(5);
  expect((await DataStore.open(join(folder, 'stopped'))).hash()).toBe(whole.hash());
});
