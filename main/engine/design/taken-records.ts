/** A design that is taken, as the records that a project gets of it. */
import { createHash } from 'node:crypto';
import type { AnyRecord, Material, MaterialRecord, PartRecord } from '../../../preload/contract/index.ts';
import { newId, sameData } from '../../document/index.ts';
import type { TakenDesign } from '../../engineer/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import { placed } from '../part-edits.ts';

export interface TakenRecords {
  partId: string;
  studyIds: string[];
  put: AnyRecord[];
}

/** Part, place, variables and studies with new ids; the material where the branch that is open does not have it. */
export function recordsOfTaken(session: DocumentSession, name: string, taken: TakenDesign): TakenRecords {
  const material = materialRecord(session, taken.material);
  const part: PartRecord = {
    type: 'part',
    id: newId('part'),
    name,
    features: [],
    bodies: [],
    script: taken.script,
    materialId: material.id,
  };
  const studies = taken.studies.map(
    ({ name: of, study }): AnyRecord => ({ type: 'study', id: newId('study'), name: of, partId: part.id, ...study }),
  );
  const variables = taken.variables.map(
    (each, order): AnyRecord => ({ type: 'variable', id: newId('variable'), partId: part.id, ...each, order }),
  );
  const put: AnyRecord[] = [part, placed(session, part), ...variables, ...studies];
  if (!session.store.get(material.id)) put.unshift(material);
  return { partId: part.id, studyIds: studies.map(({ id }) => id), put };
}

/** The project's record of this material where it has the very same, or a new one. */
function materialRecord(session: DocumentSession, material: Material): MaterialRecord {
  const own = session.store
    .ofType('material')
    .find((record) => record.name === material.name && sameData(record.properties, material.properties));
  if (own) return own;
  // The same on every branch: designs of two branches, both taken, leave one material, not two.
  const hash = createHash('sha256').update(JSON.stringify(material)).digest('hex');
  const id = `material_${hash.slice(0, 12)}`;
  return { type: 'material', id: session.store.get(id) ? newId('material') : id, ...material };
}
