/** Fields of places and directions of an interface. */
import { useState } from 'react';
import { Select } from '../../../ui/fields.tsx';
import { withValue } from './brief-document.ts';
import type { FormProps } from './brief-form.tsx';
import { LiveField } from './form-fields.tsx';
import { AXES, type InterfaceContent, type Triple } from './interface-document.ts';

export const XYZ = ['X', 'Y', 'Z'] as const;

export interface InterfaceProps extends FormProps {
  one: InterfaceContent;
}

/** Along an axis, or along a direction of three numbers as the text has it. */
export function Axis({
  one,
  text,
  readOnly,
  onChange,
  keys,
  along = (changed) => changed,
}: InterfaceProps & {
  keys: string[];
  /** What else of the text follows the axis. */
  along?: (changed: string, axis: string) => string;
}) {
  const known = (AXES as readonly string[]).includes(one.axis);
  return (
    <Select
      label={`Direction of ${one.name}`}
      value={one.axis}
      disabled={readOnly}
      options={[
        ...(known ? [] : [{ value: one.axis, label: one.axis || 'choose…' }]),
        ...AXES.map((axis) => ({
          value: axis as string,
          label: axis.startsWith('-') ? `−${axis[1]!.toUpperCase()}` : axis.toUpperCase(),
        })),
      ]}
      onChange={(axis) => onChange(along(withValue(text, ['interfaces', one.name, ...keys], axis), axis))}
    />
  );
}

interface ThreeProps {
  /** `X of the middle of bore` */
  label: string;
  value: Triple;
  readOnly: boolean;
  onChange: (axis: number, value: string) => void;
}

/** A place, a field for each coordinate. */
export function Three({ label, value, readOnly, onChange }: ThreeProps) {
  return (
    <span className="brief-vector">
      {XYZ.map((axis, k) => (
        <Typed
          key={axis}
          label={`${axis} ${label}`}
          value={value[k]!}
          readOnly={readOnly}
          onChange={(next) => onChange(k, next)}
        />
      ))}
    </span>
  );
}

/** What is empty is nought in the text: while it is typed, it stays empty. */
function Typed({
  label,
  value,
  readOnly,
  onChange,
}: {
  label: string;
  value: string;
  readOnly: boolean;
  onChange: (value: string) => void;
}) {
  const [empty, setEmpty] = useState(false);
  return (
    <LiveField
      label={label}
      value={empty && value === '0' ? '' : value}
      placeholder="0"
      readOnly={readOnly}
      onChange={(next) => {
        setEmpty(next === '');
        onChange(next);
      }}
    />
  );
}
