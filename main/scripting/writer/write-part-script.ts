/** A part as a script that makes the same variables and features, for a person to read and go on with. */
import { namesIn } from '../../document/index.ts';
import { call, code, print } from './code.ts';
import { featureCall, planeSource } from './feature-source.ts';
import { Names } from './names.ts';
import { sketchStatements } from './sketch-source.ts';
import type { WritablePart, WritableStep, WritableVariable } from './writable.ts';

const INDENT = '  ';

/**
 * The script that makes this part again. Steps keep their ids (a table of them stands at its beginning), so that whatever
 * refers to faces of the part still finds them. Steps that share a name get numbers, since a script tells them apart by it.
 */
export function writePartScript(part: WritablePart): string {
  const steps = withOwnNames(part.features);
  const names = new Names(part.variables, steps);
  const ids = Object.fromEntries(steps.map(({ id, name }) => [name, id]));
  const bodies = steps.map((step) => {
    const source = stepSource(step, names);
    names.madeStep(step.id);
    return { step, source };
  });
  // What is never mentioned again needs no name, which is known only now.
  const statements = [
    ...inOrderOfNeed(part.variables).map((each) =>
      named(names, each.name, names.identifierOfVariable(each.name), variableSource(each)),
    ),
    ...(part.material === undefined ? [] : [`${call('p.material', [part.material], INDENT)};`]),
    ...bodies.map(({ step, source }) => named(names, step.id, names.identifierOfStep(step.id), source)),
  ];
  const options = { about: part.about, ...(steps.length > 0 ? { ids } : {}) };
  const imports = ['part', ...names.helpers].sort().join(', ');
  return [
    `import { ${imports} } from 'artificer';`,
    '',
    `export default part(${print(part.name)}, ${print(options)}, (p) => {`,
    ...statements.map((each) => `${INDENT}${each}`),
    '});',
    '',
  ].join('\n');
}

/** A script knows a variable from where it is declared on: what an expression needs comes first. */
function inOrderOfNeed(variables: readonly WritableVariable[]): WritableVariable[] {
  const byName = new Map(variables.map((each) => [each.name, each]));
  const ordered = new Set<WritableVariable>();
  const entered = new Set<WritableVariable>();
  const add = (variable: WritableVariable): void => {
    // In a circle somebody has to be first; the script says then what is wrong with it.
    if (entered.has(variable)) return;
    entered.add(variable);
    for (const text of [variable.expression, variable.minimum, variable.maximum])
      for (const name of text === undefined ? [] : namesIn(text)) {
        const needed = byName.get(name);
        if (needed) add(needed);
      }
    ordered.add(variable);
  };
  for (const each of variables) add(each);
  return [...ordered];
}

const named = (names: Names, key: string, identifier: string, source: string): string =>
  names.mentioned.has(key) ? `const ${identifier} = ${source};` : `${source};`;

function variableSource({ name, dimension, expression, minimum, maximum, note }: WritableVariable): string {
  const options = { minimum, maximum, note };
  const any = Object.values(options).some((each) => each !== undefined);
  return call(`p.${dimension}`, [name, expression, any ? options : undefined], INDENT);
}

function stepSource({ name, group, suppressed, feature }: WritableStep, names: Names): string {
  const common = { group, suppressed: suppressed || undefined };
  if (feature.kind !== 'sketch') {
    const { method, values, options } = featureCall(feature, names);
    const all = { ...options, ...common };
    const any = Object.values(all).some((each) => each !== undefined);
    return call(`p.${method}`, [name, ...values, any || values.length === 0 ? all : undefined], INDENT);
  }
  const plane = planeSource(feature.plane, names);
  // A sketch without constraints stays one; the others hold themselves.
  const options = { ...common, fix: feature.constraints.length === 0 ? false : undefined };
  const plain = Object.values(options).every((each) => each === undefined);
  const lines = sketchStatements(feature, names, INDENT.repeat(2)).map((each) => `${INDENT.repeat(2)}${each}\n`);
  const draw = code(lines.length === 0 ? '() => {}' : `(s) => {\n${lines.join('')}${INDENT}}`);
  return call('p.sketch', [name, plain ? plane : { plane, ...options }, draw], INDENT);
}

function withOwnNames(steps: readonly WritableStep[]): WritableStep[] {
  const taken = new Set<string>();
  return steps.map((step) => {
    const wanted = step.name.trim().slice(0, 180) || 'Step';
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted} ${count}`;
    taken.add(name);
    return { ...step, name };
  });
}
