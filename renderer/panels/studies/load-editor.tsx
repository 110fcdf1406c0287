import type { Load, Vector3 } from '../../../preload/contract/index.ts';
import { QuantityField, VectorField } from '../../ui/fields.tsx';
import { Pair, Pairs } from '../../ui/group.tsx';
import { formatQuantity } from '../../units/format.ts';
import { ABSOLUTE_ZERO_degC, type Quantity } from '../../units/quantities.ts';
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

function Ambient({ value, onCommit }: { value: number; onCommit: (value: number) => void }) {
  return (
    <Pair name="Surroundings">
      <QuantityField
        label="Ambient temperature"
        quantity="temperature"
        minimum={ABSOLUTE_ZERO_degC}
        value={value}
        onCommit={onCommit}
      />
    </Pair>
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
    case 'heat-flux':
      return (
        <Pairs>
          <Pair name="Flux">
            <QuantityField
              label="Heat flux"
              quantity="heatFlux"
              value={load.flux_W_m2}
              onCommit={(flux_W_m2) => onChange({ ...load, flux_W_m2 })}
            />
          </Pair>
        </Pairs>
      );
    case 'heat-power':
      return (
        <Pairs>
          <Pair name="Heat">
            <QuantityField
              label="Heat"
              quantity="power"
              value={load.power_W}
              onCommit={(power_W) => onChange({ ...load, power_W })}
            />
          </Pair>
        </Pairs>
      );
    case 'heat-generation':
      return (
        <Pairs>
          <Pair name="By volume">
            <QuantityField
              label="Heat generation"
              quantity="heatGeneration"
              value={load.generation_W_m3}
              onCommit={(generation_W_m3) => onChange({ ...load, generation_W_m3 })}
            />
          </Pair>
        </Pairs>
      );
    case 'convection':
      return (
        <Pairs>
          <Pair name="Coefficient">
            <QuantityField
              label="Heat transfer coefficient"
              quantity="heatTransfer"
              // A face without convection is one without this condition.
              minimum={Number.MIN_VALUE}
              value={load.coefficient_W_m2K}
              onCommit={(coefficient_W_m2K) => onChange({ ...load, coefficient_W_m2K })}
            />
          </Pair>
          <Ambient value={load.ambient_degC} onCommit={(ambient_degC) => onChange({ ...load, ambient_degC })} />
        </Pairs>
      );
    case 'radiation':
      return (
        <Pairs>
          <Pair name="Emissivity">
            <QuantityField
              label="Emissivity"
              quantity="none"
              minimum={Number.MIN_VALUE}
              value={load.emissivity}
              onCommit={(emissivity) => onChange({ ...load, emissivity: Math.min(1, emissivity) })}
            />
          </Pair>
          <Ambient value={load.ambient_degC} onCommit={(ambient_degC) => onChange({ ...load, ambient_degC })} />
        </Pairs>
      );
    default:
      return (
        <Vector
          label="Force"
          quantity="force"
          value={load.force_N}
          onCommit={(force_N) => onChange({ ...load, force_N })}
        />
      );
  }
}
