import type { Restraint } from '../../../preload/contract/index.ts';
import { QuantityField } from '../../ui/fields.tsx';
import { Pair, Pairs } from '../../ui/group.tsx';

interface RestraintEditorProps {
  restraint: Restraint;
  onChange: (restraint: Restraint, what: string) => void;
}

/** The values of a restraint, where it has any. */
export function RestraintEditor({ restraint, onChange }: RestraintEditorProps) {
  if (restraint.kind === 'displacement') {
    return (
      <>
        <p className="field-heading">Displacement (leave empty for free)</p>
        <fieldset className="vector plain" aria-label="Displacement">
          {(['x', 'y', 'z'] as const).map((axis) => {
            const key = `${axis}_mm` as const;
            return (
              <QuantityField
                key={axis}
                axis={axis}
                label={`Displacement ${axis.toUpperCase()}`}
                quantity="length"
                value={restraint[key]}
                placeholder="free"
                onCommit={(value) => onChange({ ...restraint, [key]: value }, 'displacement')}
                onClear={() => {
                  const { [key]: _free, ...rest } = restraint;
                  onChange(rest as Restraint, 'displacement');
                }}
              />
            );
          })}
        </fieldset>
      </>
    );
  }
  if (restraint.kind === 'elastic-support') {
    return (
      <Pairs>
        <Pair name="Across the face">
          <QuantityField
            label="Normal stiffness"
            quantity="stiffness"
            minimum={0}
            value={restraint.normal_N_mm3}
            onCommit={(value) => onChange({ ...restraint, normal_N_mm3: value }, 'stiffness')}
          />
        </Pair>
        <Pair name="Along the face">
          <QuantityField
            label="Tangential stiffness"
            quantity="stiffness"
            minimum={0}
            value={restraint.tangential_N_mm3}
            onCommit={(value) => onChange({ ...restraint, tangential_N_mm3: value }, 'stiffness')}
          />
        </Pair>
      </Pairs>
    );
  }
  return null;
}
