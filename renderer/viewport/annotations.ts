/**
 * Symbols on the model at a constant size on the screen, and their labels as elements over it. Labels are set as text and never
 * as markup: their words come from files.
 */
import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { Vector3 } from '../../preload/contract/index.ts';
import type { Annotation, CameraState } from './api.ts';
import { prepareMesh } from './body-geometry.ts';
import { millimetresPerPixel, projector, type ScreenSize } from './camera-maths.ts';
import { LINE_BIAS } from './highlight.ts';
import { arrangeLabels, type LabelBox } from './labels.ts';
import { quadsOfSegments } from './line-quads.ts';
import { color4, type Materials } from './materials.ts';
import { PALETTES, type Palette } from './palette.ts';
import { arrowMesh, ballMesh, supportMesh } from './shapes.ts';
import { addScaled, cross, mix, normalise, perpendicular } from './vector.ts';

type Shape = 'arrow' | 'support' | 'ball';
/** Sizes on the screen, CSS pixels. */
const ARROW_PIXELS = 58;
const SUPPORT_PIXELS = 17;
const MARKER_PIXELS = 5;

interface Label {
  annotation: Annotation;
  element: HTMLDivElement;
  width: number;
  height: number;
}

export interface PlacedLabel {
  text: string;
  colour: readonly number[];
  /** Centre of the plate and the anchor, CSS pixels. */
  box: LabelBox;
}

const IDENTITY = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);

export class AnnotationLayer {
  readonly #scene: Scene;
  readonly #parent: HTMLElement;
  readonly #meshes: Record<Shape, [front: Mesh, behind: Mesh]>;
  readonly #front: ShaderMaterial;
  readonly #behind: ShaderMaterial;
  readonly #line: ShaderMaterial;
  #dimensions: Mesh | null = null;
  #annotations: Annotation[] = [];
  #labels: Label[] = [];
  #palette: Palette = PALETTES.light;

  constructor(scene: Scene, materials: Materials, parent: HTMLElement) {
    this.#scene = scene;
    this.#parent = parent;
    this.#front = materials.create('artificerSymbol');
    this.#behind = materials.create('artificerSymbol', { blend: true, behind: true, depthWrite: false });
    this.#behind.setFloat('opacity', 0.22);
    this.#line = materials.create('artificerLine', { blend: true, always: true, depthWrite: false });
    this.#line.setFloat('depthBias', LINE_BIAS * 3);
    const pair = (make: (scene: Scene) => Mesh): [Mesh, Mesh] => {
      const both: [Mesh, Mesh] = [make(scene), make(scene)];
      both.forEach((mesh, i) => {
        prepareMesh(mesh);
        mesh.material = i === 0 ? this.#front : this.#behind;
        mesh.alphaIndex = 12;
        mesh.setEnabled(false);
      });
      return both;
    };
    this.#meshes = { arrow: pair(arrowMesh), support: pair(supportMesh), ball: pair(ballMesh) };
  }

  setTheme(palette: Palette, pixelRatio: number): void {
    this.#palette = palette;
    this.#line.setFloat('lineWidth', 1.4 * pixelRatio);
    this.#line.setColor4('colour', color4(palette.marker, 1));
    for (const label of this.#labels) this.#dress(label);
  }

  /** How far symbols may stand out beside the model, mm. */
  reach(height_mm: number): number {
    return this.#annotations.length > 0 ? height_mm * 0.12 : 0;
  }

  set(annotations: Annotation[]): void {
    this.#annotations = annotations.filter((a) => a.at_mm.every(Number.isFinite));
    const kept = new Map(this.#labels.map((label) => [label.annotation.id, label]));
    const labels: Label[] = [];
    for (const annotation of this.#annotations) {
      if (!annotation.label) continue;
      const known = kept.get(annotation.id);
      kept.delete(annotation.id);
      if (known && known.annotation.label === annotation.label) {
        known.annotation = annotation;
        this.#dress(known);
        labels.push(known);
        continue;
      }
      known?.element.remove();
      const element = document.createElement('div');
      element.textContent = annotation.label;
      this.#parent.append(element);
      const label: Label = { annotation, element, width: 0, height: 0 };
      this.#dress(label);
      // Measured once: reading it in every frame would force a layout.
      label.width = element.offsetWidth;
      label.height = element.offsetHeight;
      labels.push(label);
    }
    for (const label of kept.values()) label.element.remove();
    this.#labels = labels;
    this.#buildDimensions();
  }

  #dress(label: Label): void {
    const { style } = label.element;
    const palette = this.#palette;
    style.position = 'absolute';
    style.left = '0';
    style.top = '0';
    style.maxWidth = '280px';
    style.overflow = 'hidden';
    style.textOverflow = 'ellipsis';
    style.whiteSpace = 'nowrap';
    style.font = '500 11.5px/1.35 system-ui, sans-serif';
    style.fontVariantNumeric = 'tabular-nums';
    style.padding = '2px 7px';
    style.borderRadius = '4px';
    style.color = palette.labelText;
    style.background = palette.labelPlate;
    style.border = `1px solid ${palette.labelRim}`;
    style.borderLeft = `3px solid ${css(this.#colour(label.annotation))}`;
    style.boxShadow = label.annotation.selected
      ? `0 0 0 1.5px ${css(palette.selection)}`
      : '0 1px 3px rgba(0, 0, 0, 0.16)';
    style.willChange = 'transform';
  }

  #colour(annotation: Annotation): readonly number[] {
    const p = this.#palette;
    if (annotation.selected) return p.selection;
    switch (annotation.kind) {
      case 'restraint':
        return p.restraint;
      case 'load':
        return p.load;
      case 'gravity':
        return p.gravity;
      case 'heat':
        return p.heat;
      case 'connection':
        return p.connection;
      case 'axis':
        return p.load;
      case 'singularity':
        return p.warning;
      case 'maximum':
        return [0.85, 0.18, 0.15];
      case 'minimum':
        return [0.16, 0.4, 0.9];
      default:
        return p.marker;
    }
  }

  #buildDimensions(): void {
    this.#dimensions?.dispose();
    this.#dimensions = null;
    const points: number[] = [];
    for (const { kind, at_mm, to_mm } of this.#annotations)
      if (hasLine(kind) && to_mm?.every(Number.isFinite)) points.push(...at_mm, ...to_mm);
    if (points.length === 0) return;
    const quads = quadsOfSegments(points);
    const mesh = new Mesh('dimensions', this.#scene);
    prepareMesh(mesh);
    mesh.setVerticesData('position', quads.positions, false, 3);
    mesh.setVerticesData('towards', quads.towards, false, 3);
    mesh.setVerticesData('side', quads.sides, false, 1);
    mesh.setIndices(quads.indices, quads.segments * 4);
    mesh.thinInstanceSetBuffer('instanceColour', new Float32Array(4), 4, true);
    mesh.thinInstanceSetBuffer('instanceState', new Float32Array(4), 4, true);
    mesh.thinInstanceSetBuffer('matrix', IDENTITY, 16, true);
    mesh.material = this.#line;
    mesh.alphaIndex = 13;
    this.#dimensions = mesh;
  }

  /** Sizes the symbols for this view and moves the labels to their places. */
  place(camera: CameraState, size: ScreenSize, displaced: (p: Vector3) => Vector3): void {
    const lists: Record<Shape, { matrices: number[]; colours: number[] }> = {
      arrow: { matrices: [], colours: [] },
      support: { matrices: [], colours: [] },
      ball: { matrices: [], colours: [] },
    };
    const add = (shape: Shape, at: Vector3, axis: Vector3, pixels: number, colour: readonly number[]): void => {
      const k = millimetresPerPixel(camera, size, at) * pixels;
      const z = normalise(axis);
      const x = perpendicular(z);
      const y = cross(z, x);
      lists[shape].matrices.push(
        ...[x, y, z].flatMap((v) => [v[0] * k, v[1] * k, v[2] * k, 0]),
        at[0],
        at[1],
        at[2],
        1,
      );
      lists[shape].colours.push(colour[0]!, colour[1]!, colour[2]!, 1);
    };
    for (const annotation of this.#annotations) {
      const at = displaced(annotation.at_mm);
      const colour = this.#colour(annotation);
      switch (annotation.kind) {
        case 'restraint':
          add('support', at, annotation.direction ?? [0, 0, 1], SUPPORT_PIXELS, colour);
          break;
        case 'load':
        case 'heat': {
          const direction = annotation.direction ?? [0, 0, -1];
          const length = ARROW_PIXELS * millimetresPerPixel(camera, size, at);
          const tip = annotation.outward ? addScaled(at, normalise(direction), length) : at;
          add('arrow', tip, direction, ARROW_PIXELS, colour);
          break;
        }
        case 'axis': {
          const to = annotation.to_mm;
          if (to) add('arrow', to, [to[0] - at[0], to[1] - at[1], to[2] - at[2]], ARROW_PIXELS * 0.6, colour);
          add('ball', at, [0, 0, 1], MARKER_PIXELS * 0.7, colour);
          break;
        }
        case 'connection': {
          add('ball', at, [0, 0, 1], MARKER_PIXELS, colour);
          if (annotation.to_mm) add('ball', annotation.to_mm, [0, 0, 1], MARKER_PIXELS, colour);
          break;
        }
        case 'gravity':
          add('arrow', at, annotation.direction ?? [0, 0, -1], ARROW_PIXELS * 1.3, colour);
          break;
        case 'measure': {
          const to = annotation.to_mm;
          if (!to) {
            add('ball', at, [0, 0, 1], MARKER_PIXELS * 0.7, colour);
            break;
          }
          const along = normalise([to[0] - at[0], to[1] - at[1], to[2] - at[2]]);
          // Only heads: the line between is drawn at its true length.
          add('ball', at, along, MARKER_PIXELS * 0.6, colour);
          add('ball', to, along, MARKER_PIXELS * 0.6, colour);
          break;
        }
        default:
          add('ball', at, [0, 0, 1], MARKER_PIXELS, colour);
      }
    }
    for (const shape of ['arrow', 'support', 'ball'] as const) {
      const { matrices, colours } = lists[shape];
      for (const mesh of this.#meshes[shape]) {
        mesh.setEnabled(matrices.length > 0);
        if (matrices.length === 0) continue;
        mesh.thinInstanceSetBuffer('matrix', new Float32Array(matrices), 16, false);
        mesh.thinInstanceSetBuffer('instanceColour', new Float32Array(colours), 4, false);
      }
    }
    const placed = this.labels(camera, size, displaced);
    this.#labels.forEach((label, i) => {
      const box = placed[i]!.box;
      label.element.style.visibility = box.visible ? 'visible' : 'hidden';
      label.element.style.transform = `translate(${Math.round(box.x)}px, ${Math.round(box.y)}px)`;
    });
  }

  /** Where the labels lie in a picture of this size: for the elements, and for screenshots. */
  labels(camera: CameraState, size: ScreenSize, displaced: (p: Vector3) => Vector3): PlacedLabel[] {
    const project = projector(camera, size);
    const boxes = this.#labels.map(({ annotation, width, height }) => {
      let anchor = displaced(annotation.at_mm);
      if ((annotation.kind === 'measure' || annotation.kind === 'connection') && annotation.to_mm)
        anchor = mix(anchor, annotation.to_mm, 0.5);
      if (annotation.kind === 'load' || annotation.kind === 'heat' || annotation.kind === 'gravity') {
        // Beside the tail of the arrow, not on the face that it points at.
        const length = ARROW_PIXELS * (annotation.kind === 'gravity' ? 1.3 : 1) * 0.9;
        anchor = addScaled(
          anchor,
          normalise(annotation.direction ?? [0, 0, -1]),
          (annotation.outward ? length : -length) * millimetresPerPixel(camera, size, anchor),
        );
      }
      const at = project(anchor);
      const visible = at.depth > 0 && at.x > -50 && at.y > -50 && at.x < size.width + 50 && at.y < size.height + 50;
      return { anchorX: at.x, anchorY: at.y, width, height, visible };
    });
    const arranged = arrangeLabels(boxes, size);
    return this.#labels.map(({ annotation }, i) => ({
      text: annotation.label ?? '',
      colour: this.#colour(annotation),
      box: arranged[i]!,
    }));
  }

  dispose(): void {
    for (const label of this.#labels) label.element.remove();
    for (const both of Object.values(this.#meshes)) for (const mesh of both) mesh.dispose();
    this.#dimensions?.dispose();
  }
}

/** Those that draw a line from one of their points to the other. */
const hasLine = (kind: Annotation['kind']): boolean => kind === 'measure' || kind === 'connection' || kind === 'axis';

const css = (c: readonly number[]): string =>
  `rgb(${Math.round(c[0]! * 255)}, ${Math.round(c[1]! * 255)}, ${Math.round(c[2]! * 255)})`;
