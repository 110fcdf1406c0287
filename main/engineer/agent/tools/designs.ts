/** Tools of the design loop: a brief is written, designs are searched for, what was found is told, and one is taken. */
import * as v from 'valibot';
import {
  ArtificerError,
  type BriefRecord,
  type DesignBriefCheck,
  type DesignCandidate,
  type DesignOutcome,
  type DesignState,
  MOST_BRIEF_CHARACTERS,
  type RequirementResult,
} from '../../../../preload/contract/index.ts';
import { listInWords, newId } from '../../../document/index.ts';
import { commit } from './change.ts';
import { figure, kilograms } from './figures.ts';
import { finish, oneOf, refusal, sameName, viewOf } from './project-view.ts';
import { type DryRun, defineTool, type PlannedChange, type ToolContext } from './tool.ts';

const BriefName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(300),
  v.description('Name or id of a brief. May be left out where there is only one.'),
);

async function briefOf(context: ToolContext, said: string | undefined): Promise<BriefRecord> {
  const { records } = await viewOf(context);
  const briefs = [...records.values()].filter((record): record is BriefRecord => record.type === 'brief');
  if (briefs.length === 0)
    throw refusal(
      'agent.none',
      'The project has no brief.',
      'Say what to design, or write a brief in the Design panel.',
    );
  return oneOf(briefs, said, 'brief');
}

// Writing

/** What a model sees where it got a brief wrong. */
const EXAMPLE = `name: Bracket
materials: [Al 6061-T6]
concepts: [{part: PART_OF_PROJECT, vary: {thickness: [4 mm, 10 mm]}, faces: {wall: "faces >Y", shelf: "faces <Y"}}]
cases: {load: {restraints: [{on: wall, fix: all}], loads: [{on: shelf, force: [0, 0, -800]}]}}
requirements: [max(von_mises) <= yield / 1.5, max(displacement) <= 0.35 mm]
objective: minimise mass
budget: {minutes: 10, solves: 400}`;

type Checked = NonNullable<DesignBriefCheck['brief']>;

/** @throws ArtificerError `agent.brief` with everything that is wrong: an agent writes no brief that cannot be worked on */
async function checked({ client, signal }: ToolContext, text: string): Promise<Checked> {
  const { brief, problems } = await client['design.check']({ text }, { signal });
  if (brief && problems.length === 0) return brief;
  throw refusal(
    'agent.brief',
    `The brief cannot be worked on: ${problems.join(' ')}`,
    `A brief is YAML like this:\n${EXAMPLE}`,
    { details: { problems } },
  );
}

const changesOf = (brief: Checked): PlannedChange[] => [
  {
    what: 'concepts',
    after: brief.concepts
      .map(({ name, variables }) => (variables.length > 0 ? `${name} (${variables.join(', ')} may change)` : name))
      .join('; '),
  },
  { what: 'materials', after: brief.materials.join(', ') },
  { what: 'load cases', after: brief.cases.map(({ name, type }) => `${name} (${type})`).join(', ') || 'none' },
  { what: 'requirements', after: brief.requirements.join('; ') },
  { what: 'aim', after: brief.objectives.map(({ text }) => text).join(', ') },
  { what: 'budget', after: `${figure(brief.budget.minutes)} minutes, ${brief.budget.solves} solves` },
];

async function planBrief(context: ToolContext, text: string) {
  const brief = await checked(context, text);
  const { records } = await viewOf(context);
  const before = [...records.values()].find(
    (record): record is BriefRecord => record.type === 'brief' && sameName(record.name, brief.name),
  );
  const record: BriefRecord = { type: 'brief', id: before?.id ?? newId('brief'), name: brief.name, text };
  return { brief, before, record, label: `${before ? 'Rewrite' : 'Write'} the brief ${brief.name}`.slice(0, 300) };
}

export const writeBrief = defineTool({
  name: 'write_brief',
  title: 'Write a brief',
  description: `Writes a brief: what a part must do, as YAML. One of the same name is replaced; lengths with units, forces in N, faces as selectors or names. For example:\n${EXAMPLE}`,
  input: v.strictObject({
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_BRIEF_CHARACTERS), v.description('The brief, as YAML.')),
  }),
  effect: 'document',
  dryRun: async (context, { text }): Promise<DryRun> => {
    const { brief, label } = await planBrief(context, text);
    return { text: `${label}. Nothing is computed yet.`, changes: changesOf(brief) };
  },
  run: async (context, { text }) => {
    const { brief, before, record, label } = await planBrief(context, text);
    if (before?.text !== text) await commit(context, label, { put: [record], remove: [] });
    return {
      text: `The brief "${brief.name}" can be worked on. It can be changed in the Design panel.`,
      data: { brief: brief.name, id: record.id, ...brief },
    };
  },
});

// Searching

const SearchInput = v.strictObject({
  brief: v.optional(BriefName),
  minutes: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(10_000), v.description('At most this long.'))),
  solves: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))),
});
/** Left to tell how the search ended, of the time that a request may take. */
const TELLING_minutes = 0.2;

async function planSearch(context: ToolContext, input: v.InferOutput<typeof SearchInput>) {
  const record = await briefOf(context, input.brief);
  const brief = await checked(context, record.text);
  const left = context.left?.() ?? { minutes: Number.POSITIVE_INFINITY, solves: Number.POSITIVE_INFINITY };
  const asked = { minutes: input.minutes ?? brief.budget.minutes, solves: input.solves ?? brief.budget.solves };
  const budget = {
    minutes: Math.min(asked.minutes, left.minutes - TELLING_minutes),
    solves: Math.min(asked.solves, left.solves),
  };
  if (budget.minutes <= 0 || budget.solves < 1)
    throw refusal(
      'agent.budget',
      'Nothing is left of the budget that a search could use.',
      'Give it more, and start the search again.',
    );
  const shortened =
    budget.minutes < asked.minutes - 2 * TELLING_minutes || budget.solves < asked.solves
      ? [`The budget asked for is ${budgetInWords(asked)}; this request may take ${budgetInWords(budget)}.`]
      : [];
  return { record, brief, budget, shortened };
}

const budgetInWords = ({ minutes, solves }: { minutes: number; solves: number }): string =>
  `${figure(minutes, '', 2)} ${minutes === 1 ? 'minute' : 'minutes'} and ${solves} ${solves === 1 ? 'solve' : 'solves'}`;

export const searchDesigns = defineTool({
  name: 'search_designs',
  title: 'Search for a design',
  description:
    'Tries designs for a brief; takes minutes. It ends when one holds every requirement and nothing better is found, or with its budget. Nothing of the project changes. Goes on where an earlier search of the same brief was stopped.',
  input: SearchInput,
  effect: 'nothing',
  solves: true,
  costly: true,
  dryRun: async (context, input): Promise<DryRun> => {
    const { record, brief, budget, shortened } = await planSearch(context, input);
    return {
      text: `Search for a design of "${record.name}": at most ${budgetInWords(budget)}. The brief can still be changed in the Design panel before you say yes; what is tried appears there.`,
      changes: changesOf(brief).slice(0, -1),
      ...(shortened.length > 0 ? { assumptions: shortened } : {}),
    };
  },
  run: async (context, input) => {
    const { record, budget, shortened } = await planSearch(context, input);
    const { client, signal } = context;
    const { jobId } = await client['design.start']({ briefId: record.id, budget }, { signal });
    let counted = 0;
    const unlisten = client['jobs.changed']({}, (job) => {
      if (job.id !== jobId) return;
      const solves = job.detail?.['solves'] ?? 0;
      // The search keeps to its own budget, which is what is left: it is only booked here.
      for (; counted < solves; counted++) booked(context);
    });
    try {
      await finish(context, jobId);
    } finally {
      unlisten();
    }
    const state = await client['design.state']({ briefId: record.id });
    if (!state.outcome)
      throw new ArtificerError({
        code: 'agent.changed-meanwhile',
        category: 'refused',
        message: `The brief "${record.name}" was changed while it was searched for.`,
        hint: 'Search again.',
      });
    return { ...foundOf(record, state), ...(shortened.length > 0 ? { assumptions: shortened } : {}) };
  },
});

function booked(context: ToolContext): void {
  try {
    context.countSolve();
  } catch (thrown) {
    if (!(thrown instanceof ArtificerError) || thrown.data.code !== 'agent.budget') throw thrown;
    // It ends by itself: its last solves, side by side, may be one or two more than were left.
  }
}

// What was found

const signed = (margin: number | null): string =>
  margin === null ? 'unknown' : `${margin > 0 ? '+' : ''}${figure(100 * margin, '%', 2)}`;

const requirementInWords = ({ text, value, unit, limit, margin, holds, error_percent }: RequirementResult): string =>
  `${text} ${holds ? 'holds' : 'fails'} (${value === null ? 'unknown' : figure(value, unit)} against ${figure(limit, unit)}, margin ${signed(margin)}${
    error_percent === null ? '' : `, error ${figure(error_percent, '%', 2)}`
  })`;

const candidateInWords = ({ number, concept, material, values, mass_kg }: DesignCandidate): string =>
  `Design ${number}: ${[concept, material, ...values.map(({ name, value, unit }) => `${name} ${figure(value, unit)}`)].join(', ')}${
    mass_kg === null ? '' : `, ${kilograms(mass_kg)}`
  }`;

const MOST_LISTED = 20;
const briefly = ({ number, concept, material, values, mass_kg, feasible, margin, objectives }: DesignCandidate) => ({
  number,
  concept,
  material,
  values,
  mass_kg,
  feasible,
  margin,
  objectives,
});

/** How the search stands or ended, in words and as data. */
function foundOf(record: BriefRecord, { candidates, outcome, running }: DesignState) {
  const best = candidates.find(({ number }) => number === outcome?.best);
  const feasible = candidates.filter((candidate) => candidate.feasible).length;
  const text = outcome
    ? [
        outcome.summary,
        ...(best
          ? [`${candidateInWords(best)}.`, `${listInWords(best.requirements.map(requirementInWords), 6)}.`]
          : []),
        ...whyOf(outcome),
      ].join(' ')
    : candidates.length === 0
      ? `Nothing was tried for "${record.name}" as it is now${running ? ' yet: the search runs' : ''}.`
      : `${candidates.length} designs were tried for "${record.name}", ${feasible} of them hold every requirement; the search ${running ? 'still runs' : 'was not ended'}.`;
  return {
    text,
    data: {
      brief: record.name,
      verdict: outcome?.verdict ?? null,
      running: running !== null,
      best: best ? { ...briefly(best), requirements: best.requirements } : null,
      front: (outcome?.front ?? []).flatMap((number) =>
        candidates.filter((each) => each.number === number).map(briefly),
      ),
      reasons: outcome?.reasons ?? [],
      conflict: outcome?.conflict ?? [],
      relax: outcome?.relax ?? [],
      tried: candidates.length,
      feasible,
      latest: candidates.slice(-MOST_LISTED).map(briefly),
    },
  };
}

function whyOf({ verdict, reasons, conflict, relax }: DesignOutcome): string[] {
  const fight = conflict.length > 1 ? [`These fight each other: ${conflict.join('; ')}.`] : [];
  const give = relax.map(
    ({ requirement, to, unit, by_percent }) =>
      `Relaxing "${requirement}" by ${figure(by_percent, '%', 3)}, to ${figure(to, unit)}, would do.`,
  );
  const [governs] = reasons;
  const why = governs
    ? [
        `${verdict === 'solved' ? 'What governs' : 'What fails'}: ${governs.requirement}${governs.case ? ` in ${governs.case}` : ''}${
          governs.mechanism ? `: ${governs.mechanism}` : ''
        }.`,
      ]
    : [];
  return [...why, ...fight, ...give];
}

export const readDesigns = defineTool({
  name: 'read_designs',
  title: 'Look at the designs',
  description:
    'Tells what a search found. How it stands or ended: verdict, the best design with the margin of every requirement, why it is limited, the front of designs, what to relax where none is feasible. Starts nothing.',
  input: v.strictObject({ brief: v.optional(BriefName) }),
  effect: 'nothing',
  run: async (context, { brief }) => {
    const record = await briefOf(context, brief);
    return foundOf(record, await context.client['design.state']({ briefId: record.id }));
  },
});

// Taking one

const TakeInput = v.strictObject({
  brief: v.optional(BriefName),
  design: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.description('Its number. Left out: the best one of the search.')),
  ),
});

async function planTake(context: ToolContext, input: v.InferOutput<typeof TakeInput>) {
  const record = await briefOf(context, input.brief);
  const { candidates, outcome } = await context.client['design.state']({ briefId: record.id });
  const number = input.design ?? outcome?.best ?? null;
  const candidate = candidates.find((each) => each.number === number);
  if (!candidate)
    throw refusal(
      'agent.no-design',
      number === null
        ? `The search for "${record.name}" has not come to its end: there is no best design to take.`
        : `Design ${number} was not tried for "${record.name}" as it is now.`,
      candidates.length === 0 ? 'Search first.' : `Designs 1 to ${candidates.at(-1)!.number} were tried.`,
    );
  if (candidate.state === 'failed')
    throw refusal(
      'agent.no-design',
      `Design ${number} could not be made: ${candidate.failure?.error.message ?? 'it failed'}`,
    );
  const misses = candidate.requirements.filter(({ holds }) => !holds).map(({ text }) => text);
  return { record, candidate, misses };
}

export const takeDesign = defineTool({
  name: 'take_design',
  title: 'Take a design',
  description:
    'Puts a design that was found into the project. It becomes a part with its values and material, and a study for each load case.',
  input: TakeInput,
  effect: 'document',
  dryRun: async (context, input): Promise<DryRun> => {
    const { record, candidate, misses } = await planTake(context, input);
    return {
      text: `Take design ${candidate.number} of "${record.name}" into the project.`,
      changes: [
        { what: 'part', after: `${record.name}, design ${candidate.number}` },
        { what: 'material', after: candidate.material },
        ...candidate.values.map(({ name, value, unit }) => ({ what: name, after: figure(value, unit) })),
      ],
      ...(misses.length > 0 ? { assumptions: [`It misses ${listInWords(misses)}: a start, not an answer.`] } : {}),
    };
  },
  run: async (context, input) => {
    const { record, candidate, misses } = await planTake(context, input);
    const taken = await context.client['design.take'](
      { briefId: record.id, number: candidate.number, author: context.author },
      { signal: context.signal },
    );
    return {
      text: `Design ${candidate.number} is a part of the project now, with ${taken.studyIds.length === 1 ? 'a study' : `${taken.studyIds.length} studies`} of its load cases.`,
      data: { part: taken.partId, studies: taken.studyIds, design: candidate.number, misses },
      ...(misses.length > 0 ? { assumptions: [`It misses ${listInWords(misses)}: a start, not an answer.`] } : {}),
    };
  },
});

export const DESIGN_TOOLS = [writeBrief, searchDesigns, readDesigns, takeDesign];
