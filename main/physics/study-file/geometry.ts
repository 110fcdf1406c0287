/** What a study file is about: a file, a part of a project, or bodies by their dimensions. */
import * as v from 'valibot';
import type { PrimitiveSpecification } from '../../kernel/port.ts';
import { PrimitivesSchema } from '../primitives.ts';
import type { Entry } from './entry.ts';

export type StudyGeometry =
  /** A CAD file, relative to the study file. */
  | { kind: 'file'; path: string }
  | { kind: 'project'; path: string; part?: string }
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
    if (/\.artificer$/i.test(path))
      return { kind: 'project', path, ...(entry.has('part') ? { part: entry.text('part') } : {}) };
    return { kind: 'file', path };
  }
  if (given[0] === 'project')
    return {
      kind: 'project',
      path: entry.text('project'),
      ...(entry.has('part') ? { part: entry.text('part') } : {}),
    };
  const node = entry.node('primitives');
  const parsed = v.safeParse(PrimitivesSchema, entry.plain('primitives'));
  if (parsed.success) return { kind: 'primitives', specifications: parsed.output };
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue) ?? '';
  throw entry.fail(node, `"primitives" cannot be read at ${path || 'its top'}: ${issue.message}`);
}
