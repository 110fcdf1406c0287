/** Steps and bodies repeated along lines, about axes and in mirrors. Copies are called `<pattern>/<occurrence>:<original>`. */
import { usage } from '../../errors.ts';
import { add, scale } from '../../modeller/vectors.ts';
import { bodyOf, booleanOf, warnOfPieces } from '../combine.ts';
import type { BodyState, Operation, OperationScope } from '../operation.ts';
import { withField } from '../scope/resolve.ts';
import { copyBodies, type Occurrence, repeatFeatures } from './repeat.ts';
import { reflectionIn, rotationAbout, translation } from './transforms.ts';

/** More than anybody draws; fewer than would fill the memory. */
const MOST_COPIES = 2000;

export const linearPattern: Operation<'linear-pattern'> = (feature, scope) => {
  const first = scope.axis(feature.direction, 'direction');
  const second = feature.second && scope.axis(feature.second.direction, 'second.direction');
  const columns = countOf(feature.count, 'count');
  const rows = feature.second ? countOf(feature.second.count, 'second.count') : 1;
  spacingOf(feature.spacing, 'spacing', columns);
  if (feature.second) spacingOf(feature.second.spacing, 'second.spacing', rows);
  tooMany(columns * rows);
  const skipped = new Set(feature.skip);
  const occurrences: Occurrence[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const number = row * columns + column;
      if (number === 0 || skipped.has(number)) continue;
      const along = scale(first.direction, feature.spacing * column);
      const across = second && feature.second ? scale(second.direction, feature.second.spacing * row) : [0, 0, 0];
      occurrences.push({
        // Named by place, so that further columns do not rename the rows.
        name: row === 0 ? `${column}` : `${column}.${row}`,
        transform: translation(add(along, across as [number, number, number])),
      });
    }
  return repeat(scope, feature, occurrences);
};

export const circularPattern: Operation<'circular-pattern'> = (feature, scope) => {
  const axis = scope.axis(feature.axis, 'axis');
  const count = countOf(feature.count, 'count');
  tooMany(count);
  const step = feature.step ?? (2 * Math.PI) / count;
  if (Math.abs(step) < 1e-9 && count > 1)
    throw withField(usage('feature.dimension', 'The angle between copies is zero.', 'Change it.').data, 'step');
  if (Math.abs(step) * (count - 1) >= 2 * Math.PI - 1e-9)
    throw withField(
      usage(
        'pattern.overlap',
        `${count} copies at this angle go round more than once and would lie on each other.`,
        'Make the angle or the count smaller.',
      ).data,
      'step',
    );
  const skipped = new Set(feature.skip);
  const occurrences: Occurrence[] = [];
  for (let number = 1; number < count; number++)
    if (!skipped.has(number)) occurrences.push({ name: `${number}`, transform: rotationAbout(axis, step * number) });
  return repeat(scope, feature, occurrences);
};

function repeat(
  scope: OperationScope,
  { features, bodies }: { features?: readonly string[] | undefined; bodies?: readonly string[] | undefined },
  occurrences: readonly Occurrence[],
): BodyState[] {
  if (occurrences.length === 0) return [...scope.bodies];
  if (features) return repeatFeatures(scope, features, occurrences, bodies);
  return [...scope.bodies, ...copyBodies(scope, originalsOf(scope, bodies), occurrences)];
}

function originalsOf(scope: OperationScope, names: readonly string[] | undefined): BodyState[] {
  const originals = scope.bodiesNamed(names, 'bodies');
  if (originals.length === 0)
    throw usage('feature.no-body', 'There is no body to repeat.', 'The part needs a body first.');
  return originals;
}

export const mirror: Operation<'mirror'> = (feature, scope) => {
  const plane = scope.plane(feature.plane, 'plane');
  const occurrence: Occurrence = { name: '1', transform: reflectionIn(plane), reflected: true };
  if (feature.features) return repeatFeatures(scope, feature.features, [occurrence], feature.bodies);
  const originals = originalsOf(scope, feature.bodies);
  const copies = copyBodies(scope, originals, [occurrence]);
  if (!feature.join) return [...scope.bodies, ...copies];
  const joined = new Map(
    originals.map((original, index) => {
      const result = booleanOf(scope, 'add', original, [copies[index]!])!;
      warnOfPieces(scope, original, result);
      return [original, bodyOf(original.name, result)];
    }),
  );
  for (const copy of copies) copy.shape.delete();
  return scope.bodies.map((body) => joined.get(body) ?? body);
};

function countOf(value: number, field: string): number {
  const count = Math.round(value);
  if (count >= 1 && Math.abs(count - value) < 1e-9) return count;
  throw withField(usage('feature.dimension', `The count must be a whole number from 1, not ${value}.`).data, field);
}

function spacingOf(value_mm: number, field: string, count: number): void {
  if (count > 1 && !(Math.abs(value_mm) > 1e-6))
    throw withField(usage('feature.dimension', 'The spacing is zero.', 'Enter a distance.').data, field);
}

function tooMany(count: number): void {
  if (count > MOST_COPIES)
    throw withField(
      usage('pattern.too-many', `${count} copies are more than the ${MOST_COPIES} that are allowed.`).data,
      'count',
    );
}
