/** A new revision of an imported file: faces are found again, and what hangs on them stays or says that it is lost. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePick } from '../../main/document/index.ts';
import type { PrimitiveShape } from '../../main/kernel/port.ts';
import {
  type AnyRecord,
  type BodyInfo,
  type PartRecord,
  type PartView,
  type StudyRecord,
  silentContext,
} from '../../preload/contract/index.ts';
import { keptKernel } from './kept-kernel.fixture.ts';
import { type Bench, evaluated, feature, openBench } from './parts.fixture.ts';

const kernel = keptKernel();
let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ kernel });
  await bench.client['project.create']({ path: join(bench.folder, 'revisions.artificer') });
});
afterEach(() => bench.end());

interface Plate {
  thickness: number;
  /** x of holes along the middle, with their radii. */
  holes: [x: number, radius: number][];
}
/** 60 x 40 mm, written as STEP. */
async function writePlate(name: string, { thickness, holes }: Plate): Promise<string> {
  const box: PrimitiveShape = { box: { min_mm: [0, 0, 0], max_mm: [60, 40, thickness] } };
  const drills = holes.map(
    ([x, radius_mm]): PrimitiveShape => ({
      cylinder: { origin_mm: [x, 20, -1], axis: [0, 0, 1], radius_mm, height_mm: thickness + 2 },
    }),
  );
  const shape: PrimitiveShape = drills.length === 0 ? box : { difference: [box, ...drills] };
  const model = await kernel.primitives([{ name: 'Plate', shape }], silentContext());
  const parts = model.parts.map(({ key, bodies }) => ({
    key,
    name: 'Plate',
    bodies: bodies.map(({ brep }) => ({ name: 'Plate', brep: brep! })),
  }));
  const { bytes } = await kernel.export({ format: 'step', parts, instances: model.instances }, silentContext());
  const path = join(bench.folder, name);
  await writeFile(path, bytes);
  return path;
}
const FIRST: Plate = {
  thickness: 10,
  holes: [
    [15, 3],
    [45, 5],
  ],
};
/** Thicker, and the larger hole further in: nothing but the sides and the bottom lies where it lay. */
const SECOND: Plate = {
  thickness: 14,
  holes: [
    [15, 3],
    [40, 5],
  ],
};
/** Without the smaller hole. */
const THIRD: Plate = { thickness: 14, holes: [[40, 5]] };

async function importPlate(): Promise<{ part: PartRecord; sourceId: string; infos: BodyInfo[] }> {
  const { jobId } = await bench.client['files.import']({ path: await writePlate('plate.step', FIRST) });
  const { partIds, sourceId } = (await bench.client['jobs.wait']({ jobId })).value as {
    partIds: string[];
    sourceId: string;
  };
  const { records } = await bench.client['document.snapshot']({});
  const [view] = await bench.client['geometry.parts']({ partIds });
  return {
    part: records.find((record): record is PartRecord => record.id === partIds[0])!,
    sourceId,
    infos: view!.bodies.map(({ info }) => info),
  };
}
interface Report {
  parts: { same: number; changed: number; moved: number; added: number; lost: { body: number; face: number }[] }[];
}
async function reimport(sourceId: string, plate: Plate): Promise<Report> {
  const { jobId } = await bench.client['parts.reimport']({ sourceId, path: await writePlate('plate-new.step', plate) });
  return (await bench.client['jobs.wait']({ jobId })).value as Report;
}
const top = (infos: readonly BodyInfo[]): number =>
  infos[0]!.faces.findIndex(({ type, normal }) => type === 'plane' && normal![2] > 0.99);
const bore = (infos: readonly BodyInfo[], radius: number): number =>
  infos[0]!.faces.findIndex((each) => each.type === 'cylinder' && Math.abs(each.radius_mm! - radius) < 1e-6);
const infosOf = (view: PartView): BodyInfo[] => view.bodies.map(({ info }) => info);
async function facesOf(study: string, part: string): Promise<({ index: number } | string)[]> {
  const { records } = await bench.client['document.snapshot']({});
  const record = records.find((each): each is StudyRecord => each.id === study)!;
  const references = record.restraints.flatMap(({ on }) => on);
  const answers = await bench.client['geometry.resolve']({ partId: part, references });
  return answers.map(({ items, error }) => error?.code ?? { index: items[0]!.index });
}
/** Holds the top and both bores, as a person would pick them. */
function studyOn(part: PartRecord, infos: readonly BodyInfo[]): StudyRecord {
  const on = [top(infos), bore(infos, 3), bore(infos, 5)].map((face) => makePick(infos, 0, 'face', face));
  return {
    type: 'study',
    id: 'study_plate1',
    name: 'Study',
    study: 'static',
    partId: part.id,
    restraints: [{ id: 'r1', name: 'Held', kind: 'fixed', on }],
    loads: [],
    mesh: { order: 2, accuracy: 'draft', refinements: [] },
    probes: [],
  };
}

describe('a new revision of a file', () => {
  it('keeps picks on faces that are found again, as one undoable change, and loses the others loudly', async () => {
    const { part, sourceId, infos } = await importPlate();
    await bench.client['document.change']({ label: 'Study', put: [studyOn(part, infos)] });
    const { parts } = await reimport(sourceId, SECOND);
    // The four sides, the bottom and the smaller bore lie on the surfaces they lay on; the top and the larger bore moved.
    expect(parts).toMatchObject([{ lost: [], added: 0, moved: 2 }]);
    const [view] = await bench.client['geometry.parts']({ partIds: [part.id] });
    const now = infosOf(view!);
    const volume = 60 * 40 * 14 - Math.PI * (9 + 25) * 14;
    expect(now[0]!.mass.volume_mm3 / volume).toBeCloseTo(1, 9);
    expect(await facesOf('study_plate1', part.id)).toEqual(
      [top(now), bore(now, 3), bore(now, 5)].map((index) => ({ index })),
    );

    expect((await reimport(sourceId, THIRD)).parts).toMatchObject([{ lost: [expect.anything()], added: 0 }]);
    const third = infosOf((await bench.client['geometry.parts']({ partIds: [part.id] }))[0]!);
    expect(await facesOf('study_plate1', part.id)).toEqual([
      { index: top(third) },
      'reference.lost',
      { index: bore(third, 5) },
    ]);

    await bench.client['document.undo']({});
    await bench.client['document.undo']({});
    const [first] = await bench.client['geometry.parts']({ partIds: [part.id] });
    expect(infosOf(first!)).toEqual(infos);
    expect(await facesOf('study_plate1', part.id)).toEqual(
      [top(infos), bore(infos, 3), bore(infos, 5)].map((index) => ({ index })),
    );
  });

  it('keeps the names of faces in a history, so that its later steps follow', async () => {
    const { part, sourceId } = await importPlate();
    await bench.client['parts.makeEditable']({ partId: part.id });
    const editable = (await bench.client['document.snapshot']({})).records.find(
      (record): record is PartRecord => record.id === part.id,
    )!;
    const before = infosOf((await evaluated(bench.client, part.id)).view);
    const name = (infos: readonly BodyInfo[], face: number): string => infos[0]!.faces[face]!.persistentNames![0]!;
    const rim = [name(before, top(before)), name(before, bore(before, 5))].sort().join('|');
    const bevel = feature(part.id, 'bevel01', 'Bevel', {
      kind: 'chamfer',
      edges: [{ by: 'name', kind: 'edge', name: rim }],
      distance: { length: '1 mm' },
    });
    const put: AnyRecord[] = [{ ...editable, features: [...editable.features!, bevel.id] }, bevel];
    await bench.client['document.change']({ label: 'Bevel', put });
    expect((await evaluated(bench.client, part.id)).history.outcomes.map(({ state }) => state)).toEqual(['ok', 'ok']);
    await reimport(sourceId, SECOND);
    const { history, view } = await evaluated(bench.client, part.id);
    expect(history.outcomes.map(({ state }) => state)).toEqual(['ok', 'ok']);
    const after = infosOf(view);
    expect(name(after, bore(after, 5))).toBe(name(before, bore(before, 5)));
    // The bevel is on the bore that moved: a ring of a triangle of 1 x 1 mm, its centroid a third outside of the rim.
    const ring = 2 * Math.PI * (5 + 1 / 3) * 0.5;
    const volume = 60 * 40 * 14 - Math.PI * (9 + 25) * 14 - ring;
    expect(after[0]!.mass.volume_mm3 / volume).toBeCloseTo(1, 6);
    const cone = after[0]!.faces.find(({ type }) => type === 'cone')!;
    expect(cone.centroid_mm[0]).toBeCloseTo(40, 6);
  });

  it('without the part that was used leaves that part as it was', async () => {
    const { part, sourceId } = await importPlate();
    const before = await bench.client['geometry.parts']({ partIds: [part.id] });
    const { jobId } = await bench.client['parts.reimport']({
      sourceId,
      path: join(import.meta.dirname, '../corpus/files/step/as1-oc-214.stp'),
    });
    const { value } = await bench.client['jobs.wait']({ jobId });
    expect(value).toMatchObject({ absent: ['Plate'] });
    expect(await bench.client['geometry.parts']({ partIds: [part.id] })).toEqual(before);
  });
});
