/** Loads and restraints by chance, on faces that an engineer might choose: the same for the same seed. */
import type { BodyInfo, FaceInfo, Load, Material, Restraint } from '../../../preload/contract/index.ts';
import { makePick, seededRandom } from '../../document/index.ts';
import { materialByName, type StudyOfRequest } from '../../physics/index.ts';

type Vec3 = [number, number, number];

/** Faces smaller than this part of the surface hold and carry nothing. */
const LEAST_AREA = 0.004;
/** Over the volume and the length of the box: the stress that a straight bar of this material would have, MPa. */
const NOMINAL_MPa = 10;

const MATERIALS = ['Al 6061-T6', 'Steel S235JR', 'Stainless 1.4307 (304L)'] as const;

export interface GeneralStudy {
  material: Material;
  study: StudyOfRequest;
}

const distance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** @param info the one body's */
export function generalStudy(info: BodyInfo, seed: number): GeneralStudy {
  const random = seededRandom(seed * 104_729 + 13);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const size: Vec3 = [0, 1, 2].map((axis) => info.box.max[axis]! - info.box.min[axis]!) as Vec3;
  const diagonal = Math.hypot(...size);
  const usable = info.faces
    .map((face, index) => ({ face, index }))
    .filter(
      ({ face }) =>
        face.area_mm2 > LEAST_AREA * info.mass.area_mm2 && (face.type === 'plane' || face.type === 'cylinder'),
    );
  const planes = usable.filter(({ face }) => face.type === 'plane');
  const holes = usable.filter(({ face }) => face.type === 'cylinder' && face.concave === true);
  const pick = (index: number) => makePick([info], 0, 'face', index);

  // Held by a plane face, or by all holes of one radius (screws).
  const byHoles = holes.length >= 2 && random() < 0.35;
  let held: number[];
  if (byHoles) {
    const radius = oneOf(holes).face.radius_mm ?? 0;
    held = holes.filter(({ face }) => Math.abs((face.radius_mm ?? 0) - radius) < 1e-6).map(({ index }) => index);
  } else held = [oneOf(planes.length > 0 ? planes : usable).index];
  const restraints: Restraint[] = [{ id: 'held', name: 'held', kind: 'fixed', on: held.map(pick) }];
  const middle = centreOf(held.map((index) => info.faces[index]!));

  // Loaded far from there more often than near.
  const others = usable
    .filter(({ index }) => !held.includes(index))
    .sort((a, b) => distance(b.face.centroid_mm, middle) - distance(a.face.centroid_mm, middle));
  const force = (NOMINAL_MPa * info.mass.volume_mm3 * (0.2 + 1.8 * random())) / diagonal;
  const loads: Load[] = [];
  const count = random() < 0.25 ? 2 : 1;
  for (let k = 0; k < count; k++) {
    const kind = others.length === 0 ? 'gravity' : oneOf(['force', 'force', 'force', 'pressure', 'gravity'] as const);
    const id = `load ${k + 1}`;
    if (kind === 'gravity') {
      const acceleration = force / (info.mass.volume_mm3 * 2.7e-9);
      const acceleration_mm_s2 = directionOf(random).map((x) => x * acceleration) as Vec3;
      loads.push({ id, name: id, kind, acceleration_mm_s2 });
      continue;
    }
    const chosen = others[Math.floor(random() ** 2 * others.length)]!;
    const on = [pick(chosen.index)];
    if (kind === 'pressure') loads.push({ id, name: id, kind, on, pressure_MPa: force / chosen.face.area_mm2 });
    else loads.push({ id, name: id, kind, on, force_N: directionOf(random).map((x) => x * force) as Vec3 });
  }
  return {
    material: materialByName(oneOf(MATERIALS)),
    study: {
      study: 'static',
      restraints,
      loads,
      mesh: { order: 2, accuracy: 'default', refinements: [] },
      probes: [],
    },
  };
}

/** Along an axis as often as anywhere. */
function directionOf(random: () => number): Vec3 {
  if (random() < 0.5) {
    const axis = Math.floor(3 * random());
    const sign = random() < 0.5 ? -1 : 1;
    return [0, 1, 2].map((k) => (k === axis ? sign : 0)) as Vec3;
  }
  const z = 2 * random() - 1;
  const turn = 2 * Math.PI * random();
  const r = Math.sqrt(1 - z * z);
  return [r * Math.cos(turn), r * Math.sin(turn), z];
}

function centreOf(faces: readonly FaceInfo[]): Vec3 {
  const area = faces.reduce((sum, face) => sum + face.area_mm2, 0);
  return [0, 1, 2].map((axis) =>
    faces.reduce((sum, face) => sum + (face.area_mm2 * face.centroid_mm[axis]!) / area, 0),
  ) as Vec3;
}
