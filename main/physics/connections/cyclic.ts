/** Cyclic symmetry: the high cut side of a sector moves as the low one does, turned by one sector. */
import { refuseStudy } from '../errors.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { subtract, unit, type Vec3 } from '../vector.ts';
import { type Bond, bondFacets, defaultTolerance } from './bond.ts';
import type { EquationSystem } from './equations.ts';
import { facetArea, interfaceSamples, type RigidPlacement } from './interface-samples.ts';
import { turned } from './master-motion.ts';

/** An axis in space. */
export interface AxisInSpace {
  origin_mm: readonly number[];
  direction: readonly number[];
}

/** Rotation about an axis in space by an angle (rad), Rodrigues' formula. */
export function rotationAbout({ origin_mm, direction }: AxisInSpace, angle: number): RigidPlacement {
  const [x, y, z] = unit([...direction] as Vec3);
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const t = 1 - c;
  const rotation = [
    t * x * x + c,
    t * x * y - s * z,
    t * x * z + s * y,
    t * x * y + s * z,
    t * y * y + c,
    t * y * z - s * x,
    t * x * z - s * y,
    t * y * z + s * x,
    t * z * z + c,
  ];
  return { rotation, shift: subtract([...origin_mm] as Vec3, turned(rotation, [...origin_mm] as Vec3)) };
}

/** Part of the low side that must come to lie on the high side. */
const MUST_COVER = 0.98;

/** @param low facets of one cut side, @param high of the other; which way round the sector turns is found out */
export function tieSector(
  system: EquationSystem,
  mesh: VolumeMesh,
  low: readonly number[],
  high: readonly number[],
  axis: AxisInSpace,
  sectors: number,
  who: string,
  isTaken: (node: number) => boolean,
): Bond {
  const angle = (2 * Math.PI) / sectors;
  const tolerance = defaultTolerance(mesh, high, low);
  const whole = high.reduce((sum, facet) => sum + facetArea(mesh, facet), 0);
  const candidates = [angle, -angle].map((turn) => {
    const placement = rotationAbout(axis, turn);
    const { area } = interfaceSamples(mesh, high, low, tolerance, placement);
    return { placement, covered: area.reduce((sum, value) => sum + value, 0) / whole };
  });
  const best = candidates[0]!.covered >= candidates[1]!.covered ? candidates[0]! : candidates[1]!;
  const bond =
    best.covered >= MUST_COVER
      ? bondFacets(system, mesh, high, low, { who, tolerance_mm: tolerance, placement: best.placement, isTaken })
      : null;
  if (!bond)
    throw refuseStudy(
      'no-cyclic-match',
      `${who}: turned by 360/${sectors} degrees about its axis, one cut side covers ${Math.round(100 * best.covered)} % of the other.`,
      'Check the axis and the number of sectors, and pick all faces of both cut sides.',
    );
  return bond;
}
