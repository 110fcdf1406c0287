/** `artificer solve STUDY.yaml --preview`: what a quick coarse solution shows, with bands, never as a result. */
import { createKernel } from '../kernel/index.ts';
import { createPhysics, parseStudyFile } from '../physics/index.ts';
import { openGeneralModel, type PreviewedNumber, previewStatic, type StaticPreview } from '../surrogates/index.ts';
import { type CommandIo, type CommandResult, terminalContext, usageError } from './output.ts';
import { requestOfFile } from './study-request.ts';

export async function previewFile(
  { bytes, fileName, path }: { bytes: Uint8Array; fileName: string; path: string },
  out: string | undefined,
  io: CommandIo,
): Promise<CommandResult> {
  if (out !== undefined)
    throw usageError('A preview writes no files.', 'Leave out --preview to solve the study and write its results.');
  if (!/\.ya?ml$/i.test(fileName)) throw usageError('Only study files are previewed.', 'Solve the deck instead.');
  const parsed = parseStudyFile(new TextDecoder().decode(bytes));
  if (parsed.geometry.kind === 'project')
    throw usageError('Parts of a project are not previewed yet.', 'Export the part as STEP, and give that file.');
  const model = openGeneralModel();
  const kernel = createKernel();
  const physics = createPhysics();
  try {
    // The thread of the solution starts while the kernel reads the geometry.
    physics.warmPreview();
    const context = terminalContext(io);
    const { request } = await requestOfFile(kernel, parsed, path, context);
    const preview = await previewStatic(physics, request, context, model);
    return { data: previewDocument(preview), text: previewText(fileName, preview) };
  } finally {
    await physics.dispose();
    await kernel.dispose();
  }
}

export function previewDocument(preview: StaticPreview): Record<string, unknown> {
  const { coarse, level, n, reasons } = preview;
  const number = ({ value, uncorrected, band, at_mm }: PreviewedNumber, unit: string) => ({
    preview: value,
    low: band?.low ?? null,
    high: band?.high ?? null,
    uncorrected,
    at: at_mm,
    unit,
  });
  return {
    preview: true,
    method: preview.method,
    largest_displacement: number(preview.largestDisplacement, 'mm'),
    peak_von_mises: number(preview.peakStress, 'MPa'),
    band:
      reasons.length > 0
        ? null
        : { level, n, coverage: 'marginal: of many parts this share lies within; nothing is promised of one' },
    no_band_because: reasons,
    mesh: {
      nodes: coarse.nodes.length / 3,
      elements: coarse.elements.length / 10,
      dof: coarse.summary.mesh.dof,
      size_mm: coarse.summary.mesh.size_mm,
    },
    equilibrium_error: coarse.summary.equilibrium_error,
    warnings: coarse.summary.warnings,
    seconds: preview.seconds,
  };
}

export function previewText(name: string, preview: StaticPreview): string {
  const { coarse, level, n, reasons, seconds, method } = preview;
  const line = (what: string, { value, band, at_mm }: PreviewedNumber, unit: string): string => {
    const range = band ? `, ${band.low.toPrecision(3)} to ${band.high.toPrecision(3)}` : ', of unknown accuracy';
    const place = at_mm.map((x) => Number(x.toPrecision(4))).join(', ');
    return `  preview: ${what} about ${value.toPrecision(3)} ${unit}${range}, at (${place}) mm`;
  };
  return [
    `PREVIEW of ${name}, no solution: ${method} on ${coarse.elements.length / 10} elements in ${seconds.total.toFixed(2)} s`,
    line('largest displacement', preview.largestDisplacement, 'mm'),
    line('peak von Mises stress, away from singular places,', preview.peakStress, 'MPa'),
    reasons.length > 0
      ? `  preview: no range is known, since ${reasons.join('; ')}`
      : `  preview: of many parts, ${Math.round(100 * level)} % lie within these ranges (measured on ${n} unseen parts)`,
    '  preview: solve the study before relying on any of this',
    ...coarse.summary.warnings.map(({ message }) => `  preview, warning: ${message}`),
  ].join('\n');
}
