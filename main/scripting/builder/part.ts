/** A part as a script: `export default part('Plate', (p) => { ... })`. */
import type { BuiltStep } from './history.ts';
import { ScriptMistake } from './host.ts';
import { Reworking } from './reworking.ts';

/** What a part may be given beside its name. */
export interface PartOptions {
  /** A sentence or two on what it is and what it is for. */
  about?: string;
  /**
   * Ids of steps by their name, which begin the names of faces; otherwise they are made of the step's name. A part that was
   * written as a script keeps those it had, so that whatever refers to its faces still finds them.
   */
  ids?: Readonly<Record<string, string>>;
}

/** Makes the steps of a part: what the function of `part` is given. */
export class PartBuilder extends Reworking {
  finish(): { features: BuiltStep[]; material?: string } {
    return this.result();
  }
}

/** A finished part, for Artificer to take. */
export interface PartScript {
  readonly artificerPart: string;
}

let made = false;

/** Makes a part. A script makes one, and exports it: `export default part('Plate', (p) => { ... })`. */
export function part(name: string, make: (p: PartBuilder) => void): PartScript;
export function part(name: string, options: PartOptions, make: (p: PartBuilder) => void): PartScript;
export function part(
  name: string,
  second: PartOptions | ((p: PartBuilder) => void),
  third?: (p: PartBuilder) => void,
): PartScript {
  const make = typeof second === 'function' ? second : third;
  const options = typeof second === 'function' ? {} : second;
  if (typeof name !== 'string' || typeof make !== 'function')
    throw new ScriptMistake('A part needs a name and a function that makes it.', "part('Plate', (p) => { ... })");
  if (made) throw new ScriptMistake('A script makes one part.', 'Put the other one into a script of its own.');
  made = true;
  const builder = new PartBuilder(options.ids);
  const answer: unknown = make(builder);
  if (typeof answer === 'object' && answer !== null && 'then' in answer)
    throw new ScriptMistake('The function that makes a part may not be async.', 'Take `async` and `await` away.');
  const about = options.about === undefined ? {} : { about: options.about };
  return { artificerPart: JSON.stringify({ name, ...about, ...builder.finish() }) };
}
