/** A specification by its path, or one that ships by its name; and numbers that are given as options. */
import { existsSync } from 'node:fs';
import { readSpecification, type SurrogateSpecification, shippedSpecifications } from '../../surrogates/index.ts';
import { usageError } from '../output.ts';

export async function findSpecification(given: string): Promise<SurrogateSpecification> {
  if (given.endsWith('.yaml') || given.endsWith('.yml') || existsSync(given)) return readSpecification(given);
  const shipped = await shippedSpecifications();
  const found = shipped.find(({ key }) => key === given);
  if (found) return readSpecification(found.path);
  throw usageError(
    `There is no specification "${given}".`,
    `Name a YAML file, or one that ships: ${shipped.map(({ key }) => key).join(', ')}.`,
  );
}

/** @throws ArtificerError `usage` */
export function wholeOption(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text.trim()) && value >= least && value <= 2 ** 31) return value;
  throw usageError(`--${name} takes a whole number from ${least}, not "${text}".`);
}

/** @throws ArtificerError `usage` */
export function positiveOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw usageError(`--${name} takes a number above zero, not "${text}".`);
}
