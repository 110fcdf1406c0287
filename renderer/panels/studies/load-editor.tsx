import type { Load, Vector3 } from '../../../preload/contract/index.ts';
import { QuantityField, VectorField } from '../../ui/fields.tsx';
import { Pair, Pairs } from '../../ui/group.tsx';
import { formatQuantity } from '../../units/format.ts';
import type { Quantity } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';

interface LoadEditorProps {
  load: Load;
  onChange: (load: Load) => void;
}

function Vector(props: { label: string; quantity: Quantity; value: Vector3; onCommit: (value: Vector3) => void }) {
  const system = useUnits();
  return (
    <>
      <p className="field-heading">
        {props.label}
        <span className="field-total">{formatQuantity(Math.hypot(...props.value), props.quantity, system)}</span>
      </p>
      <VectorField {...props} />
    </>
  );
}

/** The values of a load. */
export function LoadEditor({ load, onChange }: LoadEditorProps) {
  switch (load.kind) {
    case 'pressure':
      return (
        <Pairs>
          <Pair name="Pressure">
            <QuantityField
              label="Pressure"
              quantity="stress"
              value={load.pressure_MPa}
              onCommit={(pressure_MPa) => onChange({ ...load, pressure_MPa })}
            />
          </Pair>
        </Pairs>
      );
    case 'traction':
      return (
        <Vector
          label="Traction"
          quantity="stress"
          value={load.traction_MPa}
          onCommit={(traction_MPa) => onChange({ ...load, traction_MPa })}
        />
      );
    case 'moment':
      return (
        <Vector
          label="Moment"
          quantity="moment"
          value={load.moment_N_mm}
          onCommit={(moment_N_mm) => onChange({ ...load, moment_N_mm })}
        />
      );
    case 'gravity':
    case 'acceleration':
      return (
        <Vector
          label="Acceleration"
          quantity="acceleration"
          value={load.acceleration_mm_s2}
          onCommit={(acceleration_mm_s2) => onChange({ ...load, acceleration_mm_s2 })}
        />
      );
    case 'remote-force':
      return (
        <>
          <Vector
            label="Force"
            quantity="force"
            value={load.force_N}
            onCommit={(force_N) => onChange({ ...load, force_N })}
          />
          <p className="field-heading">At the point</p>
          <VectorField
            label="Point"
            quantity="length"
            value={load.point_mm}
            onCommit={(point_mm) => onChange({ ...load, point_mm })}
          />
          <Vector
            label="Moment with it"
            quantity="moment"
            value={load.moment_N_mm ?? [0, 0, 0]}
            onCommit={(moment_N_mm) => onChange({ ...load, moment_N_mm })}
          />
        </>
      );
    case 'force':
    case 'bearing':
      return (
        <Vector
          label="Force"
          quantity="force"
          value={load.force_N}
          onCommit={(force_N) => onChange({ ...load, force_N })}
        />
      );
    default:
      return null;
  }
}
