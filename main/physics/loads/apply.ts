/**
 * All loads of a study as consistent nodal forces. Each is checked against the total it promises: what a person asked for is
 * what the model carries, or there is an error.
 */
import type { FaceInfo } from '../../../preload/contract/geometry.ts';
import { type Load, THERMAL_LOADS } from '../../../preload/contract/studies.ts';
import { physicsFault, refuseStudy } from '../errors.ts';
import { addTraction, type Patch, resultant } from '../model/patch.ts';
import type { Target, TargetFinder } from '../model/target.ts';
import { add, cross, norm, scale, subtract, type Vec3, words } from '../vector.ts';
import { type AccelerationField, addAcceleration, centrifugal, noAcceleration } from './acceleration.ts';
import { bearing } from './bearing.ts';
import { distribute, momentAtCentroid } from './distribute.ts';

export interface ResolvedLoad {
  load: Load;
  /** Absent for gravity and acceleration, which act on everything. */
  target?: Target;
  /** How often it acts, in a load case; once where left out. */
  factor?: number;
}

/** Where a load acts on less than a face: its stress is singular there. */
export interface ConcentratedLoad {
  name: string;
  kind: 'edge' | 'vertex';
  at_mm: Vec3;
  nodes: number[];
}

export interface AppliedLoads {
  /** 3n, N; without what acts on everything. */
  forces: Float64Array;
  /** Sum of all accelerations that act as loads. */
  bodyAcceleration: AccelerationField;
  /** Temperature that a load gives to everything, and how often; null without one. */
  bodyTemperature: { temperature_degC: number; factor: number } | null;
  concentrated: ConcentratedLoad[];
  /** Force and moment about the origin that each load put on the mesh. */
  byLoad: { id: string; name: string; force_N: Vec3; moment_N_mm: Vec3 }[];
}

/** Relative difference between a load's promise and its nodal forces that is put down to rounding. */
const TOTAL_TOLERANCE = 1e-8;

export function applyLoads(
  finder: TargetFinder,
  loads: readonly ResolvedLoad[],
  faces: readonly FaceInfo[],
): AppliedLoads {
  const { nodes } = finder.mesh;
  const applied: AppliedLoads = {
    forces: new Float64Array(nodes.length),
    bodyAcceleration: noAcceleration(),
    bodyTemperature: null,
    concentrated: [],
    byLoad: [],
  };
  for (const { load, target, factor = 1 } of loads) {
    if (load.suppressed || factor === 0) continue;
    const who = `Load "${load.name}"`;
    // Heat does not push: a thermal stress study has both.
    if (isHeat(load)) continue;
    if (actsOnEverything(load)) {
      applyEverywhere(load, factor, who, applied);
      continue;
    }
    if (!target) throw refuseStudy('nothing-there', `${who} is on nothing.`, 'Pick where it acts.');
    if (load.kind === 'remote-force' && load.coupling === 'rigid') {
      // It acts on the reference point, which the connections make an unknown of the model.
      const moment = add(load.moment_N_mm ?? [0, 0, 0], cross(load.point_mm, load.force_N));
      applied.byLoad.push({ id: load.id, name: load.name, force_N: load.force_N, moment_N_mm: moment });
      continue;
    }
    const patch = finder.patch(target, who);
    const own = new Float64Array(nodes.length);
    const promise = applyOne(load, patch, target, faces, own, who);
    const got = resultant(nodes, own, [0, 0, 0]);
    checkTotal(who, promise, got, own, patch);
    for (let i = 0; i < own.length; i++) applied.forces[i]! += factor * own[i]!;
    const [force_N, moment_N_mm] = [scale(got.force, factor), scale(got.moment, factor)];
    applied.byLoad.push({ id: load.id, name: load.name, force_N, moment_N_mm });
    if (patch.dimension < 2)
      applied.concentrated.push({
        name: load.name,
        kind: patch.dimension === 1 ? 'edge' : 'vertex',
        at_mm: patch.centroid,
        nodes: [...new Set(patch.cellNodes)],
      });
  }
  return applied;
}

type HeatLoad = Extract<Load, { kind: 'convection' | 'radiation' | 'heat-flux' | 'heat-flow' | 'heat-generation' }>;
const isHeat = (load: Load): load is HeatLoad => THERMAL_LOADS.includes(load.kind);

type EverywhereLoad = Extract<Load, { kind: 'gravity' | 'acceleration' | 'centrifugal' | 'body-temperature' }>;
const actsOnEverything = (load: Load): load is EverywhereLoad =>
  ['gravity', 'acceleration', 'centrifugal', 'body-temperature'].includes(load.kind);

function applyEverywhere(load: EverywhereLoad, factor: number, who: string, applied: AppliedLoads): void {
  const add = (field: AccelerationField, sign: number): void =>
    addAcceleration(applied.bodyAcceleration, sign * factor, field);
  switch (load.kind) {
    case 'gravity':
      add({ ...noAcceleration(), constant: load.acceleration_mm_s2 }, 1);
      break;
    case 'acceleration':
      add({ ...noAcceleration(), constant: load.acceleration_mm_s2 }, -1);
      break;
    case 'centrifugal':
      if (norm(load.axis.direction) === 0)
        throw refuseStudy('no-axis', `${who} has an axis without direction.`, 'Give the axis a direction.');
      add(centrifugal(load.axis, load.speed_rad_s), 1);
      break;
    case 'body-temperature':
      if (applied.bodyTemperature)
        throw refuseStudy(
          'two-temperatures',
          `${who}: another load gives everything a temperature already.`,
          'Keep one of them, or put them in load cases of their own.',
        );
      applied.bodyTemperature = { temperature_degC: load.temperature_degC, factor };
  }
}

/** The force a load promises in all, and its moment about the origin where it promises one. */
interface Promised {
  force: Vec3;
  moment?: Vec3;
}

function applyOne(
  load: Exclude<Load, HeatLoad | EverywhereLoad>,
  patch: Patch,
  target: Target,
  faces: readonly FaceInfo[],
  forces: Float64Array,
  who: string,
): Promised {
  const c = patch.centroid;
  switch (load.kind) {
    case 'force':
      distribute(patch, load.force_N, [0, 0, 0], forces);
      return { force: load.force_N, moment: cross(c, load.force_N) };
    case 'moment':
      if (!distribute(patch, [0, 0, 0], load.moment_N_mm, forces)) throw cannotTurn(who);
      return { force: [0, 0, 0], moment: load.moment_N_mm };
    case 'remote-force': {
      const moment = load.moment_N_mm ?? [0, 0, 0];
      if (!distribute(patch, load.force_N, momentAtCentroid(patch, load.point_mm, load.force_N, moment), forces))
        throw cannotTurn(who);
      return { force: load.force_N, moment: add(moment, cross(load.point_mm, load.force_N)) };
    }
    case 'traction': {
      needFaces(patch, who, 'traction');
      addTraction(patch, (_, out) => copy(load.traction_MPa, out), forces);
      const force = scale(load.traction_MPa, patch.total);
      return { force, moment: cross(c, force) };
    }
    case 'pressure': {
      needFaces(patch, who, 'pressure');
      const { normal } = patch;
      const { force } = addTraction(
        patch,
        (sample, out) => {
          for (let axis = 0; axis < 3; axis++) out[axis] = -load.pressure_MPa * normal![3 * sample + axis]!;
        },
        forces,
      );
      return { force };
    }
    case 'bearing': {
      needFaces(patch, who, 'bearing');
      const axis = commonAxis(target, faces, who);
      const outcome = bearing(patch, load.force_N, axis, forces);
      if (outcome.ok) return { force: load.force_N };
      throw outcome.reason === 'along-axis'
        ? refuseStudy(
            'bearing-along-axis',
            `${who} has a part along the cylinder's axis, which a frictionless pin cannot give.`,
            'Give a force across the axis; put the part along it on a shoulder, as a force.',
          )
        : refuseStudy(
            'bearing-points-away',
            `${who} points away from the face: no pressure on it adds up to ${words(load.force_N)} N.`,
            'Turn the force round, or pick the half of the hole that it presses on.',
          );
    }
  }
}

/** The axis that all faces of a bearing share. */
function commonAxis(target: Target, faces: readonly FaceInfo[], who: string): Vec3 {
  let first: Vec3 | null = null;
  for (const item of target.items) {
    const face = faces[item];
    if (face?.type !== 'cylinder' || !face.axis)
      throw refuseStudy(
        'bearing-not-cylindrical',
        `${who} must be on cylindrical faces.`,
        'Pick the wall of a hole or shaft.',
      );
    const direction = face.axis.direction;
    if (first && norm(cross(first, direction)) > 1e-3)
      throw refuseStudy(
        'bearing-axes',
        `${who} is on cylinders that are not parallel.`,
        'Use one bearing load for each.',
      );
    first ??= direction;
  }
  return first ?? [0, 0, 1];
}

function copy(from: Readonly<Vec3>, to: Vec3): void {
  to[0] = from[0];
  to[1] = from[1];
  to[2] = from[2];
}

function needFaces(patch: Patch, who: string, what: string): void {
  if (patch.dimension !== 2)
    throw refuseStudy('needs-faces', `${who}: a ${what} acts on faces.`, 'Pick faces, or use a force.');
}

const cannotTurn = (who: string): Error =>
  refuseStudy(
    'cannot-carry-moment',
    `${who} turns about the line (or point) that it acts on, which can carry no such moment.`,
    'Pick faces, or edges that do not all lie on one line.',
  );

/** Throws where nodal forces do not add up to what was promised. */
export function checkTotal(
  who: string,
  promise: Promised,
  got: { force: Vec3; moment: Vec3 },
  forces: Float64Array,
  patch: Patch,
): void {
  // Measured by the sum of all nodal forces: a pressure on a closed surface, or a moment, adds up to nothing.
  let gross = 1e-300;
  for (let i = 0; i < forces.length; i += 3) gross += Math.hypot(forces[i]!, forces[i + 1]!, forces[i + 2]!);
  const span = Math.max(norm(patch.centroid), patch.total ** (1 / Math.max(1, patch.dimension)), 1);
  const forceMiss = norm(subtract(got.force, promise.force)) / gross;
  const momentMiss = promise.moment ? norm(subtract(got.moment, promise.moment)) / (gross * span) : 0;
  if (forceMiss > TOTAL_TOLERANCE || momentMiss > TOTAL_TOLERANCE)
    throw physicsFault(
      'load-total',
      `${who} did not arrive whole on the mesh.`,
      'Try another mesh size; if it happens again, report it.',
      `force off by ${forceMiss.toExponential(1)}, moment by ${momentMiss.toExponential(1)}`,
    );
}
