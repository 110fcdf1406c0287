import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../preload/contract/studies.ts';
import { exportCalculix } from '../export/calculix.ts';
import { packDeck } from '../export/deck.ts';
import { calculixVersion, runCalculix } from '../export/run-calculix.ts';
import { buildModel } from '../model/build.ts';
import { orientSurface } from '../model/surface.ts';
import type { Target } from '../model/target.ts';
import { requireCore } from '../native-core.ts';
import { boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { faces, load, restraint, testBody } from '../testing/study.ts';
import type { ResolvedConnection } from './resolve.ts';

const installed = calculixVersion() !== null;
if (!installed) console.warn('CalculiX (ccx) is not installed: the deck tests are skipped.');

const connection = (what: object, target?: Target, to?: Target): ResolvedConnection => ({
  connection: { id: 'c', name: 'c', on: [], to: [], ...what } as unknown as Connection,
  ...(target ? { target } : {}),
  ...(to ? { to } : {}),
});

describe.skipIf(!installed)('CalculiX solves the deck of joined bodies', () => {
  it('to our displacements: bonds of meshes that do not match, a spring, a remote point, a skewed guide', async () => {
    const mesh = joinMeshes([
      boxMesh({ max: [10, 10, 4], divisions: [2, 2, 1] }),
      boxMesh({
        min: [0, 0, 4],
        max: [10, 10, 10],
        divisions: [3, 3, 2],
        map: ([x, y, z]) => [x + 0.1 * (z - 4), y, z],
      }),
    ]);
    orientSurface(mesh);
    const bodies = [testBody([0, 0, 0], [10, 10, 4], 0), testBody([0, 0, 4], [10, 10, 10], 1)];
    const lean = Math.hypot(1, 0.1);
    bodies[1]!.faces[1]!.normal = [1 / lean, 0, -0.1 / lean];
    const built = buildModel(
      mesh,
      bodies,
      [
        restraint({ kind: 'symmetry' }, faces(0)),
        restraint(
          {
            kind: 'remote-displacement',
            point_mm: [5, 5, -10],
            coupling: 'rigid',
            x_mm: 0,
            y_mm: 0,
            z_mm: 0,
            rx_rad: 0,
            ry_rad: 0,
            rz_rad: 0,
          },
          faces(4),
        ),
        // The upper body's side leans: its guide has axes of its own, also where it meets the bond.
        restraint({ kind: 'symmetry' }, faces(7)),
      ],
      [load({ kind: 'force', force_N: [0, 200, -500] }, faces(11))],
      null,
      [
        connection({ kind: 'bonded-touching' }),
        connection({ kind: 'spring', stiffness_N_mm: [0, 1e5, 0] }, faces(11), faces(4)),
      ],
    );
    expect(built.model.frameNodes.length).toBeGreaterThan(0);
    const ours = await requireCore().solveStatic(built.model, { method: 'direct' });
    const deck = exportCalculix(
      packDeck(built.model, {
        inputHash: 'test',
        title: 'test',
        bodies: [
          { name: 'lower', material: 'Test steel' },
          { name: 'upper', material: 'Test steel' },
        ],
      }),
    );
    const { blocks } = await runCalculix(deck, built.model.nodes.length / 3);
    const theirs = blocks.get('DISP')!.values;
    const size = Math.max(...ours.displacement.map(Math.abs));
    let worst = 0;
    for (let i = 0; i < mesh.nodes.length; i++) worst = Math.max(worst, Math.abs(theirs[i]! - ours.displacement[i]!));
    expect(worst / size).toBeLessThan(1e-4); // CalculiX writes six digits
  });
});
