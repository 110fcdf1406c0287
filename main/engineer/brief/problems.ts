/** What is contradictory, incomplete or inconsistent in a brief whose parts can all be read. */
import { toErrorData } from '../../../preload/contract/index.ts';
import { parseSelector } from '../../document/index.ts';
import { parseStudyConditions } from '../../physics/index.ts';
import { materialVariables } from '../requirements/material-words.ts';
import { type DesignQuantity, isOfCase, limitOf, type Requirement, studiesWith } from '../requirements/requirement.ts';
import type { Brief, BriefCase } from './brief.ts';
import { studyText } from './case-study.ts';

export const problemsOf = (brief: Brief): string[] => [
  ...missing(brief),
  ...brief.cases.flatMap((one) => problemsOfCase(brief, one)),
  ...brief.requirements.flatMap((one) => problemsOfQuantity(brief, one.text, one.quantity, one.case)),
  ...brief.objectives.flatMap((one) => problemsOfQuantity(brief, one.text, one.quantity, one.case)),
  ...brief.requirements.flatMap((one) => problemsOfBound(brief, one)),
  ...contradictions(brief),
  ...brief.concepts.flatMap((concept) =>
    Object.keys(concept.vary)
      .filter((name) => Object.hasOwn(concept.set, name))
      .map((name) => `concept "${concept.name}": "${name}" is both varied and set.`),
  ),
];

function missing(brief: Brief): string[] {
  const problems: string[] = [];
  if (brief.materials.length === 0)
    problems.push('It allows no material. Give materials: [NAME, ...] from the library.');
  if (brief.requirements.length === 0)
    problems.push(
      'It requires nothing: any design would do. Give requirements: [...], such as max(von_mises) <= yield / 1.5.',
    );
  if (brief.concepts.length === 0 && brief.interfaces.length === 0)
    problems.push('It says neither what to start from nor what the part must fit. Give concepts, or interfaces.');
  if (brief.requirements.some(({ quantity }) => isOfCase(quantity)) && brief.cases.length === 0)
    problems.push('Its requirements are about load cases, but it has none. Give cases: {NAME: {restraints, loads}}.');
  return problems;
}

/** The case read as a study with a stand-in for every interface, so that a misspelt load is found here. */
function problemsOfCase(brief: Brief, one: BriefCase): string[] {
  const where = `case "${one.name}"`;
  const unknown = unknownPlaces(brief, one);
  if (unknown.length > 0) return unknown.map((on) => `${where}: ${on}`);
  try {
    const { study } = parseStudyConditions(studyText(one, {}, 'faces >Z', brief));
    const problems: string[] = [];
    const heat = study.study === 'thermal' || study.study === 'transient-thermal';
    if (study.restraints.length === 0 && !study.inertiaRelief && study.study !== 'modal' && !heat)
      problems.push(`${where}: nothing holds the part. Give restraints.`);
    const needsLoads = study.study === 'static' || study.study === 'buckling' || heat;
    const prescribed = study.restraints.some(({ kind }) => kind !== 'fixed' && kind !== 'symmetry');
    if (needsLoads && study.loads.length === 0 && !prescribed)
      problems.push(`${where}: nothing loads the part. Give loads.`);
    return problems;
  } catch (thrown) {
    const { message, hint } = toErrorData(thrown);
    return [`${where}: ${message.replace(/^Line \d+: /, '')}${hint ? ` ${hint}` : ''}`];
  }
}

/** An `on` that is neither the name of an interface nor a selector. */
function unknownPlaces(brief: Brief, one: BriefCase): string[] {
  const names = new Set([
    ...brief.interfaces.map(({ name }) => name),
    ...brief.concepts.flatMap(({ faces }) => Object.keys(faces)),
  ]);
  const problems: string[] = [];
  const look = (on: string): void => {
    if (names.has(on) || /^(face|edge|vertex) /.test(on)) return;
    try {
      parseSelector(on);
    } catch {
      problems.push(
        `"${on}" is neither an interface nor a selector of faces. ${names.size > 0 ? `Interfaces are ${[...names].join(', ')}.` : 'There are no interfaces.'}`,
      );
    }
  };
  visitPlaces(one.conditions, look);
  return [...new Set(problems)];
}

/** Calls back with every text under `on`, `to` and `opposite`. */
export function visitPlaces(data: unknown, visit: (on: string) => void): void {
  if (Array.isArray(data)) for (const each of data) visitPlaces(each, visit);
  else if (data !== null && typeof data === 'object')
    for (const [key, value] of Object.entries(data)) {
      if (key === 'on' || key === 'to' || key === 'opposite')
        for (const on of [value].flat()) {
          if (typeof on === 'string') visit(on);
        }
      else visitPlaces(value, visit);
    }
}

function problemsOfQuantity(brief: Brief, text: string, quantity: DesignQuantity, caseName?: string): string[] {
  if (!isOfCase(quantity))
    return caseName === undefined ? [] : [`"${text}": this does not depend on a load case; leave "in ..." out.`];
  const types = studiesWith(quantity);
  if (caseName !== undefined) {
    const found = brief.cases.find(({ name }) => name === caseName);
    if (!found)
      return [
        `"${text}": there is no case "${caseName}". There are ${brief.cases.map(({ name }) => `"${name}"`).join(', ') || 'none'}.`,
      ];
    return types.includes(found.type)
      ? []
      : [`"${text}": case "${caseName}" is ${found.type}, which has no such quantity (${types.join(', ')} has).`];
  }
  if (brief.cases.some(({ type }) => types.includes(type))) return [];
  // A natural frequency needs nothing but what holds the part: its case must still be said.
  return brief.cases.length === 0
    ? []
    : [`"${text}": no case has this quantity. Add one of type ${types.join(' or ')}.`];
}

function problemsOfBound(brief: Brief, requirement: Requirement): string[] {
  return brief.materials.flatMap((material) => {
    try {
      limitOf(requirement, materialVariables(material));
      return [];
    } catch (thrown) {
      const { message, hint } = toErrorData(thrown);
      return [`"${requirement.text}" with ${material.name}: ${message}${hint ? ` ${hint}` : ''}`];
    }
  });
}

/** At least and at most of the same quantity that leave nothing between. */
function contradictions(brief: Brief): string[] {
  const key = ({ quantity, case: of }: Requirement): string => JSON.stringify([quantity, of ?? null]);
  return brief.requirements.flatMap((lower, i) =>
    brief.requirements.flatMap((upper, j) => {
      if (i === j || lower.comparison !== '>=' || upper.comparison !== '<=' || key(lower) !== key(upper)) return [];
      try {
        const contradict = brief.materials.every((material) => {
          const words = materialVariables(material);
          return limitOf(lower, words) > limitOf(upper, words);
        });
        return contradict && brief.materials.length > 0
          ? [`"${lower.text}" and "${upper.text}" contradict each other.`]
          : [];
      } catch {
        // The bound itself is a problem, and told as one.
        return [];
      }
    }),
  );
}
