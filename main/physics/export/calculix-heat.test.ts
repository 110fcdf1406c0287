import { describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { loadCore } from '../native-core.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { solveParts } from '../testing/solve-task.ts';
import { FACE, faces, load, restraint, STEEL, testBody } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';
import { exportCalculix } from './calculix.ts';
import { calculixVersion, runCalculix } from './run-calculix.ts';

const SIZE: Vec3 = [40, 20, 10];

describe.runIf(loadCore().core && calculixVersion())('a thermal deck in CalculiX', () => {
  it('gives the same temperatures: film, radiation, flux, generation and a table of conductivity', async () => {
    const material = {
      ...STEEL,
      properties: {
        ...STEEL.properties,
        tables: {
          conductivity_W_mK: [
            [0, 40],
            [500, 20],
          ] as [number, number][],
        },
      },
    };
    const { fields, deck } = await solveParts({
      mesh: boxMesh({ max: SIZE, divisions: [4, 2, 1] }),
      bodies: [testBody([0, 0, 0], SIZE, 0, material)],
      restraints: [restraint({ kind: 'temperature', temperature_degC: 300 }, faces(FACE.minusX))],
      loads: [
        load({ kind: 'convection', film_W_m2K: 300, ambient_degC: 25 }, faces(FACE.plusX)),
        load({ kind: 'radiation', emissivity: 0.9, ambient_degC: 25 }, faces(FACE.plusY, FACE.minusY)),
        load({ kind: 'heat-flux', flux_W_m2: 5000 }, faces(FACE.plusZ)),
        load({ kind: 'heat-generation', generation_W_m3: 5e5 }),
      ],
      study: { study: 'thermal' },
    });
    const ours = decodeBundle(fields).arrays['temperature']!;
    const { blocks } = await runCalculix(exportCalculix(deck!), ours.length);
    const theirs = blocks.get('NDTEMP')!.values;
    expect(theirs.length).toBe(ours.length);
    let worst = 0;
    for (let node = 0; node < ours.length; node++) worst = Math.max(worst, Math.abs(ours[node]! - theirs[node]!));
    // Of 300 degC: CalculiX integrates films and radiation on quadratic faces with fewer points than we do.
    expect(worst).toBeLessThan(0.5);
  });
});
