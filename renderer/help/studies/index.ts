/** Every restraint, load, connection and setting of a study in plain words: the editors take their tooltips from here. */
import type { FieldHelp, HelpPage } from '../types.ts';
import { CONNECTION_PAGES } from './connections.ts';
import { LOAD_PAGES } from './loads.ts';
import { RESTRAINT_PAGES } from './restraints.ts';
import { STUDY_PAGES } from './study-types.ts';
import { SURROGATE_PAGES } from './surrogates.ts';
import type { ConditionHelp } from './types.ts';

export { SETTING_HELP } from './settings.ts';

type ListName = 'restraints' | 'loads' | 'connections';
const PAGES: Record<ListName, { prefix: string; group: string; pages: Record<string, ConditionHelp> }> = {
  restraints: { prefix: 'restraint', group: 'Restraints', pages: RESTRAINT_PAGES },
  loads: { prefix: 'load', group: 'Loads', pages: LOAD_PAGES },
  connections: { prefix: 'connection', group: 'Connections', pages: CONNECTION_PAGES },
};

export const conditionHelp = (list: ListName, kind: string): ConditionHelp => PAGES[list].pages[kind]!;
export const conditionPageId = (list: ListName, kind: string): string => `${PAGES[list].prefix}:${kind}`;
/** What one value means. */
export const wordsFor = (list: ListName, kind: string, field: string): string =>
  PAGES[list].pages[kind]?.fields[field]?.words ?? '';

const entryOf = (field: FieldHelp): { name: string; words: string } => ({
  name: field.label,
  words: [field.words, field.choices ? `${Object.values(field.choices).join(', ')}.` : ''].filter(Boolean).join(' '),
});

/** Pages of studies, in the order of the contents. */
export const STUDY_HELP_PAGES: HelpPage[] = [
  ...STUDY_PAGES,
  ...SURROGATE_PAGES,
  ...Object.values(PAGES).flatMap(({ prefix, group, pages }) =>
    Object.entries(pages).map(
      ([kind, { title, summary, about, fields }]): HelpPage => ({
        id: `${prefix}:${kind}`,
        title,
        group,
        paragraphs: [summary, about],
        entries: Object.values(fields).map(entryOf),
      }),
    ),
  ),
];
