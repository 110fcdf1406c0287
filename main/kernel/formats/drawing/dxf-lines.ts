/** The pairs of group code and value that a DXF consists of, a line each. */
import { type Box2, formatter } from './projection.ts';

/** `real` writes a number as finely as a drawing of this size needs it, always with a point. */
export function dxfLines(box: Box2) {
  const format = formatter(box);
  const lines: string[] = [];
  return {
    lines,
    put: (code: number, value: string | number): void => {
      lines.push(String(code).padStart(3), String(value));
    },
    real: (value: number): string => {
      const text = format(value);
      return text.includes('.') ? text : `${text}.0`;
    },
  };
}
