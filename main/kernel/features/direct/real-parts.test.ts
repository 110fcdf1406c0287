/** Direct editing of parts that other systems wrote. What changes is compared with what a drawing says it must. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BodyInfo, Evaluated, Feature, Reference } from '../../../../preload/contract/index.ts';
import { silentContext } from '../../../../preload/contract/jobs.ts';
import { makePick } from '../../../document/index.ts';
import { createKernel } from '../../kernel.ts';

/** Digits of volumes of 1e5 mm^3 that are compared: the file's numbers are written to 1e-10 of them. */
const DIGITS = 3;
const CORPUS = join(import.meta.dirname, '../../../../tests/corpus/files');
const kernel = createKernel({ modellers: 1, readerIdle_s: 120 });
afterAll(() => kernel.dispose());

interface Dumb {
  info: BodyInfo;
  brep: Uint8Array;
}
async function partOf(file: string, name: string): Promise<Dumb> {
  const bytes = readFileSync(join(CORPUS, file));
  const model = await kernel.import({ bytes, fileName: file, tessellate: false }, silentContext());
  const { info, brep } = model.parts.find((part) => part.name === name)!.bodies[0]!;
  return { info, brep: brep! };
}
async function edited({ brep, info }: Dumb, feature: Evaluated<Feature>) {
  const part = await kernel.evaluate(
    {
      partKey: info.name,
      steps: [
        {
          id: 'feature_import1',
          name: 'Import',
          suppressed: false,
          feature: { kind: 'import', sourceId: 'source_abcdef', sourceKey: '1' },
        },
        { id: 'feature_edit01', name: 'Edit', suppressed: false, feature },
      ],
      imports: {
        feature_import1: [{ hash: createHash('sha256').update(brep).digest('hex'), brep, name: 'part' }],
      },
      want: { info: 'describe' },
    },
    silentContext(),
  );
  const after = part.bodies[0]!.info!;
  return {
    error: part.outcomes.map(({ error }) => error?.message).find((message) => message !== undefined),
    change: after.mass.volume_mm3 - info.mass.volume_mm3,
    info: after,
    names: new Set(after.faces.flatMap((face) => face.persistentNames!)),
  };
}
const pick = ({ info }: Dumb, face: number): Reference => makePick([info], 0, 'face', face);
const where = ({ info }: Dumb, fits: (face: BodyInfo['faces'][number]) => boolean): number[] =>
  info.faces.flatMap((face, index) => (fits(face) ? [index] : []));

describe('a drilled block from NX', () => {
  let block: Dumb;
  beforeAll(async () => {
    block = await partOf('step/hole_model.stp', 'model1');
  });

  it('takes another diameter for any of its through holes of 3 mm, and every face keeps its name', async () => {
    const holes = where(block, ({ type, radius_mm, area_mm2 }) => {
      return type === 'cylinder' && radius_mm === 1.5 && Math.abs(area_mm2 - Math.PI * 3 * 25) < 1e-6;
    });
    expect(holes).toHaveLength(4);
    for (const hole of holes) {
      const { error, change, names } = await edited(block, {
        kind: 'resize-hole',
        faces: [pick(block, hole)],
        diameters: [4.5],
      });
      expect(error).toBeUndefined();
      expect(change).toBeCloseTo((-Math.PI / 4) * (4.5 ** 2 - 3 ** 2) * 25, DIGITS);
      expect(names.size).toBe(block.info.faces.length);
    }
  });

  it('loses its fillet of 8 mm, or gets one of 5 mm', async () => {
    const [fillet, ...more] = where(block, ({ radius_mm, area_mm2 }) => radius_mm === 8 && area_mm2 < 40);
    expect(more).toEqual([]);
    const corner = (radius: number): number => (1 - Math.PI / 4) * radius ** 2 * 3;
    const without = await edited(block, { kind: 'delete-face', faces: [pick(block, fillet!)] });
    expect(without.error).toBeUndefined();
    expect(without.change).toBeCloseTo(corner(8), DIGITS);
    expect(without.info.faces).toHaveLength(block.info.faces.length - 1);
    const smaller = await edited(block, { kind: 'resize-fillet', faces: [pick(block, fillet!)], radius: 5 });
    expect(smaller.change).toBeCloseTo(corner(8) - corner(5), DIGITS);
    expect(smaller.names.size).toBe(block.info.faces.length);
  });

  it('moves its large faces, with all holes that open in them', async () => {
    const large = where(block, ({ type, area_mm2 }) => type === 'plane' && area_mm2 > 1400);
    expect(large).toHaveLength(4);
    for (const at of large) {
      const { error, change, info } = await edited(block, {
        kind: 'offset-face',
        faces: [pick(block, at)],
        distance: 1,
      });
      expect(error, `face ${at}`).toBeUndefined();
      expect(change).toBeCloseTo(block.info.faces[at]!.area_mm2, DIGITS);
      expect(info.valid).toBe(true);
    }
  });
});

describe('a plate whose holes a file wrote as B-splines', () => {
  let plate: Dumb;
  beforeAll(async () => {
    plate = await partOf('step/as1-oc-214.stp', 'plate');
  });

  it('takes another diameter: the new wall is a cylinder', async () => {
    const [half] = where(plate, ({ canonical }) => canonical?.type === 'cylinder');
    const { error, change, info } = await edited(plate, {
      kind: 'resize-hole',
      faces: [pick(plate, half!)],
      diameters: [12],
    });
    expect(error).toBeUndefined();
    // The file's own holes are true to some 1e-3 mm.
    expect(change / ((-Math.PI / 4) * (144 - 100) * 20)).toBeCloseTo(1, 3);
    expect(
      info.faces.filter(({ radius_mm }) => radius_mm !== undefined && Math.abs(radius_mm - 6) < 1e-9),
    ).toHaveLength(1);
  });

  it('becomes thicker, and thinner', async () => {
    const [top] = where(
      plate,
      ({ type, area_mm2, normal }) => type === 'plane' && area_mm2 > 20_000 && normal![2] > 0.9,
    );
    for (const distance of [2, -2]) {
      const { error, change } = await edited(plate, { kind: 'offset-face', faces: [pick(plate, top!)], distance });
      expect(error).toBeUndefined();
      expect(change / (plate.info.faces[top!]!.area_mm2 * distance)).toBeCloseTo(1, 3);
    }
  });
});
