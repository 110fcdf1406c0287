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
import type { ResultSummary } from '../../preload/contract/studies.ts';
import type { Kernel } from '../kernel/port.ts';
import { withBodyMaterials } from './body-materials.ts';
import { physicsFault } from './errors.ts';
import { resourceFolder } from './materials.ts';
import { makeBodies } from './solve-primitives.ts';
import { type ParsedStudy, parseStudyFile } from './study-file/index.ts';
import type { Physics } from './types.ts';

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

export interface VerificationReport {
  rows: VerificationRow[];
  passed: boolean;
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
}

export async function runVerification(
  kernel: Kernel,
  physics: Physics,
  context: JobContext,
  options: VerificationOptions = {},
): Promise<VerificationReport> {
  const started = performance.now();
  const chosen = verificationCases().filter(
    ({ file }) => !options.only || options.only.includes(file.replace(/\.yaml$/, '')),
  );
  const rows: VerificationRow[] = [];
  let solver = '';
  for (const [index, one] of chosen.entries()) {
    context.signal.throwIfAborted();
    context.progress(one.name, index / chosen.length);
    const caseStarted = performance.now();
    try {
      const summary = await solveCase(one, kernel, physics, context, options);
      solver = summary.solver;
      rows.push(...one.targets.map((target) => rowOf(one, target, summary, (performance.now() - caseStarted) / 1000)));
    } catch (error) {
      if (context.signal.aborted) throw error;
      rows.push(...one.targets.map((target) => failedRow(one, target, error)));
    }
  }
  return {
    rows,
    passed: rows.length > 0 && rows.every((row) => row.passed),
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
): Promise<ResultSummary> {
  const { geometry, material, bodyMaterials, study } = one.study;
  if (geometry.kind !== 'primitives')
    throw physicsFault('verification-geometry', `${one.file} must hold its geometry as primitives.`);
  const quiet: JobContext = { signal: context.signal, progress: () => {} };
  const made = await makeBodies(kernel, geometry.specifications, material, quiet);
  const { summary } = await physics.solve(
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
  return summary;
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

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]!);
const figure = (value: number, digits = 5): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : '—';

/** A page of its own: no scripts, no fonts, no links out. */
export function verificationHtml(report: VerificationReport): string {
  const failed = report.rows.filter((row) => !row.passed).length;
  const verdict = report.passed
    ? `All ${report.rows.length} figures lie within their bands.`
    : `${failed} of ${report.rows.length} figures lie outside their bands.`;
  const line = (row: VerificationRow): string => {
    const error =
      Math.abs(row.error_percent) < 1e-4 ? row.error_percent.toExponential(1) : row.error_percent.toFixed(3);
    const cells = [
      `<td class="text">${escaped(row.name)}<small>${escaped(row.source)}</small></td>`,
      `<td class="text">${escaped(row.quantity)}</td>`,
      `<td>${figure(row.target)} ${escaped(row.unit)}</td>`,
      `<td>${row.failure ? `<span class="text">${escaped(row.failure)}</span>` : `${figure(row.got, 6)} ${escaped(row.unit)}`}</td>`,
      `<td>${row.failure ? '—' : `${error} %`}</td>`,
      `<td>${row.band_percent} %</td>`,
      `<td>${row.elements} / ${row.dof}</td>`,
      `<td>${figure(row.size_mm, 3)} mm</td>`,
      `<td>${row.seconds.toFixed(1)} s</td>`,
      `<td class="${row.passed ? 'pass' : 'fail'}">${row.passed ? 'holds' : 'FAILS'}</td>`,
    ];
    return `<tr>${cells.join('')}</tr>`;
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Artificer verification</title>
<style>
:root { color-scheme: light dark; --line: #8884; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 84rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .45rem .6rem; text-align: right; vertical-align: top; }
th { position: sticky; top: 0; background: Canvas; }
.text, th.text { text-align: left; }
small { display: block; opacity: .7; max-width: 34rem; }
.pass { color: #15803d; font-weight: 600; }
.fail { color: #b91c1c; font-weight: 700; }
.verdict { font-size: 1.15rem; }
</style>
</head>
<body>
<h1>Verification of linear static studies</h1>
<p class="verdict ${report.passed ? 'pass' : 'fail'}">${verdict}</p>
<p>${escaped(report.solver)}; ${escaped(report.madeAt)}; ${report.seconds.toFixed(0)} s in all. Second-order tetrahedra on the default
accuracy setting; the error is signed and relative to the target. Patch tests are exact but for rounding.</p>
<table>
<thead><tr><th class="text">Case and source of its target</th><th class="text">Quantity</th><th>Target</th><th>Got</th><th>Error</th>
<th>Band</th><th>Elements / DOF</th><th>Size</th><th>Time</th><th>Verdict</th></tr></thead>
<tbody>
${report.rows.map(line).join('\n')}
</tbody>
</table>
</body>
</html>
`;
}
