/** Numbers that a model tells, held against what the tools answered: one that nothing bears out is named. */

const NUMBER = /(?<![\w.])-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?/gi;
/** Units that one may turn into another in one's head: kg and g, m and mm, parts and percent. */
const SCALES = [1, 1e3, 1e-3, 1e2, 1e-2];
/** Counting and listing need no source. */
const SMALL = 10;

/**
 * @param sources what the person said and what the tools answered
 * @returns numbers as they are written, each once
 */
export function unfoundedFigures(told: string, sources: readonly string[]): string[] {
  const known = sources.flatMap((source) => (source.match(NUMBER) ?? []).map(numberOf)).map(Math.abs);
  const unfounded = new Set<string>();
  for (const written of told.match(NUMBER) ?? []) {
    const value = Math.abs(numberOf(written));
    if (Number.isInteger(value) && value <= SMALL) continue;
    // Half a unit of the last place that is shown: what was rounded is still the same number.
    const slack = 0.5 * 10 ** -(/[.,](\d+)/.exec(written)?.[1]?.length ?? 0);
    const isKnown = known.some((each) => SCALES.some((scale) => Math.abs(each * scale - value) <= slack * 1.001));
    if (!isKnown) unfounded.add(written);
  }
  return [...unfounded];
}

const numberOf = (written: string): number => Number(written.replace(',', '.'));
