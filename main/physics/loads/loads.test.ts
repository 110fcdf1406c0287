import { describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import type { FaceInfo } from '../../../preload/contract/geometry.ts';
import { resultant } from '../model/patch.ts';
import { orientSurface } from '../model/surface.ts';
import { TargetFinder } from '../model/target.ts';
import { boxInfo, boxMesh } from '../testing/box-mesh.ts';
import { edges, FACE, faces, load, vertices } from '../testing/study.ts';
import { cross, subtract, type Vec3 } from '../vector.ts';
import { centrifugal, inertiaOf, noAcceleration } from './acceleration.ts';
import { applyLoads, checkTotal, type ResolvedLoad } from './apply.ts';
import { addBodyForce } from './body-force.ts';

const MAX: Vec3 = [40, 20, 10];
const mesh = boxMesh({ max: MAX, divisions: [4, 2, 2] });
orientSurface(mesh);
const finder = new TargetFinder(mesh);
const { faces: boxFaces } = boxInfo([0, 0, 0], MAX);
const apply = (one: ResolvedLoad) => applyLoads(finder, [one], boxFaces);
const close = (got: Vec3, wanted: Vec3, tolerance = 1e-9): void => {
  got.forEach((value, axis) => {
    expect(Math.abs(value - wanted[axis]!)).toBeLessThan(tolerance * (1 + Math.hypot(...wanted)));
  });
};
const about = (one: ResolvedLoad, point: Vec3) => resultant(mesh.nodes, apply(one).forces, point);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as ArtificerError).code;
  }
  return 'no error';
};

/** A quarter tube or more, bore radius 10, wall 5, length 20: face 0 is the bore, face 1 the outside. */
function tube(angle: number, divisions: Vec3 = [1, 16, 2]) {
  const bent = boxMesh({
    min: [10, 0, 0],
    max: [15, angle, 20],
    divisions,
    map: ([r, phi, z]) => [r * Math.cos(phi), r * Math.sin(phi), z],
  });
  orientSurface(bent);
  const cylinder: FaceInfo = {
    ...boxFaces[0]!,
    type: 'cylinder',
    axis: { origin_mm: [0, 0, 0], direction: [0, 0, 1] },
    radius_mm: 10,
  };
  return { mesh: bent, finder: new TargetFinder(bent), faces: [cylinder, cylinder, ...boxFaces.slice(2)] };
}

describe('forces', () => {
  it('arrive whole and through the centroid on faces, edges and vertices', () => {
    const force: Vec3 = [10, -20, 30];
    for (const [target, centre] of [
      [faces(FACE.plusX), [40, 10, 5]],
      [faces(FACE.minusZ, FACE.plusZ), [20, 10, 5]],
      [edges(0), [20, 0, 0]],
      [vertices(0, 1), [20, 0, 0]],
    ] as const) {
      const got = about(load({ kind: 'force', force_N: force }, target), centre as unknown as Vec3);
      close(got.force, force);
      close(got.moment, [0, 0, 0], 1e-7);
    }
  });

  it('put nothing on the corners of a second-order facet under an even load, and thirds on its midsides', () => {
    // The one element side that straddles no other: sum over all corners of the face is nil.
    const { forces } = apply(load({ kind: 'traction', traction_MPa: [0, 0, 1] }, faces(FACE.plusZ)));
    for (const vertex of mesh.vertexNodes) expect(Math.abs(forces[3 * vertex + 2]!)).toBeLessThan(1e-12);
  });

  it('share an edge segment as 1, 4, 1 sixths over its ends and its midside', () => {
    const { forces } = apply(load({ kind: 'force', force_N: [0, 0, 120] }, edges(0)));
    const along = new Map<number, number>();
    for (let node = 0; node < mesh.nodes.length / 3; node++)
      if (forces[3 * node + 2] !== 0) along.set(mesh.nodes[3 * node]!, forces[3 * node + 2]!);
    const expected = [5, 20, 10, 20, 10, 20, 10, 20, 5];
    expected.forEach((value, half) => {
      expect(along.get(5 * half)).toBeCloseTo(value, 10);
    });
    expect(along.size).toBe(9);
  });

  it('are spread by area over faces of different size', () => {
    const { forces } = apply(load({ kind: 'force', force_N: [0, 0, 100] }, faces(FACE.plusX, FACE.plusY)));
    let onX = 0;
    for (let node = 0; node < mesh.nodes.length / 3; node++)
      if (mesh.nodes[3 * node] === 40 && mesh.nodes[3 * node + 1]! < 19) onX += forces[3 * node + 2]!;
    // +X is 200 mm^2 of 600; nodes on the common edge belong to both.
    expect(onX).toBeGreaterThan(20);
    expect(onX).toBeLessThan(100 / 3);
  });
});

describe('pressure and traction', () => {
  it('push into the face by pressure times area', () => {
    const got = about(load({ kind: 'pressure', pressure_MPa: 2 }, faces(FACE.plusX)), [40, 10, 5]);
    close(got.force, [-400, 0, 0]);
    close(got.moment, [0, 0, 0], 1e-7);
  });

  it('balance when they act on the whole of a closed surface', () => {
    const got = about(load({ kind: 'pressure', pressure_MPa: 3 }, faces(0, 1, 2, 3, 4, 5)), [0, 0, 0]);
    close(got.force, [0, 0, 0], 1e-8);
    close(got.moment, [0, 0, 0], 1e-6);
  });

  it('give the projected area on a curved face', () => {
    const half = tube(Math.PI);
    const { forces } = applyLoads(half.finder, [load({ kind: 'pressure', pressure_MPa: 1 }, faces(0))], half.faces);
    const { force } = resultant(half.mesh.nodes, forces, [0, 0, 0]);
    // The bore's pressure pushes outward: along +Y by 2 r L = 400 N, exact for facets whose ends lie on the circle.
    close(force, [0, 400, 0], 1e-9);
  });

  it('are refused on edges', () => {
    expect(codeOf(() => apply(load({ kind: 'pressure', pressure_MPa: 1 }, edges(0))))).toBe('study.needs-faces');
  });
});

describe('moments and remote forces', () => {
  it('carry a pure moment about the centroid with no net force', () => {
    const got = about(load({ kind: 'moment', moment_N_mm: [100, 200, -300] }, faces(FACE.plusX)), [40, 10, 5]);
    close(got.force, [0, 0, 0], 1e-9);
    close(got.moment, [100, 200, -300], 1e-9);
  });

  it('balance force and moment of a remote force exactly', () => {
    const point: Vec3 = [100, 50, -20];
    const force: Vec3 = [5, 6, 7];
    const extra: Vec3 = [10, 0, 0];
    const centre: Vec3 = [40, 10, 5];
    const one = load({ kind: 'remote-force', force_N: force, point_mm: point, moment_N_mm: extra }, faces(FACE.plusX));
    const got = about(one, centre);
    const arm = cross(subtract(point, centre), force);
    close(got.force, force, 1e-10);
    close(got.moment, [arm[0] + 10, arm[1], arm[2]], 1e-10);
  });

  it('are refused where the line they act on cannot carry them', () => {
    expect(codeOf(() => apply(load({ kind: 'moment', moment_N_mm: [1, 0, 0] }, edges(0))))).toBe(
      'study.cannot-carry-moment',
    );
    expect(codeOf(() => apply(load({ kind: 'moment', moment_N_mm: [0, 1, 0] }, edges(0))))).toBe('no error');
    expect(codeOf(() => apply(load({ kind: 'moment', moment_N_mm: [0, 1, 0] }, vertices(0))))).toBe(
      'study.cannot-carry-moment',
    );
  });
});

describe('bearing', () => {
  const on = (angle: number, force: Vec3) => {
    const one = tube(angle);
    const applied = applyLoads(one.finder, [load({ kind: 'bearing', force_N: force }, faces(0))], one.faces);
    return { ...one, forces: applied.forces };
  };

  it('gives the whole force on a full bore, on the pressed half only', () => {
    const { mesh: bore, forces } = on(2 * Math.PI, [0, 1000, 0]);
    close(resultant(bore.nodes, forces, [0, 0, 10]).force, [0, 1000, 0], 1e-9);
    // A pin pressed along +Y touches the wall at +Y. Nodes well on the other side carry nothing.
    for (let node = 0; node < bore.nodes.length / 3; node++)
      if (bore.nodes[3 * node + 1]! < -4) expect(Math.abs(forces[3 * node + 1]!)).toBeLessThan(1e-9);
  });

  it('falls off as a cosine: the peak pressure is 4 F / (pi d L)', () => {
    const { mesh: bore, forces } = on(2 * Math.PI, [0, 1000, 0]);
    // The share of the force within 45 degrees of its line: integral of cos^2 over that part of the half circle.
    let share = 0;
    for (let node = 0; node < bore.nodes.length / 3; node++)
      if (bore.nodes[3 * node + 1]! > Math.abs(bore.nodes[3 * node]!) + 1e-9) share += forces[3 * node + 1]!;
    const exact = (Math.PI / 4 + 0.5) / (Math.PI / 2);
    expect(Math.abs(share / 1000 - exact)).toBeLessThan(0.06);
  });

  it('stays exact on a part of a cylinder', () => {
    const { mesh: bore, forces } = on((2 * Math.PI) / 3, [300, 1000, 0]);
    close(resultant(bore.nodes, forces, [0, 0, 10]).force, [300, 1000, 0], 1e-8);
  });

  it('is refused where no pressure can give it', () => {
    expect(codeOf(() => on(Math.PI / 2, [-1000, -1000, 0]))).toBe('study.bearing-points-away');
    expect(codeOf(() => on(Math.PI, [0, 100, 50]))).toBe('study.bearing-along-axis');
    expect(codeOf(() => apply(load({ kind: 'bearing', force_N: [1, 0, 0] }, faces(0))))).toBe(
      'study.bearing-not-cylindrical',
    );
  });
});

describe('body forces', () => {
  it('are mass times acceleration, through the centre of mass', () => {
    const forces = new Float64Array(mesh.nodes.length);
    const totals = addBodyForce(
      mesh,
      new Int32Array(mesh.elements.length / 10),
      [7.85e-9],
      { ...noAcceleration(), constant: [0, 0, -9810] },
      forces,
    );
    expect(totals.volume_mm3).toBeCloseTo(8000, 6);
    const got = resultant(mesh.nodes, forces, [20, 10, 5]);
    close(got.force, [0, 0, -8000 * 7.85e-9 * 9810], 1e-12);
    close(got.moment, [0, 0, 0], 1e-9);
  });

  it('of gravity and of acceleration are opposite', () => {
    const vector: Vec3 = [1, 2, 3];
    expect(apply(load({ kind: 'gravity', acceleration_mm_s2: vector })).bodyAcceleration.constant).toEqual(vector);
    expect(apply(load({ kind: 'acceleration', acceleration_mm_s2: vector })).bodyAcceleration.constant).toEqual([
      -1, -2, -3,
    ]);
  });
});

describe('rotation', () => {
  const density = [7.85e-9];
  const materials = new Int32Array(mesh.elements.length / 10);
  it('pulls mass outward by w^2 times the distance of its centre from the axis', () => {
    const forces = new Float64Array(mesh.nodes.length);
    const field = centrifugal({ origin_mm: [0, 0, 3], direction: [0, 0, 2] }, 100);
    const totals = addBodyForce(mesh, materials, density, field, forces);
    const got = resultant(mesh.nodes, forces, [20, 10, 5]);
    // The centre of mass lies at (20, 10, 5): nothing along the axis.
    close(got.force, [totals.mass_t * 1e4 * 20, totals.mass_t * 1e4 * 10, 0], 1e-12);
  });

  it('that grows turns the body: the moment is inertia times angular acceleration, and pushes back', () => {
    const forces = new Float64Array(mesh.nodes.length);
    const centre: Vec3 = [20, 10, 5];
    const totals = addBodyForce(mesh, materials, density, inertiaOf([1000, 0, 0], [0, 0, 50], centre), forces);
    const got = resultant(mesh.nodes, forces, centre);
    close(got.force, [-1000 * totals.mass_t, 0, 0], 1e-12);
    // A box turns about z with m (a^2 + b^2) / 12.
    close(got.moment, [0, 0, (-50 * totals.mass_t * (40 ** 2 + 20 ** 2)) / 12], 1e-10);
  });

  it('is scaled by the factor of a load case', () => {
    const spin = load({ kind: 'centrifugal', axis: { origin_mm: [0, 0, 0], direction: [1, 0, 0] }, speed_rad_s: 10 });
    expect(apply({ ...spin, factor: 3 }).bodyAcceleration.gradient).toEqual([0, 0, 0, 0, 300, 0, 0, 0, 300]);
    const push = load({ kind: 'force', force_N: [0, 0, -10] }, faces(FACE.plusX));
    close(about({ ...push, factor: -2 }, [0, 0, 0]).force, [0, 0, 20]);
    expect(apply({ ...push, factor: -2 }).byLoad[0]!.force_N[2]).toBeCloseTo(20, 9);
  });
});

describe('the check of totals', () => {
  it('lets rounding through, and neither a lost force nor a lost moment', () => {
    const patch = finder.patch(faces(FACE.plusX), 'test');
    const forces = new Float64Array(mesh.nodes.length);
    forces[0] = 100;
    const check = (force: Vec3, moment: Vec3) =>
      codeOf(() => checkTotal('Load', { force: [100, 0, 0], moment: [0, 50, 0] }, { force, moment }, forces, patch));
    expect(check([100 + 1e-9, 0, 0], [0, 50, 1e-9])).toBe('no error');
    expect(check([99.99, 0, 0], [0, 50, 0])).toBe('physics.load-total');
    expect(check([100, 0, 0], [0, 51, 0])).toBe('physics.load-total');
  });
});

describe('a load on nothing', () => {
  it('is an error, never a silent zero', () => {
    expect(codeOf(() => apply(load({ kind: 'pressure', pressure_MPa: 1 }, faces(77))))).toBe('study.nothing-there');
    expect(codeOf(() => apply(load({ kind: 'pressure', pressure_MPa: 1 }, faces(0, 77))))).toBe('study.nothing-there');
    expect(codeOf(() => apply(load({ kind: 'force', force_N: [1, 0, 0] }, faces())))).toBe('study.nothing-there');
    expect(codeOf(() => apply(load({ kind: 'force', force_N: [1, 0, 0] })))).toBe('study.nothing-there');
    expect(codeOf(() => apply(load({ kind: 'force', force_N: [1, 0, 0] }, edges(99))))).toBe('study.nothing-there');
    expect(codeOf(() => apply(load({ kind: 'force', force_N: [1, 0, 0] }, vertices(99))))).toBe('study.nothing-there');
  });
});
