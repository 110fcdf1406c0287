import { describe, expect, it } from 'vitest';
import { isSingularPlace } from '../../../preload/contract/singular-places.ts';
import type { ResultSummary } from '../../../preload/contract/studies.ts';
import { studyDocument } from '../../cli/study-document.ts';
import { textOf } from '../../cli/study-text.ts';
import { orientSurface } from '../model/surface.ts';
import { loadCore } from '../native-core.ts';
import { resultsReport } from '../report/results-report.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { solveParts } from '../testing/solve-task.ts';
import { FACE, faces, load, restraint, testBody } from '../testing/study.ts';

const INNER = 6;

/**
 * An angle of two legs, 30 by 40 mm and 10 mm thick, from a bar folded at its middle: along x to x = 30, then up to z = 40.
 * Its sharp inner edge lies at x = 20, z = 10. The foot is wider toward its clamped end, so that the edge carries the most.
 */
function angle(divisions: [number, number, number]) {
  const mesh = boxMesh({
    max: [40, 10, 10],
    divisions,
    map: ([x, y, z]) => {
      const s = x / 20;
      const height = s < 0.75 ? z * (1 + 2 * (0.75 - s)) - 20 * (0.75 - s) : z;
      return s <= 1 ? [s * (30 - z), y, height] : [30 - z, y, z + (s - 1) * (40 - z)];
    },
  });
  mesh.facetFace.forEach((face, facet) => {
    const z = Array.from(mesh.facets.subarray(6 * facet, 6 * facet + 3), (node) => mesh.nodes[3 * node + 2]!);
    if (face === FACE.plusZ && Math.max(...z) > 10.001) mesh.facetFace[facet] = INNER;
  });
  orientSurface(mesh);
  return mesh;
}

const solveAngle = async (divisions: [number, number, number]): Promise<ResultSummary> => {
  const body = testBody([0, 0, 0], [30, 10, 40]);
  const { summary } = await solveParts({
    mesh: angle(divisions),
    size_mm: 40 / divisions[0],
    bodies: [{ ...body, faces: [...body.faces, body.faces[FACE.plusZ]!] }],
    restraints: [restraint({ kind: 'fixed', name: 'foot' }, faces(FACE.minusX))],
    loads: [load({ kind: 'force', force_N: [-100, 0, 0], name: 'push' }, faces(FACE.plusX))],
  });
  return summary;
};

describe.skipIf(!loadCore().core)('the peak stress at a sharp inner corner', () => {
  it('grows with the mesh, and no page offers it as a number to believe', async () => {
    const rough = await solveAngle([12, 1, 3]);
    const fine = await solveAngle([24, 1, 6]);
    const peak = fine.extremes['von_mises']!.max;
    // Williams: r^-0.455 at 270 degrees of material, so that half the size gives about 1.37 times the stress.
    expect(peak.value / rough.extremes['von_mises']!.max.value).toBeGreaterThan(1.15);
    expect(fine.singularities[0]!.reason).toContain('sharp inner edge (270° of material)');
    expect(fine.warnings.map(({ code }) => code)).toContain('result.singular-peak');
    expect(isSingularPlace(fine, peak.at_mm)).toBe(true);
    expect(isSingularPlace(fine, fine.minimumSafetyFactor!.at_mm)).toBe(true);
    expect(isSingularPlace(fine, [30, 5, 40])).toBe(false);

    const lines = textOf('angle', fine, true).split('\n');
    for (const start of ['  von_mises', '  safety factor'])
      expect(lines.find((line) => line.startsWith(start))).toContain('do not believe it');
    expect(lines.find((line) => line.startsWith('  displacement'))).not.toContain('believe');
    expect(lines.find((line) => line.includes('(peak stress)'))).toContain('none to state (peak stress)');
    expect(studyDocument(fine, [], true)['minimum_safety_factor']).toMatchObject({ singular: true });

    const page = resultsReport({
      name: 'angle',
      part: 'angle',
      study: {
        study: 'static',
        restraints: [],
        loads: [],
        mesh: { order: 2, accuracy: 'default', refinements: [] },
        probes: [],
      },
      bodies: [],
      summary: fine,
    });
    expect(page.match(/not to be believed/g)).toHaveLength(2);
    expect(page).toContain('none to state: the stress has no limit');
  });
});
