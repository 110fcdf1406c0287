/** Help for what a study holds, typed by the contract: a value without words does not compile. */
import type { Connection, Load, Restraint } from '../../../preload/contract/index.ts';
import type { FieldHelp } from '../types.ts';

/** What every item has, and what has a place of its own in the panel. */
type Common = 'id' | 'name' | 'kind' | 'suppressed';
type OfKind<Item extends { kind: string }, Kind extends Item['kind']> = Extract<Item, { kind: Kind }>;

export interface ConditionHelp<Field extends string = string> {
  title: string;
  /** One sentence: what it does. */
  summary: string;
  /** When to use it, what to mind. */
  about: string;
  fields: { [Each in Field]-?: FieldHelp };
}
type PagesOf<Item extends { kind: string }> = {
  [Kind in Item['kind']]: ConditionHelp<Exclude<keyof OfKind<Item, Kind>, Common> & string>;
};

export type RestraintPages = PagesOf<Restraint>;
export type LoadPages = PagesOf<Load>;
export type ConnectionPages = PagesOf<Connection>;
