/** A study of a group in terms of its placed bodies: what solves it knows nothing of instances. */
import type { Reference, StudyDefinition } from '../../../preload/contract/index.ts';
import { expandReferences, type GroupBody, parseSelector, pickOfItem, resolveInGroup } from '../../document/index.ts';
import { errorOf } from './studied-bodies.ts';

/**
 * References that name an instance become picks on the bodies where they stand.
 * @throws ArtificerError `reference.*` of the first that cannot be resolved, with the name of what it is on
 */
export function placedDefinition(
  definition: StudyDefinition,
  bodies: readonly GroupBody[],
  studyId: string,
): StudyDefinition {
  const within = <T extends { name: string }>(what: string, items: readonly T[]): T[] =>
    items.map((item) => expandReferences(item, (reference) => expanded(`${what} "${item.name}"`, reference)));
  const expanded = (who: string, reference: Reference): Reference[] => {
    const { items, error } = resolveInGroup(reference, bodies);
    if (error) throw errorOf(who, error, studyId);
    return items.map((item) => pickOfItem(item, bodies));
  };
  return {
    ...definition,
    restraints: within('Restraint', definition.restraints),
    loads: within('Load', definition.loads),
    ...(definition.connections ? { connections: within('Connection', definition.connections) } : {}),
    mesh: {
      ...definition.mesh,
      refinements: expandReferences(definition.mesh.refinements, (reference) =>
        expanded('A mesh refinement', reference),
      ),
    },
  };
}

/** Whether a selector of the study asks for a body by its name: only then do names change the answer. */
export function namesBodies(definition: StudyDefinition): boolean {
  let found = false;
  const look = (value: unknown): void => {
    if (found || value === null || typeof value !== 'object') return;
    const { by, selector } = value as { by?: unknown; selector?: unknown };
    if (by === 'selector' && typeof selector === 'string') found = ofBody(selector);
    else for (const each of Object.values(value)) look(each);
  };
  look(definition);
  return found;
}

function ofBody(selector: string): boolean {
  try {
    return parseSelector(selector).of !== undefined;
  } catch {
    // One that says nothing is refused when the study is solved.
    return false;
  }
}
