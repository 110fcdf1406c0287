/** The calls about parts for the engine in memory: histories, previews, samples and scripts that only look real. */
import { newId, type Store, translation } from '../../main/document/index.ts';
import {
  type AnyRecord,
  type Api,
  ArtificerError,
  type Author,
  type BodyRecognition,
  type HistoryState,
  type PartHistory,
  type PartRecord,
  type PartView,
} from '../../preload/contract/index.ts';
import type { Handlers } from '../../preload/contract/rpc.ts';
import { evaluateFixture, type Records } from './fixture-evaluation.ts';
import type { FixtureBody } from './fixture-geometry.ts';
import { SAMPLE_PARTS, sampleRecords } from './fixture-samples.ts';

type PartCalls =
  | 'parts.history'
  | 'parts.evaluate'
  | 'parts.preview'
  | 'parts.makeEditable'
  | 'parts.recognise'
  | 'parts.reimport'
  | 'parts.script.write'
  | 'parts.script.put'
  | 'parts.samples'
  | 'parts.samples.add';

interface FixtureWorld {
  store: Store;
  person: Author;
  commit(change: ReturnType<Store['prepare']>): HistoryState;
  views: Map<string, PartView>;
  viewOf(partId: string, body: FixtureBody): Promise<PartView>;
  startJob(label: string, stages: string[], finish: () => unknown): string;
  geometryChanged(view: PartView): void;
  partsChanged(history: PartHistory): void;
}

const recordsOf = (store: Store): Records => new Map(store.all().map((record) => [record.id, record]));

export function fixtureParts(world: FixtureWorld) {
  const { store, person, commit, views } = world;
  /** As imported: what a history begins with, and what a part without one looks like. */
  const imported = new Map<string, PartView>();

  const evaluate = (partId: string, records: Records) => {
    const before = views.get(partId);
    const part = records.get(partId);
    if (before && part?.type === 'part' && part.sourceId && !imported.has(partId)) imported.set(partId, before);
    const bodies = imported.get(partId)?.bodies.map(({ info }) => info) ?? [];
    return evaluateFixture(records, partId, bodies);
  };
  const show = async (partId: string, records = recordsOf(store)) => {
    const { history, body } = evaluate(partId, records);
    const view = body
      ? await world.viewOf(partId, body)
      : (imported.get(partId) ?? { partId, status: 'ready' as const, bodies: [] });
    return { history, view };
  };
  const partOf = (id: string): PartRecord => {
    const part = store.get(id);
    if (part?.type === 'part') return part;
    throw new ArtificerError({ code: 'parts.no-such-part', category: 'usage', message: 'There is no such part.' });
  };
  const put = (label: string, records: AnyRecord[]) => commit(store.prepare({ label, author: person, put: records }));

  /** Evaluates what a change may have touched and tells of it. */
  const afterChange = async (): Promise<void> => {
    for (const record of store.all()) {
      if (record.type !== 'part' || record.features === undefined) continue;
      const { history, view } = await show(record.id);
      views.set(record.id, view);
      world.geometryChanged(view);
      world.partsChanged(history);
    }
  };

  const recognised = (): BodyRecognition => ({
    body: 0,
    features: [
      {
        kind: 'hole',
        faces: [5],
        words: 'Hole, 8 mm, through',
        type: 'simple',
        through: true,
        diameters_mm: [8],
        depth_mm: 30,
        axis: { origin_mm: [20, 20, 30], direction: [0, 0, -1] },
      },
      { kind: 'fillet', faces: [1], words: 'Fillet, 2 mm', radius_mm: 2, concave: false },
      { kind: 'fillet', faces: [3], words: 'Fillet, 5 mm', radius_mm: 5, concave: true },
    ],
    patterns: [],
    seconds: 0.01,
  });

  const handlers: Pick<Handlers<Api>, PartCalls> = {
    'parts.history': ({ partId }) => evaluate(partId, recordsOf(store)).history,
    'parts.evaluate': ({ partId }) => ({
      jobId: world.startJob('Evaluate', ['Evaluating'], () => evaluate(partId, recordsOf(store)).history),
    }),
    'parts.preview': async ({ partId, put: wanted, remove }) => {
      const records = new Map(recordsOf(store));
      for (const record of wanted ?? []) records.set(record.id, record);
      for (const id of remove ?? []) records.delete(id);
      return show(partId, records);
    },
    'parts.makeEditable': ({ partId }) => {
      const part = partOf(partId);
      if (part.features || part.sourceId === undefined || part.sourceKey === undefined) return store.state();
      const id = newId('feature');
      return put(`Make “${part.name}” editable`, [
        { ...part, features: [id] },
        {
          type: 'feature',
          id,
          partId,
          name: 'Import',
          feature: { kind: 'import', sourceId: part.sourceId, sourceKey: part.sourceKey },
        },
      ]);
    },
    'parts.recognise': () => [recognised()],
    'parts.reimport': ({ fileName }) => ({
      jobId: world.startJob(`Import ${fileName ?? 'a new revision'}`, ['Reading', 'Finding faces again'], () => ({})),
    }),
    'parts.script.write': ({ partId }) => ({
      source: `// ${partOf(partId).name}: written by the fixture\nexport default part((p) => {});\n`,
    }),
    'parts.script.put': ({ partId, fileName, source, name }) => {
      const line = source.split('\n').findIndex((each) => each.includes('throw'));
      if (line >= 0)
        throw new ArtificerError({
          code: 'script.failed',
          category: 'refused',
          message: `The script stopped in line ${line + 1}.`,
          cause: source.split('\n')[line]!.trim(),
          details: { line: line + 1, column: 1 },
        });
      const id = partId ?? newId('part');
      const before: PartRecord = partId
        ? partOf(partId)
        : { type: 'part', id, name: name ?? fileName, features: [], bodies: [] };
      const placed: AnyRecord[] = partId
        ? []
        : [
            {
              type: 'instance',
              id: newId('instance'),
              name: before.name,
              parentId: null,
              partId: id,
              transform: translation([0, 0, 0]),
              order: 0,
            },
          ];
      const history = put(`Run ${fileName}`, [{ ...before, script: { fileName, source } }, ...placed]);
      return { partId: id, history };
    },
    'parts.samples': () => SAMPLE_PARTS,
    'parts.samples.add': ({ key }) => {
      const { partId, records, title } = sampleRecords(key);
      return { partId, history: put(`Open sample ${title}`, records) };
    },
  };
  return { handlers, afterChange };
}
