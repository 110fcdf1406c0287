import type { Load, Restraint } from '../../../../preload/contract/index.ts';
import { Check } from '../../../ui/fields.tsx';
import { NumberTable } from '../fields/number-table.tsx';

/** What may change in time. */
export type Timed = Load | Extract<Restraint, { kind: 'temperature' }>;

interface CurveEditorProps<T extends Timed> {
  load: T;
  /** Seconds that the study lasts: what a new curve spans. */
  end_s: number;
  words: string;
  onChange: (load: T) => void;
}

/** How a load or a fixed temperature changes in time: a factor on its value. */
export function CurveEditor<T extends Timed>({ load, end_s, words, onChange }: CurveEditorProps<T>) {
  return (
    <div data-study-field="curve" title={words}>
      <Check
        label="Changes in time"
        checked={load.curve !== undefined}
        onChange={(checked) => {
          const { curve: _before, ...steady } = load;
          onChange(
            (checked
              ? {
                  ...steady,
                  curve: [
                    [0, 0],
                    [end_s, 1],
                  ],
                }
              : steady) as T,
          );
        }}
      />
      {load.curve && (
        <NumberTable
          label={`Curve of ${load.name}`}
          columns={[
            { name: 'Time', quantity: 'time' },
            { name: 'Factor', quantity: 'none' },
          ]}
          rows={load.curve}
          onChange={(curve) => onChange({ ...load, curve })}
        />
      )}
    </div>
  );
}
