import { describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import { exportCalculix } from '../export/calculix.ts';
import { packDeck } from '../export/deck.ts';
import { exportVtu } from '../export/vtu.ts';
import { loadCore } from '../native-core.ts';
import { createPhysics } from '../physics.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { solveParts } from '../testing/solve-task.ts';
import { boxModel, FACE, faces, load, restraint, STEEL, testBody } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';

const built = loadCore().core !== null;

describe.skipIf(!built)('a deck of another program', () => {
  const model = boxModel(
    { max: [40, 20, 10], divisions: [4, 2, 1] },
    [restraint({ kind: 'fixed' }, faces(FACE.minusX))],
    [
      load({ kind: 'force', force_N: [0, 0, -500] }, faces(FACE.plusX)),
      load({ kind: 'gravity', acceleration_mm_s2: [0, 0, -9810] }),
    ],
  );
  const deck = exportCalculix(
    packDeck(model.model, { inputHash: 'h', title: 't', bodies: [{ name: 'box', material: 'Test steel' }] }),
  );
  const file = { bytes: deck, fileName: 'box.inp' };

  it('is solved to the displacements of the model that it was written from', async () => {
    const physics = createPhysics();
    try {
      const { outcome, account } = await physics.deck(file, { inputHash: 'x' }, silentContext());
      expect(account.every(({ understanding }) => understanding === 'understood')).toBe(true);
      const { displacement } = await loadCore().core!.solveStatic(model.model);
      const largest = Math.max(...displacement.map(Math.abs));
      const read = decodeBundle(outcome!.fields).arrays['displacement']!;
      displacement.forEach((value, i) => {
        expect(Math.abs(value - read[i]!)).toBeLessThan(1e-6 * largest);
      });
      // 40 x 20 x 10 mm of 7850 kg/m^3; the reactions carry the load and the weight.
      expect(outcome!.summary.mass_kg).toBeCloseTo(0.0628, 9);
      expect(outcome!.summary.reactions_N!.total[2]).toBeCloseTo(500 + 0.0628 * 9.81, 6);
    } finally {
      await physics.dispose();
    }
  });

  it('comes back as a result of another program through its VTK file, with the same extremes', async () => {
    const physics = createPhysics();
    try {
      const { outcome } = await physics.deck(file, { inputHash: 'x' }, silentContext());
      const vtu = exportVtu(outcome!.fields);
      const { summary } = await physics.readResult(
        { bytes: vtu, fileName: 'box.vtu' },
        { solver: 'another', inputHash: 'y' },
        silentContext(),
      );
      expect(summary.imported).toEqual({ fileName: 'box.vtu' });
      const [ours, theirs] = [outcome!.summary.extremes, summary.extremes];
      expect(theirs['displacement.magnitude']!.max.value).toBeCloseTo(ours['displacement.magnitude']!.max.value, 6);
      expect(theirs['von_mises']!.max.value / ours['von_mises']!.max.value).toBeCloseTo(1, 5);
    } finally {
      await physics.dispose();
    }
  });

  it('that holds nothing is refused', async () => {
    const physics = createPhysics();
    const loose = new TextDecoder().decode(deck).replace(/\*BOUNDARY[^*]*/, '');
    await expect(
      physics.deck({ bytes: new TextEncoder().encode(loose), fileName: 'a.inp' }, { inputHash: 'x' }, silentContext()),
    ).rejects.toMatchObject({ code: 'study.no-restraints' });
    await physics.dispose();
  });
});

describe.skipIf(!built)('a deck of another program that asks for', () => {
  const SIZE: Vec3 = [40, 20, 10];
  const mesh = boxMesh({ max: SIZE, divisions: [4, 2, 1] });
  const text = (deck: Uint8Array | null | undefined): string => new TextDecoder().decode(exportCalculix(deck!));
  const solve = async (words: string) => {
    const physics = createPhysics();
    try {
      const bytes = new TextEncoder().encode(words);
      const { outcome, account } = await physics.deck(
        { bytes, fileName: 'a.inp' },
        { inputHash: 'x' },
        silentContext(),
      );
      return { ...outcome!, account };
    } finally {
      await physics.dispose();
    }
  };
  const left = (account: Awaited<ReturnType<typeof solve>>['account']) =>
    account.filter(({ understanding }) => understanding !== 'understood').map(({ item }) => item);

  it('frequencies gives those of the study that it was written from, also of a free body', async () => {
    const ours = await solveParts({
      mesh,
      bodies: [testBody([0, 0, 0], SIZE)],
      restraints: [restraint({ kind: 'fixed' }, faces(FACE.minusX))],
      loads: [],
      study: { study: 'modal', modal: { modes: 4 } },
    });
    const deck = text(ours.deck);
    const theirs = await solve(deck);
    expect(left(theirs.account)).toEqual([]);
    expect(theirs.summary.type).toBe('modal');
    expect(theirs.summary.modes).toHaveLength(4);
    theirs.summary.modes!.forEach(({ frequency_Hz, effectiveMass_kg }, i) => {
      const own = ours.summary.modes![i]!;
      // Both to about 1e-9 by the solver's own tolerance.
      expect(frequency_Hz / own.frequency_Hz).toBeCloseTo(1, 7);
      expect(effectiveMass_kg[2]).toBeCloseTo(own.effectiveMass_kg[2], 5);
    });
    expect(decodeBundle(theirs.fields).arrays['displacement']).toHaveLength(mesh.nodes.length);
    const free = await solve(deck.replace(/\*BOUNDARY[^*]*/g, ''));
    expect(free.summary.modes!.map(({ rigid }) => rigid)).toEqual([...Array(6).fill(true), ...Array(4).fill(false)]);
    expect(await solve(deck.replace(/\*DENSITY[^*]*/, '')).catch(({ code }) => code)).toBe('study.no-density');
  });

  it('several steps gives a picture of each, with the loads that act in it', async () => {
    const one = text(
      (
        await solveParts({
          mesh,
          bodies: [testBody([0, 0, 0], SIZE)],
          restraints: [restraint({ kind: 'fixed' }, faces(FACE.minusX))],
          loads: [load({ kind: 'force', force_N: [1000, 0, 0] }, faces(FACE.plusX))],
          study: {},
        })
      ).deck,
    );
    const corner = mesh.nodes.findIndex((_, i) => i % 3 === 0 && mesh.nodes[i] === 40) / 3 + 1;
    const later = [
      '*STEP, NAME=Pushed down',
      '*STATIC',
      '*CLOAD, OP=NEW',
      `${corner}, 3, -50.`,
      '*END STEP',
      // What was pushed goes on, and its weight comes in.
      '*STEP',
      '*STATIC',
      '*DLOAD',
      `BODY1, GRAV, 9810., 0., 0., -1.`,
      '*END STEP',
      // Some loads of before are changed and others kept: that is not followed.
      '*STEP',
      '*STATIC',
      '*CLOAD',
      `${corner}, 3, -70.`,
      '*END STEP',
      '*STEP',
      '*STATIC',
      '*END STEP',
    ].join('\n');
    const { summary, fields, account } = await solve(`${one.trimEnd()}\n${later}\n`);
    expect(summary.frames!.map(({ name }) => name)).toEqual(['Step 1', 'Pushed down', 'Step 3']);
    const weight_N = 0.0628 * 9.81;
    const reactions = summary.frames!.map(({ reactions_N }) => reactions_N!.total);
    expect(reactions[0]![0]).toBeCloseTo(-1000, 5);
    expect(reactions[1]).toEqual([0, 0, 50].map((value) => expect.closeTo(value, 6)));
    expect(reactions[2]![2]).toBeCloseTo(50 + weight_N, 6);
    expect(decodeBundle(fields).arrays).toHaveProperty('displacement');
    expect(left(account)).toEqual(['*CLOAD', '*STATIC']);
    expect(account.find(({ item }) => item === '*CLOAD')).toBeDefined();
    // The first step alone is what it was.
    expect((await solve(one)).summary.frames).toBeUndefined();
  });

  it('steady heat gives the temperatures of a wall in air by Fourier and Newton', async () => {
    const conductivity_W_mK = 50;
    const material = { ...STEEL, properties: { ...STEEL.properties, conductivity_W_mK } };
    const ours = await solveParts({
      mesh,
      bodies: [testBody([0, 0, 0], SIZE, 0, material)],
      restraints: [restraint({ kind: 'temperature', temperature_degC: 100 }, faces(FACE.minusX))],
      loads: [load({ kind: 'convection', film_W_m2K: 200, ambient_degC: 20 }, faces(FACE.plusX))],
      study: { study: 'thermal' },
    });
    const { summary, fields, account } = await solve(text(ours.deck));
    expect(left(account)).toEqual([]);
    // q = (100 - 20) / (L / k + 1 / h), and 20 degC + q / h on the cooled side.
    const flux_W_m2 = 80 / (0.04 / conductivity_W_mK + 1 / 200);
    const { min, max } = summary.extremes['temperature']!;
    expect(max.value).toBeCloseTo(100, 9);
    expect(min.value).toBeCloseTo(20 + flux_W_m2 / 200, 6);
    const into = Object.fromEntries(summary.heat!.inflow_W.map(({ id, power_W }) => [id, power_W]));
    expect(into['fixed']).toBeCloseTo(flux_W_m2 * 20e-3 * 10e-3, 8);
    expect(into['surfaces']).toBeCloseTo(-flux_W_m2 * 20e-3 * 10e-3, 8);
    expect(decodeBundle(fields).arrays['temperature']).toHaveLength(mesh.nodes.length / 3);
  });

  it('steady heat takes flux, generation and radiation as the study did, and leaves out radiation without a zero', async () => {
    const material = { ...STEEL, properties: { ...STEEL.properties, conductivity_W_mK: 40 } };
    const ours = await solveParts({
      mesh,
      bodies: [testBody([0, 0, 0], SIZE, 0, material)],
      restraints: [restraint({ kind: 'temperature', temperature_degC: 300 }, faces(FACE.minusX))],
      loads: [
        load({ kind: 'radiation', emissivity: 0.9, ambient_degC: 25 }, faces(FACE.plusY, FACE.minusY)),
        load({ kind: 'heat-flux', flux_W_m2: 5000 }, faces(FACE.plusZ)),
        load({ kind: 'heat-generation', generation_W_m3: 5e5 }),
      ],
      study: { study: 'thermal' },
    });
    const deck = text(ours.deck);
    const theirs = await solve(deck);
    expect(left(theirs.account)).toEqual([]);
    const [a, b] = [ours.fields, theirs.fields].map((bundle) => decodeBundle(bundle).arrays['temperature']!);
    // Single precision of 300 degC.
    a!.forEach((value, node) => {
      expect(Math.abs(value - b![node]!)).toBeLessThan(1e-4);
    });
    const dark = await solve(deck.replace(/\*PHYSICAL CONSTANTS.*/, ''));
    expect(left(dark.account)).toEqual(['*RADIATE']);
    expect(dark.summary.warnings.map(({ code }) => code)).toContain('exchange.not-understood');
    // Heat that is not radiated warms the part.
    expect(dark.summary.extremes['temperature']!.max.value).toBeGreaterThan(
      ours.summary.extremes['temperature']!.max.value,
    );
  });
});
