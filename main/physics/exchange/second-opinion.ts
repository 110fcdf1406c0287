/** CalculiX's answer to our deck beside ours: largest values, fields node by node, frequencies, buckling factors. */
import { readFileSync } from 'node:fs';
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import type { ResultSummary } from '../../../preload/contract/studies.ts';
import { physicsFault } from '../errors.ts';
import type { NumericCore } from '../native-core.ts';
import {
  compareExtremes,
  type ForeignOutcome,
  foreignOutcome,
  largestDifference_percent,
  percent,
} from './foreign-fields.ts';
import { readFrdModel } from './frd-model.ts';

type Comparison = NonNullable<NonNullable<ResultSummary['imported']>['comparison']>;

export function compareWithCalculix(
  core: Pick<NumericCore, 'meshQuality'>,
  task: {
    resultPath: string;
    tablesPath: string;
    solver: string;
    fields: Uint8Array;
    summary: ResultSummary;
    inputHash: string;
  },
): ForeignOutcome {
  const cases = (task.summary.frames ?? []).filter(({ kind }) => kind === 'case' || kind === 'combination');
  const severalCases = cases.length > 1;
  const foreign = readFrdModel(readFileSync(task.resultPath, 'latin1'), severalCases);
  if (severalCases && foreign.steps!.length !== cases.length)
    throw physicsFault(
      'calculix-steps',
      `CalculiX answered with ${foreign.steps!.length} steps where the study has ${cases.length} load cases and combinations.`,
    );
  const outcome = foreignOutcome(
    core,
    foreign,
    { fileName: 'model.frd', solver: task.solver, inputHash: task.inputHash },
    severalCases ? cases.map(({ name, kind, id }) => ({ name, kind, ...(id === undefined ? {} : { id }) })) : [],
  );
  const ours = decodeBundle(task.fields).arrays;
  const tables = readTables(task.tablesPath);
  const { type = 'static', modes = [], bucklingFactors = [] } = task.summary;
  let comparison: Comparison;
  let field_difference_percent: number | undefined;
  if (type === 'modal') {
    comparison = pairs(
      'frequency',
      'Hz',
      modes.map((mode) => mode.frequency_Hz),
      eigenFrequencies(tables),
    );
  } else if (type === 'buckling') {
    comparison = pairs(
      'buckling factor',
      '-',
      bucklingFactors.map(({ factor }) => factor),
      bucklingTable(tables),
    );
  } else if (severalCases) {
    comparison = cases.flatMap(({ name, extremes }, index) =>
      compareExtremes(extremes, outcome.summary.frames![index]!.extremes).map((one) => ({ ...one, frame: name })),
    );
    const apart = foreign.steps!.flatMap(({ displacement }, index) => {
      const own = ours[index === 0 ? 'displacement' : `${index}/displacement`];
      return own && displacement && own.length === displacement.length
        ? [largestDifference_percent(own, displacement, 3)]
        : [];
    });
    if (apart.length === cases.length) field_difference_percent = Math.max(...apart);
  } else {
    comparison = compareExtremes(task.summary.extremes, outcome.summary.extremes);
    const [width, a, b] = foreign.displacement
      ? ([3, ours['displacement'], foreign.displacement] as const)
      : ([1, ours['temperature'], foreign.temperature] as const);
    if (a && b && a.length === b.length) field_difference_percent = largestDifference_percent(a, b, width);
  }
  return {
    ...outcome,
    summary: {
      ...outcome.summary,
      type,
      imported: {
        fileName: 'model.frd',
        of: task.summary.inputHash,
        comparison,
        ...(field_difference_percent === undefined ? {} : { field_difference_percent }),
      },
    },
  };
}

const readTables = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};

function pairs(quantity: string, unit: string, ours: readonly number[], theirs: readonly number[]): Comparison {
  return ours.slice(0, theirs.length).map((value, i) => ({
    quantity: `${quantity} ${i + 1}`,
    unit,
    ours: value,
    theirs: theirs[i]!,
    difference_percent: percent(value, theirs[i]!),
  }));
}

/** The table of *FREQUENCY in a .dat file: mode, eigenvalue, rad/time, cycles/time, imaginary part. */
export function eigenFrequencies(tables: string): number[] {
  const begin = tables.indexOf('E I G E N V A L U E');
  const end = tables.indexOf('P A R T I C I P A T I O N', begin);
  return rowsOf(tables.slice(Math.max(0, begin), end < 0 ? undefined : end), 4).map((row) => row[3]!);
}

/** The table of *BUCKLE: mode, factor. */
export function bucklingTable(tables: string): number[] {
  const begin = tables.indexOf('B U C K L I N G');
  return begin < 0 ? [] : rowsOf(tables.slice(begin), 2).map((row) => row[1]!);
}

/** Lines that hold nothing but numbers, the first a counter from 1 on, at least so many of them. */
function rowsOf(text: string, least: number): number[][] {
  const rows: number[][] = [];
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    const numbers = words.map(Number);
    if (words.length < least || !numbers.every(Number.isFinite) || numbers[0] !== rows.length + 1) continue;
    rows.push(numbers);
  }
  return rows;
}
