import type { Colour } from '../../preload/contract/index.ts';

const toHex = (colour: Colour): string =>
  `#${colour
    .slice(0, 3)
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

const fromHex = (hex: string): Colour => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);

/** A colour that opens the system's picker. */
export function ColourField(props: { label: string; value: Colour | undefined; onChange: (colour: Colour) => void }) {
  return (
    <input
      type="color"
      className="colour-field"
      aria-label={props.label}
      value={toHex(props.value ?? [0.7, 0.73, 0.76])}
      onChange={(event) => props.onChange(fromHex(event.currentTarget.value))}
    />
  );
}
