/**
 * Makes the golden project of this format, with what later versions must find in it. Run by hand when the format grows
 * (`node tests/golden/make.ts`, then `biome check --write tests/golden`); golden projects of earlier formats are never made again.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../main/engine.ts';
import { latestVersion } from '../../main/storage/schema.ts';
import type { AnyRecord, PartRecord, StudyRecord } from '../../preload/contract/index.ts';
import { evaluated, face, feature, PLATE_ID, plate, variable, volumesOf } from '../engine/parts.fixture.ts';
import { transports } from '../transports/each-transport.ts';

const SCRIPT = `import { part } from 'artificer';

export default part('Washer', (p) => {
  const outer = p.length('outer', '20 mm', { minimum: 12, maximum: 40 });
  const ring = p.sketch('ring', 'xy', (s) => {
    s.circle([0, 0], outer.times(0.5));
    s.circle([0, 0], 5);
  });
  p.extrude('washer', ring, { distance: 2 });
});
`;
const name = `parametric-format-${latestVersion()}`;
const file = (ending: string): string => join(import.meta.dirname, `${name}.${ending}`);

const folder = await mkdtemp(join(tmpdir(), 'artificer-golden-'));
const engine = createEngine({ dataFolder: folder });
const { client, close } = await transports[0]!.connect(engine.handlers);
rmSync(file('artificer'), { force: true });
await client['project.create']({ path: file('artificer'), name: `Parametric, format ${latestVersion()}` });

// Drawn: variables, a family, a suppressed step, a study on named faces.
const bevel = feature(PLATE_ID, 'bevel01', 'Bevel', {
  kind: 'chamfer',
  edges: [{ by: 'selector', selector: 'edges >Z and |X' }],
  distance: { length: 'radius / 5' },
});
const drawn = plate() as [PartRecord, ...AnyRecord[]];
const study: StudyRecord = {
  type: 'study',
  id: 'study_golden01',
  name: 'Pulled',
  study: 'static',
  partId: PLATE_ID,
  restraints: [{ id: 'r1', name: 'Held', kind: 'fixed', on: [face('feature_base01/side(line4)')] }],
  loads: [{ id: 'l1', name: 'Pull', kind: 'force', on: [face('feature_base01/side(line2)')], force_N: [1000, 0, 0] }],
  mesh: { order: 2, accuracy: 'draft', refinements: [] },
  probes: [],
  surrogate: {
    parameters: [{ name: 'width', unit: 'mm', minimum: 38, maximum: 44, reference: 40 }],
    quantities: ['mass', 'max von_mises'],
    fields: ['displacement'],
    designs: 12,
    seed: 1,
  },
};
await client['document.change']({
  label: 'Draw a plate',
  put: [
    { ...drawn[0], features: [...drawn[0].features!, bevel.id], configurationId: 'configuration_golden1' },
    ...drawn.slice(1),
    { ...bevel, suppressed: true },
    { ...variable('margin', '2 mm'), id: 'variable_golden1', partId: null },
    {
      type: 'configuration',
      id: 'configuration_golden1',
      partId: PLATE_ID,
      name: 'Wide',
      values: { width: '30 * margin' },
      suppressed: {},
      order: 0,
    },
    study,
  ],
});
// Written: a script with another value for its variable.
const washer = await client['parts.script.put']({ fileName: 'washer.ts', source: SCRIPT });
await client['document.change']({
  label: 'Larger washer',
  put: [{ ...variable('outer', '24 mm'), id: 'variable_golden2', partId: washer.partId }],
});
// Studied together: the plate and the washer, where they stand, each reference on the instance that it is of.
const drawnSoFar = (await client['document.snapshot']({})).records;
const instanceOf = (partId: string): string =>
  drawnSoFar.find((one) => one.type === 'instance' && one.partId === partId)!.id;
const { surrogate: _surrogate, ...alone } = study;
const members = [instanceOf(PLATE_ID), instanceOf(washer.partId)];
await client['document.change']({
  label: 'Study plate and washer',
  put: [
    { type: 'group', id: 'group_golden01', name: 'Plate and washer', members },
    {
      ...alone,
      id: 'study_golden02',
      name: 'Pulled together',
      partId: 'group_golden01',
      restraints: [
        { ...study.restraints[0]!, on: [{ ...face('feature_base01/side(line4)'), instanceId: members[0]! }] },
      ],
      loads: [],
    },
  ],
});
// From a file: made editable.
const { jobId } = await client['files.import']({
  path: join(import.meta.dirname, '../corpus/files/step/red_cube_blue_cylinder.step'),
});
const { partIds } = (await client['jobs.wait']({ jobId })).value as { partIds: string[] };
await client['parts.makeEditable']({ partId: partIds[0]! });

const parts = [];
for (const partId of [PLATE_ID, washer.partId, ...partIds]) {
  const { view, history } = await evaluated(client, partId);
  const outcomes = history.outcomes.map(({ id, state }) => [id, state]);
  const names = view.bodies.map(({ info }) => info.faces.map(({ persistentNames }) => persistentNames ?? []));
  parts.push({ partId, volumes_mm3: volumesOf(view), outcomes, names });
}
await client['project.pack']({});
const { records, history } = await client['document.snapshot']({});
const { changes, formatVersion } = (await client['project.current']({}))!;
records.sort((a, b) => (a.id < b.id ? -1 : 1));
writeFileSync(
  file('json'),
  `${JSON.stringify({ formatVersion, changes, undoLabel: history.undoLabel, parts, records }, null, 1)}\n`,
);
close();
await engine.dispose();
await rm(folder, { recursive: true, force: true });
