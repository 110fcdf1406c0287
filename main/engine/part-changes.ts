/** Which parts a change of records touches. */
import type { AnyRecord, RecordDiff } from '../../preload/contract/index.ts';
import { hasHistory } from '../document/index.ts';

export function partsTouchedBy(diffs: readonly RecordDiff[], records: readonly AnyRecord[]): Set<string> {
  const touched = new Set<string>();
  const revised = new Set<string>();
  let all = false;
  for (const { before, after } of diffs)
    for (const record of [before, after])
      if (record?.type === 'part') {
        // An imported part without a history is shown by its source.
        if (hasHistory(record)) touched.add(record.id);
      } else if (record?.type === 'feature' || record?.type === 'configuration') touched.add(record.partId);
      else if (record?.type === 'variable') {
        if (record.partId === null) all = true;
        else touched.add(record.partId);
      } else if (record?.type === 'source' && before && after) revised.add(record.id);
  for (const record of records)
    if (record.type === 'part' && record.sourceId !== undefined && revised.has(record.sourceId)) touched.add(record.id);
    else if (record.type === 'feature' && record.feature.kind === 'import' && revised.has(record.feature.sourceId))
      touched.add(record.partId);
  if (all) for (const record of records) if (record.type === 'part' && hasHistory(record)) touched.add(record.id);
  return touched;
}
