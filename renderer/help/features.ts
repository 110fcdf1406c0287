/** Every feature and every one of its parameters in plain words: the forms take their labels from here too. */
import { FEATURE_KINDS, type FeatureKind } from '../../preload/contract/index.ts';
import { DIRECT_PAGES } from './pages-direct.ts';
import { DRESSING_PAGES } from './pages-dressing.ts';
import { SOLID_PAGES } from './pages-solids.ts';
import type { FeatureHelp, FeaturePages, FieldHelp } from './types.ts';

export const FEATURE_HELP: FeaturePages<FeatureKind> = { ...SOLID_PAGES, ...DRESSING_PAGES, ...DIRECT_PAGES };

export const featureTitle = (kind: FeatureKind): string => FEATURE_HELP[kind].title;

/** The words for one field, whatever the kind. */
export const fieldHelp = (kind: FeatureKind, field: string): FieldHelp | undefined =>
  (FEATURE_HELP[kind] as FeatureHelp<FeatureKind>).fields[field as never];

export const HELP_ORDER: FeatureKind[] = FEATURE_KINDS;
