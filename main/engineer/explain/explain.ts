/** Why a design is limited where it is: the governing case, the place, what carries the load there, and what would help. */
import {
  type DesignMove,
  type DesignReason,
  decodeBundle,
  type RequirementResult,
  type Vector3,
} from '../../../preload/contract/index.ts';
import { faceWords, formatNumber } from '../../document/index.ts';
import { fieldReader } from '../../physics/index.ts';
import type { SolvedCase } from '../candidates/judge-design.ts';
import type { MadeDesign } from '../candidates/make-design.ts';
import type { Search } from '../search/search.ts';

/** Margins up to this govern the design; beyond it nothing needs explaining. */
const GOVERNS = 0.1;

type Best = Search['confirmed'][number];

export async function explain(search: Search, best: Best): Promise<DesignReason[]> {
  const { requirements } = best.candidate;
  const unmet = requirements.filter(({ holds }) => !holds);
  // Rules of making are met or not: only a broken one needs explaining.
  const asked = requirements.slice(0, search.brief.requirements.length);
  const governing = unmet.length > 0 ? unmet : asked.filter(({ margin }) => margin !== null && margin < GOVERNS);
  const reasons: DesignReason[] = [];
  for (const requirement of governing) {
    const solved = best.judgement.cases.find((one) => one.case.name === requirement.case);
    reasons.push({
      requirement: requirement.text,
      ...(requirement.case === undefined ? {} : { case: requirement.case }),
      ...(requirement.at_mm ? { at_mm: requirement.at_mm } : {}),
      faces: requirement.at_mm ? facesNear(best.made, requirement.at_mm) : [],
      mechanism: mechanismOf(requirement, solved ?? null),
      moves: await movesFor(search, best, requirements.indexOf(requirement)),
    });
  }
  return reasons;
}

/** Names of the faces whose boxes come nearest a place: at most three. */
export function facesNear(made: Pick<MadeDesign, 'infos' | 'outcomes'>, at_mm: Vector3): string[] {
  const nameOf = (id: string): string | undefined => made.outcomes.find((each) => each.id === id)?.name;
  const faces = made.infos.flatMap((info) =>
    info.faces.map((face, index) => ({
      name: face.persistentNames?.[0] ? faceWords(face.persistentNames[0], nameOf) : (face.name ?? `face ${index + 1}`),
      distance: Math.hypot(...at_mm.map((x, axis) => Math.max(0, face.box.min[axis]! - x, x - face.box.max[axis]!))),
      area: face.area_mm2,
    })),
  );
  return faces
    .sort((a, b) => Math.round(1e3 * (a.distance - b.distance)) || a.area - b.area)
    .slice(0, 2)
    .map(({ name }) => name);
}

/** @param solved the case that it is asked in, with its fields */
export function mechanismOf(requirement: RequirementResult, solved: SolvedCase | null): string {
  if (!solved) return requirement.note ?? 'decided by the body itself, not by a load case';
  const { summary, fields } = solved.outcome;
  if (summary.type === 'modal') return resonanceInWords(solved);
  if (summary.type === 'buckling')
    return 'elastic instability: the loads bend the part out of its shape before it yields';
  if (requirement.unit === 'degC')
    return summary.heat
      ? `heat that flows in (${summary.heat.inflow_W
          .filter(({ power_W }) => power_W > 0)
          .map(({ name, power_W }) => `${name} ${formatNumber(power_W, 3)} W`)
          .join(', ')}) has to reach the cooled faces through the part, and leave them`
      : 'heat has to reach the cooled faces through the part, and leave them';
  if (requirement.unit === 'mm') return 'too little stiffness between the loaded faces and what holds the part';
  if (!requirement.at_mm) return 'stress in the part';
  return stressInWords(fields, requirement.at_mm);
}

/** From the principal stresses at the place and how fast the stress falls from there. */
function stressInWords(fields: Uint8Array, at_mm: Vector3): string {
  const { arrays } = decodeBundle(fields);
  const nodes = arrays['nodes']!;
  const principal = arrays['principal'];
  const vonMises = fieldReader(arrays, 'von_mises');
  if (!principal || !vonMises) return 'stress in the part';
  let node = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < nodes.length / 3; i++) {
    const distance = Math.hypot(...at_mm.map((x, axis) => x - nodes[3 * i + axis]!));
    if (distance < least) [node, least] = [i, distance];
  }
  const [first, , third] = [0, 1, 2].map((k) => principal[3 * node + k]!) as [number, number, number];
  const peak = vonMises(node);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < nodes.length / 3; i++) {
    sum += vonMises(i);
    count++;
  }
  const concentration = peak / (sum / count);
  const state =
    first > 3 * Math.abs(third)
      ? 'tension'
      : -third > 3 * Math.abs(first)
        ? 'compression'
        : Math.abs(first + third) < 0.35 * Math.max(Math.abs(first), Math.abs(third))
          ? 'shear'
          : 'stress in more than one direction';
  // Bending shows tension on one side and as much compression on the other: look for the opposite sign elsewhere.
  let opposite = 0;
  for (let i = 0; i < nodes.length / 3; i++)
    opposite = Math.max(opposite, state === 'tension' ? -principal[3 * i + 2]! : principal[3 * i]!);
  const bends = (state === 'tension' || state === 'compression') && opposite > 0.6 * Math.max(first, -third);
  return [
    `${bends ? `bending, ${state} on this side` : state}: principal stresses ${formatNumber(first, 3)} and ${formatNumber(third, 3)} MPa`,
    ...(concentration > 5
      ? [`${formatNumber(concentration, 2)} times the part's mean stress, so a notch or a short path raises it`]
      : []),
  ].join('; ');
}

function resonanceInWords({ outcome: { summary } }: SolvedCase): string {
  const mode = summary.modes?.find(({ rigid }) => !rigid);
  if (!mode) return 'resonance';
  const axis = mode.effectiveMass_kg.indexOf(Math.max(...mode.effectiveMass_kg));
  const share = (100 * mode.effectiveMass_kg[axis]!) / summary.mass_kg;
  return `resonance at ${formatNumber(mode.frequency_Hz, 4)} Hz: ${share.toFixed(0)} % of the mass moves along ${'xyz'[axis]}; more stiffness against that motion, or less mass where it is largest, raises it`;
}

/** Predicted, not solved. */
async function movesFor(search: Search, best: Best, number: number): Promise<DesignMove[]> {
  const { space, observations } = best.search;
  const requirement = search.brief.requirements[number];
  const bound = search.boundsOf(best.search).find((each) => each.number === number);
  if (!requirement || !bound) return [];
  const { seed } = search.brief;
  const { signal } = search.context;
  return search.models.moves({ space, observations, seed, point: best.point, number, requirement, bound }, signal);
}
