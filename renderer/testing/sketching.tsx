/**
 * The window with a sketch open, on the fixture engine. Query: `dark` is the other theme. A test gives the sketch to edit
 * as `givenSketch`. What a test asks for is on `sketchPage`. Never shipped.
 */
import '../styles/index.ts';
import { newId, translation } from '../../main/document/index.ts';
import { type AnyRecord, api, type Sketch } from '../../preload/contract/index.ts';
import { inProcessPair, serve } from '../../preload/contract/rpc.ts';
import { setBlobSource } from '../engine/blobs.ts';
import { engine, useConnection } from '../engine/connection.ts';
import { setUploader } from '../engine/upload.ts';
import { editSketch, startSketch, useSketcher } from '../sketcher/index.tsx';
import { inHand } from '../sketcher/interaction/current.ts';
import { start } from '../start.tsx';
import { useDocument } from '../state/document.ts';
import { setSetting } from '../state/settings.ts';
import { mainViewport } from '../state/viewports.ts';
import { createFixtureEngine } from './fixture-engine.ts';

const query = new URLSearchParams(location.search);
const fixture = await createFixtureEngine({ empty: true });
setBlobSource((hash) => fixture.blob(hash));
setUploader(async (file) => fixture.upload(file));
start(async () => {
  const [client, server] = inProcessPair();
  serve(api, fixture.handlers, server);
  return client;
});

const until = async (test: () => boolean) => {
  while (!test()) await new Promise((resolve) => setTimeout(resolve, 20));
};

const { givenSketch } = globalThis as { givenSketch?: Sketch };

async function open(): Promise<void> {
  await until(() => useConnection.getState().status === 'open' && useDocument.getState().project !== null);
  await until(() => mainViewport() !== undefined);
  if (query.has('dark')) setSetting('theme', 'dark');
  else setSetting('theme', 'light');
  const partId = newId('part');
  const featureId = newId('feature');
  const put: AnyRecord[] = [
    { type: 'part', id: partId, name: 'Part 1', features: givenSketch ? [featureId] : [], bodies: [] },
    {
      type: 'instance',
      id: newId('instance'),
      name: 'Part 1',
      parentId: null,
      partId,
      transform: translation([0, 0, 0]),
      order: 0,
    },
    {
      type: 'variable',
      id: newId('variable'),
      partId,
      name: 'width',
      dimension: 'length',
      expression: '90 mm',
      order: 0,
    },
  ];
  if (givenSketch) put.push({ type: 'feature', id: featureId, partId, name: 'Plate', feature: givenSketch });
  await engine()['document.change']({ label: 'New part', put });
  await until(() => useDocument.getState().records.has(partId));
  if (givenSketch) await editSketch(featureId);
  else await startSketch({ partId, plane: { by: 'principal', plane: 'xy' }, featureId });
  Object.assign(globalThis, {
    sketchPage: {
      featureId,
      partId,
      /** Where a place of the sketch is in the window. */
      place: (u: number, v: number) => inHand()?.clientPlace(u, v),
      /** The view has stopped turning. */
      settled: () => {
        const viewport = mainViewport();
        return JSON.stringify(viewport?.camera()) === JSON.stringify(viewport?.liveCamera());
      },
      /** Draws and waits until the pixels are there; ms. */
      flush: () => {
        const stage = inHand()?.stage;
        if (!stage) return 0;
        const start = performance.now();
        stage.draw();
        stage.canvas.getContext('2d')!.getImageData(0, 0, 1, 1);
        return performance.now() - start;
      },
      state: () => {
        const { sketch, diagnosis, values, past, tool } = useSketcher.getState();
        return {
          sketch,
          values,
          past: past.length,
          tool,
          status: diagnosis?.status,
          freedom: diagnosis?.degreesOfFreedom,
        };
      },
      live: (id: string) => {
        const point = inHand()?.stage.geometry.point(id);
        return point ? [point.x, point.y] : null;
      },
      labels: () => inHand()?.stage.hits.labels,
      record: (id: string) => useDocument.getState().records.get(id) ?? null,
      undoLabel: () => useDocument.getState().history.undoLabel,
      edit: () => editSketch(featureId),
      timings: () => inHand()?.timings,
    },
  });
}
void open();
