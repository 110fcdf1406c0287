/** The shape of the help's pages. Features are typed by the contract: a field without words does not compile. */
import type { FeatureKind, FeatureOf } from '../../preload/contract/index.ts';

export interface FieldHelp {
  label: string;
  words: string;
  /** For fields that hold further fields: what each of those means. */
  parts?: Record<string, FieldHelp>;
  /** For choices: what each of them does, in the words that the form shows. */
  choices?: Record<string, string>;
}

export type FeatureField<Kind extends FeatureKind> = Exclude<keyof FeatureOf<Kind>, 'kind'> & string;

export interface FeatureHelp<Kind extends FeatureKind> {
  title: string;
  /** One sentence: what it does. */
  summary: string;
  /** When to use it, what to mind. */
  about: string;
  fields: { [Field in FeatureField<Kind>]-?: FieldHelp };
}

/** Pages of some kinds; the index puts them together and checks that none is missing. */
export type FeaturePages<Kinds extends FeatureKind> = { [Kind in Kinds]: FeatureHelp<Kind> };

/** A page that is not about one feature. Paragraphs and tables of plain text. */
export interface HelpPage {
  id: string;
  title: string;
  group: string;
  paragraphs: string[];
  /** Names and what they mean. */
  entries?: { name: string; words: string }[];
  /** Lines to copy. */
  code?: string;
}
