/** Reads a brief, and says everything that is wrong with it or missing at once, before anything is computed. */
import * as v from 'valibot';
import { parse } from 'yaml';
import { ArtificerError, type Vector3 } from '../../../preload/contract/index.ts';
import { parseQuantity } from '../../document/index.ts';
import { materialByName } from '../../physics/index.ts';
import { refuseDesign } from '../errors.ts';
import { parseDesignQuantity, parseRequirement } from '../requirements/requirement.ts';
import type { Box, Brief, BriefCase, BriefInterface, ConceptRequest, Objective, Varied } from './brief.ts';
import { problemsOf } from './problems.ts';
import { type BriefFile, BriefFileSchema } from './schema.ts';

/** @throws ArtificerError `design.brief`, with every problem in `details.problems` */
export function readBrief(text: string): Brief {
  const file = parseFile(text);
  const problems: string[] = [];
  /** What cannot be read is a problem of its own; reading goes on. */
  const tried = <T>(where: string, read: () => T): T | null => {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof ArtificerError)) throw thrown;
      const { message, hint } = thrown.data;
      problems.push(`${where}: ${message}${hint ? ` ${hint}` : ''}`);
      return null;
    }
  };
  const all = <T, R>(items: readonly T[], where: (item: T) => string, read: (item: T) => R): R[] =>
    items.flatMap((item) => {
      const found = tried(where(item), () => read(item));
      return found === null ? [] : [found];
    });
  const { envelope } = file;
  const brief: Brief = {
    name: file.name,
    about: file.about,
    process: file.process ?? null,
    quantity: file.quantity,
    materials: all(file.materials, (name) => `material "${name}"`, materialByName),
    interfaces: all(Object.entries(file.interfaces), ([name]) => `interface "${name}"`, interfaceOf),
    envelope: envelope ? tried('envelope', () => boxOf(envelope)) : null,
    keepOuts: all(file.keep_out, () => 'keep_out', boxOf),
    concepts: all(file.concepts, ({ name, archetype, part }) => `concept "${name ?? archetype ?? part}"`, conceptOf),
    cases: Object.entries(file.cases).map(caseOf),
    requirements: all(file.requirements, () => 'requirements', parseRequirement),
    objectives: all([file.objective].flat(), () => 'objective', objectiveOf),
    budget: { minutes: file.budget.minutes ?? 10, solves: file.budget.solves ?? 400 },
    seed: file.seed,
    leaveOut_mm: file.leave_out === undefined ? null : tried('leave_out', () => distanceOf(file.leave_out!)),
  };
  problems.push(...problemsOf(brief));
  if (problems.length > 0) throw incomplete(problems);
  return brief;
}

const incomplete = (problems: readonly string[]): ArtificerError =>
  refuseDesign(
    'brief',
    problems.length === 1
      ? `The brief cannot be worked on: ${problems[0]}`
      : `The brief cannot be worked on, for ${problems.length} reasons:\n${problems.map((each) => `- ${each}`).join('\n')}`,
    'Nothing was computed. Mend the brief and try again.',
    { details: { problems } },
  );

function parseFile(text: string): BriefFile {
  let plain: unknown;
  try {
    plain = parse(text, { uniqueKeys: true, maxAliasCount: 100 });
  } catch (thrown) {
    throw incomplete([thrown instanceof Error ? thrown.message.split('\n')[0]! : String(thrown)]);
  }
  const parsed = v.safeParse(BriefFileSchema, plain);
  if (parsed.success) return parsed.output;
  throw incomplete([...new Set(parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'its top'}: ${issue.message}`))]);
}

const lengths = (point: readonly (string | number)[]): Vector3 =>
  point.map((each) => parseQuantity(each, 'length')) as unknown as Vector3;

function directionOf(direction: string | readonly number[]): Vector3 {
  if (typeof direction === 'string') {
    const sign = direction.startsWith('-') ? -1 : 1;
    return ['x', 'y', 'z'].map((axis) => (direction.endsWith(axis) ? sign : 0)) as unknown as Vector3;
  }
  const length = Math.hypot(...direction);
  if (!(length > 0)) throw refuseDesign('direction', 'A direction must have a length.');
  return direction.map((each) => each / length) as unknown as Vector3;
}

function distanceOf(amount: string | number): number {
  const distance_mm = parseQuantity(amount, 'length');
  if (!(distance_mm >= 0))
    throw refuseDesign('distance', `"${amount}" is no distance.`, 'Give a length of at least 0 mm.');
  return distance_mm;
}

function boxOf({ min, max }: BriefFile['keep_out'][number]): Box {
  const box = { min_mm: lengths(min), max_mm: lengths(max) };
  if (box.min_mm.some((low, axis) => !(low < box.max_mm[axis]!)))
    throw refuseDesign('box', 'Its "min" must be less than its "max" along every axis.');
  return box;
}

function interfaceOf([name, given]: [string, BriefFile['interfaces'][string]]): BriefInterface {
  if ('bolts' in given) {
    const { size, at, axis } = given.bolts;
    return {
      name,
      kind: 'bolts',
      size,
      diameter_mm: Number(size.slice(1)),
      at_mm: at.map(lengths),
      axis: directionOf(axis),
    };
  }
  if ('bore' in given) {
    const { diameter, at, axis, length } = given.bore;
    return {
      name,
      kind: 'bore',
      diameter_mm: parseQuantity(diameter, 'length'),
      at_mm: lengths(at),
      axis: directionOf(axis),
      length_mm: length === undefined ? null : parseQuantity(length, 'length'),
    };
  }
  if ('journal' in given) {
    const { diameter, at, axis, length } = given.journal;
    return {
      name,
      kind: 'journal',
      diameter_mm: parseQuantity(diameter, 'length'),
      at_mm: lengths(at),
      axis: directionOf(axis),
      length_mm: parseQuantity(length, 'length'),
    };
  }
  const { at, normal, size } = given.face;
  return {
    name,
    kind: 'face',
    at_mm: lengths(at),
    normal: directionOf(normal),
    size_mm: size ? (size.map((each) => parseQuantity(each, 'length')) as [number, number]) : null,
  };
}

function conceptOf(given: BriefFile['concepts'][number]): ConceptRequest {
  const { archetype, part, generate } = given;
  if ([archetype, part, generate].filter((each) => each !== undefined).length !== 1)
    throw refuseDesign('concept', 'It needs one of archetype, part or generate: true.');
  const from: ConceptRequest['from'] =
    archetype !== undefined
      ? { kind: 'archetype', key: archetype }
      : part !== undefined
        ? { kind: 'part', part }
        : { kind: 'generated' };
  return {
    name: given.name ?? archetype ?? part ?? 'generated',
    from,
    vary: Object.fromEntries(Object.entries(given.vary).map(([name, range]) => [name, variedOf(range)])),
    set: given.set,
    faces: Object.fromEntries(Object.entries(given.faces).map(([name, on]) => [name, [on].flat()])),
    imports: given.imports,
  };
}

const variedOf = (range: BriefFile['concepts'][number]['vary'][string]): Varied =>
  Array.isArray(range)
    ? { kind: 'range', minimum: range[0], maximum: range[1] }
    : { kind: 'choices', choices: range.choices };

const caseOf = ([name, { type, ...conditions }]: [string, BriefFile['cases'][string]]): BriefCase => ({
  name,
  type: type === undefined ? 'static' : String(type),
  conditions: Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined)),
});

function objectiveOf(written: string): Objective {
  const [, word = '', rest = '', caseName] =
    /^(minimi[sz]e|maximi[sz]e)\s+(.+?)(?:\s+in\s+"([^"]+)")?$/.exec(written.trim()) ?? [];
  const asked = parseDesignQuantity(rest);
  if (!asked)
    throw refuseDesign(
      'objective',
      `"${written}" is no objective.`,
      'For example: minimise mass; maximise first_frequency.',
    );
  return {
    text: written.trim(),
    direction: word.startsWith('min') ? 'minimise' : 'maximise',
    quantity: asked,
    ...(caseName === undefined ? {} : { case: caseName }),
  };
}
