/** From a body without a history to one with another size: recognised, changed by a step, and recognised again. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { RecognisedFeature, RecognisedKind } from '../../../preload/contract/parts.ts';
import type { Evaluated } from '../../../preload/contract/sketches.ts';
import { changeableSizes, type FoundFeature, removeStep, resizeStep } from '../../document/index.ts';
import { createKernel } from '../kernel.ts';
import type { FeatureStep, PrimitiveShape } from '../port.ts';
import { recogniseFeatures } from './index.ts';

const kernel = createKernel();
afterAll(() => kernel.dispose());

const IMPORT = 'feature_import1';
const cylinder = (x: number, y: number, z: number, radius_mm: number, height_mm: number): PrimitiveShape => ({
  cylinder: { origin_mm: [x, y, z], axis: [0, 0, 1], radius_mm, height_mm },
});
/** 80 x 50 x 12 mm with a hole, a counterbored one, a pocket, a boss, and one rounded corner edge. */
const PLATE: PrimitiveShape = {
  difference: [
    { union: [{ box: { min_mm: [0, 0, 0], max_mm: [80, 50, 12] } }, cylinder(65, 35, 11, 6, 9)] },
    cylinder(12, 12, -1, 3, 20),
    cylinder(12, 35, -1, 3, 20),
    cylinder(12, 35, 7, 5.5, 20),
    { box: { min_mm: [30, 10, 6], max_mm: [50, 40, 20] } },
  ],
};

async function bodyOf(shape: PrimitiveShape): Promise<{ info: BodyInfo; brep: Uint8Array }> {
  const model = await kernel.primitives([{ name: 'plate', shape }], silentContext());
  const { info, brep } = model.parts[0]!.bodies[0]!;
  return { info, brep: brep! };
}

/** Every expression is a plain length or a sum of two here: `(7 mm) - 6 mm`. */
const lengthOf = (text: string): number =>
  text
    .replaceAll(/[()]|mm/g, '')
    .split(' - ')
    .map(Number)
    .reduce((a, b) => a - b);
const evaluated = <T>(value: T): Evaluated<T> =>
  JSON.parse(JSON.stringify(value), (_, each) =>
    each && typeof each === 'object' && typeof each.length === 'string' ? lengthOf(each.length) : each,
  ) as Evaluated<T>;

async function changedBy(brep: Uint8Array, step: Pick<FeatureStep, 'feature'>): Promise<BodyInfo> {
  const part = await kernel.evaluate(
    {
      partKey: 'part_plate1',
      steps: [
        {
          id: IMPORT,
          name: 'Import',
          suppressed: false,
          feature: { kind: 'import', sourceId: 'source_abcdef', sourceKey: '1' },
        },
        { id: 'feature_edit01', name: 'Edit', suppressed: false, ...step },
      ],
      imports: { [IMPORT]: [{ hash: createHash('sha256').update(brep).digest('hex'), brep, name: 'plate' }] },
      want: { info: 'describe', tessellation: 'none' },
    },
    silentContext(),
  );
  expect(part.outcomes.map(({ state, error }) => error?.message ?? state)).toEqual(['ok', 'ok']);
  return part.bodies[0]!.info!;
}

const find = <Kind extends RecognisedKind>(
  info: BodyInfo,
  kind: Kind,
  fits: (feature: Extract<RecognisedFeature, { kind: Kind }>) => boolean = () => true,
): FoundFeature => {
  const feature = recogniseFeatures(info, 0).features.find(
    (each) => each.kind === kind && fits(each as Extract<RecognisedFeature, { kind: Kind }>),
  );
  if (!feature) throw new Error(`no ${kind}`);
  return { body: 0, feature };
};
const wordsOf = (info: BodyInfo): string[] =>
  recogniseFeatures(info, 0)
    .features.filter(({ kind }) => kind !== 'wall')
    .map(({ words }) => words)
    .toSorted();

const ALL = [
  'Boss, 12 mm across, 8 mm high',
  'Counterbored hole, 6 and 11 mm, through',
  'Hole, 6 mm, through',
  'Pocket, 6 mm deep',
];

describe('a recognised feature', () => {
  it('is told in words', async () => {
    const { info } = await bodyOf(PLATE);
    expect(wordsOf(info)).toEqual(ALL);
    // The plate, and what the pocket left of it.
    const walls = recogniseFeatures(info, 0).features.filter(({ kind }) => kind === 'wall');
    expect(walls.map(({ words }) => words).toSorted()).toEqual(['Wall, 12 mm thick', 'Wall, 6 mm thick']);
  });

  it.each([
    ['a hole', 'hole', ['7 mm'], 'Hole, 6 mm, through', 'Hole, 7 mm, through'],
    [
      'a counterbored hole',
      'counterbored',
      ['13 mm', '7 mm'],
      'Counterbored hole, 6 and 11 mm, through',
      'Counterbored hole, 7 and 13 mm, through',
    ],
    ['a pocket', 'pocket', ['7.5 mm'], 'Pocket, 6 mm deep', 'Pocket, 7.5 mm deep'],
    ['a boss', 'boss', ['5 mm'], 'Boss, 12 mm across, 8 mm high', 'Boss, 12 mm across, 5 mm high'],
  ])('%s takes another size, and the rest stays', async (_, which, sizes, was, becomes) => {
    const { info, brep } = await bodyOf(PLATE);
    const found =
      which === 'counterbored'
        ? find(info, 'hole', ({ type }) => type === 'counterbored')
        : which === 'hole'
          ? find(info, 'hole', ({ type }) => type === 'simple')
          : find(info, which as RecognisedKind);
    const { feature } = resizeStep(found, [info], sizes);
    const changed = await changedBy(brep, { feature: evaluated(feature) });
    expect(wordsOf(changed)).toEqual(ALL.map((words) => (words === was ? becomes : words)).toSorted());
  });

  it('is taken away with others by one step', async () => {
    const { info, brep } = await bodyOf(PLATE);
    const gone = [find(info, 'boss'), find(info, 'pocket'), find(info, 'hole', ({ type }) => type === 'counterbored')];
    const { feature, name } = removeStep(gone, [info]);
    expect(name).toBe('Remove 3 features');
    const changed = await changedBy(brep, { feature: evaluated(feature) });
    expect(wordsOf(changed)).toEqual(['Hole, 6 mm, through']);
    // The block without its one hole, to the precision of the volume integral.
    expect(changed.mass.volume_mm3).toBeCloseTo(80 * 50 * 12 - Math.PI * 9 * 12, 6);
  });

  it('a fillet takes another radius', async () => {
    const { info, brep } = await bodyOf({
      fillet: { shape: { box: { min_mm: [0, 0, 0], max_mm: [40, 30, 10] } }, edges: '|Z', radius_mm: 3 },
    });
    const fillets = recogniseFeatures(info, 0).features.filter(({ kind }) => kind === 'fillet');
    expect(fillets.map(({ words }) => words)).toEqual(['Fillet, 3 mm', 'Fillet, 3 mm', 'Fillet, 3 mm', 'Fillet, 3 mm']);
    const { feature } = resizeStep({ body: 0, feature: fillets[0]! }, [info], ['5 mm']);
    const changed = await changedBy(brep, { feature: evaluated(feature) });
    expect(wordsOf(changed).filter((words) => words.startsWith('Fillet'))).toEqual([
      'Fillet, 3 mm',
      'Fillet, 3 mm',
      'Fillet, 3 mm',
      'Fillet, 5 mm',
    ]);
  });

  it('a hole whose walls are written as B-splines takes another size', async () => {
    const bytes = await readFile(join(import.meta.dirname, '../../../tests/corpus/files/step/as1-oc-214.stp'));
    const model = await kernel.import({ bytes, fileName: 'as1-oc-214.stp', tessellate: false }, silentContext());
    const { info, brep } = model.parts.find(({ name }) => name === 'plate')!.bodies[0]!;
    expect(new Set(info.faces.map(({ type }) => type))).toEqual(new Set(['plane', 'bspline']));
    const { feature } = resizeStep(find(info, 'hole'), [info], ['12 mm']);
    const changed = await changedBy(brep!, { feature: evaluated(feature) });
    expect(wordsOf(changed)).toEqual([...Array(5).fill('Hole, 10 mm, through'), 'Hole, 12 mm, through']);
    // The ring of 20 mm height; what is left of the B-splines is integrated to about 1e-6 of the volume.
    expect(info.mass.volume_mm3 - changed.mass.volume_mm3).toBeCloseTo(Math.PI * (36 - 25) * 20, 1);
  });

  it('a countersunk hole has one diameter to change, however many it shows', async () => {
    const { info } = await bodyOf({
      difference: [
        { box: { min_mm: [0, 0, 0], max_mm: [40, 30, 10] } },
        cylinder(20, 15, -1, 2, 20),
        {
          revolve: {
            profile: [
              { line: { from_mm: [20, 15, 6], to_mm: [26, 15, 12] } },
              { line: { from_mm: [26, 15, 12], to_mm: [20, 15, 12] } },
              { line: { from_mm: [20, 15, 12], to_mm: [20, 15, 6] } },
            ],
            origin_mm: [20, 15, 0],
            axis: [0, 0, 1],
            angle_rad: 2 * Math.PI,
          },
        },
      ],
    });
    const found = find(info, 'hole');
    expect(found.feature.words).toBe('Countersunk hole, 4 and 8 mm, through');
    expect(changeableSizes(found, [info])).toEqual([{ label: 'Diameter', value_mm: 4 }]);
    expect(() => resizeStep(found, [info], ['9 mm', '5 mm'])).toThrow('has 1 sizes');
  });

  it('a wall is not taken away', async () => {
    const { info } = await bodyOf(PLATE);
    expect(() => removeStep([find(info, 'wall')], [info])).toThrow('is the body itself');
  });
});
