/**
 * The page behind `artificer render`: the viewport alone, drawing the open project as the window would. What to draw is in
 * the query: view, theme, study (an id: its newest result is painted) and quantity. `document.title` becomes `drawn`, or
 * `failed: why`.
 */

import { AssemblyTree } from '../../main/document/index.ts';
import {
  api,
  connect,
  type InstanceRecord,
  type PartRecord,
  type PartView,
  type Transform,
} from '../../preload/contract/index.ts';
import { fetchBlob } from '../engine/blobs.ts';
import { defaultConnector } from '../engine/connectors.ts';
import { createViewport, type SceneInstance, type ScenePart, type StandardView } from '../viewport/index.ts';

const query = new URLSearchParams(location.search);
const VIEWS: Record<string, StandardView> = { iso: 'isometric' };

async function draw(): Promise<void> {
  const canvas = document.getElementById('picture');
  if (!(canvas instanceof HTMLCanvasElement)) throw new Error('the page has no canvas');
  const client = connect(api, await (await defaultConnector())());
  const { records } = await client['document.snapshot']({});
  const parts = await everyPart(client);
  const views = new Map(parts.map((view) => [view.partId, view]));
  const partRecords = new Map(
    records.filter((record): record is PartRecord => record.type === 'part').map((part) => [part.id, part]),
  );
  const tree = new AssemblyTree(records);
  const instances: SceneInstance[] = tree
    .placements()
    .map(({ instance, partId, world, visible }) => sceneInstance(instance, partId, world, visible));
  const sceneParts: ScenePart[] = [...partRecords.values()].map((part) => ({
    partId: part.id,
    ...(part.colour ? { colour: part.colour } : {}),
    bodies: views.get(part.id)?.bodies ?? [],
  }));
  await new Promise<void>((resolve, reject) => {
    const viewport = createViewport(canvas, {
      fetchBlob,
      theme: query.get('theme') === 'dark' ? 'dark' : 'light',
      navigation: { name: 'solidworks' },
      events: {
        hover() {},
        pick() {},
        box() {},
        camera() {},
        contextMenu() {},
        busy() {},
        firstPicture: () => resolve(),
        failure: (message) => reject(new Error(message)),
      },
    });
    viewport.setScene(instances, sceneParts);
    const wanted = query.get('view') ?? 'iso';
    viewport.standardView(VIEWS[wanted] ?? (wanted as StandardView), false);
    viewport.fit(undefined, false);
    void paintResult(client, viewport, tree, sceneParts).catch(reject);
  });
}

type EngineClient = ReturnType<typeof connect<typeof api>>;
type ViewportHandle = ReturnType<typeof createViewport>;

/** Parts whose display data has to be made first are waited for. */
async function everyPart(client: EngineClient): Promise<PartView[]> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const parts = await client['geometry.parts']({});
    const failed = parts.find((part) => part.status === 'failed');
    if (failed) throw new Error(failed.error?.message ?? 'a part cannot be drawn');
    if (parts.every((part) => part.status === 'ready')) return parts;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the geometry took too long');
}

function sceneInstance(
  instance: InstanceRecord,
  partId: string,
  transform: Transform,
  visible: boolean,
): SceneInstance {
  return { id: instance.id, partId, transform, visible, ...(instance.colour ? { colour: instance.colour } : {}) };
}

async function paintResult(
  client: EngineClient,
  viewport: ViewportHandle,
  tree: AssemblyTree,
  parts: ScenePart[],
): Promise<void> {
  const studyId = query.get('study');
  if (!studyId) return;
  const results = await client['studies.results']({ studyId });
  const result = results.find((each) => each.current && each.fieldsHash) ?? results.find((each) => each.fieldsHash);
  if (!result?.fieldsHash) throw new Error('the study has no result');
  const quantity = query.get('quantity') ?? 'von_mises';
  const extreme = result.summary.extremes[quantity];
  const snapshot = await client['document.snapshot']({});
  const study = snapshot.records.find((record) => record.id === studyId);
  const placement = tree.placements().find((each) => study?.type === 'study' && each.partId === study.partId);
  // Of a group of parts the bodies say where they are.
  const bodies = (result.summary.bodies ?? []).flatMap(({ instanceId, body }) =>
    instanceId !== undefined && body !== undefined ? [{ instanceId, body }] : [],
  );
  if (!extreme || (!placement && bodies.length === 0) || parts.length === 0)
    throw new Error(`the result has no ${quantity}`);
  viewport.setField({
    fieldsHash: result.fieldsHash,
    instanceId: placement?.instance.id ?? null,
    ...(bodies.length > 0 ? { bodies } : {}),
    quantity,
    range: [extreme.min.value, extreme.max.value],
    bands: 12,
    deformationScale: 0,
    animate: false,
    showMesh: query.get('mesh') === 'yes',
    showUndeformed: false,
  });
}

draw()
  // Two frames, so that what was handed over has also been drawn.
  .then(() => new Promise((resolve) => setTimeout(resolve, 1200)))
  .then(() => {
    document.title = 'drawn';
  })
  .catch((thrown: unknown) => {
    document.title = `failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  });
