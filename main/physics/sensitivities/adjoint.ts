/**
 * Values and exact gradients by the nodes' coordinates of functionals of a static solution. With K u = f and K lambda = dJ/du,
 *   dJ/dX = (dJ/dX)_u + d/dX [lambda . f(X)] - d/dX [lambda . (K(X) u)],
 * each term differentiated as it is discretised, so that central differences on the same mesh agree to rounding.
 */
import type { ShapeDerivatives, SolveOptions, StaticModel, StaticSolution } from '../../../native/index.d.ts';
import { DEFAULT_STRESS_EXPONENT, type Functional } from '../../../preload/contract/sensitivities.ts';
import { type Bond, nodesOf } from '../connections/bond.ts';
import { refuseStudy } from '../errors.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import type { BuiltModel, ModelBody } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { NumericCore } from '../native-core.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { singularPlaces } from '../results/singularities.ts';
import { at, dot, norm, subtract, unit, type Vec3, words } from '../vector.ts';
import { addLoadGradient } from './load-gradient.ts';
import { anchorProbes, type ProbeAnchor } from './probe-anchor.ts';
import { addSupportGradient } from './support-gradient.ts';

export interface FunctionalState {
  /** Which of the asked ones it answers, where one is answered in each of several load cases; else they are in order. */
  asked?: number;
  /** The load case or combination, where a study has any. */
  case?: { id: string; name: string };
  value: number;
  unit: string;
  name: string;
  maximum?: number;
  /** 3n, in the functional's unit per mm; absent where only values were asked for. */
  byNodes?: Float64Array;
}

export interface StaticCase {
  built: BuiltModel;
  bodies: readonly ModelBody[];
  restraints: readonly ResolvedRestraint[];
  loads: readonly ResolvedLoad[];
}

/** What stays as it is when the mesh moves: elements of singular places, and where probes lie in the mesh. */
export interface Anchors {
  leftOut: Int32Array;
  probes: (ProbeAnchor | null)[];
}

/** @param concentrated loads on points and edges of all cases, where there are several */
export function anchor(
  study: StaticCase,
  functionals: readonly Functional[],
  concentrated = study.built.loads.concentrated,
): Anchors {
  const { mesh } = study.built.finder;
  const { conditions, nodesOf: nodesOfRestraints } = study.built.restraints;
  const marked = new Uint8Array(mesh.nodes.length / 3);
  const bonds = study.built.connections?.bonds;
  for (const { nodes } of singularPlaces(mesh, concentrated, study.restraints, conditions, nodesOfRestraints, bonds))
    for (const node of nodes) marked[node] = 1;
  for (const bond of bonds ?? []) markPartners(mesh, bond, marked);
  const leftOut = new Int32Array(mesh.elements.length / 10);
  for (let element = 0; element < leftOut.length; element++)
    for (let k = 0; k < 10; k++) if (marked[mesh.elements[10 * element + k]!]) leftOut[element] = 1;
  const probes = anchorProbes(
    mesh,
    functionals.map((functional) => (functional.quantity === 'displacement' ? functional.at_mm : null)),
  );
  for (const functional of functionals)
    if (functional.quantity === 'displacement' && functional.direction && !(norm(functional.direction) > 0))
      throw refuseStudy('no-direction', 'A displacement needs a direction.', 'Give one that is not zero.');
  return { leftOut, probes };
}

/** Nodes of two bodies in the same place: such a part of a mesh's element size apart, they are one. */
const SAME_PLACE = 1e-5;

/** A rim is named on the side that ends there; the stress is as infinite on the side that goes on. */
function markPartners(mesh: VolumeMesh, bond: Pick<Bond, 'slaveFacets' | 'masterFacets'>, marked: Uint8Array): void {
  const nodes = [...nodesOf(mesh, [...bond.slaveFacets, ...bond.masterFacets])];
  const places = nodes.filter((node) => marked[node]).map((node) => at(mesh.nodes, node));
  for (const node of nodes) {
    const own = at(mesh.nodes, node);
    if (places.some((place) => norm(subtract(place, own)) < SAME_PLACE * mesh.size_mm)) marked[node] = 1;
  }
}

export interface AdjointSettings {
  gradients: boolean;
  solver: Pick<SolveOptions, 'method' | 'tolerance' | 'threads'>;
  /** Solves, with cancel and progress as the caller has them. `what` names the solution. */
  solve(model: StaticModel, options: SolveOptions, what: string): Promise<StaticSolution>;
}

/** @throws ArtificerError for a functional that the study cannot answer */
export async function analyseFunctionals(
  core: NumericCore,
  study: StaticCase,
  functionals: readonly Functional[],
  anchors: Anchors,
  settings: AdjointSettings,
): Promise<FunctionalState[]> {
  const { model } = study.built;
  const shape = new core.ShapeDerivatives(model);
  const { displacement } = await settings.solve(model, settings.solver, 'The state');
  const states: FunctionalState[] = [];
  for (const [index, functional] of functionals.entries()) {
    const explicit = explicitPart(shape, study, functional, anchors, index, displacement);
    if (!settings.gradients) {
      states.push(explicit.state);
      continue;
    }
    const byNodes = explicit.byNodes;
    if (explicit.byDisplacement) {
      const { name } = explicit.state;
      await addThroughDisplacement(shape, study, displacement, explicit.byDisplacement, 1, settings, name, byNodes);
    }
    states.push({ ...explicit.state, byNodes });
  }
  return states;
}

/**
 * Adds `factor` times d/dX of g . u(X) for the derivative g of a number by the static displacement u:
 * d/dX [lambda . f] - d/dX [lambda . K u] with K lambda = g. @param name of the number, for progress
 */
export async function addThroughDisplacement(
  shape: ShapeDerivatives,
  study: StaticCase,
  displacement: Float64Array,
  byDisplacement: Float64Array,
  factor: number,
  settings: Pick<AdjointSettings, 'solver' | 'solve'>,
  name: string,
  out: Float64Array,
): Promise<void> {
  const scaled = factor === 1 ? byDisplacement : byDisplacement.map((value) => factor * value);
  const adjoint = await solveAdjoint(study.built.model, scaled, settings, name);
  addForceGradient(shape, study, adjoint, out);
  const internal = shape.internalWork(displacement, adjoint);
  for (let i = 0; i < internal.length; i++) out[i]! -= internal[i]!;
  addSupportGradient(study.built.finder, study.restraints, adjoint, displacement, -1, out);
}

/** The mass of everything, kg, and its gradient. */
export function massState(shape: ShapeDerivatives, count: number): FunctionalState & { byNodes: Float64Array } {
  const along = constantField(count, [1, 0, 0]);
  const { value, byNodes } = shape.massWork(along, along);
  // Tonnes inside, kilograms for a person.
  return { name: 'mass', unit: 'kg', value: 1000 * value, byNodes: byNodes.map((each) => 1000 * each) };
}

interface Explicit {
  state: FunctionalState;
  byDisplacement: Float64Array | null;
  byNodes: Float64Array;
}

function explicitPart(
  shape: ShapeDerivatives,
  study: StaticCase,
  functional: Functional,
  anchors: Anchors,
  index: number,
  displacement: Float64Array,
): Explicit {
  const count = displacement.length;
  switch (functional.quantity) {
    case 'mass': {
      const { byNodes, ...state } = massState(shape, count);
      return { state, byDisplacement: null, byNodes };
    }
    case 'compliance': {
      const { forces } = study.built.model;
      let value = 0;
      for (let i = 0; i < count; i++) value += forces[i]! * displacement[i]!;
      const byNodes = new Float64Array(count);
      addForceGradient(shape, study, displacement, byNodes);
      return { state: { name: 'compliance', unit: 'N mm', value }, byDisplacement: forces.slice(), byNodes };
    }
    case 'displacement': {
      const { nodes, shape: weights } = anchors.probes[index]!;
      const there: Vec3 = [0, 0, 0];
      nodes.forEach((node, k) => {
        for (let axis = 0; axis < 3; axis++) there[axis]! += weights[k]! * displacement[3 * node + axis]!;
      });
      // The size of a displacement changes by the change along itself.
      const direction = unit(functional.direction ?? there);
      const value = dot(there, direction);
      const byDisplacement = new Float64Array(count);
      nodes.forEach((node, k) => {
        for (let axis = 0; axis < 3; axis++) byDisplacement[3 * node + axis]! += weights[k]! * direction[axis]!;
      });
      const along = functional.direction ? ` along ${words(direction)}` : '';
      const name = `displacement at ${words(functional.at_mm)}${along}`;
      return { state: { name, unit: 'mm', value }, byDisplacement, byNodes: new Float64Array(count) };
    }
    case 'stress': {
      const exponent = functional.exponent ?? DEFAULT_STRESS_EXPONENT;
      const aggregate = shape.stressAggregate(displacement, exponent, anchors.leftOut);
      return {
        state: {
          name: `von Mises stress, p-norm ${exponent}`,
          unit: 'MPa',
          value: aggregate.value,
          maximum: aggregate.maximum_MPa,
        },
        byDisplacement: aggregate.byDisplacement,
        byNodes: aggregate.byNodes,
      };
    }
    default:
      throw refuseQuantity(functional, 'static studies');
  }
}

/** @param words of the kind of study, in the plural */
export const refuseQuantity = ({ quantity }: Functional, words: string): Error =>
  refuseStudy('no-such-quantity', `There is no ${quantity} in ${words}.`, 'Ask for another, or of another study.');

/** lambda of K lambda = right, with every restrained displacement held at zero. */
async function solveAdjoint(
  model: StaticModel,
  right: Float64Array,
  settings: Pick<AdjointSettings, 'solver' | 'solve'>,
  name: string,
): Promise<Float64Array> {
  if (right.every((value) => value === 0)) return new Float64Array(right.length);
  const adjoint: StaticModel = {
    ...model,
    forces: right,
    fixedValues: new Float64Array(model.fixedValues.length),
    gravity: new Float64Array(3),
    temperatureChange: null,
  };
  return (await settings.solve(adjoint, settings.solver, `The adjoint of ${name}`)).displacement;
}

/** Adds d/dX of (weights . f) of all loads, body forces among them. */
function addForceGradient(shape: ShapeDerivatives, study: StaticCase, weights: Float64Array, out: Float64Array): void {
  const { finder, loads } = study.built;
  const faces = study.bodies.flatMap((body) => body.faces);
  addLoadGradient(finder, study.loads, faces, weights, out);
  const { constant, gradient } = loads.bodyAcceleration;
  // A pull that changes from place to place would move with the nodes: its derivative is not here yet.
  if (gradient.some((value) => value !== 0))
    throw refuseStudy('not-yet', 'Sensitivities of a turning part cannot be computed yet.', 'Suppress the rotation.');
  if (norm(constant) > 0) {
    const body = shape.massWork(weights, constantField(weights.length, constant)).byNodes;
    for (let i = 0; i < body.length; i++) out[i]! += body[i]!;
  }
}

function constantField(count: number, value: Readonly<Vec3>): Float64Array {
  const field = new Float64Array(count);
  for (let i = 0; i < count; i++) field[i] = value[i % 3]!;
  return field;
}
