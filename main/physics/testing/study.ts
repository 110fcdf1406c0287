/** Short ways of writing the parts of a study in tests. */
import type { Load, Material, Restraint } from '../../../preload/contract/studies.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import { type BuiltModel, buildModel, type ModelBody } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import type { Target } from '../model/target.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import type { Vec3 } from '../vector.ts';
import { type BoxOptions, boxInfo, boxMesh } from './box-mesh.ts';

export const STEEL: Material = {
  name: 'Test steel',
  category: 'test',
  source: 'test',
  properties: {
    young_MPa: 210_000,
    poisson: 0.3,
    density_kg_m3: 7850,
    yield_MPa: 250,
    thermalExpansion_1_K: 1.2e-5,
  },
};

export const FACE = { minusX: 0, plusX: 1, minusY: 2, plusY: 3, minusZ: 4, plusZ: 5 };
export const faces = (...items: number[]): Target => ({ kind: 'face', items });
export const edges = (...items: number[]): Target => ({ kind: 'edge', items });
export const vertices = (...items: number[]): Target => ({ kind: 'vertex', items });

type Loose<T> = T extends unknown ? Omit<T, 'id' | 'name' | 'on'> & { name?: string } : never;

export const load = (what: Loose<Load>, target?: Target): ResolvedLoad => {
  const full = { id: 'l', name: what.kind, on: [], ...what } as unknown as Load;
  return target ? { load: full, target } : { load: full };
};
export const restraint = (what: Loose<Restraint>, target: Target): ResolvedRestraint => ({
  restraint: { id: 'r', name: what.kind, on: [], ...what } as unknown as Restraint,
  target,
});

export function testBody(min: Vec3, max: Vec3, index = 0, material = STEEL): ModelBody {
  const info = boxInfo(min, max);
  return {
    name: `box ${index + 1}`,
    firstSolid: index,
    solids: 1,
    firstFace: 6 * index,
    firstEdge: 12 * index,
    firstVertex: 8 * index,
    faces: info.faces,
    material,
    size_mm: Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]),
    thickness_mm: (2 * info.mass.volume_mm3) / info.mass.area_mm2,
  };
}

export interface TestModel extends BuiltModel {
  mesh: VolumeMesh;
  body: ModelBody;
}

/** A box with loads and restraints, ready for the core or for a deck. */
export function boxModel(
  options: BoxOptions,
  restraints: ResolvedRestraint[],
  loads: ResolvedLoad[],
  material: Material = STEEL,
): TestModel {
  const mesh = boxMesh(options);
  orientSurface(mesh);
  const body = testBody(options.min ?? [0, 0, 0], options.max, 0, material);
  return { ...buildModel(mesh, [body], restraints, loads, null), mesh, body };
}
