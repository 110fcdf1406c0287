import { QuantityField } from '../../../ui/fields.tsx';
import type { Quantity } from '../../../units/quantities.ts';

interface MotionFieldsProps {
  title: string;
  /** For the fields' own labels. */
  label: string;
  quantity: Quantity;
  /** Keys of the three values. */
  keys: readonly [string, string, string];
  values: readonly [number | undefined, number | undefined, number | undefined];
  onChange: (key: string, value: number | undefined) => void;
}

/** Three values of which each may be left free. */
export function MotionFields({ title, label, quantity, keys, values, onChange }: MotionFieldsProps) {
  return (
    <div data-study-field={keys[0]}>
      <p className="field-heading">{title} (leave empty for free)</p>
      <fieldset className="vector plain" aria-label={label}>
        {(['x', 'y', 'z'] as const).map((axis, index) => {
          const key = keys[index]!;
          return (
            <QuantityField
              key={axis}
              axis={axis}
              label={`${label} ${axis.toUpperCase()}`}
              quantity={quantity}
              value={values[index]}
              placeholder="free"
              onCommit={(value) => onChange(key, value)}
              onClear={() => onChange(key, undefined)}
            />
          );
        })}
      </fieldset>
    </div>
  );
}
