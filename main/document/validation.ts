/** Checks one record against its schema and says in plain words what is wrong with it. */
import * as v from 'valibot';
import { type AnyRecord, RecordSchema } from '../../preload/contract/records.ts';
import { freezeData } from './equality.ts';
import { typeOfId } from './ids.ts';
import { refuse } from './refuse.ts';

/**
 * A frozen copy of the record, so that the caller may go on using its own object.
 * @throws ArtificerError `document.invalid-record`
 */
export function validRecord(candidate: unknown): AnyRecord {
  const parsed = v.safeParse(RecordSchema, candidate, { abortEarly: true });
  const id = (candidate as { id?: unknown } | null)?.id;
  const about = typeof id === 'string' ? { recordId: id } : {};
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const where = v.getDotPath(issue);
    throw refuse(
      'document.invalid-record',
      `The record ${typeof id === 'string' ? id : 'without an id'} can't be kept: ${where ? `its field "${where}" is not valid` : 'it is not of a known type'}.`,
      { cause: issue.message, hint: 'Correct the field and try again.', ...about },
    );
  }
  const record = parsed.output;
  if (typeOfId(record.id) !== record.type) {
    throw refuse('document.invalid-record', `The id "${record.id}" doesn't fit a record of type ${record.type}.`, {
      hint: `Ids of this type begin with "${record.type}_".`,
      ...about,
    });
  }
  return freezeData(record);
}
