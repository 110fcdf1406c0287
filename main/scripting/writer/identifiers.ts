/** Names for the variables of a script. */

const RESERVED = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static ' +
    'super switch this throw true try typeof var void while with yield eval arguments undefined NaN Infinity ' +
    'p s part named faces edges vertices edgeBetween vertexBetween length angle number'
  ).split(' '),
);

export class Identifiers {
  readonly #taken = new Set<string>(RESERVED);

  /** The same word where that is free. */
  take(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count++) name = `${wanted}_${count}`;
    this.#taken.add(name);
    return name;
  }

  /** Of words as people write them: `Bolt circle 2` becomes `boltCircle2`. */
  ofWords(words: string): string {
    const parts = words.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
    const joined = parts
      .map((each, at) => (at === 0 ? each[0]!.toLowerCase() : each[0]!.toUpperCase()) + each.slice(1))
      .join('')
      .slice(0, 40);
    return this.take(/^[a-z]/.test(joined) ? joined : `step${joined}`);
  }
}
