import type { Load } from '../../../../preload/contract/index.ts';
import { wordsFor } from '../../../help/studies/index.ts';
import { AxisField, PointField, Vector } from '../fields/space-fields.tsx';
import { Pairs, refuseBelowAbsoluteZero, Value } from '../fields/value.tsx';
import { CouplingField } from './coupling-field.tsx';
import { HeatLoadEditor } from './heat-load-editor.tsx';

interface LoadEditorProps {
  load: Load;
  partId: string;
  onChange: (load: Load) => void;
}

/** The values of a load. */
export function LoadEditor({ load, partId, onChange }: LoadEditorProps) {
  const words = (field: string) => wordsFor('loads', load.kind, field);
  const inPart = { itemId: load.id, partId };
  switch (load.kind) {
    case 'pressure':
      return (
        <Pairs>
          <Value
            name="Pressure"
            quantity="stress"
            field="pressure_MPa"
            words={words('pressure_MPa')}
            value={load.pressure_MPa}
            onCommit={(pressure_MPa) => onChange({ ...load, pressure_MPa })}
          />
        </Pairs>
      );
    case 'traction':
      return (
        <Vector
          label="Traction"
          quantity="stress"
          field="traction_MPa"
          title={words('traction_MPa')}
          value={load.traction_MPa}
          onCommit={(traction_MPa) => onChange({ ...load, traction_MPa })}
        />
      );
    case 'moment':
      return (
        <Vector
          label="Moment"
          quantity="moment"
          field="moment_N_mm"
          title={words('moment_N_mm')}
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
          field="acceleration_mm_s2"
          title={words('acceleration_mm_s2')}
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
            field="force_N"
            title={words('force_N')}
            value={load.force_N}
            onCommit={(force_N) => onChange({ ...load, force_N })}
          />
          <PointField
            {...inPart}
            title={words('point_mm')}
            value={load.point_mm}
            onCommit={(point_mm) => onChange({ ...load, point_mm })}
          />
          <Vector
            label="Moment with it"
            quantity="moment"
            field="moment_N_mm"
            title={words('moment_N_mm')}
            value={load.moment_N_mm ?? [0, 0, 0]}
            onCommit={(moment_N_mm) => onChange({ ...load, moment_N_mm })}
          />
          <CouplingField
            value={load.coupling ?? 'distributing'}
            words={words('coupling')}
            onChange={(coupling) => onChange({ ...load, coupling })}
          />
        </>
      );
    case 'force':
    case 'bearing':
      return (
        <Vector
          label="Force"
          quantity="force"
          field="force_N"
          title={words('force_N')}
          value={load.force_N}
          onCommit={(force_N) => onChange({ ...load, force_N })}
        />
      );
    case 'centrifugal':
      return (
        <>
          <Pairs>
            <Value
              name="Speed"
              quantity="angularVelocity"
              field="speed_rad_s"
              words={words('speed_rad_s')}
              value={load.speed_rad_s}
              onCommit={(speed_rad_s) => onChange({ ...load, speed_rad_s })}
            />
          </Pairs>
          <AxisField
            {...inPart}
            title={words('axis')}
            value={load.axis}
            onCommit={(axis) => onChange({ ...load, axis })}
          />
        </>
      );
    case 'body-temperature':
      return (
        <Pairs>
          <Value
            name="Temperature"
            quantity="temperature"
            field="temperature_degC"
            words={words('temperature_degC')}
            refuse={refuseBelowAbsoluteZero}
            value={load.temperature_degC}
            onCommit={(temperature_degC) => onChange({ ...load, temperature_degC })}
          />
        </Pairs>
      );
    default:
      return <HeatLoadEditor load={load} onChange={onChange} />;
  }
}
