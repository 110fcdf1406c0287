import type { Restraint } from '../../../../preload/contract/index.ts';
import { wordsFor } from '../../../help/studies/index.ts';
import { CountField } from '../fields/count-field.tsx';
import { AxisField, PointField } from '../fields/space-fields.tsx';
import { Pairs, Row, refuseBelowAbsoluteZero, Value } from '../fields/value.tsx';
import { CouplingField } from './coupling-field.tsx';
import { MotionFields } from './motion-fields.tsx';

interface RestraintEditorProps {
  restraint: Restraint;
  partId: string;
  onChange: (restraint: Restraint, what: string) => void;
}

const DISPLACEMENTS = ['x_mm', 'y_mm', 'z_mm'] as const;
const ROTATIONS = ['rx_rad', 'ry_rad', 'rz_rad'] as const;

/** The item with another value under this key, or without it. */
function withKey<T extends object>(item: T, key: string, value: number | undefined): T {
  const { [key as keyof T]: _before, ...rest } = item;
  return (value === undefined ? rest : { ...rest, [key]: value }) as T;
}

/** The values of a restraint, where it has any. */
export function RestraintEditor({ restraint, partId, onChange }: RestraintEditorProps) {
  const words = (field: string) => wordsFor('restraints', restraint.kind, field);
  const inPart = { itemId: restraint.id, partId };
  switch (restraint.kind) {
    case 'displacement':
      return (
        <MotionFields
          title="Displacement"
          label="Displacement"
          quantity="length"
          keys={DISPLACEMENTS}
          values={[restraint.x_mm, restraint.y_mm, restraint.z_mm]}
          onChange={(key, value) => onChange(withKey(restraint, key, value), 'displacement')}
        />
      );
    case 'elastic-support':
      return (
        <Pairs>
          <Value
            name="Across the face"
            quantity="stiffness"
            field="normal_N_mm3"
            words={words('normal_N_mm3')}
            minimum={0}
            value={restraint.normal_N_mm3}
            onCommit={(value) => onChange({ ...restraint, normal_N_mm3: value }, 'stiffness')}
          />
          <Value
            name="Along the face"
            quantity="stiffness"
            field="tangential_N_mm3"
            words={words('tangential_N_mm3')}
            minimum={0}
            value={restraint.tangential_N_mm3}
            onCommit={(value) => onChange({ ...restraint, tangential_N_mm3: value }, 'stiffness')}
          />
        </Pairs>
      );
    case 'remote-displacement':
      return (
        <>
          <PointField
            {...inPart}
            title={words('point_mm')}
            value={restraint.point_mm}
            onCommit={(point_mm) => onChange({ ...restraint, point_mm }, 'point')}
          />
          <CouplingField
            value={restraint.coupling}
            words={words('coupling')}
            onChange={(coupling) => onChange({ ...restraint, coupling }, 'coupling')}
          />
          <MotionFields
            title="The point moves by"
            label="Displacement"
            quantity="length"
            keys={DISPLACEMENTS}
            values={[restraint.x_mm, restraint.y_mm, restraint.z_mm]}
            onChange={(key, value) => onChange(withKey(restraint, key, value), 'displacement')}
          />
          <MotionFields
            title="and turns by"
            label="Rotation"
            quantity="angle"
            keys={ROTATIONS}
            values={[restraint.rx_rad, restraint.ry_rad, restraint.rz_rad]}
            onChange={(key, value) => onChange(withKey(restraint, key, value), 'rotation')}
          />
        </>
      );
    case 'cyclic-symmetry':
      return (
        <>
          <AxisField
            {...inPart}
            title={words('axis')}
            value={restraint.axis}
            onCommit={(axis) => onChange({ ...restraint, axis }, 'axis')}
          />
          <Pairs>
            <Row name="Sectors" field="sectors" words={words('sectors')}>
              <CountField
                label="Sectors"
                least={2}
                most={10_000}
                value={restraint.sectors}
                onCommit={(sectors) => onChange({ ...restraint, sectors }, 'sectors')}
              />
            </Row>
          </Pairs>
        </>
      );
    case 'temperature':
      return (
        <Pairs>
          <Value
            name="Temperature"
            quantity="temperature"
            field="temperature_degC"
            words={words('temperature_degC')}
            refuse={refuseBelowAbsoluteZero}
            value={restraint.temperature_degC}
            onCommit={(temperature_degC) => onChange({ ...restraint, temperature_degC }, 'temperature')}
          />
        </Pairs>
      );
    default:
      return null;
  }
}
