/** Imported parts without a history: made editable, recognised, and changed. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePick } from '../../main/document/index.ts';
import type {
  AnyRecord,
  BodyRecognition,
  PartRecord,
  PartView,
  RecognisedFeature,
  Reference,
  StudyRecord,
} from '../../preload/contract/index.ts';
import { keptKernel } from './kept-kernel.fixture.ts';
import { type Bench, evaluated, feature, openBench, volumesOf } from './parts.fixture.ts';

const FILES = join(import.meta.dirname, '../corpus/files/step');
const kernel = keptKernel();
let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ kernel });
  await bench.client['project.create']({ path: join(bench.folder, 'legacy.artificer') });
});
afterEach(() => bench.end());

async function importPart(file: string): Promise<{ part: PartRecord; view: PartView; sourceId: string }> {
  const { jobId } = await bench.client['files.import']({ path: join(FILES, file) });
  const { partIds, sourceId } = (await bench.client['jobs.wait']({ jobId })).value as {
    partIds: string[];
    sourceId: string;
  };
  const { records } = await bench.client['document.snapshot']({});
  const part = records.find((record): record is PartRecord => record.id === partIds[0])!;
  const [view] = await bench.client['geometry.parts']({ partIds: [part.id] });
  return { part, view: view!, sourceId };
}
const partNow = async (id: string): Promise<PartRecord> =>
  (await bench.client['document.snapshot']({})).records.find((record) => record.id === id) as PartRecord;
const namesOf = (view: PartView, faces: readonly number[]): Reference[] =>
  faces.map((index) =>
    makePick(
      view.bodies.map(({ info }) => info),
      0,
      'face',
      index,
    ),
  );
async function addStep(partId: string, id: string, name: string, data: Parameters<typeof feature>[3]): Promise<void> {
  const part = await partNow(partId);
  const record = feature(partId, id, name, data);
  const put: AnyRecord[] = [{ ...part, features: [...(part.features ?? []), record.id] }, record];
  await bench.client['document.change']({ label: name, put });
}
const holesOf = ({ features }: BodyRecognition) =>
  features.filter((each): each is Extract<RecognisedFeature, { kind: 'hole' }> => each.kind === 'hole');

describe('an imported part', () => {
  it('becomes editable as one change: the same body, with names for its faces', async () => {
    const { part, view } = await importPart('hole_model.stp');
    await bench.client['parts.makeEditable']({ partId: part.id });
    const edited = await partNow(part.id);
    expect(edited.features).toHaveLength(1);
    const after = await evaluated(bench.client, part.id);
    expect(after.history.outcomes).toMatchObject([{ name: 'Import', state: 'ok' }]);
    expect(volumesOf(after.view)[0]! / volumesOf(view)[0]!).toBeCloseTo(1, 12);
    expect(after.view.bodies[0]!.info.faces.map(({ persistentNames }) => persistentNames)).toEqual(
      view.bodies[0]!.info.faces.map((_, index) => [`${edited.features![0]}/${index}`]),
    );
    expect(await bench.client['parts.makeEditable']({ partId: part.id })).toMatchObject({
      undoLabel: `Make ${part.name} editable`,
    });
    await bench.client['document.undo']({});
    expect(await partNow(part.id)).toEqual(part);
    expect((await bench.client['geometry.parts']({ partIds: [part.id] }))[0]).toEqual(view);
  });

  it('has its holes recognised, and one of them made bigger', async () => {
    const { part } = await importPart('hole_model.stp');
    const [recognition] = await bench.client['parts.recognise']({ partId: part.id });
    // Counted by hand: four simple holes of 3 mm through 25 mm.
    const holes = holesOf(recognition!).filter(
      ({ type, through, diameters_mm }) => type === 'simple' && through && Math.abs(diameters_mm[0]! - 3) < 1e-3,
    );
    expect(holes).toHaveLength(4);
    await bench.client['parts.makeEditable']({ partId: part.id });
    const before = await evaluated(bench.client, part.id);
    await addStep(part.id, 'resize1', 'Bigger hole', {
      kind: 'resize-hole',
      faces: namesOf(before.view, holes[0]!.faces),
      diameters: [{ length: '4 mm' }],
    });
    const after = await evaluated(bench.client, part.id);
    expect(after.history.outcomes).toMatchObject([{ state: 'ok' }, { name: 'Bigger hole', state: 'ok' }]);
    // A ring of 3 to 4 mm over the depth of 25 mm.
    const removed = (Math.PI / 4) * (4 ** 2 - 3 ** 2) * 25;
    expect(volumesOf(before.view)[0]! - volumesOf(after.view)[0]!).toBeCloseTo(removed, 3);
  });

  it('has its fillets removed, and the holes stay recognised', async () => {
    const { part } = await importPart('base_interface_AP214.STEP');
    const [recognition] = await bench.client['parts.recognise']({ partId: part.id });
    const fillets = recognition!.features.filter(({ kind }) => kind === 'fillet');
    expect(fillets.length).toBeGreaterThan(0);
    await bench.client['parts.makeEditable']({ partId: part.id });
    const before = await evaluated(bench.client, part.id);
    const faces = [...new Set(fillets.flatMap((each) => each.faces))];
    await addStep(part.id, 'defeature1', 'Without fillets', {
      kind: 'delete-face',
      faces: namesOf(before.view, faces),
    });
    const after = await evaluated(bench.client, part.id);
    expect(after.history.outcomes[1]).toMatchObject({ name: 'Without fillets', state: 'ok' });
    const [again] = await bench.client['parts.recognise']({ partId: part.id });
    expect(again!.features.filter(({ kind }) => kind === 'fillet')).toEqual([]);
    expect(holesOf(again!).length).toBe(holesOf(recognition!).length);
    expect(after.view.bodies[0]!.info.valid).toBe(true);
  });

  it('keeps what a study picked on it: picks become names that follow the faces', async () => {
    const { part, view } = await importPart('cube-mm.step');
    const infos = view.bodies.map(({ info }) => info);
    const study: StudyRecord = {
      type: 'study',
      id: 'study_cube001',
      name: 'Cube',
      study: 'static',
      partId: part.id,
      restraints: [{ id: 'r1', name: 'Held', kind: 'fixed', on: [makePick(infos, 0, 'face', 0)] }],
      loads: [],
      mesh: { order: 2, accuracy: 'draft', refinements: [] },
      probes: [],
    };
    await bench.client['document.change']({ label: 'Study', put: [study] });
    await bench.client['parts.makeEditable']({ partId: part.id });
    const { records } = await bench.client['document.snapshot']({});
    const [featureId] = (await partNow(part.id)).features!;
    const named = records.find((record): record is StudyRecord => record.type === 'study')!;
    expect(named.restraints[0]).toMatchObject({ on: [{ by: 'name', kind: 'face', name: `${featureId}/0` }] });
  });
});
