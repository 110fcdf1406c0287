/** Sizes of screws, and occurrences of a pattern that are left out. */
import { useState } from 'react';
import type { FeatureOf } from '../../../preload/contract/index.ts';
import { useEditor } from './editor-state.ts';

/** Offered while typing; the tables of the engine know more. */
const COMMON: Record<string, string[]> = {
  iso: ['M1.6', 'M2', 'M2.5', 'M3', 'M4', 'M5', 'M6', 'M8', 'M10', 'M12', 'M14', 'M16', 'M20', 'M24', 'M30', 'M36'],
  asme: ['#4-40', '#6-32', '#8-32', '#10-24', '#10-32', '1/4-20', '5/16-18', '3/8-16', '1/2-13', '5/8-11', '3/4-10'],
};

export function SizeField(props: { label: string; value: string | undefined; onChange: (value: unknown) => void }) {
  const standard = useEditor((state) => (state.editing?.record.feature as FeatureOf<'hole'> | undefined)?.standard);
  return (
    <>
      <input
        className="field"
        list="hole-sizes"
        aria-label={props.label}
        value={props.value ?? ''}
        placeholder={standard === 'asme' ? '1/4-20' : 'M6'}
        onChange={(event) => props.onChange(event.currentTarget.value.trim() || undefined)}
      />
      <datalist id="hole-sizes">
        {(COMMON[standard ?? 'iso'] ?? []).map((size) => (
          <option key={size} value={size} />
        ))}
      </datalist>
    </>
  );
}

/** `2, 5, 7` as whole numbers from 1 on; null where it makes no sense. */
export function indicesOf(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const numbers = words.map(Number);
  return numbers.every((number) => Number.isInteger(number) && number >= 1) ? [...new Set(numbers)] : null;
}

export function IndicesField(props: {
  label: string;
  value: number[] | undefined;
  onChange: (value: unknown) => void;
}) {
  const [draft, setDraft] = useState(props.value?.join(', ') ?? '');
  const indices = indicesOf(draft);
  return (
    <div>
      <input
        className="field"
        aria-label={props.label}
        aria-invalid={indices === null}
        value={draft}
        placeholder="none"
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          const next = indicesOf(event.currentTarget.value);
          if (next) props.onChange(next.length === 0 ? undefined : next);
        }}
      />
      {indices === null && <div className="field-error">Whole numbers from 1 on, such as 2, 5.</div>}
    </div>
  );
}
