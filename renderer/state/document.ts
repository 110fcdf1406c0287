/** The window's mirror of the project's records: a snapshot, kept current by the diffs of each change. */
import { create } from 'zustand';
import { AssemblyTree } from '../../main/document/index.ts';
import type {
  AnyRecord,
  BriefRecord,
  ChangeInfo,
  ConfigurationRecord,
  FeatureRecord,
  GroupRecord,
  HistoryState,
  InstanceRecord,
  MaterialRecord,
  PartRecord,
  ProjectInfo,
  RecordDiff,
  RecordType,
  SourceRecord,
  StudyRecord,
  VariableRecord,
} from '../../preload/contract/index.ts';

export interface DocumentState {
  project: ProjectInfo | null;
  /** Never changed in place: a new map for each change. */
  records: ReadonlyMap<string, AnyRecord>;
  history: HistoryState;
  /** Rebuilt only when an instance changed. */
  tree: AssemblyTree;
  /** Where each part is placed, in tree order. */
  placements: ReadonlyMap<string, string[]>;
  /** Recent changes, newest first. */
  changes: ChangeInfo[];
}

export const EMPTY_HISTORY: HistoryState = { sequence: 0, undoLabel: null, redoLabel: null, branch: 'main' };

function assembly(records: ReadonlyMap<string, AnyRecord>): Pick<DocumentState, 'tree' | 'placements'> {
  const tree = new AssemblyTree(records.values());
  const placements = new Map<string, string[]>();
  for (const { partId, instance } of tree.placements()) {
    const known = placements.get(partId);
    if (known) known.push(instance.id);
    else placements.set(partId, [instance.id]);
  }
  return { tree, placements };
}

export const useDocument = create<DocumentState>(() => ({
  project: null,
  records: new Map(),
  history: EMPTY_HISTORY,
  changes: [],
  ...assembly(new Map()),
}));

/** Replaces everything: a project was opened, or the line came back. */
export function loadSnapshot(records: AnyRecord[], history: HistoryState): void {
  const map = new Map(records.map((record) => [record.id, record]));
  useDocument.setState({ records: map, history, ...assembly(map) });
}

/** Applies one change. Records that did not change stay the same objects, so that nothing is drawn anew for them. */
export function applyChange(diffs: RecordDiff[], history: HistoryState): void {
  const state = useDocument.getState();
  const records = new Map(state.records);
  let instancesChanged = false;
  for (const { id, before, after } of diffs) {
    if (after) records.set(id, after);
    else records.delete(id);
    if (before?.type === 'instance' || after?.type === 'instance') instancesChanged = true;
  }
  useDocument.setState({ records, history, ...(instancesChanged ? assembly(records) : {}) });
}

interface RecordOf {
  source: SourceRecord;
  part: PartRecord;
  instance: InstanceRecord;
  group: GroupRecord;
  material: MaterialRecord;
  study: StudyRecord;
  feature: FeatureRecord;
  variable: VariableRecord;
  configuration: ConfigurationRecord;
  brief: BriefRecord;
}

/** The record of this type, or undefined when there is none or it is of another type. */
export function recordOf<T extends keyof RecordOf & RecordType>(
  type: T,
  id: string | null | undefined,
  records = useDocument.getState().records,
): RecordOf[T] | undefined {
  const record = id ? records.get(id) : undefined;
  return record?.type === type ? (record as RecordOf[T]) : undefined;
}

/** All records of a type, in the order they came. */
export function recordsOf<T extends keyof RecordOf>(
  type: T,
  records: ReadonlyMap<string, AnyRecord> = useDocument.getState().records,
): RecordOf[T][] {
  const found: RecordOf[T][] = [];
  for (const record of records.values()) if (record.type === type) found.push(record as RecordOf[T]);
  return found;
}

/** A subscription to the records of one type that changes only when one of them does. */
export function recordsSelector<T extends keyof RecordOf>(type: T): (state: DocumentState) => RecordOf[T][] {
  let lastRecords: ReadonlyMap<string, AnyRecord> | null = null;
  let last: RecordOf[T][] = [];
  return ({ records }) => {
    if (records === lastRecords) return last;
    lastRecords = records;
    const next = recordsOf(type, records);
    if (next.length !== last.length || next.some((record, i) => record !== last[i])) last = next;
    return last;
  };
}
export const selectStudies = recordsSelector('study');
export const selectMaterials = recordsSelector('material');
export const selectParts = recordsSelector('part');
export const selectBriefs = recordsSelector('brief');
export const selectVariables = recordsSelector('variable');
export const selectConfigurations = recordsSelector('configuration');
