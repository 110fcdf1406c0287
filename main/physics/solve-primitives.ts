/** Solves a study of bodies given by dimensions: what verification and benchmarks do, with a kernel that the caller brings. */
import type { JobContext } from '../../preload/contract/jobs.ts';
import type { Material } from '../../preload/contract/studies.ts';
import type { Kernel, PrimitiveSpecification } from '../kernel/port.ts';
import { physicsFault } from './errors.ts';
import type { StudyBody } from './types.ts';

export interface MadeBodies {
  bodies: StudyBody[];
  /** ASCII BREP of all bodies as one compound. */
  brep: Uint8Array;
}

export async function makeBodies(
  kernel: Kernel,
  specifications: PrimitiveSpecification[],
  material: Material,
  context: JobContext,
): Promise<MadeBodies> {
  const model = await kernel.primitives(specifications, context);
  const made = model.parts.flatMap((part) => part.bodies);
  const breps = made.map((body) => body.brep).filter((brep) => brep !== undefined);
  if (made.length === 0 || breps.length !== made.length)
    throw physicsFault('no-geometry', 'The kernel made no solid of these dimensions.');
  return {
    bodies: made.map((body, index) => ({ index, name: body.info.name, info: body.info, material })),
    brep: await kernel.brepText(breps, context),
  };
}
