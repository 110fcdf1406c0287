/** How steps, variables and topology are called in a written script. */
import type {
  AngleExpression,
  LengthExpression,
  NumberExpression,
  Reference,
  TopologyKind,
} from '../../../preload/contract/index.ts';
import { Code, call, code, quote } from './code.ts';
import { Identifiers } from './identifiers.ts';
import type { WritableStep, WritableVariable } from './writable.ts';

const PREFIX: Record<TopologyKind, RegExp> = {
  face: /^faces /,
  edge: /^edges /,
  vertex: /^vertices /,
  body: /^bodies /,
};
const HELPERS: Partial<Record<TopologyKind, string>> = { face: 'faces', edge: 'edges', vertex: 'vertices' };

export class Names {
  readonly #identifiers = new Map<string, string>();
  /** Those that are written already: a script can't speak of a step before it is made. */
  readonly #steps = new Map<string, string>();
  readonly #variables = new Map<string, string>();
  /** Steps and variables that the script mentions again: the others need no name there. */
  readonly mentioned = new Set<string>();
  /** What the script has to import beside `part`. */
  readonly helpers = new Set<string>();

  constructor(variables: readonly WritableVariable[], steps: readonly WritableStep[]) {
    const identifiers = new Identifiers();
    for (const { name } of variables) this.#variables.set(name, identifiers.take(name));
    for (const { id, name } of steps) this.#identifiers.set(id, identifiers.ofWords(name));
  }

  identifierOfVariable = (name: string): string => this.#variables.get(name)!;
  identifierOfStep = (id: string): string => this.#identifiers.get(id)!;
  /** From here on the step can be spoken of. */
  madeStep(id: string): void {
    this.#steps.set(id, this.identifierOfStep(id));
  }

  /** The step by its name in the script, or its id as text where there is no such step yet. */
  step(id: string): unknown {
    const identifier = this.#steps.get(id);
    if (identifier === undefined) return id;
    this.mentioned.add(id);
    return code(identifier);
  }

  /** A variable by its name in the script, any other expression as text. */
  value(value: LengthExpression | AngleExpression | NumberExpression): unknown {
    const text = 'length' in value ? value.length : 'angle' in value ? value.angle : value.number;
    const identifier = this.#variables.get(text);
    if (identifier === undefined) return text;
    this.mentioned.add(text);
    return code(identifier);
  }

  /** A body's name: `plate`, `plate.body(2)`. */
  body(name: string): unknown {
    const [id, number] = name.split('#') as [string, string | undefined];
    const step = this.step(id);
    if (!(step instanceof Code) || (number !== undefined && !/^\d+$/.test(number))) return name;
    return number === undefined ? step : code(`${step.text}.body(${number})`);
  }

  /** @param kind what the builder expects there: a selector of that kind is written without its first word */
  reference(reference: Reference, kind?: TopologyKind): unknown {
    if (reference.by === 'pick') return reference;
    if (reference.by === 'selector') return this.#selector(reference.selector, kind);
    const { name, beside } = reference;
    // With pieces to tell apart, all that was known of the picked one is kept.
    if (beside !== undefined) return reference;
    const short = reference.kind === 'face' ? this.#face(name) : this.#edge(reference.kind, name);
    if (short) return code(short);
    this.helpers.add('named');
    return code(call('named', [reference.kind, name], ''));
  }

  references(references: readonly Reference[], kind: TopologyKind): unknown {
    const list = references.map((each) => this.reference(each, kind));
    return list.length === 1 ? list[0] : list;
  }

  #selector(selector: string, kind: TopologyKind | undefined): unknown {
    if (kind && PREFIX[kind].test(selector)) {
      const rest = selector.replace(PREFIX[kind], '');
      if (rest === rest.trim() && rest !== '' && !/^\s*(faces?|edges?|vertex|vertices|body|bodies|solids)\b/.test(rest))
        return rest;
    }
    const own = (Object.keys(PREFIX) as TopologyKind[]).find((each) => PREFIX[each].test(selector));
    const helper = own && HELPERS[own];
    if (!helper || selector !== selector.trim()) return { by: 'selector', selector };
    this.helpers.add(helper);
    return code(`${helper}(${quote(selector)})`);
  }

  /** `plate.face('end')` */
  #face(name: string): string | undefined {
    const [, id, role] = /^([^/|]+)\/(.+)$/s.exec(name) ?? [];
    if (id === undefined || !this.#steps.has(id)) return undefined;
    return `${(this.step(id) as Code).text}.face(${quote(role!)})`;
  }

  /** `plate.edge('side(line1)', 'end')`, where nothing is nested in the names of the faces. */
  #edge(kind: TopologyKind, name: string): string | undefined {
    if (kind !== 'edge' || /[([][^)]*\|/.test(name)) return undefined;
    const sides = name.split('|');
    if (sides.length !== 2 || [...sides].sort().join('|') !== name) return undefined;
    const [a, b] = sides.map((side) => /^([^/]+)\/(.+)$/s.exec(side)) as [RegExpExecArray, RegExpExecArray];
    if (!a || !b || !this.#steps.has(a[1]!) || !this.#steps.has(b[1]!)) return undefined;
    const other = a[1] === b[1] ? quote(b[2]!) : this.#face(sides[1]!);
    return `${(this.step(a[1]!) as Code).text}.edge(${quote(a[2]!)}, ${other})`;
  }
}
