/**
 * Published and analytic cases, solved on the default accuracy setting and compared with their targets. A result outside its
 * band fails; the report says so and is made anew by every run.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse as parseYaml } from 'yaml';
import type { JobContext } from '../../preload/contract/jobs.ts';
import type { FieldQuantity, ResultSummary, StudyType } from '../../preload/contract/studies.ts';
import type { Kernel } from '../kernel/port.ts';
import { withBodyMaterials } from './body-materials.ts';
import { physicsFault } from './errors.ts';
import { resourceFolder } from './materials.ts';
import { figure } from './report/html.ts';
import { drawPicture } from './report/picture.ts';
import { makeBodies } from './solve-primitives.ts';
import { type ParsedStudy, parseStudyFile } from './study-file/index.ts';
import type { Physics, StudyOutcome } from './types.ts';

const Finite = v.pipe(v.number(), v.finite());
const TargetSchema = v.strictObject({
  /**
   * `probe NAME`, `max QUANTITY`, `min QUANTITY`, `frequency N` or `buckling N` (from 1), or `frame N: ` and one of the first
   * three for a later frame (from 1).
   */
  of: v.pipe(v.string(), v.regex(/^(frame \d+: )?(probe|max|min|frequency|buckling) .+$/)),
  value: Finite,
  unit: v.string(),
  band_percent: v.pipe(Finite, v.gtValue(0)),
});
type Target = v.InferOutput<typeof TargetSchema>;

const CaseSchema = v.object({
  name: v.string(),
  source: v.string(),
  targets: v.pipe(v.array(TargetSchema), v.minLength(1)),
  temperature: v.optional(v.picklist(['radius-plus-height', 'hundred-more'])),
  solver_tolerance: v.optional(v.pipe(Finite, v.gtValue(0))),
});

/** Temperature fields that cases name: change from the stress-free state in K at a point in mm. */
const TEMPERATURES = {
  /** NAFEMS LE11: sqrt(x^2 + y^2) + z with lengths in m. */
  'radius-plus-height': (x: number, y: number, z: number): number => (Math.hypot(x, y) + z) / 1000,
  'hundred-more': (): number => 100,
} as const;

export interface VerificationCase {
  file: string;
  name: string;
  source: string;
  targets: Target[];
  temperature: keyof typeof TEMPERATURES | null;
  solverTolerance: number | null;
  study: ParsedStudy;
}

export interface VerificationRow {
  /** File of the case, without its ending. */
  case: string;
  type: StudyType;
  name: string;
  source: string;
  quantity: string;
  unit: string;
  target: number;
  got: number;
  error_percent: number;
  /** In words: `within 1 %`. */
  band: string;
  band_percent: number;
  passed: boolean;
  elements: number;
  dof: number;
  size_mm: number;
  estimatedError_percent: number;
  seconds: number;
  /** Why there is no number, where the case could not be solved. */
  failure?: string;
}

export interface CasePicture {
  png: Uint8Array;
  /** What is painted, with its range and unit. */
  words: string;
}

export interface VerificationReport {
  rows: VerificationRow[];
  passed: boolean;
  /** A picture (PNG) of each case that was solved, by its file. */
  pictures: Map<string, CasePicture>;
  solver: string;
  madeAt: string;
  seconds: number;
}

const EXTRA_KEYS = ['source', 'targets', 'temperature', 'solver_tolerance'];

/** The cases of `resources/verification`, by file name. */
export function verificationCases(
  folder: string = resourceFolder(join('resources', 'verification')),
): VerificationCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const { name, source, targets, temperature, solver_tolerance } = v.parse(CaseSchema, parseYaml(text));
      return {
        file,
        name,
        source,
        targets,
        temperature: temperature ?? null,
        solverTolerance: solver_tolerance ?? null,
        study: parseStudyFile(text, { extraKeys: EXTRA_KEYS }),
      };
    });
}

export interface VerificationOptions {
  /** Cases to run, by file name without its ending; all by default. */
  only?: readonly string[];
  /** Another accuracy setting than the files' own, for a look at convergence. */
  accuracy?: 'draft' | 'default' | 'fine';
  /** Draw each case. */
  pictures?: boolean;
  /** Cases at once, 1 by default: with more, the time that a case took is beside other work. */
  lanes?: number;
}

/** A case's name as options name it. */
const keyOf = (one: VerificationCase): string => one.file.replace(/\.yaml$/, '');

export async function runVerification(
  kernel: Kernel,
  physics: Physics,
  context: JobContext,
  options: VerificationOptions = {},
): Promise<VerificationReport> {
  const started = performance.now();
  const chosen = verificationCases().filter((one) => !options.only || options.only.includes(keyOf(one)));
  const pictures = new Map<string, CasePicture>();
  const rowsOf: VerificationRow[][] = chosen.map(() => []);
  let solver = '';
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < chosen.length; index = next++) {
      const one = chosen[index]!;
      context.signal.throwIfAborted();
      context.progress(one.name, index / chosen.length);
      const caseStarted = performance.now();
      try {
        const { summary, fields } = await solveCase(one, kernel, physics, context, options);
        if (options.pictures) pictures.set(keyOf(one), pictureOf(one, summary, fields));
        solver = summary.solver;
        const seconds = (performance.now() - caseStarted) / 1000;
        rowsOf[index] = one.targets.map((target) => rowOf(one, target, summary, seconds));
      } catch (error) {
        if (context.signal.aborted) throw error;
        rowsOf[index] = one.targets.map((target) => failedRow(one, target, error));
      }
    }
  };
  await Promise.all(Array.from({ length: options.lanes ?? 1 }, lane));
  const rows = rowsOf.flat();
  return {
    rows,
    passed: rows.length > 0 && rows.every((row) => row.passed),
    pictures,
    solver,
    madeAt: new Date().toISOString(),
    seconds: (performance.now() - started) / 1000,
  };
}

async function solveCase(
  one: VerificationCase,
  kernel: Kernel,
  physics: Physics,
  context: JobContext,
  options: VerificationOptions,
): Promise<StudyOutcome> {
  const { geometry, material, bodyMaterials, study } = one.study;
  if (geometry.kind !== 'primitives')
    throw physicsFault('verification-geometry', `${one.file} must hold its geometry as primitives.`);
  const quiet: JobContext = { signal: context.signal, progress: () => {} };
  const made = await makeBodies(kernel, geometry.specifications, material, quiet);
  return physics.solve(
    {
      ...made,
      bodies: withBodyMaterials(made.bodies, bodyMaterials),
      study: options.accuracy ? { ...study, mesh: { ...study.mesh, accuracy: options.accuracy } } : study,
      inputHash: createHash('sha256').update(one.file).digest('hex'),
      ...(one.temperature ? { temperatureChange: TEMPERATURES[one.temperature] } : {}),
      ...(one.solverTolerance ? { solver: { tolerance: one.solverTolerance } } : {}),
    },
    quiet,
  );
}

function measured(target: Target, summary: ResultSummary): { quantity: string; value: number } {
  const [, frameText, kind, name] = /^(?:frame (\d+): )?(\w+) (.+)$/.exec(target.of) as unknown as string[];
  const missing = (what: string): Error => physicsFault('verification-target', `There is no ${what} "${name}".`);
  const index = Number(name) - 1;
  if (kind === 'frequency') {
    const mode = summary.modes?.filter(({ rigid }) => !rigid)[index];
    if (!mode) throw missing('frequency');
    return { quantity: `elastic frequency ${name}`, value: mode.frequency_Hz };
  }
  if (kind === 'buckling') {
    const mode = summary.bucklingFactors?.[index];
    if (!mode) throw missing('buckling factor');
    return { quantity: `buckling factor ${name}`, value: mode.factor };
  }
  const frame = frameText === undefined ? undefined : summary.frames?.[Number(frameText) - 1];
  if (frameText !== undefined && !frame) throw missing('frame for');
  const where = frame ? ` (${frame.name})` : '';
  if (kind === 'probe') {
    const place = summary.probes.findIndex((one) => one.name === name);
    const probe = summary.probes[place];
    const value = frame ? frame.probes?.[place] : probe?.value;
    if (!probe || value === undefined) throw missing('probe');
    return { quantity: `${probe.quantity} at ${name}${where}`, value };
  }
  const extreme = (frame ?? summary).extremes[name!];
  if (!extreme) throw missing('quantity');
  return {
    quantity: `${kind === 'max' ? 'largest' : 'smallest'} ${name}${where}`,
    value: extreme[kind as 'max' | 'min'].value,
  };
}

function rowOf(one: VerificationCase, target: Target, summary: ResultSummary, seconds: number): VerificationRow {
  const { quantity, value } = measured(target, summary);
  const error_percent = (100 * (value - target.value)) / Math.abs(target.value);
  return {
    ...rowBase(one, target),
    quantity,
    got: value,
    error_percent,
    passed: Math.abs(error_percent) <= target.band_percent,
    elements: summary.mesh.elements,
    dof: summary.mesh.dof,
    size_mm: summary.mesh.size_mm,
    estimatedError_percent: summary.discretisation_error.energy_percent,
    seconds,
  };
}

const rowBase = (one: VerificationCase, target: Target) => ({
  case: keyOf(one),
  type: one.study.study.study,
  name: one.name,
  source: one.source,
  unit: target.unit,
  target: target.value,
  band: `within ${target.band_percent} %`,
  band_percent: target.band_percent,
});

function failedRow(one: VerificationCase, target: Target, error: unknown): VerificationRow {
  return {
    ...rowBase(one, target),
    quantity: target.of,
    got: Number.NaN,
    error_percent: Number.NaN,
    passed: false,
    elements: 0,
    dof: 0,
    size_mm: 0,
    estimatedError_percent: Number.NaN,
    seconds: 0,
    failure: error instanceof Error ? error.message : String(error),
  };
}

/** The case as its first target looks at it: modes and buckling by their shape. */
function pictureOf(one: VerificationCase, summary: ResultSummary, fields: Uint8Array): CasePicture {
  const asked = one.targets.map(({ of }) => /(?:max|min) (\S+)$/.exec(of)?.[1] ?? probedQuantity(one, of));
  const quantity = (asked.find((each) => each !== undefined && summary.extremes[each] !== undefined) ??
    ['von_mises', 'temperature', 'displacement.magnitude'].find((each) => summary.extremes[each])) as FieldQuantity;
  const { png, range, unit } = drawPicture({ fields, quantity, width: 480, height: 360, edges: true });
  return { png, words: `${quantity}, ${figure(range[0])} to ${figure(range[1])} ${unit}` };
}

const probedQuantity = (one: VerificationCase, of: string): string | undefined => {
  const name = /probe (.+)$/.exec(of)?.[1];
  return one.study.study.probes.find((probe) => probe.name === name)?.quantity;
};
