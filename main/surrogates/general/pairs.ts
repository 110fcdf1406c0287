/** A random part twice: as a preview solves it and as a reference does. Kept in files, so that training can go on later. */
import {
  type BodyInfo,
  type BundleArray,
  decodeBundle,
  encodeBundle,
  type JobContext,
} from '../../../preload/contract/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import type { Physics } from '../../physics/index.ts';
import type { FeaturedSolution } from './features.ts';
import type { JudgedSolution } from './judge.ts';
import { generalRequest } from './random-request.ts';
import { COARSE, EQUAL_TIME, REFERENCE } from './settings.ts';

export interface Pair {
  seed: number;
  name: string;
  family: string;
  info: BodyInfo;
  preview: FeaturedSolution;
  reference: JudgedSolution;
  /** The coarse solve that is given the time of a correction too; of parts to judge by. */
  rival: JudgedSolution | null;
  degreesOfFreedom: { preview: number; reference: number };
  /** From the request to the answer, on the machine that solved them. */
  seconds: { preview: number; rival: number };
}

/** @throws ArtificerError of a part that cannot be made, meshed or solved */
export async function solvePair(
  kernel: Kernel,
  physics: Pick<Physics, 'preview'>,
  seed: number,
  withRival: boolean,
  context: JobContext,
): Promise<Pair> {
  const { name, family, info, request } = await generalRequest(kernel, seed, context);
  const preview = await physics.preview(request, COARSE, context);
  const rival = withRival ? await physics.preview(request, EQUAL_TIME, context) : null;
  const reference = await physics.preview(request, REFERENCE, context);
  return {
    seed,
    name,
    family,
    info,
    preview,
    reference,
    rival,
    degreesOfFreedom: { preview: preview.summary.mesh.dof, reference: reference.summary.mesh.dof },
    seconds: { preview: preview.seconds.total, rival: rival?.seconds.total ?? 0 },
  };
}

const REALS = ['nodes', 'displacement', 'stress', 'vonMises', 'stressSpread', 'stressError', 'elementError'] as const;
const JUDGED_REALS = ['nodes', 'displacement', 'vonMises'] as const;
const WHOLES = ['elements', 'facets', 'facetFace', 'singularNodes', 'heldNodes', 'loadedNodes'] as const;
const JUDGED_WHOLES = ['elements', 'singularNodes'] as const;

type Meta = Pick<Pair, 'seed' | 'name' | 'family' | 'info' | 'degreesOfFreedom' | 'seconds'> & {
  relativeEnergyError: number;
};

/** Reals in single precision: errors of a mesh are far larger. */
export function packPair({ preview, reference, rival, ...rest }: Pair): Uint8Array {
  const arrays: Record<string, BundleArray> = {};
  for (const key of REALS) arrays[`preview/${key}`] = Float32Array.from(preview[key]);
  for (const key of WHOLES) arrays[`preview/${key}`] = preview[key];
  const judged = (side: string, solution: JudgedSolution): void => {
    for (const key of JUDGED_REALS) arrays[`${side}/${key}`] = Float32Array.from(solution[key]);
    for (const key of JUDGED_WHOLES) arrays[`${side}/${key}`] = solution[key];
  };
  judged('reference', reference);
  if (rival) judged('rival', rival);
  const meta: Meta = { ...rest, relativeEnergyError: preview.relativeEnergyError };
  return encodeBundle({ meta, arrays });
}

export function unpackPair(bytes: Uint8Array): Pair {
  const { meta, arrays } = decodeBundle<Meta>(bytes);
  const { relativeEnergyError, ...rest } = meta;
  const take = (side: string, reals: readonly string[], wholes: readonly string[]): Record<string, unknown> =>
    Object.fromEntries([
      ...reals.map((key) => [key, Float64Array.from(arrays[`${side}/${key}`] as Float32Array)]),
      ...wholes.map((key) => [key, arrays[`${side}/${key}`]]),
    ]);
  return {
    ...rest,
    preview: { ...take('preview', REALS, WHOLES), relativeEnergyError } as unknown as FeaturedSolution,
    reference: take('reference', JUDGED_REALS, JUDGED_WHOLES) as unknown as JudgedSolution,
    rival: arrays['rival/nodes'] ? (take('rival', JUDGED_REALS, JUDGED_WHOLES) as unknown as JudgedSolution) : null,
  };
}
