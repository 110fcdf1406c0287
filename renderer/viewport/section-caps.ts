/**
 * The cut faces of sectioned solids and their outlines, computed in slices. Until they are there (while a plane is dragged),
 * the face program paints the insides of solids as if they were cut, which looks the same but for the edges behind.
 */

import { VertexBuffer } from '@babylonjs/core/Buffers/buffer.js';
import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import { Vector4 } from '@babylonjs/core/Maths/math.vector.js';
import { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { Vector3 } from '../../preload/contract/index.ts';
import { prepareMesh } from './body-geometry.ts';
import { LINE_BIAS } from './highlight.ts';
import { quadsOfSegments } from './line-quads.ts';
import { color4, type Materials } from './materials.ts';
import type { Palette } from './palette.ts';
import type { ClipPlane } from './picking.ts';
import { crossingSegments, fillEvenOdd } from './plane-cut.ts';
import type { SceneModel } from './scene-model.ts';
import { runSliced, type SlicedWork } from './slices.ts';
import { cross, dot, perpendicular, transformPoint } from './vector.ts';

const IDENTITY = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);

interface Cut {
  plane: ClipPlane;
  index: number;
  /** Triangles of the caps and their colours (the hatch in the fourth). */
  positions: number[];
  colours: number[];
  outline: number[];
}

export class SectionCaps {
  readonly #scene: Scene;
  readonly #materials: Materials;
  readonly #model: SceneModel;
  readonly #changed: () => void;
  readonly #line: ShaderMaterial;
  readonly #fills: ShaderMaterial[] = [];
  #planes: ClipPlane[] = [];
  #meshes: Mesh[] = [];
  #work: AbortController | null = null;
  #style: 'filled' | 'outline' = 'filled';

  constructor(scene: Scene, materials: Materials, model: SceneModel, changed: () => void) {
    this.#scene = scene;
    this.#materials = materials;
    this.#model = model;
    this.#changed = changed;
    this.#line = materials.create('artificerLine', { blend: true, depthWrite: false });
    this.#line.setFloat('depthBias', LINE_BIAS * 1.5);
  }

  setTheme(palette: Palette, pixelRatio: number): void {
    this.#line.setColor4('colour', color4(palette.edgeOnFace, 1));
    this.#line.setFloat('lineWidth', 1.6 * pixelRatio);
    this.refresh();
  }
  setStyle(style: 'filled' | 'outline'): void {
    if (style === this.#style) return;
    this.#style = style;
    this.refresh();
  }
  setPlanes(planes: ClipPlane[]): void {
    this.#planes = planes;
    this.#drop();
    this.refresh();
  }

  /** Computes the cuts again: planes, places, colours or visibility changed. */
  refresh(): void {
    this.#work?.abort();
    this.#work = null;
    if (this.#planes.length === 0) {
      this.#drop();
      return;
    }
    const controller = new AbortController();
    this.#work = controller;
    const work = async (): Promise<void> => {
      const cuts: Cut[] = [];
      for (let i = 0; i < this.#planes.length; i++)
        cuts.push(await runSliced(this.#cut(this.#planes[i]!, i), controller.signal));
      this.#drop();
      for (const cut of cuts) this.#show(cut);
      this.#changed();
    };
    work().catch((error: unknown) => {
      // Left to be replaced by a newer cut; anything else would be a fault to see.
      if (!controller.signal.aborted) throw error;
    });
  }

  *#cut(plane: ClipPlane, index: number): SlicedWork<Cut> {
    const cut: Cut = { plane, index, positions: [], colours: [], outline: [] };
    const normal: Vector3 = [plane[0], plane[1], plane[2]];
    const u = perpendicular(normal);
    const v = cross(normal, u);
    for (const occurrence of [...this.#model.visible()]) {
      const geometry = occurrence.draw.geometry;
      if (!geometry || geometry.triangles === 0) continue;
      const m = occurrence.transform;
      const local: [number, number, number, number] = [0, 0, 0, plane[3]];
      for (let c = 0; c < 3; c++) local[c] = normal[0] * m[c]! + normal[1] * m[4 + c]! + normal[2] * m[8 + c]!;
      local[3] = plane[3] - (normal[0] * m[3]! + normal[1] * m[7]! + normal[2] * m[11]!);
      const triangles: number[] = [];
      geometry.arrays.tree.crossing([local[0], local[1], local[2]], local[3], (t) => triangles.push(t));
      yield;
      if (triangles.length === 0) continue;
      const points = crossingSegments(geometry.arrays.positions, geometry.arrays.indices, triangles, local);
      const flat: number[] = [];
      for (let i = 0; i + 2 < points.length; i += 3) {
        const world = transformPoint(m, [points[i]!, points[i + 1]!, points[i + 2]!]);
        cut.outline.push(...world);
        flat.push(dot(world, u), dot(world, v));
      }
      yield;
      const { info } = occurrence.draw.view;
      const closed = info.kind === 'solid' || (info.kind === 'mesh' && info.closed === true);
      if (!closed || this.#style === 'outline') continue;
      const colour = this.#model.colourOf(occurrence);
      const filled = fillEvenOdd(flat);
      for (let i = 0; i + 1 < filled.length; i += 2) {
        for (let k = 0; k < 3; k++)
          cut.positions.push(u[k]! * filled[i]! + v[k]! * filled[i + 1]! + normal[k]! * plane[3]);
        cut.colours.push(colour[0]!, colour[1]!, colour[2]!, occurrence.draw.hatch / 255);
      }
      yield;
    }
    return cut;
  }

  #show(cut: Cut): void {
    if (cut.positions.length > 0) {
      let fill = this.#fills[cut.index];
      if (!fill) {
        fill = this.#materials.create('artificerCap', { recede: true });
        this.#fills[cut.index] = fill;
      }
      fill.setVector4('capPlane', new Vector4(...cut.plane));
      fill.setInt('capIndex', cut.index);
      const mesh = new Mesh('section cap', this.#scene);
      prepareMesh(mesh);
      const count = cut.positions.length / 3;
      mesh.setVerticesData('position', new Float32Array(cut.positions), false, 3);
      mesh.setVerticesBuffer(
        new VertexBuffer(this.#scene.getEngine(), new Float32Array(cut.colours), 'capColour', false, false, 4),
      );
      mesh.setIndices(
        Uint32Array.from({ length: count }, (_, i) => i),
        count,
      );
      mesh.thinInstanceSetBuffer('matrix', IDENTITY, 16, true);
      mesh.material = fill;
      this.#meshes.push(mesh);
    }
    if (cut.outline.length > 0) {
      const quads = quadsOfSegments(cut.outline);
      const mesh = new Mesh('section outline', this.#scene);
      prepareMesh(mesh);
      mesh.setVerticesData('position', quads.positions, false, 3);
      mesh.setVerticesData('towards', quads.towards, false, 3);
      mesh.setVerticesData('side', quads.sides, false, 1);
      mesh.setIndices(quads.indices, quads.segments * 4);
      mesh.thinInstanceSetBuffer('instanceColour', new Float32Array(4), 4, true);
      mesh.thinInstanceSetBuffer('instanceState', new Float32Array(4), 4, true);
      mesh.thinInstanceSetBuffer('matrix', IDENTITY, 16, true);
      mesh.material = this.#line;
      mesh.alphaIndex = 5;
      let reach = 0;
      for (const value of cut.outline) reach = Math.max(reach, Math.abs(value));
      // The outline lies on its plane but for rounding: enough slack to be spared by it, too little to be seen.
      this.#line.setFloat('sectionSlack', reach * 2e-6);
      this.#meshes.push(mesh);
    }
  }

  #drop(): void {
    for (const mesh of this.#meshes) mesh.dispose();
    this.#meshes = [];
  }
  dispose(): void {
    this.#work?.abort();
    this.#drop();
  }
}
