/**
 * Whether a design fits its neighbours: the brief's interfaces are on it, it stays inside the envelope and out of what is
 * kept free. Requirements like any other, whatever the concept; they are read from the body alone, so that they can be read
 * again from the STEP file.
 */
import type { BodyInfo, FaceInfo, JobContext, RequirementResult, Vector3 } from '../../../preload/contract/index.ts';
import { cross, dot, lengthOf, scale, subtract } from '../../document/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import { resolveScriptedPart, runPartScript } from '../../scripting/index.ts';
import { sha256 } from '../../surrogates/index.ts';
import type { Box, Brief, BriefInterface } from '../brief/brief.ts';
import { refuseDesign } from '../errors.ts';
import { diagonalOf, volumeOf } from './readings.ts';
import { type RuledDesign, ruleResult } from './rule-result.ts';

type FittedBrief = Pick<Brief, 'interfaces' | 'envelope' | 'keepOuts'>;

/** Places and sizes that differ by less are the same: what STEP keeps of a number, and a kernel of a point. */
const SAME_MM = 1e-3;
const SAME_DIRECTION = 1e-4;
/** Of a bolt's diameter: from the hole that its thread is cut into (ISO 2306) to a coarse clearance hole (ISO 273). */
const HOLE_FOR_BOLT = [0.78, 1.35] as const;
/** What touches a border has this much to spare: nought would count as missed by no margin. */
const TOUCHING = 1e-3;

/** How many requirements {@link fitRequirements} answers with for a brief. */
export const fitRequirementCount = ({ interfaces, envelope, keepOuts }: FittedBrief): number =>
  [interfaces.length > 0, envelope !== null, keepOuts.length > 0].filter(Boolean).length;

/** @throws ArtificerError where the kernel cannot say what a keep-out has in common with the body */
export async function fitRequirements(
  kernel: Kernel,
  brief: FittedBrief,
  design: RuledDesign,
  context: JobContext,
): Promise<RequirementResult[]> {
  const { infos } = design;
  const diagonal_mm = diagonalOf(infos);
  const results: RequirementResult[] = [];
  if (brief.interfaces.length > 0) results.push(interfacesOf(brief.interfaces, infos));
  if (brief.envelope) {
    const { beyond_mm, axis } = beyondOf(brief.envelope, infos);
    results.push(
      resultOf(
        'stays inside the envelope',
        beyond_mm,
        diagonal_mm,
        () => `it reaches ${figure(beyond_mm)} mm beyond, along ${axis}`,
      ),
    );
  }
  if (brief.keepOuts.length > 0) {
    const found: { size_mm: number; number: number; at_mm: Vector3 }[] = [];
    for (const [index, box] of brief.keepOuts.entries())
      found.push({
        size_mm: await insideOf(kernel, box, design, context),
        number: index + 1,
        at_mm: scale([0, 1, 2].map((k) => box.min_mm[k]! + box.max_mm[k]!) as unknown as Vector3, 0.5),
      });
    const worst = found.reduce((a, b) => (b.size_mm > a.size_mm ? b : a));
    results.push({
      ...resultOf(
        'keeps out of what is kept free',
        worst.size_mm,
        diagonal_mm,
        () => `it is in keep-out ${worst.number} with as much as a cube of ${figure(worst.size_mm)} mm`,
      ),
      ...(worst.size_mm > SAME_MM ? { at_mm: worst.at_mm } : {}),
    });
  }
  return results;
}

/** @param over_mm how far it is missed; negative is room to spare */
function resultOf(text: string, over_mm: number, diagonal_mm: number, words: () => string): RequirementResult {
  const holds = over_mm <= SAME_MM;
  const share = over_mm / diagonal_mm;
  return ruleResult(text, holds ? Math.min(share, -TOUCHING) : share, holds ? null : { note: words() });
}

const figure = (value_mm: number): string => value_mm.toPrecision(3);
const lowest = (infos: readonly BodyInfo[]): Vector3 =>
  [0, 1, 2].map((k) => Math.min(...infos.map(({ box }) => box.min[k]!))) as unknown as Vector3;
const highest = (infos: readonly BodyInfo[]): Vector3 =>
  [0, 1, 2].map((k) => Math.max(...infos.map(({ box }) => box.max[k]!))) as unknown as Vector3;

function beyondOf({ min_mm, max_mm }: Box, infos: readonly BodyInfo[]): { beyond_mm: number; axis: string } {
  const [low, high] = [lowest(infos), highest(infos)];
  const over = [0, 1, 2].map((k) => Math.max(min_mm[k]! - low[k]!, high[k]! - max_mm[k]!));
  const beyond_mm = Math.max(...over);
  return { beyond_mm, axis: 'xyz'[over.indexOf(beyond_mm)]! };
}

function interfacesOf(interfaces: readonly BriefInterface[], infos: readonly BodyInfo[]): RequirementResult {
  const faces = infos.flatMap((info) => info.faces);
  const missing = interfaces.flatMap((one) => missingOf(one, faces));
  const isWhole = missing.length === 0;
  return ruleResult(
    'has the interfaces of the brief',
    isWhole ? -1 : missing.length,
    isWhole ? null : { note: `missing: ${missing.join('; ')}` },
  );
}

/** What of an interface no face of the body is, in words. */
function missingOf(one: BriefInterface, faces: readonly FaceInfo[]): string[] {
  const at = (place: Vector3): string => `(${place.map((x) => Number(x.toPrecision(5))).join(', ')}) mm`;
  if (one.kind === 'face')
    return faces.some((face) => isFace(one, face)) ? [] : [`"${one.name}", a face at ${at(one.at_mm)}`];
  const round = faces.filter(({ type, canonical }) => type === 'cylinder' || canonical?.type === 'cylinder');
  const places = one.kind === 'bolts' ? one.at_mm : [one.at_mm];
  const wanted: readonly [number, number] =
    one.kind === 'bolts'
      ? [HOLE_FOR_BOLT[0] * one.diameter_mm, HOLE_FOR_BOLT[1] * one.diameter_mm]
      : [one.diameter_mm - SAME_MM, one.diameter_mm + SAME_MM];
  return places
    .filter((place) => !round.some((face) => isRound(face, one.kind !== 'journal', one.axis, place, wanted)))
    .map(
      (place) =>
        `"${one.name}", ${one.kind === 'bolts' ? `a hole for ${one.size}` : `a ${one.kind} of ${figure(one.diameter_mm)} mm`} at ${at(place)}`,
    );
}

function isRound(
  face: FaceInfo,
  concave: boolean,
  direction: Vector3,
  place: Vector3,
  [least, most]: readonly [number, number],
): boolean {
  const axis = face.axis ?? face.canonical?.axis;
  const radius_mm = face.radius_mm ?? face.canonical?.radius_mm;
  if (!axis || radius_mm === undefined || (face.concave ?? false) !== concave) return false;
  return (
    2 * radius_mm >= least &&
    2 * radius_mm <= most &&
    lengthOf(cross(axis.direction, direction)) < SAME_DIRECTION &&
    lengthOf(cross(subtract(place, axis.origin_mm), axis.direction)) < SAME_MM
  );
}

function isFace({ at_mm, normal, size_mm }: Extract<BriefInterface, { kind: 'face' }>, face: FaceInfo): boolean {
  if (face.type !== 'plane' || !face.normal || dot(face.normal, normal) < 1 - SAME_DIRECTION) return false;
  if (Math.abs(dot(subtract(face.centroid_mm, at_mm), normal)) > SAME_MM) return false;
  const inside = [0, 1, 2].every(
    (k) => at_mm[k]! >= face.box.min[k]! - SAME_MM && at_mm[k]! <= face.box.max[k]! + SAME_MM,
  );
  return inside && (!size_mm || face.area_mm2 >= (1 - SAME_DIRECTION) * size_mm[0] * size_mm[1]);
}

const CUTTER = `import { part } from 'artificer';

export default part('Keep-out', {}, (p) => {
  const [x, y, z] = ['x', 'y', 'z'].map((name) => p.length(name, 0));
  const [dx, dy, dz] = ['dx', 'dy', 'dz'].map((name) => p.length(name, 1));
  p.import('design', { source: 'source_design', key: 'design' });
  const base = p.sketch('base', { plane: { plane: 'xy', offset: z } }, (s) => {
    s.rectangle([x, y], [dx, dy]);
  });
  p.extrude('box', base, { distance: dz, operation: 'cut' });
});
`;

/** The side of a cube as large as what a box and the bodies have in common, mm; negative is how far their boxes are apart. */
async function insideOf(
  kernel: Kernel,
  { min_mm, max_mm }: Box,
  { bodies, infos }: RuledDesign,
  context: JobContext,
): Promise<number> {
  const [low, high] = [lowest(infos), highest(infos)];
  const apart = Math.max(...[0, 1, 2].map((k) => Math.max(low[k]! - max_mm[k]!, min_mm[k]! - high[k]!)));
  if (apart >= 0) return -apart;
  const values = Object.fromEntries(
    ['x', 'y', 'z'].flatMap((axis, k) => [
      [axis, `${min_mm[k]!} mm`],
      [`d${axis}`, `${max_mm[k]! - min_mm[k]!} mm`],
    ]),
  );
  const { steps } = resolveScriptedPart(
    await runPartScript({ source: CUTTER, fileName: 'keep-out.ts', values }, context),
  );
  const { id } = steps.find(({ feature }) => feature.kind === 'import')!;
  const { bodies: left, outcomes } = await kernel.evaluate(
    {
      partKey: 'keep-out',
      steps,
      imports: { [id]: bodies.map(({ brep }, i) => ({ hash: sha256(brep!), brep: brep!, name: infos[i]!.name })) },
      want: { info: 'none', tessellation: 'none' },
    },
    context,
  );
  const cut = outcomes.at(-1)!;
  const before = volumeOf(infos);
  if (cut.error?.code === 'feature.touches-nothing') return 0;
  if (cut.error?.code === 'feature.nothing-left') return Math.cbrt(before);
  if (cut.state === 'failed' || cut.state === 'blocked')
    throw refuseDesign('not-judged', 'What the part has in common with a keep-out cannot be found.', undefined, {
      cause: cut.error?.message ?? cut.state,
    });
  const after = left.reduce((sum, { volume_mm3 }) => sum + volume_mm3, 0);
  const common = before - after;
  return common <= SAME_VOLUME * before ? 0 : Math.cbrt(common);
}

/** What integrating two volumes leaves of their difference, of the volume. */
const SAME_VOLUME = 1e-9;
