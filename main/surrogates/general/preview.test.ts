/** Previews through the real kernel, mesher and core. Skipped where one of them has not been built. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BodyInfo, type Load, type Restraint, silentContext } from '../../../preload/contract/index.ts';
import { createKernel, type Kernel } from '../../kernel/index.ts';
import { createPhysics, materialByName, type Physics, type StudyRequest } from '../../physics/index.ts';
import { openGeneralModel } from './card.ts';
import { featuresOf } from './features.ts';
import { judge, referencePoints } from './judge.ts';
import { singularReach } from './points.ts';
import { previewStatic, type StaticPreview } from './preview.ts';
import { generalRequest } from './random-request.ts';
import { seedsOf, TRAINING_SEEDS, UNSEEN_SEEDS } from './settings.ts';

const { native, mesher } = await createPhysics().status();
const ready = native.available && mesher.available;
if (!ready) console.warn('The numeric core or the mesher has not been built: previews are not tested.');

const [LENGTH, WIDTH, HEIGHT, FORCE] = [200, 20, 10, 100];
const on = (selector: string) => [{ by: 'selector' as const, selector }];
const CLAMP: Restraint = { id: 'r', name: 'clamp', kind: 'fixed', on: on('faces <X') };
const TIP: Load = { id: 'l', name: 'tip', kind: 'force', on: on('faces >X'), force_N: [0, 0, -FORCE] };

let kernel: Kernel;
let physics: Physics;
let info: BodyInfo;
let brep: Uint8Array;
let cantilever: StaticPreview;
beforeAll(async () => {
  if (!ready) return;
  kernel = createKernel();
  physics = createPhysics();
  physics.warmPreview();
  const shape = { box: { min_mm: [0, 0, 0], max_mm: [LENGTH, WIDTH, HEIGHT] } } as const;
  const model = await kernel.primitives([{ name: 'bar', shape: structuredClone(shape) as never }], silentContext());
  const body = model.parts[0]!.bodies[0]!;
  info = body.info;
  brep = await kernel.brepText([body.brep!], silentContext());
  cantilever = await previewOf();
});
afterAll(async () => {
  await physics?.dispose();
  await kernel?.dispose();
});

const request = (study: Partial<StudyRequest['study']> = {}, poisson = 0): StudyRequest => {
  const steel = materialByName('Steel S235JR');
  const material = { ...steel, properties: { ...steel.properties, young_MPa: 210_000, poisson } };
  return {
    bodies: [{ index: 0, name: 'bar', info, material }],
    brep,
    inputHash: '0'.repeat(64),
    study: {
      restraints: [CLAMP],
      loads: [TIP],
      mesh: { order: 2, accuracy: 'default', refinements: [] },
      probes: [],
      ...study,
    },
  };
};
const previewOf = (study: Partial<StudyRequest['study']> = {}): Promise<StaticPreview> =>
  previewStatic(physics, request(study), silentContext());

describe.skipIf(!ready)('a preview', () => {
  it('of a cantilever has beam theory within its bands, and its load where it was put', () => {
    const preview = cantilever;
    // Timoshenko's beam, shear factor 5/6: F L^3 / (3 E I) + F L / (k G A). Gere and Goodno, Mechanics of Materials.
    const inertia = (WIDTH * HEIGHT ** 3) / 12;
    const deflection =
      (FORCE * LENGTH ** 3) / (3 * 210_000 * inertia) + (FORCE * LENGTH) / ((5 / 6) * 105_000 * WIDTH * HEIGHT);
    const { largestDisplacement, peakStress, coarse } = preview;
    expect(preview.reasons).toEqual([]);
    expect(largestDisplacement.band!.low).toBeLessThan(deflection);
    expect(largestDisplacement.band!.high).toBeGreaterThan(deflection);
    expect(largestDisplacement.value / deflection).toBeCloseTo(1, 1.5);
    expect(largestDisplacement.at_mm[0]).toBeCloseTo(LENGTH, 6);
    // Stress is looked at from a little beyond the clamp: M c / I there.
    const arm = LENGTH - singularReach(info);
    const stress = (FORCE * arm * (HEIGHT / 2)) / inertia;
    expect(peakStress.band!.low).toBeLessThan(stress);
    expect(peakStress.band!.high).toBeGreaterThan(stress);
    expect(peakStress.at_mm[0]).toBeLessThan(0.2 * LENGTH);
    // The load is integrated exactly on the coarse mesh too, and points down.
    expect(coarse.summary.reactions_N!.total[2]).toBeCloseTo(FORCE, 2);
    const tip = coarse.nodes.findIndex((x, i) => i % 3 === 0 && Math.abs(x - LENGTH) < 1e-6);
    expect(preview.displacement[tip + 2]).toBeLessThan(-0.9 * deflection);
  });

  it('is proportional to its load, so that its correction knows nothing of units', async () => {
    const thousand = await previewOf({ loads: [{ ...TIP, force_N: [0, 0, -1000 * FORCE] }] });
    expect(thousand.peakStress.value / cantilever.peakStress.value).toBeCloseTo(1000, 1);
    expect(thousand.largestDisplacement.value / cantilever.largestDisplacement.value).toBeCloseTo(1000, 1);
  });

  it('has neither band nor correction where nothing was measured, and says why', async () => {
    const preview = await previewOf({
      restraints: [{ ...CLAMP, kind: 'displacement', x_mm: 0, y_mm: 0, z_mm: 0 }],
      loads: [{ ...TIP, on: on('edges >X and >Z') }],
    });
    expect(preview.method).toBe('coarse solve');
    expect(preview.peakStress.band).toBeNull();
    expect(preview.largestDisplacement.band).toBeNull();
    expect(preview.peakStress.value).toBe(preview.peakStress.uncorrected);
    expect(preview.reasons.join()).toContain('"clamp" is another');
    expect(preview.reasons.join()).toContain('"tip" acts on less');
  });

  it('is refused for what it cannot show', async () => {
    for (const study of [{ study: 'modal' as const }, { largeDisplacement: { followerPressure: true } as never }])
      await expect(previewOf(study)).rejects.toMatchObject({ code: 'study.no-preview' });
  });

  it('of a random part is the same each time, and judges itself to be nothing off from itself', async () => {
    const seed = UNSEEN_SEEDS.first + 1;
    const [made, again] = [
      await generalRequest(kernel, seed, silentContext()),
      await generalRequest(kernel, seed, silentContext()),
    ];
    expect(again.request.study).toEqual(made.request.study);
    const { coarse } = await previewStatic(physics, made.request, silentContext());
    const points = referencePoints(coarse, made.info);
    const same = judge(coarse, points, made.info);
    expect(same.displacement).toBeLessThan(1e-6);
    expect(same.peak_MPa).toBe(same.referencePeak_MPa);
    const more = { ...coarse, displacement: coarse.displacement.map((x) => 1.1 * x) };
    expect(judge(more, points, made.info).displacement).toBeCloseTo(0.1, 6);
    // A part in other units, turned about Z, under another load is the same part.
    const turned = (from: Float64Array, factor: number) =>
      from.map((_, i) => factor * (i % 3 === 0 ? -from[i + 1]! : i % 3 === 1 ? from[i - 1]! : from[i]!));
    const inch = 25.4;
    const other = {
      ...coarse,
      nodes: turned(coarse.nodes, inch),
      displacement: turned(coarse.displacement, 3),
      vonMises: coarse.vonMises.map((x) => 7 * x),
      stress: coarse.stress.map((x) => 7 * x),
      stressError: coarse.stressError.map((x) => 7 * x),
      stressSpread: coarse.stressSpread.map((x) => 7 * x),
      elementError: coarse.elementError.map((x) => 7 * inch ** 1.5 * x),
    };
    const { mass, faces } = made.info;
    const inInches: BodyInfo = {
      ...made.info,
      mass: { ...mass, volume_mm3: mass.volume_mm3 * inch ** 3, area_mm2: mass.area_mm2 * inch ** 2 },
      faces: faces.map((face) => ({
        ...face,
        ...(face.radius_mm === undefined ? {} : { radius_mm: inch * face.radius_mm }),
        ...(face.minorRadius_mm === undefined ? {} : { minorRadius_mm: inch * face.minorRadius_mm }),
      })),
    };
    const [before, after] = [featuresOf(coarse, made.info), featuresOf(other, inInches)];
    const farthest = before.nodes.reduce((most, x, i) => Math.max(most, Math.abs(x - after.nodes[i]!)), 0);
    expect(farthest).toBeLessThan(1e-6);
    expect([...after.part]).toEqual([...before.part].map((x) => expect.closeTo(x, 9)));
  });
});

it('nothing that the shipped correction learnt from is among the parts that it is judged by', () => {
  const unseen = new Set(seedsOf([UNSEEN_SEEDS]));
  expect(seedsOf(TRAINING_SEEDS).filter((seed) => unseen.has(seed))).toEqual([]);
  const { card, correction } = openGeneralModel();
  expect(card.seeds.unseen).toEqual(UNSEEN_SEEDS);
  expect(card.seeds.training).toEqual(TRAINING_SEEDS);
  expect(card.unseenParts).toBe(50);
  expect(correction === null).toBe(card.method === 'coarse solve');
});
