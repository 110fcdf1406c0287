/** How things of a sketch are called in sentences. */
import type { SketchConstraint } from '../../../preload/contract/sketches.ts';
import type { Constraint, Entity } from '../types.ts';

const NUMBERS: Intl.NumberFormat = new Intl.NumberFormat('en', { maximumFractionDigits: 6, useGrouping: false });

/** `line3` reads as "line 3"; other names stay as they are. */
export function nameWords(id: string): string {
  if (id === 'origin') return 'the origin';
  if (id === 'x-axis') return 'the x axis';
  if (id === 'y-axis') return 'the y axis';
  const numbered = /^(point|line|circle|arc|ellipse|spline)(\d+)$/.exec(id);
  return numbered ? `${numbered[1]} ${numbered[2]}` : id;
}

export const entityWords = (entity: Entity): string => {
  const name = nameWords(entity.id);
  return name.includes(entity.kind) ? name : `${entity.kind} ${name}`;
};

function valueWords(value: Constraint | SketchConstraint): string {
  if (!('value' in value)) return '';
  const raw: unknown = value.value;
  if (typeof raw === 'number')
    return value.kind === 'angle' ? `${NUMBERS.format((raw * 180) / Math.PI)}°` : `${NUMBERS.format(raw)} mm`;
  const typed = Object.values(raw as Record<string, string>)[0] ?? '';
  return /^[\d.\s+-]+$/.test(typed) ? `${typed.trim()}${value.kind === 'angle' ? '°' : ' mm'}` : typed;
}

/** "the length of line 3, 40 mm" */
export function constraintWords(constraint: Constraint | SketchConstraint): string {
  const value = valueWords(constraint);
  switch (constraint.kind) {
    case 'coincident':
      return `${nameWords(constraint.a)} at ${nameWords(constraint.b)}`;
    case 'point-on':
      return `${nameWords(constraint.point)} on ${nameWords(constraint.curve)}`;
    case 'midpoint':
      return `${nameWords(constraint.point)} in the middle of ${nameWords(constraint.line)}`;
    case 'horizontal':
    case 'vertical':
      return constraint.b === undefined
        ? `${nameWords(constraint.a)} ${constraint.kind}`
        : `${nameWords(constraint.a)} and ${nameWords(constraint.b)} ${constraint.kind === 'horizontal' ? 'at one height' : 'one above the other'}`;
    case 'parallel':
    case 'perpendicular':
    case 'tangent':
      return `${nameWords(constraint.a)} ${constraint.kind} to ${nameWords(constraint.b)}`;
    case 'collinear':
      return `${nameWords(constraint.a)} in line with ${nameWords(constraint.b)}`;
    case 'concentric':
      return `${nameWords(constraint.a)} concentric with ${nameWords(constraint.b)}`;
    case 'equal':
      return `${nameWords(constraint.a)} equal to ${nameWords(constraint.b)}`;
    case 'symmetric':
      return `${nameWords(constraint.a)} and ${nameWords(constraint.b)} symmetric about ${nameWords(constraint.about)}`;
    case 'fixed':
      return `${nameWords(constraint.point)} fixed`;
    case 'distance':
      return constraint.b === undefined
        ? `the length of ${nameWords(constraint.a)}, ${value}`
        : `the distance from ${nameWords(constraint.a)} to ${nameWords(constraint.b)}, ${value}`;
    case 'horizontal-distance':
      return `the horizontal distance from ${nameWords(constraint.a)} to ${nameWords(constraint.b)}, ${value}`;
    case 'vertical-distance':
      return `the vertical distance from ${nameWords(constraint.a)} to ${nameWords(constraint.b)}, ${value}`;
    case 'radius':
    case 'diameter':
      return `the ${constraint.kind} of ${nameWords(constraint.curve)}, ${value}`;
    case 'angle':
      return `the angle from ${nameWords(constraint.a)} to ${nameWords(constraint.b)}, ${value}`;
  }
}
