import { describe, expect, it } from 'vitest';
import type { StaticSolution } from '../../../native/index.d.ts';
import { jacobian, POINT_DERIVATIVES, POINT_SHAPES, TETRAHEDRON_POINTS } from '../elements/tetrahedron10.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { addTraction, facetPatch } from '../model/patch.ts';
import { orientSurface } from '../model/surface.ts';
import { requireCore } from '../native-core.ts';
import { type BoxOptions, boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { type ConstrainedOptions, constrainedModel, facetsOfFace, nodesWhere } from '../testing/constrained.ts';
import { at, type Vec3 } from '../vector.ts';
import { bondFacets } from './bond.ts';
import { shareMotion } from './coupled.ts';
import { tieSector } from './cyclic.ts';
import { addBolt, preloadForces } from './elastic.ts';
import { EquationSystem } from './equations.ts';
import { averageMotion, motionCoefficients } from './reference-point.ts';
import { addRemoteDisplacement, addRigidRemoteForce } from './remote.ts';

const FACE = { minusX: 0, plusX: 1, minusY: 2, plusY: 3, minusZ: 4, plusZ: 5 };
const oriented = (mesh: VolumeMesh): VolumeMesh => {
  orientSurface(mesh);
  return mesh;
};
const box = (options: BoxOptions): VolumeMesh => oriented(boxMesh(options));
const solve = (
  mesh: VolumeMesh,
  system: EquationSystem,
  options: ConstrainedOptions,
  load?: (forces: Float64Array) => void,
): Promise<StaticSolution> => {
  const model = constrainedModel(mesh, system, options);
  load?.(model.forces);
  return requireCore().solveStatic(model, { method: 'direct' });
};
const free = () => false;

describe('a remote point', () => {
  const mesh = box({ max: [60, 8, 6], divisions: [12, 2, 2] });
  const clamp = (p: Vec3): number[] | null => (p[0] < 1e-9 ? [0, 0, 0] : null);
  const end = nodesWhere(mesh, (p) => p[0] > 60 - 1e-9);
  const patch = () => facetPatch(mesh, facetsOfFace(mesh, FACE.plusX));
  const E = 200_000;
  const inertia = (8 * 6 ** 3) / 12;

  it('with a force beyond a cantilever bends it as force and moment at its end do', async () => {
    // P at x = 100 is P at the end and a moment of P 40 there: PL^3/3EI + ML^2/2EI, and shear with 5/6 of the area. Without
    // lateral contraction (nu = 0) the clamp is that of beam theory.
    const materials = [[E, 0, 0, 0]] as const;
    const system = new EquationSystem(mesh.nodes);
    const { forces } = addRigidRemoteForce(system, mesh.nodes, end, [100, 4, 3], [0, 0, -10], [0, 0, 0], 'pull');
    const rigid = await solve(mesh, system, { held: clamp, materials }, (all) => {
      for (const { node, force } of forces) all.set(force, 3 * node);
    });
    const average = averageMotion(patch(), mesh.nodes);
    const plain = new EquationSystem(mesh.nodes);
    const spread = await solve(mesh, plain, { held: clamp, materials }, (all) => {
      motionCoefficients(average, [100, 4, 3], 2)!.forEach((c, i) => {
        for (let axis = 0; axis < 3; axis++) all[3 * average.nodes[i]! + axis]! += -10 * c[axis]!;
      });
    });
    const shear = (10 * 60) / ((5 / 6) * (E / 2) * 48);
    const bending = (10 * 60 ** 3) / (3 * E * inertia) + (10 * 40 * 60 ** 2) / (2 * E * inertia);
    const tip = (solution: StaticSolution): number =>
      motionCoefficients(average, [60, 4, 3], 2)!.reduce(
        (sum, c, i) =>
          sum + c.reduce((part, value, axis) => part + value * solution.displacement[3 * average.nodes[i]! + axis]!, 0),
        0,
      );
    expect(-tip(spread) / (bending + shear)).toBeGreaterThan(0.995);
    expect(-tip(spread) / (bending + shear)).toBeLessThan(1.001);
    expect(tip(rigid) / tip(spread)).toBeGreaterThan(0.98);
    expect(tip(rigid) / tip(spread)).toBeLessThan(1);
    for (const solution of [rigid, spread]) {
      let force = 0;
      let moment = 0;
      for (let node = 0; node < plain.meshNodeCount; node++) {
        force += solution.reactions[3 * node + 2]!;
        moment +=
          mesh.nodes[3 * node + 2]! * solution.reactions[3 * node]! -
          mesh.nodes[3 * node]! * solution.reactions[3 * node + 2]!;
      }
      expect(force / 10).toBeCloseTo(1, 7);
      expect(moment / -1000).toBeCloseTo(1, 6);
    }
  });

  it('that many facets follow is averaged over some of them, and is still the motion of the face', () => {
    const all = averageMotion(patch(), mesh.nodes);
    const some = averageMotion(patch(), mesh.nodes, 3);
    expect(some.nodes.length).toBeLessThan(all.nodes.length);
    const rigid = (p: Vec3): Vec3 => [1 + 0.3 * p[2], 2 - 0.5 * p[2], 3 + 0.5 * p[1] - 0.3 * p[0]];
    for (const average of [all, some])
      [0, 1, 2].forEach((axis) => {
        const measured = motionCoefficients(average, [70, 1, 2], axis)!.reduce((sum, c, i) => {
          const u = rigid(at(mesh.nodes, average.nodes[i]!));
          return sum + c[0] * u[0] + c[1] * u[1] + c[2] * u[2];
        }, 0);
        expect(measured).toBeCloseTo(rigid([70, 1, 2])[axis]!, 10);
      });
  });

  it.each(['rigid', 'distributing'] as const)(
    'prescribed in all six motions is met, and says what it takes (%s)',
    async (coupling) => {
      const system = new EquationSystem(mesh.nodes);
      const point_mm = [80, 4, 3];
      const wanted = { x_mm: 0.01, y_mm: 0.02, z_mm: -0.05, rx_rad: 1e-3, ry_rad: 5e-4, rz_rad: -2e-4 };
      const { held } = addRemoteDisplacement(system, mesh.nodes, { point_mm, coupling, ...wanted }, end, patch, 'grip');
      expect(held).toHaveLength(6);
      const heldExtra = held.map(({ node, axis, value_mm }) => ({ dof: 3 * node + axis, value: value_mm }));
      const solution = await solve(mesh, system, { held: clamp, heldExtra });
      const average = averageMotion(patch(), mesh.nodes);
      Object.values(wanted).forEach((value, component) => {
        const measured = motionCoefficients(average, point_mm as Vec3, component)!.reduce(
          (sum, c, i) =>
            sum + c.reduce((part, k, axis) => part + k * solution.displacement[3 * average.nodes[i]! + axis]!, 0),
          0,
        );
        expect(measured).toBeCloseTo(value, 10);
      });
      // Force and moment at the point balance those at the clamp, about the point.
      const grip = [0, 0, 0, 0, 0, 0];
      for (const { node, axis, component, reactionFactor } of held)
        grip[component] = solution.reactions[3 * node + axis]! / (component < 3 ? 1 : 1 / reactionFactor);
      const clampForce = [0, 0, 0];
      const clampMoment = [0, 0, 0];
      for (let node = 0; node < system.meshNodeCount; node++) {
        const [fx, fy, fz] = at(solution.reactions, node);
        const [x, y, z] = at(mesh.nodes, node).map((value, axis) => value - point_mm[axis]!) as Vec3;
        [fx, fy, fz].forEach((value, axis) => {
          clampForce[axis]! += value;
        });
        [y * fz - z * fy, z * fx - x * fz, x * fy - y * fx].forEach((value, axis) => {
          clampMoment[axis]! += value;
        });
      }
      const size = Math.max(...grip.slice(0, 3).map(Math.abs));
      const turning = Math.max(...grip.slice(3).map(Math.abs));
      for (let axis = 0; axis < 3; axis++) {
        expect(Math.abs(grip[axis]! + clampForce[axis]!)).toBeLessThan(1e-6 * size);
        expect(Math.abs(grip[3 + axis]! + clampMoment[axis]!)).toBeLessThan(1e-6 * turning);
      }
      // Stretching: E A / L times 0.01, stiffer by no more than the ends' hold on contraction.
      expect(grip[0]! / ((E * 48 * 0.01) / 60)).toBeGreaterThan(0.9999);
      expect(grip[0]! / ((E * 48 * 0.01) / 60)).toBeLessThan(1.03);
    },
  );
});

describe('a bolt', () => {
  // A hollow block, the members, between two bonded halves; the bolt acts along z between annular end faces (whole faces here).
  const members = (): VolumeMesh =>
    oriented(
      joinMeshes([
        boxMesh({ max: [10, 10, 8], divisions: [2, 2, 2] }),
        boxMesh({ min: [0, 0, 8], max: [10, 10, 20], divisions: [3, 3, 3] }),
      ]),
    );
  const E = 200_000;

  it('carries exactly its preload, and what a load adds goes by the stiffness of bolt and members', async () => {
    const mesh = members();
    const system = new EquationSystem(mesh.nodes);
    const bond = bondFacets(system, mesh, facetsOfFace(mesh, 5), facetsOfFace(mesh, 10), {
      who: 'bond',
      isTaken: free,
    });
    expect(bond!.area_mm2).toBeCloseTo(100, 9);
    const head = averageMotion(facetPatch(mesh, facetsOfFace(mesh, 11)), mesh.nodes);
    const thread = averageMotion(facetPatch(mesh, facetsOfFace(mesh, 4)), mesh.nodes);
    const bolt = addBolt(system, thread, head, { diameter_mm: 6, young_MPa: 150_000, preload_N: 8000 }, 'bolt');
    const [k] = bolt.stiffness_N_mm;
    expect(k).toBeCloseTo((150_000 * Math.PI * 9) / 20, 6);
    const options: ConstrainedOptions = {
      materials: [[E, 0, 0, 0]],
      // Only rigid motions are stopped: the ends stay free to move along z evenly.
      held: (p) => [p[0] < 1e-9 ? 0 : null, p[1] < 1e-9 ? 0 : null, p[2] < 1e-9 ? 0 : null],
      springs: [{ node: bolt.node, block: [k, 0, 0, 0, 0, 0, 0, 0, 0] }],
    };
    const unit = await solve(mesh, system, options, (forces) => {
      forces[3 * bolt.node] = 1;
    });
    const flexibility = unit.displacement[3 * bolt.node]!;
    // nu = 0 and even ends: the members are a bar of E A / L exactly.
    const kMembers = (E * 100) / 20;
    expect(flexibility * (kMembers + k)).toBeCloseTo(1, 8);
    const [lock] = preloadForces([flexibility], [bolt]) as [number];
    const boltForce = (solution: StaticSolution): number => k * solution.displacement[3 * bolt.node]! - lock;
    const tightened = await solve(mesh, system, options, (forces) => {
      forces[3 * bolt.node] = lock;
    });
    expect(boltForce(tightened)).toBeCloseTo(8000, 5);
    const loaded = await solve(mesh, system, options, (forces) => {
      forces[3 * bolt.node] = lock;
      addTraction(facetPatch(mesh, facetsOfFace(mesh, 11)), (_, out) => out.splice(0, 3, 0, 0, 20), forces);
    });
    // Joint diagram: F_bolt = F0 + P k / (k + k_members), with P = 2000 N.
    expect(boltForce(loaded)).toBeCloseTo(8000 + (2000 * k) / (k + kMembers), 5);
  });
});

describe('cyclic symmetry', () => {
  // One eighth of a ring a = 20, b = 50; the other cut side is meshed differently (skewed inside).
  const sector = (skew: number): VolumeMesh =>
    box({
      max: [1, 1, 1],
      divisions: [10, 5, 1],
      map: ([r, t, z]) => {
        const bent = r + skew * t * Math.sin(Math.PI * r);
        const radius = 20 + 30 * bent;
        const angle = (Math.PI / 4) * t;
        return [radius * Math.cos(angle), radius * Math.sin(angle), 4 * z];
      },
    });
  const axis = { origin_mm: [0, 0, 0], direction: [0, 0, 1] };

  it.each([
    ['matching', 0],
    ['not matching', 0.1],
  ] as const)("of a turning ring gives the full ring's hoop and radial stress (cut sides %s)", async (_, skew) => {
    const mesh = sector(skew);
    const system = new EquationSystem(mesh.nodes);
    const bond = tieSector(
      system,
      mesh,
      facetsOfFace(mesh, FACE.minusY),
      facetsOfFace(mesh, FACE.plusY),
      axis,
      8,
      'cut',
      free,
    );
    expect(bond.matching).toBe(skew === 0);
    const [rho, speed, nu] = [7.85e-9, 1000, 0.3];
    const load = (forces: Float64Array): void => centrifugal(mesh, rho * speed ** 2, forces);
    const solution = await solve(
      mesh,
      system,
      // Along z only: turning about the axis is stopped at one corner.
      { held: (p) => [null, p[0] > 49.99 && p[1] < 1e-9 && p[2] < 1e-9 ? 0 : null, p[2] < 1e-9 ? 0 : null] },
      load,
    );
    // Timoshenko and Goodier, Theory of Elasticity, section 32: hoop stress at the bore of a thin turning ring.
    const bore = (rho * speed ** 2 * (3 + nu) * (50 ** 2 + ((1 - nu) / (3 + nu)) * 20 ** 2)) / 4;
    for (const angle of [0, Math.PI / 10, Math.PI / 4]) {
      const node = nearest(mesh, [20 * Math.cos(angle), 20 * Math.sin(angle), 0]);
      const [xx, yy, , xy] = solution.stress.subarray(6 * node, 6 * node + 4) as unknown as number[];
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const hoop = s * s * xx! + c * c * yy! - 2 * s * c * xy!;
      // Where the cut meets the bore the recovered stress of an interface that does not match is the least certain.
      const isAtCut = angle === 0 || angle === Math.PI / 4;
      expect(Math.abs(hoop / bore - 1)).toBeLessThan(isAtCut && skew !== 0 ? 0.04 : 0.01);
    }
    const radial = (node: number): number => {
      const [x, y] = at(mesh.nodes, node);
      return (x * solution.displacement[3 * node]! + y * solution.displacement[3 * node + 1]!) / Math.hypot(x, y);
    };
    // u(b) = rho w^2 b / 4E ((1 - nu) b^2 + (3 + nu) a^2)
    const outer = ((rho * speed ** 2 * 50) / (4 * 200_000)) * ((1 - nu) * 50 ** 2 + (3 + nu) * 20 ** 2);
    for (const angle of [0, Math.PI / 10, Math.PI / 4])
      expect(radial(nearest(mesh, [50 * Math.cos(angle), 50 * Math.sin(angle), 0])) / outer).toBeCloseTo(1, 2);
  });

  it('that the sides do not have is refused', () => {
    const mesh = sector(0);
    const cut = () =>
      tieSector(
        new EquationSystem(mesh.nodes),
        mesh,
        facetsOfFace(mesh, FACE.minusY),
        facetsOfFace(mesh, FACE.plusY),
        axis,
        9,
        'Restraint "cut"',
        free,
      );
    expect(cut).toThrow(/Restraint "cut".*9 degrees.* covers \d+ %/);
  });

  function nearest(mesh: VolumeMesh, point: Vec3): number {
    let best = 0;
    for (let node = 1; node < mesh.nodes.length / 3; node++) {
      const gap = (n: number): number => Math.hypot(...at(mesh.nodes, n).map((value, axis) => value - point[axis]!));
      if (gap(node) < gap(best)) best = node;
    }
    return best;
  }
});

describe('coupled faces', () => {
  it('share their motion along the axes asked for and no other', async () => {
    const mesh = box({ max: [10, 4, 4], divisions: [4, 2, 2] });
    const system = new EquationSystem(mesh.nodes);
    const end = nodesWhere(mesh, (p) => p[0] > 10 - 1e-9);
    shareMotion(system, mesh.nodes, end, [0], 'coupled');
    const solution = await solve(mesh, system, { held: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null) }, (forces) => {
      forces[3 * end[0]!] = 500;
    });
    const along = end.map((node) => solution.displacement[3 * node]!);
    for (const value of along) expect(value).toBeCloseTo(along[0]!, 12);
    expect(along[0]! / ((500 * 10) / (200_000 * 16))).toBeGreaterThan(0.95);
    expect(along[0]! / ((500 * 10) / (200_000 * 16))).toBeLessThan(1);
    const across = end.map((node) => solution.displacement[3 * node + 1]!);
    expect(Math.max(...across) - Math.min(...across)).toBeGreaterThan(1e-5);
  });
});

/** Consistent nodal forces of a body force that is density w^2 times the distance from the z axis. */
function centrifugal(mesh: VolumeMesh, density: number, forces: Float64Array): void {
  for (let element = 0; element < mesh.elements.length / 10; element++)
    TETRAHEDRON_POINTS.forEach(([, , , weight], q) => {
      const shape = POINT_SHAPES[q]!;
      const volume = weight * jacobian(mesh.nodes, mesh.elements, element, POINT_DERIVATIVES[q]!, new Float64Array(9));
      const nodes = [...mesh.elements.subarray(10 * element, 10 * element + 10)];
      for (let axis = 0; axis < 2; axis++) {
        const x = nodes.reduce((sum, node, k) => sum + shape[k]! * mesh.nodes[3 * node + axis]!, 0);
        nodes.forEach((node, k) => {
          forces[3 * node + axis]! += density * volume * shape[k]! * x;
        });
      }
    });
}
