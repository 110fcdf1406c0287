/** One value with its name before it: the shape of most settings and of most values of loads. */
import type { ReactNode } from 'react';
import { QuantityField } from '../../../ui/fields.tsx';
import { Pair, Pairs } from '../../../ui/group.tsx';
import type { Quantity } from '../../../units/quantities.ts';

/** Nothing is colder. */
export const refuseBelowAbsoluteZero = (value: number): string | null =>
  value < -273.15 ? 'Nothing is colder than −273.15 °C.' : null;
export const refuseNotPositive = (value: number): string | null =>
  value > 0 ? null : 'It must be larger than nothing.';

interface ValueProps {
  name: string;
  quantity: Quantity;
  value: number | undefined;
  /** The key that it is kept under: for jumps to it. */
  field: string;
  /** What it means, in words: its tooltip. */
  words?: string;
  minimum?: number;
  placeholder?: string;
  refuse?: (value: number) => string | null;
  onCommit: (value: number) => void;
  onClear?: () => void;
}

export function Value({ name, words, field, ...rest }: ValueProps) {
  return (
    <Row name={name} field={field} words={words}>
      <QuantityField label={name} {...rest} />
    </Row>
  );
}

/** Any control with its name before it. */
export function Row(props: { name: string; field: string; words?: string | undefined; children: ReactNode }) {
  return (
    <Pair name={props.name} title={props.words ?? props.name}>
      <div className="grow" data-study-field={props.field}>
        {props.children}
      </div>
    </Pair>
  );
}
export { Pairs };
