/** Where the time goes: import, mesh, assemble, solve, recover and draw, for three real parts. */
import { join } from 'node:path';
import type { ResultSummary, StudyRecord } from '../../../preload/contract/index.ts';
import { newId } from '../../document/index.ts';
import { findBrowser } from '../../host/index.ts';
import { waitForJob, withTemporaryEngine } from '../engine-client.ts';
import type { CommandIo } from '../output.ts';
import { drawPicture } from '../render.ts';
import { sampleFile } from './sample-files.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

const PARTS = ['hole_model.stp', 'nist_ctc_01_asme1_ap203.stp', 'base_interface_AP214.STEP'];

export const timeline: Benchmark = {
  name: 'timeline',
  summary: 'where the time goes, for three parts',
  async run(io) {
    const lines: BenchmarkLine[] = [];
    for (const name of PARTS) {
      const file = sampleFile(name);
      if (!file) {
        lines.push({ what: name, value: 'not here' });
        continue;
      }
      lines.push(...(await measurePart(name, file, io)));
    }
    return { name: 'timeline', lines };
  },
};

/** One part from its file to a picture of its stresses, in a project of its own. */
function measurePart(name: string, file: string, io: CommandIo): Promise<BenchmarkLine[]> {
  return withTemporaryEngine({ front: 'Benchmark' }, async ({ engine, client, dataFolder }) => {
    await client['project.create']({ path: join(dataFolder, 'timeline.artificer') });
    const started = performance.now();
    const { jobId } = await client['files.import']({ path: file });
    const { partIds } = (await waitForJob(client, jobId, io)) as { partIds: string[] };
    const stages: Record<string, number> = { import: (performance.now() - started) / 1000 };
    const library = await client['materials.library']({});
    const { records } = await client['document.snapshot']({});
    const part = records.find((record) => record.id === partIds[0]);
    if (part?.type !== 'part') return [];
    const materialId = newId('material');
    const study: StudyRecord = {
      type: 'study',
      id: newId('study'),
      name: 'Timeline',
      study: 'static',
      partId: part.id,
      restraints: [{ id: 'fixed', name: 'Fixed', kind: 'fixed', on: [{ by: 'selector', selector: 'faces <Z' }] }],
      loads: [
        {
          id: 'force',
          name: 'Force',
          kind: 'force',
          force_N: [0, 0, -500],
          on: [{ by: 'selector', selector: 'faces >Z' }],
        },
      ],
      mesh: { order: 2, accuracy: 'default', refinements: [] },
      probes: [],
    };
    const material = library.find((each) => each.name === 'Al 6061-T6') ?? library[0]!;
    await client['document.change']({
      label: 'Set up',
      put: [{ type: 'material', id: materialId, ...material }, { ...part, materialId }, study],
    });
    const solving = await client['studies.solve']({ studyId: study.id });
    await waitForJob(client, solving.jobId, io);
    const [result] = await client['studies.results']({ studyId: study.id });
    const summary: ResultSummary = result!.summary;
    Object.assign(stages, {
      mesh: summary.seconds.mesh,
      assemble: summary.seconds.assemble,
      solve: summary.seconds.solve,
      recover: summary.seconds.recover,
    });
    if (findBrowser()) {
      const drawing = performance.now();
      await drawPicture(engine, { width: 1200, height: 900, studyId: study.id }, io.signal);
      stages['draw'] = (performance.now() - drawing) / 1000;
    }
    const lines: BenchmarkLine[] = [];
    const total = Object.values(stages).reduce((sum, each) => sum + each, 0);
    const slowest = Object.entries(stages).sort((a, b) => b[1] - a[1])[0]!;
    lines.push({ what: `${name}: degrees of freedom`, value: summary.mesh.dof });
    for (const [stage, seconds] of Object.entries(stages))
      lines.push({
        what: `${name}: ${stage}`,
        value: seconds,
        unit: `s (${Math.round((100 * seconds) / total)} %)`,
      });
    lines.push({ what: `${name}: slowest`, value: slowest[0] });
    return lines;
  });
}
