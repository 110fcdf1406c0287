/** A page that shows the viewport alone with generated bodies; the browser tests drive it through `window.harness`. */
import type { Transform, Vector3 } from '../../preload/contract/index.ts';
import { projector } from './camera-maths.ts';
import { boxWithHole, cylinder, type GeneratedBody } from './harness-bodies.ts';
import { barFields, barMesh } from './harness-field.ts';
import { createViewport, type PickedItem, type SceneInstance, type ScenePart, type Theme } from './index.ts';

const blobs = new Map<string, Uint8Array>();
const at = (x: number, y: number, z: number): Transform => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z];
const part = (partId: string, body: GeneratedBody, extra: Partial<ScenePart> = {}): ScenePart => {
  blobs.set(body.view.tessellation.hash, body.bytes);
  return { partId, bodies: [body.view], ...extra };
};
const instance = (
  id: string,
  partId: string,
  transform: Transform,
  extra: Partial<SceneInstance> = {},
): SceneInstance => ({
  id,
  partId,
  transform,
  visible: true,
  ...extra,
});

interface Happened {
  kind: string;
  value: unknown;
}
const happened: Happened[] = [];
const canvas = document.getElementById('canvas') as HTMLCanvasElement;
const theme = (new URLSearchParams(location.search).get('theme') ?? 'light') as Theme;
const viewport = createViewport(canvas, {
  theme,
  navigation: { name: 'solidworks' },
  fetchBlob: async (hash) => {
    const bytes = blobs.get(hash);
    if (!bytes) throw new Error(`no blob ${hash}`);
    return bytes;
  },
  events: {
    hover: (item) => happened.push({ kind: 'hover', value: item }),
    pick: (item, mode) => {
      happened.push({ kind: 'pick', value: { item, mode } });
      viewport.setSelection(item ? [item] : []);
    },
    box: (items, mode) => happened.push({ kind: 'box', value: { items, mode } }),
    camera: (state) => happened.push({ kind: 'camera', value: state }),
    busy() {},
    firstPicture: (milliseconds) => happened.push({ kind: 'firstPicture', value: milliseconds }),
    contextMenu: (item, x, y) => happened.push({ kind: 'contextMenu', value: { item, x, y } }),
    failure: (message) => happened.push({ kind: 'failure', value: message }),
  },
});

const scenes: Record<string, () => void> = {
  parts() {
    viewport.setScene(
      [
        instance('plate-1', 'plate', at(0, 0, 0)),
        instance('block-1', 'block', at(20, 15, 12)),
        instance('pin-1', 'pin', at(95, 35, 12)),
        instance('pin-2', 'pin', [-1, 0, 0, 95, 0, 1, 0, 60, 0, 0, 1, 12]),
        instance('lid-1', 'lid', at(20, 15, 44), { colour: [0.35, 0.6, 0.85, 0.35] }),
      ],
      [
        part('plate', boxWithHole('Plate', 'plate', [120, 80, 12], 0)),
        part('block', boxWithHole('Block', 'block', [50, 50, 32], 15, 96, { colour: [0.82, 0.56, 0.3] })),
        part('pin', cylinder('Pin', 'pin', 8, 40, 96), { colour: [0.55, 0.62, 0.7] }),
        part('lid', boxWithHole('Lid', 'lid', [50, 50, 6], 10, 96)),
      ],
    );
  },
  block() {
    const body = boxWithHole('Block', 'block-coloured', [50, 50, 32], 15, 96);
    body.view.info.faces[1]!.colour = [0.85, 0.3, 0.25];
    body.view.info.faces[6]!.colour = [0.3, 0.65, 0.4];
    viewport.setScene([instance('block-1', 'block', at(0, 0, 0))], [part('block', body)]);
  },
  tiny() {
    viewport.setScene(
      [instance('bead-1', 'bead', at(0, 0, 0))],
      [part('bead', boxWithHole('Bead', 'bead', [0.004, 0.003, 0.002], 0.0008, 48))],
    );
  },
  huge() {
    viewport.setScene(
      [instance('blade-1', 'blade', at(5e5, 0, 0)), instance('screw-1', 'screw', at(5e5 + 100_000, 500, 1500))],
      [
        part('blade', boxWithHole('Blade', 'blade', [117_000, 3000, 1500], 700, 96)),
        part('screw', cylinder('Screw', 'screw', 4, 9, 48), { colour: [0.8, 0.4, 0.2] }),
      ],
    );
  },
  many() {
    const instances: SceneInstance[] = [];
    for (let i = 0; i < 2000; i++) {
      const x = i % 20;
      const y = Math.floor(i / 20) % 10;
      const z = Math.floor(i / 200);
      instances.push(
        instance(`i-${i}`, i % 2 ? 'bolt' : 'cube', at(x * 14, y * 14, z * 14), {
          ...(i % 7 === 0 ? { colour: [0.2, 0.5, 0.8] } : {}),
          ancestors: [`layer-${z}`],
        }),
      );
    }
    viewport.setScene(instances, [
      part('bolt', cylinder('Bolt', 'bolt', 4, 9, 16), { colour: [0.75, 0.68, 0.5] }),
      part('cube', boxWithHole('Cube', 'cube', [9, 9, 9], 2.5, 16)),
    ]);
  },
  field() {
    blobs.set('bar-fields', barFields(barMesh(120, 20, 24, 24, 4, 5), 120, 24));
    viewport.setScene(
      [instance('bar-1', 'bar', at(0, 0, 0))],
      [part('bar', boxWithHole('Bar', 'bar', [120, 20, 24], 0))],
    );
    viewport.setField(field());
  },
};

export const field = (extra: object = {}) => ({
  fieldsHash: 'bar-fields',
  instanceId: 'bar-1',
  quantity: 'von_mises',
  range: [0, 250] as [number, number],
  bands: 12,
  deformationScale: 0,
  animate: false,
  showMesh: false,
  showUndeformed: false,
  ...extra,
});

const harness = {
  viewport,
  happened,
  blobs,
  scenes,
  field,
  /** CSS pixel of a world point. */
  pixel(p: Vector3): { x: number; y: number } {
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    const { x, y } = projector(viewport.camera(), size)(p);
    return { x, y };
  },
  last(kind: string): unknown {
    return happened.findLast((h) => h.kind === kind)?.value ?? null;
  },
  count: (kind: string): number => happened.filter((h) => h.kind === kind).length,
  context: () => canvas.getContext('webgl2'),
  canvas,
};
export type Harness = typeof harness;
export type { PickedItem };

Object.assign(window, { harness });
scenes[new URLSearchParams(location.search).get('scene') ?? 'parts']?.();
document.title = 'started';
