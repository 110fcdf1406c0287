/** Repairs to try when a step fails: each a changed feature that can be looked at before it is taken. Pure. */
import type { ErrorData, Feature, Reference } from '../../preload/contract/index.ts';
import { withoutReferences } from './references.ts';

export interface Suggestion {
  label: string;
  feature: Feature;
}

/** Fields whose value is often simply too large. */
const SIZES: Partial<Record<Feature['kind'], { field: string; key: 'length' | 'angle'; words: string }>> = {
  fillet: { field: 'radius', key: 'length', words: 'radius' },
  'resize-fillet': { field: 'radius', key: 'length', words: 'radius' },
  chamfer: { field: 'distance', key: 'length', words: 'distance' },
  shell: { field: 'thickness', key: 'length', words: 'thickness' },
  thicken: { field: 'thickness', key: 'length', words: 'thickness' },
  draft: { field: 'angle', key: 'angle', words: 'angle' },
  'offset-face': { field: 'distance', key: 'length', words: 'distance' },
};

/** Half of what an expression says; halving twice does not pile up brackets. */
export function halved(text: string): string {
  const plain = /^\s*([-+]?\d+(?:\.\d+)?)\s*([a-z°]*)\s*$/i.exec(text);
  if (plain) return `${Number((Number(plain[1]) / 2).toPrecision(4))}${plain[2] ? ` ${plain[2]}` : ''}`;
  const divided = /^\((.*)\) \/ (\d+)$/.exec(text);
  return divided ? `(${divided[1]}) / ${Number(divided[2]) * 2}` : `(${text}) / 2`;
}

export function suggestionsFor(feature: Feature, error: ErrorData, lost: readonly Reference[]): Suggestion[] {
  const found: Suggestion[] = [];
  const lists = Object.values(feature).filter(Array.isArray) as unknown[][];
  const removable = lost.filter((reference) => lists.some((list) => list.includes(reference) && list.length > 1));
  if (removable.length > 0 && removable.length === lost.length)
    found.push({
      label: removable.length === 1 ? 'Leave the lost one out' : `Leave the ${removable.length} lost ones out`,
      feature: withoutReferences(feature, new Set(removable)),
    });
  const size = SIZES[feature.kind];
  if (size && lost.length === 0 && !error.code.startsWith('expression.') && !error.code.startsWith('units.')) {
    const value = (feature as unknown as Record<string, Record<string, string>>)[size.field]?.[size.key];
    if (value) {
      const half = halved(value);
      found.push({
        label: `Try half the ${size.words}: ${half}`,
        feature: { ...feature, [size.field]: { [size.key]: half } } as Feature,
      });
    }
  }
  if (feature.kind === 'extrude' && feature.operation === 'cut' && lost.length === 0)
    found.push({
      label: 'Cut to the other side',
      feature: { ...feature, direction: feature.direction === 'reverse' ? 'normal' : 'reverse' },
    });
  return found;
}
