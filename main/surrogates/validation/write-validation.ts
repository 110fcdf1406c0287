/** A validation on the disk: the numbers as JSON, and a page to read. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../host/index.ts';
import type { OpenModel } from '../library/open-model.ts';
import type { ModelData } from '../model/train-model.ts';
import { regionsOf, validationHtml } from './report.ts';
import type { ValidationReport } from './validate-model.ts';
import { worstCases } from './worst-cases.ts';

/** @returns names of the files */
export async function writeValidation(
  folder: string,
  model: OpenModel,
  data: ModelData,
  report: ValidationReport,
  signal: AbortSignal,
): Promise<string[]> {
  const worst = await worstCases(model, data, report, signal);
  signal.throwIfAborted();
  await mkdir(folder, { recursive: true });
  const numbers = { ...report, regions: regionsOf(report, model.card) };
  await writeFileAtomically(join(folder, 'validation.json'), `${JSON.stringify(numbers, null, 2)}\n`);
  await writeFileAtomically(join(folder, 'validation.html'), validationHtml(report, model.card, worst));
  return ['validation.json', 'validation.html'];
}
