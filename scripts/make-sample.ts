/**
 * Makes the samples in `resources/samples`: a wall bracket of our own as STEP, and as a project with a material, a study and
 * its result, through the
 * same calls that a window makes. Run it again after a change of the project file's format.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportRequestOf } from '../main/cli/convert.ts';
import { callEngine } from '../main/cli/engine-client.ts';
import { newId } from '../main/document/index.ts';
import { createEngine } from '../main/engine.ts';
import { createKernel } from '../main/kernel/index.ts';
import type { ImportedInstance, PrimitiveSpecification } from '../main/kernel/port.ts';
import { type StudyRecord, silentContext, type Transform } from '../preload/contract/index.ts';

const hole = (x: number, y: number, radius_mm: number): PrimitiveSpecification['shape'] => ({
  cylinder: { origin_mm: [x, y, -5], axis: [0, 0, 1], radius_mm, height_mm: 30 },
});
const sideHole = (y: number, z: number): PrimitiveSpecification['shape'] => ({
  cylinder: { origin_mm: [-5, y, z], axis: [1, 0, 0], radius_mm: 5.5, height_mm: 30 },
});
const rib = (y: number): PrimitiveSpecification['shape'] => ({
  extrude: {
    profile: [
      { line: { from_mm: [10, y, 10], to_mm: [60, y, 10] } },
      { line: { from_mm: [60, y, 10], to_mm: [10, y, 60] } },
      { line: { from_mm: [10, y, 60], to_mm: [10, y, 10] } },
    ],
    vector_mm: [0, 8, 0],
  },
});

const PARTS: PrimitiveSpecification[] = [
  {
    name: 'Bracket',
    colour: [0.55, 0.63, 0.71],
    shape: {
      difference: [
        {
          union: [
            { box: { min_mm: [0, 0, 0], max_mm: [100, 60, 10] } },
            { box: { min_mm: [0, 0, 0], max_mm: [10, 60, 80] } },
            rib(26),
          ],
        },
        hole(78, 15, 5.5),
        hole(78, 45, 5.5),
        sideHole(13, 62),
        sideHole(47, 62),
      ],
    },
  },
  {
    name: 'Bolt M10',
    colour: [0.85, 0.72, 0.35],
    shape: {
      union: [
        { cylinder: { origin_mm: [0, 0, -20], axis: [0, 0, 1], radius_mm: 5, height_mm: 30 } },
        { cylinder: { origin_mm: [0, 0, 10], axis: [0, 0, 1], radius_mm: 8, height_mm: 6 } },
      ],
    },
  },
];

const at = (x: number, y: number, z: number): Transform => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z];

const folder = await mkdtemp(join(tmpdir(), 'artificer-sample-'));
const output = join(import.meta.dirname, '../resources/samples/Wall bracket.artificer');
const kernel = createKernel();
const model = await kernel.primitives(PARTS, silentContext());
const instances: ImportedInstance[] = [
  { key: 'root', parentKey: null, partKey: null, name: 'Wall bracket', transform: at(0, 0, 0) },
  { key: 'bracket', parentKey: 'root', partKey: model.parts[0]!.key, name: 'Bracket', transform: at(0, 0, 0) },
  { key: 'bolt-1', parentKey: 'root', partKey: model.parts[1]!.key, name: 'Bolt M10:1', transform: at(78, 15, 0) },
  { key: 'bolt-2', parentKey: 'root', partKey: model.parts[1]!.key, name: 'Bolt M10:2', transform: at(78, 45, 0) },
];
await mkdir(join(output, '..'), { recursive: true });
const step = join(output, '../wall-bracket.step');
await writeFile(step, (await kernel.export({ ...exportRequestOf(model, 'step'), instances }, silentContext())).bytes);
await kernel.dispose();

await rm(output, { force: true });
const engine = createEngine({ dataFolder: folder, front: 'Script' });
const { client, close } = callEngine(engine);
await client['project.create']({ path: output, name: 'Wall bracket' });
await client['jobs.wait']({ jobId: (await client['files.import']({ path: step })).jobId });
const { records } = await client['document.snapshot']({});
const bracket = records.find((record) => record.type === 'part' && record.name === 'Bracket');
const material = (await client['materials.library']({})).find((each) => each.name === 'Al 6061-T6');
if (bracket?.type !== 'part' || !material) throw new Error('the sample needs its bracket and its material');
const materialId = newId('material');
const study: StudyRecord = {
  type: 'study',
  id: newId('study'),
  name: 'Shelf load',
  study: 'static',
  partId: bracket.id,
  restraints: [
    { id: 'wall', name: 'Bolted to the wall', kind: 'fixed', on: [{ by: 'selector', selector: 'faces <X' }] },
  ],
  loads: [
    {
      id: 'shelf',
      name: 'Shelf, 800 N',
      kind: 'force',
      force_N: [0, 0, -800],
      on: [{ by: 'selector', selector: 'faces >X' }],
    },
  ],
  mesh: { order: 2, accuracy: 'draft', refinements: [] },
  probes: [],
};
await client['document.change']({
  label: 'Set up the shelf load',
  put: [{ type: 'material', id: materialId, ...material }, { ...bracket, materialId }, study],
});
await client['jobs.wait']({ jobId: (await client['studies.solve']({ studyId: study.id })).jobId });
await client['project.close']({});
close();
await engine.dispose();
await rm(folder, { recursive: true, force: true });
console.log(`${output} is made`);
process.exit(0);
