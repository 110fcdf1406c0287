/** The words of persistent names: `<feature>/<role>`. How they are compared is `main/document/persistent-names.ts`. */
import { createHash } from 'node:crypto';

/**
 * Names nest: the round of an edge is called by its faces, which may be rounds themselves. Beyond this many characters a
 * part of a name is replaced by its hash, so that names stay of bounded length and equal where they were equal.
 */
const LONGEST_PART = 240;

export const shortened = (part: string): string =>
  part.length <= LONGEST_PART ? part : `#${createHash('sha256').update(part).digest('hex').slice(0, 16)}`;

/** `feature_x/side(line3)`; what it is told apart by is in brackets. */
export function roleName(featureId: string, role: string, of?: string | readonly string[]): string {
  if (of === undefined) return `${featureId}/${role}`;
  const parts = typeof of === 'string' ? [of] : of;
  return `${featureId}/${role}(${parts.map(shortened).join('|')})`;
}

/**
 * Caps of several regions are told apart by their outlines, and also answer to the role alone, which then means all of them.
 * The cap of a single region is called by the role first: it stays the cap whatever lines its outline is drawn of.
 */
export function capNames(id: string, role: string, region: { key: string; alone: boolean }): string[] {
  const names = [roleName(id, role, region.key), roleName(id, role)];
  return region.alone ? names.reverse() : names;
}

/** The copy that a pattern made: occurrence 0 is the original. */
export const copyName = (patternId: string, occurrence: string | number, name: string): string =>
  `${patternId}/${occurrence}:${shortened(name)}`;

/** Ids as people count: `line2` before `line10`. */
export const byNumber = (a: string, b: string): number => {
  const split = (id: string): [string, number] => {
    const match = /^(.*?)(\d*)$/.exec(id)!;
    return [match[1]!, match[2] === '' ? -1 : Number(match[2])];
  };
  const [wordA, numberA] = split(a);
  const [wordB, numberB] = split(b);
  return wordA < wordB ? -1 : wordA > wordB ? 1 : numberA - numberB;
};

/** Both without repetition, the first ones first. */
export const mergedNames = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
