/** A generated shape made by the real kernel and solved by the real solver, for tests and benchmarks. */
import {
  type BodyInfo,
  type Load,
  type Reference,
  type Restraint,
  silentContext,
} from '../../../../preload/contract/index.ts';
import { createKernel, type Kernel } from '../../../kernel/index.ts';
import { createPhysics, type Physics } from '../../../physics/index.ts';
import { resolveScriptedPart, runPartScript } from '../../../scripting/index.ts';
import type { GeneratedShape, ShapeLoadCase, ShapeRequest } from '../types.ts';

export interface BuiltShape {
  info: BodyInfo;
  brep: Uint8Array;
  variables: Record<string, number>;
}

export async function buildShape(
  kernel: Kernel,
  script: string,
  values: Record<string, string> = {},
): Promise<BuiltShape> {
  const context = silentContext();
  const scripted = await runPartScript({ source: script, fileName: 'shape.ts', values }, context);
  const { variables, steps } = resolveScriptedPart(scripted);
  const want = { brep: true, info: 'describe' } as const;
  const evaluated = await kernel.evaluate({ partKey: 'shape', steps, imports: {}, want }, context);
  const failed = evaluated.outcomes.filter(({ state }) => state === 'failed' || state === 'blocked');
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  if (evaluated.bodies.length !== 1) throw new Error(`${evaluated.bodies.length} bodies`);
  const [body] = evaluated.bodies;
  const brep = await kernel.brepText([body!.brep!], context);
  return {
    info: body!.info!,
    brep,
    variables: Object.fromEntries(variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
  };
}

export const facesNamed = ({ info }: BuiltShape, name: string): BodyInfo['faces'] =>
  info.faces.filter(({ persistentNames = [] }) => persistentNames.includes(name));

/** Twice the strain energy of one load case, N mm, on a mesh of second order. */
export async function complianceOf(
  physics: Physics,
  built: BuiltShape,
  request: ShapeRequest,
  shape: GeneratedShape,
  loadCase: ShapeLoadCase,
  size_mm: number,
): Promise<number> {
  const on = (name: string): Reference[] =>
    shape.faces[name]!.map((face) => ({ by: 'name', kind: 'face', name: face }));
  const restraints: Restraint[] = loadCase.supports.map((name) => ({
    id: `held-${name}`,
    name,
    kind: 'fixed',
    on: on(name),
  }));
  const loads: Load[] = loadCase.loads.flatMap(({ on: name, force_N, moment_N_mm }, i): Load[] => [
    ...(force_N ? [{ id: `force-${i}`, name, kind: 'force', on: on(name), force_N: [...force_N] } as Load] : []),
    ...(moment_N_mm
      ? [{ id: `moment-${i}`, name, kind: 'moment', on: on(name), moment_N_mm: [...moment_N_mm] } as Load]
      : []),
  ]);
  const { young_MPa, poisson, density_t_mm3 } = request.material;
  const material = {
    name: 'Material',
    category: 'test',
    source: 'test',
    properties: { young_MPa, poisson, density_kg_m3: density_t_mm3 * 1e12 },
  };
  const { summary } = await physics.solve(
    {
      bodies: [{ index: 0, name: 'shape', info: built.info, material }],
      brep: built.brep,
      inputHash: `shape ${request.name} ${loadCase.name}`,
      study: { restraints, loads, mesh: { order: 2, accuracy: 'draft', refinements: [], size_mm }, probes: [] },
    },
    silentContext(),
  );
  return 2 * summary.strainEnergy_N_mm!;
}

export { createKernel, createPhysics };
