/** Bodies against bodies. */
import { refused, usage } from '../../errors.ts';
import { bodyOf, booleanOf, tookNothing, warnOfPieces } from '../combine.ts';
import type { Operation } from '../operation.ts';
import { withField } from '../scope/resolve.ts';

const KINDS = { union: 'add', subtract: 'cut', intersect: 'intersect' } as const;

export const boolean: Operation<'boolean'> = (feature, scope) => {
  const [target] = scope.bodiesNamed([feature.target], 'target');
  const tools = scope.bodiesNamed(feature.tools, 'tools');
  if (!target || tools.includes(target))
    throw withField(
      usage('boolean.same-body', 'A body cannot be combined with itself.', 'Choose another tool body.').data,
      'tools',
    );
  const result = booleanOf(scope, KINDS[feature.operation], target, tools);
  if (!result)
    throw refused('feature.nothing-left', 'Nothing would be left of the body.', 'Check which bodies overlap.');
  if (feature.operation === 'subtract' && tookNothing(scope, target, result))
    throw withField(
      refused(
        'feature.touches-nothing',
        'The tools take nothing away from the body.',
        'Move them so that they overlap.',
      ).data,
      'tools',
    );
  warnOfPieces(scope, target, result);
  const combined = bodyOf(target.name, result);
  return scope.bodies.flatMap((body) => {
    if (body === target) return [combined];
    return tools.includes(body) && !feature.keepTools ? [] : [body];
  });
};
