/** What a person types into the fields of a tool. */
import type { Variables } from '../../../main/document/index.ts';
import { currentUnits } from '../../units/use-units.ts';
import { evaluateText } from '../solving/evaluate.ts';
import type { Field, Typed } from '../tools/shape-tool.ts';
import { inUnits } from '../view/dimension-text.ts';

/** Null for nothing; a sentence where it cannot be read. */
export function readTyped(field: Field, text: string, variables: Variables): Typed | null | string {
  if (text.trim() === '') return null;
  if (field.quantity === 'count') {
    const value = Number(text);
    return Number.isInteger(value) && value >= 3 && value <= 64 ? { text, value } : 'A whole number from 3 to 64.';
  }
  const angle = field.quantity === 'angle';
  // An expression may be begun with =, as in a table.
  const full = inUnits(text.replace(/^\s*=/, ''), angle, currentUnits());
  try {
    const value = evaluateText(full, angle, variables);
    if (!angle && !(value > 0)) return 'It must be more than nothing.';
    return { text: full, value };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
