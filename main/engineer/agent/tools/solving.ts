/** Tools that solve studies and read their results. */
import * as v from 'valibot';
import type { ResultEntry, ResultSummary, StudyRecord } from '../../../../preload/contract/index.ts';
import { ArtificerError } from '../../../../preload/contract/index.ts';
import { figure, kilograms, place } from './figures.ts';
import { StudyName } from './inputs.ts';
import { currentResult, finish, refusal, studyOf, viewOf } from './project-view.ts';
import { defineTool, type ToolContext } from './tool.ts';

/** The study's result as the project is now: solved, or known already. */
export async function solve(
  context: ToolContext,
  study: StudyRecord,
): Promise<{ entry: ResultEntry; cached: boolean }> {
  const known = await currentResult(context, study);
  if (known?.fieldsHash) return { entry: known, cached: true };
  context.countSolve();
  const { jobId, cached } = await context.client['studies.solve']({ studyId: study.id });
  await finish(context, jobId);
  const entry = await currentResult(context, study);
  if (!entry)
    throw new ArtificerError({
      code: 'agent.changed-meanwhile',
      category: 'refused',
      message: `"${study.name}" changed while it was solved.`,
      hint: 'Solve it again.',
    });
  return { entry, cached };
}

/** The numbers that a person asks for first. */
export function headlineOf(summary: ResultSummary): {
  mass_kg: number;
  safety_factor?: number;
  max_von_mises_MPa?: number;
  max_displacement_mm?: number;
  max_temperature_degC?: number;
  first_frequency_Hz?: number;
  buckling_factor?: number;
  error_percent?: number;
} {
  const largest = (quantity: string): number | undefined => {
    const frames = summary.frames?.filter(({ kind }) => kind !== 'mode') ?? [];
    const values = [summary.extremes, ...frames.map(({ extremes }) => extremes)].flatMap((each) =>
      each[quantity] ? [each[quantity].max.value] : [],
    );
    return values.length === 0 ? undefined : Math.max(...values);
  };
  const modes = summary.type === 'modal' || summary.type === 'buckling';
  const factors = [summary.minimumSafetyFactor, ...(summary.frames ?? []).map((frame) => frame.minimumSafetyFactor)];
  const safety = factors.flatMap((each) => (each ? [each.value] : []));
  const elastic = summary.modes?.find(({ rigid }) => !rigid);
  const buckling = summary.bucklingFactors?.find(({ factor }) => factor > 0);
  const given = <K extends string>(key: K, value: number | undefined) =>
    (value === undefined ? {} : { [key]: value }) as { [key in K]?: number };
  return {
    mass_kg: summary.mass_kg,
    ...(modes ? {} : given('safety_factor', safety.length > 0 ? Math.min(...safety) : undefined)),
    ...(modes ? {} : given('max_von_mises_MPa', largest('von_mises'))),
    ...(modes ? {} : given('max_displacement_mm', largest('displacement.magnitude'))),
    ...given('max_temperature_degC', largest('temperature')),
    ...given('first_frequency_Hz', elastic?.frequency_Hz),
    ...given('buckling_factor', buckling?.factor),
    ...(modes ? {} : given('error_percent', summary.discretisation_error.peak_stress_percent)),
  };
}

export function headlineInWords(summary: ResultSummary): string {
  const head = headlineOf(summary);
  const at = summary.extremes['von_mises']?.max.at_mm;
  const said = [
    head.safety_factor === undefined ? null : `safety factor ${figure(head.safety_factor, '', 3)}`,
    head.max_von_mises_MPa === undefined
      ? null
      : `largest von Mises stress ${figure(head.max_von_mises_MPa, 'MPa')}${at && !summary.frames ? ` at ${place(at)} mm` : ''}`,
    head.max_displacement_mm === undefined ? null : `largest displacement ${figure(head.max_displacement_mm, 'mm')}`,
    head.max_temperature_degC === undefined ? null : `highest temperature ${figure(head.max_temperature_degC, '°C')}`,
    head.first_frequency_Hz === undefined ? null : `first natural frequency ${figure(head.first_frequency_Hz, 'Hz')}`,
    head.buckling_factor === undefined ? null : `buckling factor ${figure(head.buckling_factor, '', 3)}`,
    `mass ${kilograms(head.mass_kg)}`,
    head.error_percent === undefined || head.max_von_mises_MPa === undefined
      ? null
      : `estimated error of the peak stress ${figure(head.error_percent, '%', 2)}`,
  ].filter((each) => each !== null);
  return `${said.join(', ')}.`;
}

/** What stands beside the numbers and must not be left out when they are told. */
export const cautionsOf = (summary: ResultSummary): string[] => [
  ...summary.warnings.map(({ message }) => message),
  ...(summary.singularities.length > 0
    ? [
        `At ${summary.singularities.length} ${summary.singularities.length === 1 ? 'place' : 'places'} the exact stress is infinite (${summary.singularities[0]!.reason}): numbers there grow with every finer mesh.`,
      ]
    : []),
];

const answerOf = (study: StudyRecord, entry: ResultEntry, text: string) => {
  const { summary } = entry;
  const cautions = cautionsOf(summary);
  return {
    text,
    data: {
      study: study.name,
      inputHash: entry.inputHash,
      ...headlineOf(summary),
      ...(summary.modes
        ? { frequencies_Hz: summary.modes.filter(({ rigid }) => !rigid).map(({ frequency_Hz }) => frequency_Hz) }
        : {}),
      extremes: summary.extremes,
      cautions,
      seconds: summary.seconds.total,
    },
    ...(cautions.length > 0 ? { assumptions: cautions } : {}),
    picture: { studyId: study.id, inputHash: entry.inputHash },
  };
};

export const solveStudy = defineTool({
  name: 'solve_study',
  title: 'Solve a study',
  description:
    'Meshes and solves a study as the project is now, and tells the main numbers with their error estimate. Known answers are told without solving again.',
  input: v.strictObject({ study: v.optional(StudyName) }),
  effect: 'nothing',
  solves: true,
  run: async (context, { study: said }) => {
    const study = studyOf(await viewOf(context), said);
    const { entry, cached } = await solve(context, study);
    return answerOf(
      study,
      entry,
      `"${study.name}"${cached ? ', solved before' : ''}: ${headlineInWords(entry.summary)}`,
    );
  },
});

const QUANTITIES = [
  'all',
  'safety_factor',
  'stress',
  'displacement',
  'frequency',
  'temperature',
  'reaction',
  'mass',
] as const;
export type ResultQuantity = (typeof QUANTITIES)[number];

export const readResults = defineTool({
  name: 'read_results',
  title: 'Read results',
  description:
    "A study's results as the project is now: extremes with their places, safety factor, frequencies, reactions, error estimate, warnings. Does not solve: where there is no current result it says so.",
  input: v.strictObject({ study: v.optional(StudyName), quantity: v.optional(v.picklist(QUANTITIES)) }),
  effect: 'nothing',
  run: async (context, { study: said, quantity = 'all' }) => {
    const study = studyOf(await viewOf(context), said);
    const entry = await currentResult(context, study);
    if (!entry)
      throw refusal(
        'agent.not-solved',
        `"${study.name}" has no result that belongs to the project as it is now.`,
        'Solve it first.',
        { recordId: study.id },
      );
    return answerOf(study, entry, `"${study.name}": ${oneQuantity(entry.summary, quantity, study)}`);
  },
});

function oneQuantity(summary: ResultSummary, quantity: ResultQuantity, study: StudyRecord): string {
  const head = headlineOf(summary);
  const none = (what: string) =>
    refusal('agent.no-such-quantity', `"${study.name}" is a ${study.study} study: its result has no ${what}.`);
  const at = (name: string): string => {
    const extreme = summary.extremes[name];
    return extreme ? ` at ${place(extreme.max.at_mm)} mm` : '';
  };
  switch (quantity) {
    case 'all':
      return headlineInWords(summary);
    case 'mass':
      return `mass ${kilograms(summary.mass_kg)}.`;
    case 'safety_factor':
      if (head.safety_factor === undefined)
        throw none('safety factor; a static study of a material with a yield strength has one');
      return `the smallest safety factor is ${figure(head.safety_factor, '', 3)}${
        summary.minimumSafetyFactor
          ? ` at ${place(summary.minimumSafetyFactor.at_mm)} mm (${summary.minimumSafetyFactor.basis})`
          : ''
      }.`;
    case 'stress':
      if (head.max_von_mises_MPa === undefined) throw none('stress');
      return `the largest von Mises stress is ${figure(head.max_von_mises_MPa, 'MPa')}${at('von_mises')}, give or take ${figure(head.error_percent ?? Number.NaN, '%', 2)}.`;
    case 'displacement':
      if (head.max_displacement_mm === undefined) throw none('displacement');
      return `it moves ${figure(head.max_displacement_mm, 'mm')} at most${at('displacement.magnitude')}.`;
    case 'temperature':
      if (head.max_temperature_degC === undefined) throw none('temperature');
      return `the highest temperature is ${figure(head.max_temperature_degC, '°C')}${at('temperature')}.`;
    case 'frequency': {
      const elastic = summary.modes?.filter(({ rigid }) => !rigid) ?? [];
      if (elastic.length === 0) throw none('natural frequencies');
      return `the first natural frequency is ${figure(elastic[0]!.frequency_Hz, 'Hz')}; then ${elastic
        .slice(1, 5)
        .map(({ frequency_Hz }) => figure(frequency_Hz, 'Hz'))
        .join(', ')}.`;
    }
    case 'reaction': {
      if (!summary.reactions_N) throw none('reactions');
      return `${summary.reactions_N.byRestraint
        .map(({ name, force_N }) => `${name} carries ${place(force_N)} N`)
        .join('; ')}.`;
    }
  }
}

export const SOLVING_TOOLS = [solveStudy, readResults];
