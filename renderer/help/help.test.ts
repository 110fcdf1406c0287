import { describe, expect, it } from 'vitest';
import { evaluate, parseSelector } from '../../main/document/index.ts';
import { FEATURE_KINDS, FeatureSchema } from '../../preload/contract/index.ts';
import { type FieldSpec, FORMS } from '../features/forms.ts';
import { FEATURE_HELP } from './features.ts';
import { GENERAL_PAGES } from './general.ts';
import { findPages, HELP_PAGES } from './search.ts';
import type { FieldHelp } from './types.ts';

interface AnySchema {
  type: string;
  entries?: Record<string, AnySchema>;
  wrapped?: AnySchema;
  options?: (AnySchema | string)[];
  key?: string;
}
const unwrapped = (schema: AnySchema): AnySchema => (schema.type === 'optional' ? unwrapped(schema.wrapped!) : schema);
const EXPRESSIONS = ['length', 'angle', 'number'];

/** The keys that a person sees within a field: of an object that is no expression, or of the members of a variant. */
function innerKeys(schema: AnySchema): string[] {
  const inner = unwrapped(schema);
  if (inner.type === 'strict_object' || inner.type === 'object')
    return Object.keys(inner.entries!).filter(
      (key) => !EXPRESSIONS.includes(key) || Object.keys(inner.entries!).length > 1,
    );
  if (inner.type === 'variant' && inner.key === 'to')
    return [...new Set((inner.options as AnySchema[]).flatMap((option) => Object.keys(option.entries!)))].filter(
      (key) => key !== 'to',
    );
  return [];
}

const options = FeatureSchema.options as unknown as { entries: Record<string, AnySchema & { literal?: string }> }[];
const fieldsOf = (kind: string) => options.find(({ entries }) => entries['kind']!.literal === kind)!.entries;

describe('the help', () => {
  it.each(FEATURE_KINDS)('says what every parameter of %s means, down to the last one', (kind) => {
    const help = FEATURE_HELP[kind].fields as Record<string, FieldHelp>;
    const schema = fieldsOf(kind);
    const fields = Object.keys(schema).filter((key) => key !== 'kind');
    expect(Object.keys(help).sort()).toEqual(fields.sort());
    for (const field of fields) {
      expect(help[field]!.words.length, `${kind}.${field}`).toBeGreaterThan(8);
      const inner = unwrapped(schema[field]!);
      if (inner.type === 'picklist')
        expect(Object.keys(help[field]!.choices ?? {}).sort(), `${kind}.${field}`).toEqual([...inner.options!].sort());
      expect(Object.keys(help[field]!.parts ?? {}).sort(), `${kind}.${field}`).toEqual(
        innerKeys(schema[field]!).sort(),
      );
    }
  });
  it.each(FEATURE_KINDS)('and the form of %s have the same parameters', (kind) => {
    const forms = FORMS[kind] as Record<string, FieldSpec>;
    expect(Object.keys(forms).sort()).toEqual(Object.keys(FEATURE_HELP[kind].fields).sort());
    for (const [field, spec] of Object.entries(forms))
      if (spec.control === 'object')
        expect(Object.keys(spec.parts).sort(), field).toEqual(innerKeys(fieldsOf(kind)[field]!).sort());
  });
  it('lets what may be left out be left out in the form too', () => {
    for (const kind of FEATURE_KINDS)
      for (const [field, spec] of Object.entries(FORMS[kind] as Record<string, FieldSpec>)) {
        if (spec.control === 'none') continue;
        const absent = fieldsOf(kind)[field]!.type === 'optional';
        expect(spec.optional === true || spec.when !== undefined || 'initial' in spec, `${kind}.${field}`).toBe(absent);
      }
  });
  it('names only functions, units and selectors that there are', () => {
    const expressions = GENERAL_PAGES.find(({ id }) => id === 'expressions')!.entries!;
    const named = (start: string) => expressions.find(({ name }) => name.startsWith(start))!.name.split(', ');
    for (const name of [...named('sqrt'), ...named('round'), ...named('sin'), ...named('exp')]) {
      const two = ['min', 'max', 'hypot', 'atan2'].includes(name);
      expect(() => evaluate(`${name}(${two ? '0.5, 0.25' : '0.5'})`), name).not.toThrow();
    }
    for (const unit of [...named('mm'), ...named('deg')]) expect(() => evaluate(`1 ${unit}`), unit).not.toThrow();
    for (const { name } of GENERAL_PAGES.find(({ id }) => id === 'references')!.entries!)
      expect(() => parseSelector(name), name).not.toThrow();
  });
  it('has pages of their own ids, and finds them by words of their text, titles first', () => {
    const ids = HELP_PAGES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(findPages('fillet')[0]!.id).toBe('feature:fillet');
    expect(findPages('drill point').map(({ id }) => id)).toEqual(['feature:hole']);
    expect(findPages('hole countersink').map(({ id }) => id)).toContain('feature:hole');
    expect(findPages('zebra')).toEqual([]);
    expect(findPages('  ')).toHaveLength(HELP_PAGES.length);
  });
});
