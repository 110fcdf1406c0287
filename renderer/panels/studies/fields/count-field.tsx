import { QuantityField } from '../../../ui/fields.tsx';

interface CountFieldProps {
  label: string;
  value: number | undefined;
  least?: number;
  most: number;
  placeholder?: string;
  onCommit: (value: number) => void;
  onClear?: () => void;
}

/** A whole number. */
export function CountField({ least = 1, most, ...rest }: CountFieldProps) {
  return (
    <QuantityField
      {...rest}
      quantity="none"
      refuse={(value) =>
        Number.isInteger(value) && value >= least && value <= most
          ? null
          : `A whole number from ${least} to ${most} is needed.`
      }
    />
  );
}
