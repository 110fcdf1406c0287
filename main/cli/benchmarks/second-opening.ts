/** The second opening of a project with 2,000 instances against the first: until every triangle is at hand. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentContext } from '../../../preload/contract/index.ts';
import { createEngine } from '../../engine.ts';
import { createKernel } from '../../kernel/index.ts';
import type { ImportedInstance, PrimitiveSpecification } from '../../kernel/port.ts';
import { exportRequestOf } from '../convert.ts';
import { callEngine, waitForJob } from '../engine-client.ts';
import type { Benchmark } from './types.ts';

const PARTS = 20;
const COPIES = 100;

/** A STEP assembly of 20 different brackets, 100 placements of each. */
export async function largeAssembly(): Promise<Uint8Array> {
  const kernel = createKernel();
  try {
    const specifications: PrimitiveSpecification[] = Array.from({ length: PARTS }, (_, index) => {
      const length = 40 + 2 * index;
      return {
        name: `Bracket ${index + 1}`,
        shape: {
          difference: [
            { box: { min_mm: [0, 0, 0], max_mm: [length, 20, 8] } },
            { cylinder: { origin_mm: [10, 10, -1], axis: [0, 0, 1], radius_mm: 4, height_mm: 10 } },
            { cylinder: { origin_mm: [length - 10, 10, -1], axis: [0, 0, 1], radius_mm: 4, height_mm: 10 } },
          ],
        },
      };
    });
    const model = await kernel.primitives(specifications, silentContext());
    const root: ImportedInstance = {
      key: 'root',
      parentKey: null,
      partKey: null,
      name: 'Rack',
      transform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
    };
    const instances = [root];
    model.parts.forEach((part, row) => {
      for (let copy = 0; copy < COPIES; copy++)
        instances.push({
          key: `${row}-${copy}`,
          parentKey: 'root',
          partKey: part.key,
          name: `${part.name}:${copy + 1}`,
          transform: [1, 0, 0, copy * 100, 0, 1, 0, row * 30, 0, 0, 1, 0],
        });
    });
    const request = { ...exportRequestOf(model, 'step'), instances };
    return (await kernel.export(request, silentContext())).bytes;
  } finally {
    await kernel.dispose();
  }
}

export const secondOpening: Benchmark = {
  name: 'second-opening',
  summary: 'second opening of a project with 2,000 instances',
  async run(io) {
    const dataFolder = await mkdtemp(join(tmpdir(), 'artificer-'));
    const stepFile = join(dataFolder, 'rack.step');
    const projectFile = join(dataFolder, 'rack.artificer');
    /** Opens the way a window does: the records, the views of all parts, and every tessellation they name. */
    const fetchAll = async (
      engine: ReturnType<typeof createEngine>,
      client: ReturnType<typeof callEngine>['client'],
    ): Promise<number> => {
      const { records } = await client['document.snapshot']({});
      const views = await client['geometry.parts']({});
      for (const view of views) for (const body of view.bodies) await engine.blob(body.tessellation.hash);
      return records.filter((record) => record.type === 'instance').length;
    };
    try {
      await writeFile(stepFile, await largeAssembly());
      const first = createEngine({ dataFolder, front: 'Benchmark' });
      const firstClient = callEngine(first);
      await firstClient.client['project.create']({ path: projectFile });
      const started = performance.now();
      // The first picture is there when the first views arrive, before fine triangles do.
      const firstView = new Promise<number>((resolve) => {
        const stop = firstClient.client['document.changed']({}, () => {
          stop();
          void fetchAll(first, firstClient.client).then(() => resolve(performance.now() - started));
        });
      });
      const { jobId } = await firstClient.client['files.import']({ path: stepFile });
      const first_ms = await firstView;
      await waitForJob(firstClient.client, jobId, io);
      const whole_ms = performance.now() - started;
      firstClient.close();
      await first.dispose();

      const second = createEngine({ dataFolder, front: 'Benchmark' });
      const secondClient = callEngine(second);
      const reopened = performance.now();
      await secondClient.client['project.open']({ path: projectFile });
      const instances = await fetchAll(second, secondClient.client);
      const second_ms = performance.now() - reopened;
      const workers = second.kernel.status().workers.filter((worker) => worker.state !== 'ended').length;
      secondClient.close();
      await second.dispose();
      return {
        name: 'second-opening',
        lines: [
          { what: 'instance records', value: instances },
          { what: 'first opening, to the first picture', value: first_ms / 1000, unit: 's' },
          { what: 'first opening, to fine triangles', value: whole_ms / 1000, unit: 's' },
          { what: 'second opening', value: second_ms / 1000, unit: 's' },
          { what: 'ratio', value: first_ms / second_ms, bar: 'at least 10', holds: first_ms / second_ms >= 10 },
          { what: 'kernel workers started by the second opening', value: workers, bar: 'none', holds: workers === 0 },
        ],
      };
    } finally {
      await rm(dataFolder, { recursive: true, force: true });
    }
  },
};
