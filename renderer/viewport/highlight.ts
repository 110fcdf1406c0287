/**
 * Hovered and selected faces, edges and vertices as small meshes of their own, laid exactly over what they stand for, and
 * faintly through what hides them.
 */
import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { PickedItem } from './api.ts';
import { prepareMesh } from './body-geometry.ts';
import { quadsOfSegments } from './line-quads.ts';
import { color3, color4, type Materials } from './materials.ts';
import type { Palette } from './palette.ts';
import { type Occurrence, type SceneModel, writeMatrix } from './scene-model.ts';
import { dotMesh } from './shapes.ts';

export type HighlightItem = Omit<PickedItem, 'point_mm'>;
type Strength = 'hover' | 'selection';

/** Behind, and in front, for each kind of thing. */
interface Pair {
  front: ShaderMaterial;
  behind: ShaderMaterial;
}

/** Lines are pulled towards the eye by this much of the depth range, so that they win against the face they lie on. */
export const LINE_BIAS = 1e-4;

export class Highlight {
  readonly #scene: Scene;
  readonly #model: SceneModel;
  readonly #faces: Record<Strength, Pair>;
  readonly #lines: Record<Strength, Pair>;
  readonly #dots: Record<Strength, Pair>;
  #meshes: Record<Strength, Mesh[]> = { hover: [], selection: [] };
  #items: Record<Strength, HighlightItem[]> = { hover: [], selection: [] };

  constructor(scene: Scene, materials: Materials, model: SceneModel) {
    this.#scene = scene;
    this.#model = model;
    const pair = (program: 'artificerOverlay' | 'artificerLine' | 'artificerDot'): Pair => ({
      front: materials.create(program, { blend: true, depthWrite: false }),
      behind: materials.create(program, { blend: true, behind: true, depthWrite: false }),
    });
    this.#faces = { hover: pair('artificerOverlay'), selection: pair('artificerOverlay') };
    this.#lines = { hover: pair('artificerLine'), selection: pair('artificerLine') };
    this.#dots = { hover: pair('artificerDot'), selection: pair('artificerDot') };
  }

  setTheme(palette: Palette, pixelRatio: number): void {
    for (const strength of ['hover', 'selection'] as const) {
      const colour = palette[strength];
      const strong = strength === 'selection';
      this.#faces[strength].front.setColor4('colour', color4(colour, strong ? 0.72 : 0.45));
      this.#faces[strength].behind.setColor4('colour', color4(colour, strong ? 0.13 : 0.06));
      this.#lines[strength].front.setColor4('colour', color4(colour, 1));
      this.#lines[strength].behind.setColor4('colour', color4(colour, strong ? 0.35 : 0.18));
      for (const material of [this.#lines[strength].front, this.#lines[strength].behind]) {
        material.setFloat('lineWidth', 3.2 * pixelRatio);
        material.setFloat('depthBias', LINE_BIAS * 2);
      }
      this.#dots[strength].front.setColor4('colour', color4(colour, 1));
      this.#dots[strength].behind.setColor4('colour', color4(colour, 0.35));
      for (const material of [this.#dots[strength].front, this.#dots[strength].behind]) {
        material.setFloat('dotSize', 9 * pixelRatio);
        material.setFloat('depthBias', LINE_BIAS * 3);
        material.setColor3('rimColour', color3([1, 1, 1]));
      }
    }
  }

  /** Bodies and parts are not drawn here but by the scene's own tint: `instance/body` to strength. */
  bodies(): Map<string, number> {
    const out = new Map<string, number>();
    for (const [strength, value] of [
      ['hover', 1],
      ['selection', 2],
    ] as const) {
      const parts = new Set<string>();
      for (const item of this.#items[strength]) {
        if (item.kind === 'part') parts.add(item.instanceId);
        else if (item.kind === 'body') out.set(`${item.instanceId}/${item.body}`, value);
      }
      if (parts.size === 0) continue;
      for (const draw of this.#model.draws.values())
        for (const { instance } of draw.occurrences)
          if (parts.has(instance.id)) out.set(`${instance.id}/${draw.view.index}`, value);
    }
    return out;
  }

  set(strength: Strength, items: HighlightItem[]): void {
    this.#items[strength] = items;
    this.refresh(strength);
  }

  /** Builds the overlays again: after a change of geometry or of what is visible. */
  refresh(strength?: Strength): void {
    for (const which of strength ? [strength] : (['hover', 'selection'] as const)) {
      for (const mesh of this.#meshes[which]) mesh.dispose();
      this.#meshes[which] = [];
      for (const item of this.#items[which]) {
        if (item.kind === 'part' || item.kind === 'body') continue;
        const occurrence = this.#model.find(item.instanceId, item.body);
        if (!occurrence?.draw.geometry || !occurrence.draw.drawn.includes(occurrence)) continue;
        if (item.kind === 'face') this.#face(which, occurrence, item.index);
        else if (item.kind === 'edge') this.#edge(which, occurrence, item.index);
        else this.#vertex(which, occurrence, item.index);
      }
    }
  }

  #add(strength: Strength, pair: Pair, occurrence: Occurrence, build: () => Mesh): void {
    const matrix = new Float32Array(16);
    writeMatrix(matrix, 0, occurrence.transform);
    for (const material of [pair.behind, pair.front]) {
      const mesh = build();
      prepareMesh(mesh);
      mesh.material = material;
      mesh.alphaIndex = material === pair.front ? 11 : 10;
      if (pair === this.#lines[strength]) {
        mesh.thinInstanceSetBuffer('instanceColour', new Float32Array(4), 4, true);
        mesh.thinInstanceSetBuffer('instanceState', new Float32Array(4), 4, true);
      }
      mesh.thinInstanceSetBuffer('matrix', matrix, 16, true);
      this.#meshes[strength].push(mesh);
    }
  }

  #face(strength: Strength, occurrence: Occurrence, face: number): void {
    const { arrays } = occurrence.draw.geometry!;
    const start = arrays.faceStarts[face];
    const end = arrays.faceEnds[face];
    if (start === undefined || end === undefined || end <= start) return;
    const count = (end - start) * 3;
    const positions = new Float32Array(count * 3);
    const normals = new Float32Array(count * 3);
    for (let i = 0; i < count; i++) {
      const vertex = arrays.indices[start * 3 + i]! * 3;
      for (let k = 0; k < 3; k++) {
        positions[3 * i + k] = arrays.positions[vertex + k]!;
        normals[3 * i + k] = arrays.normals[vertex + k]!;
      }
    }
    const indices = Uint32Array.from({ length: count }, (_, i) => i);
    this.#add(strength, this.#faces[strength], occurrence, () => {
      const mesh = new Mesh('highlighted face', this.#scene);
      mesh.setVerticesData('position', positions, false, 3);
      mesh.setVerticesData('normal', normals, false, 3);
      mesh.setIndices(indices, count);
      return mesh;
    });
    for (const edge of occurrence.draw.view.info.faces[face]?.edges ?? []) this.#edge(strength, occurrence, edge);
  }

  #edge(strength: Strength, occurrence: Occurrence, edge: number): void {
    const { edgePoints, edgeOffsets } = occurrence.draw.geometry!.arrays;
    const start = edgeOffsets[edge];
    const end = edgeOffsets[edge + 1];
    if (start === undefined || end === undefined || end - start < 2) return;
    const pairs: number[] = [];
    for (let i = start; i + 1 < end; i++) for (let k = 0; k < 6; k++) pairs.push(edgePoints[3 * i + k]!);
    const quads = quadsOfSegments(pairs);
    this.#add(strength, this.#lines[strength], occurrence, () => {
      const mesh = new Mesh('highlighted edge', this.#scene);
      mesh.setVerticesData('position', quads.positions, false, 3);
      mesh.setVerticesData('towards', quads.towards, false, 3);
      mesh.setVerticesData('side', quads.sides, false, 1);
      mesh.setIndices(quads.indices, quads.segments * 4);
      return mesh;
    });
  }

  #vertex(strength: Strength, occurrence: Occurrence, vertex: number): void {
    const points = occurrence.draw.geometry!.arrays.vertexPoints;
    if (3 * vertex + 2 >= points.length) return;
    const at = [points[3 * vertex]!, points[3 * vertex + 1]!, points[3 * vertex + 2]!] as const;
    this.#add(strength, this.#dots[strength], occurrence, () => dotMesh(this.#scene, [...at]));
  }

  dispose(): void {
    for (const meshes of Object.values(this.#meshes)) for (const mesh of meshes) mesh.dispose();
  }
}
