import type { Load } from '../../../../preload/contract/index.ts';
import { Check } from '../../../ui/fields.tsx';
import { NumberTable } from '../fields/number-table.tsx';

interface CurveEditorProps {
  load: Load;
  /** Seconds that the study lasts: what a new curve spans. */
  end_s: number;
  words: string;
  onChange: (load: Load) => void;
}

/** How a load changes in time: a factor on its value. */
export function CurveEditor({ load, end_s, words, onChange }: CurveEditorProps) {
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
              : steady) as Load,
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
