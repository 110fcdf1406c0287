import { describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import { exportCalculix } from '../export/calculix.ts';
import { packDeck } from '../export/deck.ts';
import { exportVtu } from '../export/vtu.ts';
import { loadCore } from '../native-core.ts';
import { createPhysics } from '../physics.ts';
import { boxModel, FACE, faces, load, restraint } from '../testing/study.ts';

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
