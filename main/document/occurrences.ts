/**
 * What the bodies of an assembly are called: by the path of names down to where their part occurs, then by their own name,
 * as in `frame/bolt/Body 1`. Names that would be alike are numbered, all of them, so that none is taken for the others.
 */

export const PATH_SEPARATOR = '/';

/** One name for each, in order; alike ones get ` (1)`, ` (2)` ... */
export function distinctNames(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const taken = new Set(names.filter((name) => counts.get(name) === 1));
  const next = new Map<string, number>();
  return names.map((name) => {
    if (counts.get(name) === 1) return name;
    for (;;) {
      const number = (next.get(name) ?? 0) + 1;
      next.set(name, number);
      const candidate = `${name} (${number})`;
      if (taken.has(candidate)) continue;
      taken.add(candidate);
      return candidate;
    }
  });
}

/** Names of occurrences by the names on the way down to them; one without a name is called `Component`. */
export const occurrenceNames = (paths: readonly (readonly string[])[]): string[] =>
  distinctNames(paths.map((path) => path.map((name) => name.trim() || 'Component').join(PATH_SEPARATOR)));

const withoutNumber = (name: string): string => name.replace(/ \(\d+\)$/, '');

/** Whether `wanted` is a stretch of the path `name`: `bolt` and `frame/bolt` of `frame/bolt (2)/Body 1`. */
function fits(name: string, wanted: string): boolean {
  const own = name.split(PATH_SEPARATOR);
  const asked = wanted.split(PATH_SEPARATOR);
  for (let start = 0; start + asked.length <= own.length; start++)
    if (asked.every((each, i) => own[start + i] === each || withoutNumber(own[start + i]!) === each)) return true;
  return false;
}

/** Which are meant: the one of exactly this name, or else all on whose path it is. */
export function indicesCalled(names: readonly string[], wanted: string): number[] {
  const exact = names.flatMap((name, index) => (name === wanted ? [index] : []));
  return exact.length > 0 ? exact : names.flatMap((name, index) => (fits(name, wanted) ? [index] : []));
}
