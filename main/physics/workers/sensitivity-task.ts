/** Sensitivities of one study from mesh and movements to packed gradients, as they run in the worker. */
import { encodeBundle } from '../../../preload/contract/bundle.ts';
import type { SensitivityMeta, SensitivitySummary } from '../../../preload/contract/sensitivities.ts';
import { pathsOf } from '../analyses/static/load-paths.ts';
import { physicsFault } from '../errors.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { ownerOf } from '../model/topology.ts';
import { type NumericCore, requireCore } from '../native-core.ts';
import type { FunctionalState } from '../sensitivities/adjoint.ts';
import { type AnalysisRunner, type StudyAnalysis, studyAnalysis } from '../sensitivities/study-analysis.ts';
import { type SurfaceShares, strongestPlaces, surfaceGradient, surfaceShares } from '../sensitivities/surface.ts';
import type { SensitivityOutcome } from '../sensitivities/types.ts';
import { checkedMesh } from './solve-task.ts';
import type { SensitivityTask, WorkerMessage } from './tasks.ts';

/** Movements below this part of an element are rounding. */
const UNMOVED = 1e-9;

/** The surface's density is smooth in single precision, as the fields of results are. */
const single = (values: Float64Array): Float32Array => Float32Array.from(values);

export async function sensitivityTask(
  task: SensitivityTask,
  state: Int32Array,
  post: (message: WorkerMessage) => void,
): Promise<SensitivityOutcome> {
  const core = requireCore();
  const started = performance.now();
  const cases = Math.max(1, pathsOf(task).length);
  const solutions = cases * (task.functionals.length + 1 + (task.differences ? 2 * task.movements.length : 0));
  let solved = 0;
  const { mesh, warnings } = checkedMesh(core, task.mesh, task.size_mm, 2);
  const next: AnalysisRunner['next'] = (what) => {
    const from = Math.min(1, solved++ / solutions);
    return {
      progress: (stage, fraction, detail) =>
        post({
          type: 'progress',
          stage: `${what}: ${stage.toLowerCase()}`,
          fraction: Math.min(1, fraction),
          ...(detail ? { detail } : {}),
        }),
      from,
      to: Math.min(1, from + 1 / solutions),
    };
  };
  const analyse = studyAnalysis({ core, task, state, next }, mesh);
  const states = await analyse(mesh, true);

  const shares = surfaceShares(mesh);
  const motion = new core.MeshMotion(mesh.nodes, mesh.elements, onSurface(shares));
  const faceCount = task.bodies.reduce((sum, body) => sum + body.faces.length, 0);
  const surfaces = states.map((one) => surfaceGradient(one.byNodes!, motion, shares, faceCount));

  const leftOut = [...task.leftOut];
  const variables: SensitivitySummary['variables'] = [];
  const gradients: number[][] = states.map(() => []);
  const differences: number[][] = states.map(() => []);
  for (const movement of task.movements) {
    const { name, unit, value, step } = movement;
    const velocity = motion.extend(movement.plus.map((x, i) => (x - movement.minus[i]!) / (2 * step)));
    let largest = 0;
    for (let i = 0; i < velocity.length; i += 3)
      largest = Math.max(largest, Math.hypot(velocity[i]!, velocity[i + 1]!, velocity[i + 2]!));
    // A count that is rounded, or a dimension that nothing uses: its derivative says nothing of a real change.
    if (largest * step < UNMOVED * mesh.size_mm) {
      leftOut.push({ name, reason: 'a small change of it does not change the part' });
      continue;
    }
    if (task.differences) {
      const at = (moved: Float64Array) => valuesAt(core, mesh, motion, moved, analyse);
      const [plus, minus] = [await at(movement.plus), await at(movement.minus)];
      plus.forEach((each, index) => {
        differences[index]!.push((each.value - minus[index]!.value) / (2 * step));
      });
    }
    variables.push({ name, unit, value, step, largestMovement_mm: largest });
    states.forEach((one, index) => {
      let sum = 0;
      for (let i = 0; i < velocity.length; i++) sum += one.byNodes![i]! * velocity[i]!;
      gradients[index]!.push(sum);
    });
  }

  const firstFaces = task.bodies.map((body) => body.firstFace);
  const place = (face: number): { body: number; face: number } => {
    const body = ownerOf(firstFaces, face);
    return { body, face: face - firstFaces[body]! };
  };
  const functionals = states.map((one, index) => ({
    functional: task.functionals[one.asked ?? index]!,
    ...(one.case ? { case: one.case } : {}),
    name: one.name,
    value: one.value,
    unit: one.unit,
    ...(one.maximum === undefined ? {} : { maximum: one.maximum }),
    faces: [...surfaces[index]!.byFace].map((perMillimetre, face) => ({ ...place(face), perMillimetre })),
    places: strongestPlaces(mesh, shares, surfaces[index]!.density).map(({ face, ...where }) => ({
      ...where,
      ...place(face),
    })),
    variables: variables.map(({ name }, variable) => ({ name, perUnit: gradients[index]![variable]! })),
  }));
  const summary: SensitivitySummary = {
    inputHash: task.inputHash,
    functionals,
    variables,
    leftOut,
    warnings: [...task.warnings, ...warnings],
    mesh: { nodes: mesh.nodes.length / 3, elements: mesh.elements.length / 10, size_mm: mesh.size_mm },
    seconds: {
      mesh: task.meshSeconds,
      follow: task.followSeconds,
      solve: (performance.now() - started) / 1000,
      total: (Date.now() - task.startedAt) / 1000,
    },
  };
  const fields = packSurface(mesh, shares, states, surfaces, firstFaces, task.inputHash);
  return { summary, fields, ...(task.differences ? { differences } : {}) };
}

const onSurface = (shares: SurfaceShares): Int32Array => shares.numberOf.map((number) => (number >= 0 ? 1 : 0));

/** The functionals' values on the mesh with its surface moved. */
async function valuesAt(
  core: NumericCore,
  mesh: VolumeMesh,
  motion: { extend(movement: Float64Array): Float64Array },
  moved: Float64Array,
  analyse: StudyAnalysis,
): Promise<FunctionalState[]> {
  const movement = motion.extend(moved.map((x, i) => x - mesh.nodes[i]!));
  const there: VolumeMesh = { ...mesh, nodes: mesh.nodes.map((x, i) => x + movement[i]!) };
  const { invertedElements } = core.meshQuality(there.nodes, there.elements);
  if (invertedElements.length > 0)
    throw physicsFault(
      'morph-inverted',
      'The mesh turns inside out when it follows the changed part.',
      'Mesh it anew.',
    );
  return analyse(there, false);
}

function packSurface(
  mesh: VolumeMesh,
  shares: SurfaceShares,
  states: readonly FunctionalState[],
  surfaces: readonly { density: Float64Array }[],
  firstFaces: readonly number[],
  inputHash: string,
): Uint8Array {
  const count = shares.nodes.length;
  const nodes = new Float32Array(3 * count);
  shares.nodes.forEach((node, i) => {
    for (let axis = 0; axis < 3; axis++) nodes[3 * i + axis] = mesh.nodes[3 * node + axis]!;
  });
  const triangles: number[] = [];
  const faces: number[] = [];
  const bodies: number[] = [];
  for (let facet = 0; facet < mesh.facetFace.length; facet++) {
    const [a, b, c, d, e, f] = [...mesh.facets.subarray(6 * facet, 6 * facet + 6)].map(
      (node) => shares.numberOf[node]!,
    ) as [number, number, number, number, number, number];
    triangles.push(a, d, f, d, b, e, f, e, c, d, e, f);
    const body = ownerOf(firstFaces, mesh.facetFace[facet]!);
    for (let k = 0; k < 4; k++) {
      faces.push(mesh.facetFace[facet]! - firstFaces[body]!);
      bodies.push(body);
    }
  }
  const sensitivity = new Float32Array(count * states.length);
  surfaces.forEach(({ density }, index) => {
    sensitivity.set(single(density), index * count);
  });
  const meta: SensitivityMeta = {
    inputHash,
    nodes: count,
    functionals: states.map(({ name, unit }) => ({ name, unit })),
  };
  return encodeBundle({
    meta,
    arrays: {
      nodes,
      surfaceTriangles: Uint32Array.from(triangles),
      surfaceFace: Uint32Array.from(faces),
      surfaceBody: Uint32Array.from(bodies),
      normals: single(shares.normals),
      sensitivity,
    },
  });
}
