/** What a study file is about: a file, a part of a project, or bodies by their dimensions. */
import * as v from 'valibot';
import type { PrimitiveSpecification } from '../../kernel/port.ts';
import { PrimitivesSchema } from '../primitives.ts';
import type { Entry } from './entry.ts';

/** Parts where they occur in an assembly: all of them, or those of some names (of occurrences, sub-assemblies or parts). */
export type ChosenOccurrences = 'all' | string[];

export type StudyGeometry =
  /** A CAD file, relative to the study file; its only part where no occurrences are chosen. */
  | { kind: 'file'; path: string; occurrences?: ChosenOccurrences }
  | { kind: 'project'; path: string; part?: string; occurrences?: ChosenOccurrences }
  | { kind: 'primitives'; specifications: PrimitiveSpecification[] };

export function readGeometry(entry: Entry): StudyGeometry {
  const given = ['geometry', 'project', 'primitives'].filter((key) => entry.has(key));
  if (given.length !== 1)
    throw entry.fail(
      null,
      given.length === 0 ? 'the study names no geometry' : `the study has ${given.join(' and ')}: one is enough`,
      'Give geometry: FILE, or project: FILE with part: NAME.',
    );
  if (given[0] === 'geometry') {
    const path = entry.text('geometry');
    if (/\.artificer$/i.test(path)) return { kind: 'project', path, ...partOrOccurrences(entry) };
    const { part, occurrences = part === undefined ? undefined : [part] } = partOrOccurrences(entry);
    return { kind: 'file', path, ...(occurrences ? { occurrences } : {}) };
  }
  if (given[0] === 'project') return { kind: 'project', path: entry.text('project'), ...partOrOccurrences(entry) };
  for (const key of ['part', 'assembly'])
    if (entry.has(key)) throw entry.fail(entry.node(key), `"${key}" belongs to a file or a project`);
  const node = entry.node('primitives');
  const parsed = v.safeParse(PrimitivesSchema, entry.plain('primitives'));
  if (parsed.success) {
    const names = parsed.output.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice === undefined) return { kind: 'primitives', specifications: parsed.output };
    throw entry.fail(
      node,
      `two bodies are called "${twice}"`,
      'Give each a name of its own: materials and results go by it.',
    );
  }
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue) ?? '';
  throw entry.fail(node, `"primitives" cannot be read at ${path || 'its top'}: ${issue.message}`);
}

/** `part: NAME` is one part, `part: [A, B]` and `assembly: true` are parts where they occur. */
function partOrOccurrences(entry: Entry): { part?: string; occurrences?: ChosenOccurrences } {
  if (entry.has('assembly')) {
    if (entry.has('part'))
      throw entry.fail(
        entry.node('assembly'),
        'the study has "assembly" and "part"',
        'assembly: true takes every part; part: [A, B] takes some.',
      );
    return entry.flag('assembly') ? { occurrences: 'all' } : {};
  }
  if (!entry.has('part')) return {};
  return Array.isArray(entry.plain('part')) ? { occurrences: entry.texts('part') } : { part: entry.text('part') };
}
