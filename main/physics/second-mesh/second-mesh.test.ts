import { describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import { createKernel } from '../../kernel/index.ts';
import { TETRAHEDRON_EDGES } from '../elements/tetrahedron10.ts';
import { foreignMesh } from '../exchange/foreign-mesh.ts';
import { calculixVersion } from '../export/run-calculix.ts';
import { loadCore, requireCore } from '../native-core.ts';
import { makeBodies } from '../solve-primitives.ts';
import { boxModel, FACE, faces, load, restraint, STEEL } from '../testing/study.ts';
import { gmshVersion } from './gmsh.ts';
import { readMsh } from './msh-reader.ts';
import { type PlaneStudy, planeModel, solveOnSecondMesh } from './plane-study.ts';

/** One tetrahedron of 2 mm along the axes with its midside nodes where Gmsh puts them: 01, 12, 02, 03, 23, 13. */
const MSH = `$MeshFormat
2.2 0 8
$EndMeshFormat
$Nodes
11
1 0 0 0
2 2 0 0
3 0 2 0
4 0 0 2
5 1 0 0
6 1 1 0
7 0 1 0
8 0 0 1
9 0 1 1
10 1 0 1
99 7 7 7
$EndNodes
$Elements
2
1 15 2 0 1 99
2 11 2 0 1 1 2 3 4 5 6 7 8 9 10
$EndElements
`;

describe('a mesh of Gmsh', () => {
  it('has its midside nodes between the corners that C3D10 puts them between, and no node without an element', () => {
    const { mesh } = foreignMesh(readMsh(MSH));
    expect(mesh.nodes).toHaveLength(30);
    const at = (k: number): number[] => [...mesh.nodes.subarray(3 * mesh.elements[k]!, 3 * mesh.elements[k]! + 3)];
    TETRAHEDRON_EDGES.forEach(([a, b], side) => {
      expect(at(4 + side)).toEqual(at(a).map((x, axis) => (x + at(b)[axis]!) / 2));
    });
  });

  it('is refused in another format', () => {
    let code = '';
    try {
      readMsh(MSH.replace('2.2 0 8', '4.1 0 8'));
    } catch (error) {
      code = (error as ArtificerError).code;
    }
    expect(code).toBe('exchange.not-msh');
  });
});

const SIZE: [number, number, number] = [30, 12, 8];
const study = (traction_MPa: [number, number, number], poisson: number): PlaneStudy => ({
  held: { axis: 0, at_mm: 0 },
  loaded: { axis: 0, at_mm: SIZE[0] },
  traction_MPa,
  material: { ...STEEL, properties: { ...STEEL.properties, poisson } },
});

describe.skipIf(!loadCore().core)('a study of planes', () => {
  it('is the study that names its faces', async () => {
    const options = { max: SIZE, divisions: [3, 2, 2] as [number, number, number] };
    const named = boxModel(
      options,
      [restraint({ kind: 'fixed' }, faces(FACE.minusX))],
      [load({ kind: 'traction', traction_MPa: [3, 0, -2] }, faces(FACE.plusX))],
    );
    const plain = planeModel(named.mesh, study([3, 0, -2], 0.3));
    expect(plain.loadedArea_mm2).toBeCloseTo(96, 9);
    expect(plain.heldArea_mm2).toBeCloseTo(96, 9);
    const core = requireCore();
    const [a, b] = await Promise.all([core.solveStatic(named.model), core.solveStatic(plain.model)]);
    const largest = Math.max(...a.displacement.map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    a.displacement.forEach((value, i) => {
      expect(Math.abs(value - b.displacement[i]!)).toBeLessThan(1e-7 * largest);
    });
  });
});

describe.skipIf(gmshVersion() === null || calculixVersion() === null)('Gmsh and CalculiX', () => {
  it('pass the patch test: a bar without lateral contraction has one stress everywhere', {
    timeout: 120_000,
  }, async () => {
    const kernel = createKernel();
    try {
      const context = silentContext();
      const made = await makeBodies(
        kernel,
        [{ name: 'bar', shape: { box: { min_mm: [0, 0, 0], max_mm: SIZE } } }],
        STEEL,
        context,
      );
      const size = { size_mm: 8, aroundCircle: 6 };
      const solution = await solveOnSecondMesh(made.brep, study([50, 0, 0], 0), size, context);
      const young = STEEL.properties.young_MPa;
      // CalculiX writes six digits.
      expect(solution.largestDisplacement_mm / ((50 * SIZE[0]) / young)).toBeCloseTo(1, 5);
      expect(solution.strainEnergy_N_mm / ((50 * 50 * SIZE[0] * 96) / (2 * young))).toBeCloseTo(1, 5);
      for (let node = 0; node < solution.stress.length; node += 6) {
        expect(Math.abs(solution.stress[node]! - 50)).toBeLessThan(1e-3);
        for (let k = 1; k < 6; k++) expect(Math.abs(solution.stress[node + k]!)).toBeLessThan(1e-3);
      }
    } finally {
      await kernel.dispose();
    }
  });
});
