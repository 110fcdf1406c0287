/** All pages of the help as one list, and finding among them. Pure. */
import type { FeatureKind } from '../../preload/contract/index.ts';
import { FEATURE_HELP, HELP_ORDER } from './features.ts';
import { GENERAL_PAGES } from './general.ts';
import { STUDY_HELP_PAGES } from './studies/index.ts';
import type { FieldHelp, HelpPage } from './types.ts';

export interface PageEntry {
  id: string;
  title: string;
  group: string;
  /** Everything it says, for searching. */
  text: string;
}

const wordsOf = (field: FieldHelp): string =>
  [
    field.label,
    field.words,
    ...Object.values(field.choices ?? {}),
    ...Object.values(field.parts ?? {}).map(wordsOf),
  ].join(' ');

const featurePage = (kind: FeatureKind): PageEntry => {
  const { title, summary, about, fields } = FEATURE_HELP[kind];
  const text = [summary, about, ...Object.values(fields as Record<string, FieldHelp>).map(wordsOf)].join(' ');
  return { id: `feature:${kind}`, title, group: 'Features', text };
};

export const HELP_PAGES: PageEntry[] = [
  ...GENERAL_PAGES.filter(({ group }) => group === 'First steps' || group === 'Sketching').map(generalPage),
  ...STUDY_HELP_PAGES.filter(({ group }) => group === 'Studies').map(generalPage),
  ...HELP_ORDER.map(featurePage),
  ...STUDY_HELP_PAGES.filter(({ group }) => group !== 'Studies').map(generalPage),
  ...GENERAL_PAGES.filter(({ group }) => group !== 'First steps' && group !== 'Sketching').map(generalPage),
  { id: 'shortcuts', title: 'Keyboard shortcuts', group: 'How it works', text: 'keys keyboard shortcuts' },
];

/** Pages of text by id. */
export const textPage = (id: string): HelpPage | undefined =>
  GENERAL_PAGES.find((page) => page.id === id) ?? STUDY_HELP_PAGES.find((page) => page.id === id);

function generalPage({ id, title, group, paragraphs, entries }: HelpPage): PageEntry {
  const text = [...paragraphs, ...(entries ?? []).map(({ name, words }) => `${name} ${words}`)].join(' ');
  return { id, title, group, text };
}

/** Pages with every word of the query, those with it in the title first. */
export function findPages(query: string, pages: readonly PageEntry[] = HELP_PAGES): PageEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...pages];
  const scored = pages.flatMap((page, place) => {
    const title = page.title.toLowerCase();
    const text = page.text.toLowerCase();
    let score = 0;
    for (const word of words) {
      const at = title.startsWith(word) ? 4 : title.includes(word) ? 3 : text.includes(word) ? 1 : 0;
      if (at === 0) return [];
      score += at;
    }
    return [{ page, score, place }];
  });
  return scored.sort((a, b) => b.score - a.score || a.place - b.place).map(({ page }) => page);
}
