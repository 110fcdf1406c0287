/** A made design judged: its load cases solved, each requirement read and compared with its bound. */
import type {
  BodyInfo,
  DesignCandidate,
  JobContext,
  Material,
  RequirementResult,
  StudyDefinition,
} from '../../../preload/contract/index.ts';
import { baseUnitOf, nameFromWords, withReferences } from '../../document/index.ts';
import { type Physics, parseStudyConditions, type StudyOutcome, type StudyRequest } from '../../physics/index.ts';
import type { Brief, BriefCase, Objective } from '../brief/brief.ts';
import { type CaseMesh, studyText } from '../brief/case-study.ts';
import type { Concept } from '../concepts/concept.ts';
import { materialVariables } from '../requirements/material-words.ts';
import { isOfCase, limitOf, marginOf, type Requirement } from '../requirements/requirement.ts';
import type { DesignRules } from './design-rules.ts';
import type { MadeDesign } from './make-design.ts';
import { placesOn } from './places.ts';
import type { ReadNumber } from './read-quantity.ts';
import { bodyNumber, diagonalOf, isAbout, readingsOf, volumeOf, worstOf } from './readings.ts';

/** How finely the cases are solved: quickly while searching, until it settles for what is delivered. */
export type Accuracy = 'search' | 'confirm';
const ACCURACY: Record<Accuracy, string> = { search: 'draft', confirm: '3 %' };
/** Of a design that is made sure of: a finer mesh would take what is left of an ordinary budget, on two cores, by itself. */
export const MOST_ELEMENTS = 60_000;
/** Where the brief does not say: this share of the diagonal of the first design's box. */
const LEFT_OUT_SHARE = 0.02;

export interface SolvedCase {
  case: BriefCase;
  study: StudyDefinition;
  outcome: StudyOutcome;
}

export interface Judgement {
  requirements: RequirementResult[];
  objectives: DesignCandidate['objectives'];
  feasible: boolean;
  margin: number | null;
  mass_kg: number;
  cases: SolvedCase[];
  leaveOut_mm: number;
}

export interface JudgeOptions {
  accuracy: Accuracy;
  /** Of the concept, once it is known: the same for every design, so that they compare. */
  leaveOut_mm?: number | undefined;
  threads?: number;
  /** Element size of quick solves in place of the one that the draft setting chooses: of comparisons of searches. */
  quickSize_mm?: number | undefined;
  rules: DesignRules;
}

/** Mass of the bodies, kg: volume in mm^3, density in kg/m^3. */
export const massOf = (infos: readonly BodyInfo[], { properties }: Material): number =>
  volumeOf(infos) * properties.density_kg_m3 * 1e-9;

/** How near singular places stress is left out: by the brief, or by the first design that is solved. */
export const leftOutOf = ({ leaveOut_mm }: Pick<Brief, 'leaveOut_mm'>, infos: readonly BodyInfo[]): number =>
  leaveOut_mm ?? LEFT_OUT_SHARE * diagonalOf(infos);

/** Cases that some requirement or objective needs: others are not solved while searching. */
export function casesNeeded(brief: Brief): BriefCase[] {
  const asked = [...brief.requirements, ...brief.objectives].filter(({ quantity }) => isOfCase(quantity));
  return brief.cases.filter((one) => asked.some((question) => isAbout(one, question)));
}

/**
 * @throws ArtificerError of a case that cannot be solved
 */
export async function judgeDesign(
  physics: Physics,
  brief: Brief,
  concept: Concept,
  material: Material,
  made: MadeDesign,
  options: JudgeOptions,
  context: JobContext,
): Promise<Judgement> {
  const cases: SolvedCase[] = [];
  const needed = casesNeeded(brief);
  const { rules } = options;
  const leaveOut_mm = options.leaveOut_mm ?? leftOutOf(brief, made.infos);
  for (const [index, one] of needed.entries()) {
    const solved = await solveCase(physics, brief, concept, material, made, one, options, {
      signal: context.signal,
      progress: (stage, fraction, detail) =>
        context.progress(`${one.name}: ${stage}`, (index + (fraction ?? 0)) / needed.length, detail),
    });
    cases.push(solved);
  }
  const mass_kg = massOf(made.infos, material);
  const cost = (await rules.cost?.(made, material)) ?? null;
  const answered = cases.map(({ case: { name, type }, outcome }) => ({ name, type, outcome }));
  const placesOf = placesOn(concept.faces, made.outcomes);
  const governing: Governing = (asked, largest) => {
    if (!isOfCase(asked.quantity)) return bodyNumber(asked.quantity, made.infos, { mass_kg, cost });
    const readings = readingsOf(asked, answered, made.infos, placesOf, leaveOut_mm);
    // A case that cannot show the number leaves the requirement unknown, never met by the others.
    return readings.every((one) => one !== null) ? worstOf(readings, largest) : null;
  };
  const words = materialVariables(material);
  const requirements = [
    ...brief.requirements.map((requirement) => {
      const limit = limitOf(requirement, words);
      return resultOf(requirement, limit, governing(requirement, requirement.comparison === '<='));
    }),
    ...(await rules.judge(made, material)),
  ];
  // Rules that hold have no margin to speak of: what touches its envelope is not in need of room.
  const margins = requirements
    .filter(({ holds }, index) => index < brief.requirements.length || !holds)
    .map(({ margin }) => margin);
  return {
    requirements,
    objectives: brief.objectives.map((objective) => objectiveOf(objective, governing)),
    feasible: requirements.every(({ holds }) => holds),
    margin: margins.some((margin) => margin === null) ? null : Math.min(...(margins as number[])),
    mass_kg,
    cases,
    leaveOut_mm,
  };
}

/** What a candidate says of a judgement. @param started by `performance.now()` */
export const judgedCandidate = (
  { requirements, objectives, feasible, margin, mass_kg, cases }: Judgement,
  started: number,
): Pick<DesignCandidate, 'requirements' | 'objectives' | 'feasible' | 'margin' | 'mass_kg' | 'solves' | 'seconds'> => ({
  requirements,
  objectives,
  feasible,
  margin,
  mass_kg,
  solves: cases.length,
  seconds: (performance.now() - started) / 1000,
});

/** The study of a case on a design: what it is meshed and solved as. */
export function requestOfCase(
  brief: Brief,
  concept: Concept,
  material: Material,
  made: MadeDesign,
  one: BriefCase,
  mesh: CaseMesh,
): { study: StudyDefinition; request: StudyRequest } {
  const { study } = parseStudyConditions(studyText(one, concept.faces, null, brief, mesh));
  const named = withReferences(study, (reference) =>
    reference.by === 'name'
      ? { ...reference, name: nameFromWords(reference.kind, reference.name, made.outcomes) }
      : reference,
  );
  return {
    study: named,
    request: {
      bodies: made.infos.map((info, index) => ({ index, name: info.name, info, material })),
      brep: made.brep,
      inputHash: '0'.repeat(64),
      study: named,
    },
  };
}

async function solveCase(
  physics: Physics,
  brief: Brief,
  concept: Concept,
  material: Material,
  made: MadeDesign,
  one: BriefCase,
  { accuracy, threads, quickSize_mm }: JudgeOptions,
  context: JobContext,
): Promise<SolvedCase> {
  const mesh: CaseMesh = {
    accuracy: ACCURACY[accuracy],
    ...(accuracy === 'search' && quickSize_mm !== undefined ? { size_mm: quickSize_mm } : {}),
  };
  const { study, request } = requestOfCase(brief, concept, material, made, one, mesh);
  const solver = threads === undefined ? {} : { solver: { threads } };
  return {
    case: one,
    study,
    outcome: await physics.solve({ ...request, ...solver, mostElements: MOST_ELEMENTS }, context),
  };
}

/** The number itself, or of several cases the one that is worst. */
type Governing = (
  asked: Pick<Requirement, 'quantity' | 'case'>,
  largest: boolean,
) => (ReadNumber & { case?: string }) | null;

function resultOf(
  requirement: Requirement,
  limit: number,
  found: (ReadNumber & { case?: string }) | null,
): RequirementResult {
  const margin = found ? marginOf(requirement, found.value, limit) : null;
  return {
    text: requirement.text,
    value: found?.value ?? null,
    limit,
    unit: found?.unit ?? (requirement.quantity.kind === 'probe' ? '' : baseUnitOf(requirement.dimension) || '1'),
    margin,
    error_percent: found?.error_percent ?? null,
    holds: margin !== null && margin >= 0,
    ...(found?.case === undefined ? {} : { case: found.case }),
    ...(found?.at_mm ? { at_mm: found.at_mm } : {}),
    ...(found?.note ? { note: found.note } : {}),
  };
}

function objectiveOf(objective: Objective, governing: Governing): DesignCandidate['objectives'][number] {
  const found = governing(objective, objective.direction === 'minimise');
  return { text: objective.text, value: found?.value ?? null, unit: found?.unit ?? '1' };
}
