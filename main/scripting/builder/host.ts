/**
 * What the builder is given from outside of its sandbox: arithmetic with units, and names. Nothing else. It is put on
 * `globalThis` before the builder is loaded, and taken away before a script is.
 */
export type Dimension = 'length' | 'angle' | 'number';

export interface Host {
  /** In mm, degrees or plain; the names of variables declared so far are known. */
  evaluate(text: string, dimension: Dimension): number;
  /** Makes a variable known. Only texts cross the border of the sandbox, hence no object. */
  declareText(
    name: string,
    dimension: Dimension,
    expression: string,
    minimum: string | undefined,
    maximum: string | undefined,
    note: string | undefined,
  ): void;
  /** Twelve characters of 0-9, A-Z, a-z: the same for the same text, wherever and whenever it is asked. */
  hash(text: string): string;
}

export const HOST_KEY = '__artificerHost';

const given = (globalThis as unknown as Record<string, Host | undefined>)[HOST_KEY];
if (!given) throw new Error('the builder of parts runs in its sandbox only');
export const host: Host = given;

/** A mistake in a script, with what to do about it. */
export class ScriptMistake extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'ScriptMistake';
    this.hint = hint;
  }
}
