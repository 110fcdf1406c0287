/** A result painted on its part: skin, finite-element edges, deformation, and the surfaces computed inside the volume. */
import { Constants } from '@babylonjs/core/Engines/constants.js';
import { Material } from '@babylonjs/core/Materials/material.js';
import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import { RawTexture } from '@babylonjs/core/Materials/Textures/rawTexture.js';
import { Vector2 } from '@babylonjs/core/Maths/math.vector.js';
import { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import { decodeBundle, type FieldsMeta, type Transform, type Vector3 } from '../../preload/contract/index.ts';
import type { FetchBlob, FieldDisplay as FieldSettings } from './api.ts';
import { prepareMesh } from './body-geometry.ts';
import type { Ray } from './camera-maths.ts';
import { ABOVE_COLOUR, BELOW_COLOUR, DEFAULT_COLOUR_MAP, lookUpTable } from './colour-map.ts';
import { type FieldArrays, fieldQuantity } from './field-quantity.ts';
import { buildFieldSurface, type FieldSurface } from './field-surface.ts';
import { LINE_BIAS } from './highlight.ts';
import { quadsOfSegments } from './line-quads.ts';
import { color3, color4, type Materials } from './materials.ts';
import type { Palette } from './palette.ts';
import type { ClipPlane } from './picking.ts';
import { isCutAway } from './picking.ts';
import { writeMatrix } from './scene-model.ts';
import { runSliced } from './slices.ts';
import { cutTets, isoSurface, type TetSurface } from './tet-surfaces.ts';
import { TriangleTree } from './triangle-tree.ts';
import { addScaled, type Box, emptyBox, growBox, transformBox, transformDirection, transformPoint } from './vector.ts';

interface LoadedFields {
  hash: string;
  arrays: FieldArrays & {
    nodes: Float32Array;
    elements: Int32Array;
    surfaceFace: Uint32Array;
    surfaceBody: Uint32Array;
  };
  surface: FieldSurface;
  tree: TriangleTree;
  /** Positions that the tree looks at: deformed as drawn. */
  treePositions: Float32Array;
  /** Body space, of the undeformed shape and of the one at `boxScale` together. */
  box: Box;
  boxScale: number;
}

export interface FieldHit {
  body: number;
  face: number;
  /** Material point in the world, undeformed, mm. */
  point: Vector3;
  distance: number;
  value: number;
}

export interface FieldDisplayOptions {
  scene: Scene;
  materials: Materials;
  fetchBlob: FetchBlob;
  changed(): void;
  loaded(): void;
  failed(message: string): void;
}

export class FieldPainter {
  readonly #options: FieldDisplayOptions;
  readonly #material: ShaderMaterial;
  readonly #innerMaterial: ShaderMaterial;
  readonly #lineMaterial: ShaderMaterial;
  readonly #outlineMaterial: ShaderMaterial;
  readonly #undeformedMaterial: ShaderMaterial;
  #settings: FieldSettings | null = null;
  #transform: Transform = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
  #inverse: Transform = this.#transform;
  #fields: LoadedFields | null = null;
  #values: Float32Array | null = null;
  #valuesKey = '';
  #skin: Mesh | null = null;
  #lines: Mesh | null = null;
  #outline: Mesh | null = null;
  #undeformed: Mesh | null = null;
  #inner: Mesh[] = [];
  #innerKey = '';
  #texture: RawTexture | null = null;
  #textureKey = '';
  #loading: AbortController | null = null;
  #loadingHash = '';
  #building: AbortController | null = null;
  #planes: ClipPlane[] = [];
  #phase = 1;
  #treeScale = 0;

  constructor(options: FieldDisplayOptions) {
    this.#options = options;
    this.#material = options.materials.create('artificerField', { recede: true });
    this.#innerMaterial = options.materials.create('artificerField');
    this.#lineMaterial = options.materials.create('artificerFieldLine', { blend: true, depthWrite: false });
    this.#lineMaterial.fillMode = Material.LineListDrawMode;
    const outline = { blend: true, depthWrite: false, defines: ['#define DEFORMED'] };
    this.#outlineMaterial = options.materials.create('artificerLine', outline);
    this.#undeformedMaterial = options.materials.create('artificerLine', outline);
    for (const material of [this.#outlineMaterial, this.#undeformedMaterial]) material.setFloat('depthBias', LINE_BIAS);
    this.#undeformedMaterial.setFloat('deformation', 0);
    for (const material of [this.#material, this.#innerMaterial]) {
      material.setFloat('ignoreSections', 0);
      material.setFloat('flatShading', 0);
      material.setColor3('belowColour', color3(BELOW_COLOUR));
      material.setColor3('aboveColour', color3(ABOVE_COLOUR));
    }
    this.#lineMaterial.setFloat('depthBias', 4e-5);
  }

  get settings(): FieldSettings | null {
    return this.#settings;
  }
  get busy(): boolean {
    return this.#loading !== null || this.#building !== null;
  }
  get painted(): boolean {
    return this.#skin !== null;
  }
  /** World box of the field as deformed at most. */
  get box(): Box | null {
    const fields = this.#fields;
    if (!fields) return null;
    const scale = this.#settings?.deformationScale ?? 0;
    const { displacement } = fields.arrays;
    if (scale !== fields.boxScale && displacement) {
      const { positions, node } = fields.surface;
      const box: Box = emptyBox();
      for (let v = 0; v < node.length; v++)
        for (const k of [0, scale])
          growBox(box, [
            positions[3 * v]! + displacement[3 * node[v]!]! * k,
            positions[3 * v + 1]! + displacement[3 * node[v]! + 1]! * k,
            positions[3 * v + 2]! + displacement[3 * node[v]! + 2]! * k,
          ]);
      fields.box = box;
      fields.boxScale = scale;
    }
    return transformBox(this.#transform, fields.box);
  }
  get triangles(): number {
    return this.#fields ? this.#fields.surface.indices.length / 3 : 0;
  }

  setTheme(palette: Palette, pixelRatio: number): void {
    this.#outlineMaterial.setColor4('colour', color4(palette.edgeOnFace, 0.85));
    this.#outlineMaterial.setFloat('lineWidth', 1.2 * pixelRatio);
    this.#undeformedMaterial.setColor4('colour', color4(palette.line, 0.5));
    this.#undeformedMaterial.setFloat('lineWidth', pixelRatio);
    this.#lineMaterial.setColor4('colour', color4([0.05, 0.06, 0.08], 0.42));
  }

  set(settings: FieldSettings | null, transform: Transform, inverse: Transform): void {
    this.#settings = settings;
    this.#transform = transform;
    this.#inverse = inverse;
    if (!settings) {
      this.#loading?.abort();
      this.#loading = null;
      this.#clear();
      this.#fields = null;
      this.#options.changed();
      return;
    }
    if (this.#fields?.hash === settings.fieldsHash) this.#apply();
    // A change of range or scale meanwhile is taken up when the fields have come; it doesn't fetch them again.
    else if (!this.#loading || this.#loadingHash !== settings.fieldsHash) void this.#load(settings.fieldsHash);
  }

  setSections(planes: ClipPlane[]): void {
    this.#planes = planes;
    if (this.#settings && this.#fields) this.#rebuildInner();
  }

  async #load(hash: string): Promise<void> {
    this.#loading?.abort();
    const controller = new AbortController();
    this.#loading = controller;
    this.#loadingHash = hash;
    try {
      const bytes = await this.#options.fetchBlob(hash, controller.signal);
      const { arrays } = decodeBundle<FieldsMeta>(bytes);
      const f32 = (name: string): Float32Array =>
        arrays[name] instanceof Float32Array ? arrays[name] : new Float32Array(0);
      const u32 = (name: string): Uint32Array =>
        arrays[name] instanceof Uint32Array ? arrays[name] : new Uint32Array(0);
      const optional = (name: keyof FieldArrays): FieldArrays =>
        arrays[name] instanceof Float32Array ? { [name]: arrays[name] } : {};
      const nodes = f32('nodes');
      const surface = await runSliced(
        buildFieldSurface({
          nodes,
          surfaceTriangles: u32('surfaceTriangles'),
          surfaceFace: u32('surfaceFace'),
          surfaceBody: u32('surfaceBody'),
          meshEdges: u32('meshEdges'),
        }),
        controller.signal,
      );
      const treePositions = surface.positions.slice();
      const tree = await runSliced(TriangleTree.build(treePositions, surface.indices), controller.signal);
      const box = emptyBox();
      for (let i = 0; i < surface.positions.length; i += 3)
        growBox(box, [surface.positions[i]!, surface.positions[i + 1]!, surface.positions[i + 2]!]);
      this.#clear();
      this.#fields = {
        hash,
        arrays: {
          ...optional('displacement'),
          ...optional('stress'),
          ...optional('strain'),
          ...optional('vonMises'),
          ...optional('principal'),
          ...optional('stressSpread'),
          nodes,
          elements: arrays['elements'] instanceof Int32Array ? arrays['elements'] : new Int32Array(0),
          surfaceFace: u32('surfaceFace'),
          surfaceBody: u32('surfaceBody'),
        },
        surface,
        tree,
        treePositions,
        box,
        boxScale: 0,
      };
      this.#treeScale = 0;
      this.#build();
      this.#loading = null;
      this.#apply();
      this.#options.loaded();
    } catch (error) {
      if (controller.signal.aborted) return;
      this.#loading = null;
      this.#options.failed(error instanceof Error ? error.message : String(error));
    }
  }

  #clear(): void {
    this.#building?.abort();
    this.#building = null;
    this.#skin?.dispose();
    this.#lines?.dispose();
    this.#outline?.dispose();
    this.#undeformed?.dispose();
    for (const mesh of this.#inner) mesh.dispose();
    this.#skin = null;
    this.#lines = null;
    this.#outline = null;
    this.#undeformed = null;
    this.#inner = [];
    this.#innerKey = '';
    this.#valuesKey = '';
    this.#values = null;
  }

  /** Gathers a nodal array (of `size` numbers a node) to the vertices. */
  #gather(source: Float32Array | undefined, node: Uint32Array, size: number): Float32Array {
    const out = new Float32Array(node.length * size);
    if (source)
      for (let v = 0; v < node.length; v++)
        for (let k = 0; k < size; k++) out[v * size + k] = source[node[v]! * size + k]!;
    return out;
  }

  #build(): void {
    const { surface, arrays } = this.#fields!;
    const skin = new Mesh('field', this.#options.scene);
    prepareMesh(skin);
    skin.setVerticesData('position', surface.positions, false, 3);
    skin.setVerticesData('normal', surface.normals, false, 3);
    skin.setVerticesData('displacement', this.#gather(arrays.displacement, surface.node, 3), false, 3);
    skin.setVerticesData('value', new Float32Array(surface.node.length), true, 1);
    skin.setIndices(surface.indices, surface.node.length);
    skin.material = this.#material;
    this.#skin = skin;
    const edges = surface.edgeNode;
    const lines = new Mesh('field mesh', this.#options.scene);
    prepareMesh(lines);
    lines.setVerticesData('position', this.#gather(arrays.nodes, edges, 3), false, 3);
    lines.setVerticesData('normal', new Float32Array(edges.length * 3), false, 3);
    lines.setVerticesData('displacement', this.#gather(arrays.displacement, edges, 3), false, 3);
    lines.setVerticesData('value', new Float32Array(edges.length), true, 1);
    lines.setIndices(
      Uint32Array.from({ length: edges.length }, (_, i) => i),
      edges.length,
    );
    lines.material = this.#lineMaterial;
    lines.alphaIndex = 4;
    this.#lines = lines;
    this.#outline = this.#outlineMesh(this.#outlineMaterial);
    this.#undeformed = this.#outlineMesh(this.#undeformedMaterial);
  }

  #outlineMesh(material: ShaderMaterial): Mesh {
    const { surface, arrays } = this.#fields!;
    const pairs = surface.outline;
    const quads = quadsOfSegments(this.#gather(arrays.nodes, pairs, 3));
    const displacements = quadsOfSegments(this.#gather(arrays.displacement, pairs, 3));
    const mesh = new Mesh('field outline', this.#options.scene);
    prepareMesh(mesh);
    mesh.setVerticesData('position', quads.positions, false, 3);
    mesh.setVerticesData('towards', quads.towards, false, 3);
    mesh.setVerticesData('side', quads.sides, false, 1);
    mesh.setVerticesData('displacement', displacements.positions, false, 3);
    mesh.setVerticesData('displacementTowards', displacements.towards, false, 3);
    mesh.setVerticesData('value', new Float32Array(quads.segments * 4), true, 1);
    mesh.setIndices(quads.indices, quads.segments * 4);
    mesh.thinInstanceSetBuffer('instanceColour', new Float32Array(4), 4, true);
    mesh.thinInstanceSetBuffer('instanceState', new Float32Array(4), 4, true);
    mesh.material = material;
    mesh.alphaIndex = 5;
    return mesh;
  }

  #place(mesh: Mesh): void {
    const matrix = new Float32Array(16);
    writeMatrix(matrix, 0, this.#transform);
    mesh.thinInstanceSetBuffer('matrix', matrix, 16, true);
  }

  /** Brings everything to the present settings. */
  #apply(): void {
    const settings = this.#settings;
    const fields = this.#fields;
    if (!settings || !fields || !this.#skin || !this.#lines || !this.#outline || !this.#undeformed) return;
    const valuesKey = `${fields.hash}/${settings.quantity}/${settings.allowable_MPa ?? ''}`;
    if (valuesKey !== this.#valuesKey) {
      const options = settings.allowable_MPa === undefined ? {} : { allowable_MPa: settings.allowable_MPa };
      this.#values = fieldQuantity(fields.arrays, settings.quantity, options);
      this.#valuesKey = valuesKey;
      if (!this.#values) this.#options.failed(`The result holds no ${settings.quantity}.`);
      const values = this.#values ?? new Float32Array(fields.arrays.nodes.length / 3).fill(Number.NaN);
      this.#skin.updateVerticesData('value', this.#gather(values, fields.surface.node, 1), false, false);
      this.#lines.updateVerticesData('value', this.#gather(values, fields.surface.edgeNode, 1), false, false);
      const pairs = fields.surface.outline;
      const ends = new Uint32Array(pairs.length * 2);
      for (let i = 0; i < pairs.length; i++) ends.fill(pairs[i]!, 2 * i, 2 * i + 2);
      this.#outline.updateVerticesData('value', this.#gather(values, ends, 1), false, false);
      this.#innerKey = '';
    }
    const map = settings.colourMap ?? DEFAULT_COLOUR_MAP;
    const textureKey = `${map}/${settings.bands}`;
    if (textureKey !== this.#textureKey) {
      this.#texture?.dispose();
      const bytes = lookUpTable(map, settings.bands);
      const smooth = settings.bands <= 0;
      this.#texture = new RawTexture(
        bytes,
        bytes.length / 4,
        1,
        Constants.TEXTUREFORMAT_RGBA,
        this.#options.scene,
        false,
        false,
        smooth ? Constants.TEXTURE_BILINEAR_SAMPLINGMODE : Constants.TEXTURE_NEAREST_SAMPLINGMODE,
      );
      this.#texture.wrapU = Constants.TEXTURE_CLAMP_ADDRESSMODE;
      this.#texture.wrapV = Constants.TEXTURE_CLAMP_ADDRESSMODE;
      this.#textureKey = textureKey;
      for (const material of [this.#material, this.#innerMaterial]) material.setTexture('lookUp', this.#texture);
    }
    const everything = new Vector2(-3e38, 3e38);
    const range = new Vector2(settings.range[0], settings.range[1]);
    // What isn't finite can't be sent to the graphics card.
    const low = Math.max(settings.threshold?.minimum ?? -3e38, -3e38);
    const high = Math.min(settings.threshold?.maximum ?? 3e38, 3e38);
    for (const material of [this.#material, this.#innerMaterial]) material.setVector2('valueRange', range);
    this.#material.setVector2('keepRange', new Vector2(low, high));
    this.#lineMaterial.setVector2('keepRange', new Vector2(low, high));
    this.#outlineMaterial.setVector2('keepRange', new Vector2(low, high));
    this.#undeformedMaterial.setVector2('keepRange', everything);
    this.#innerMaterial.setVector2('keepRange', everything);
    // An iso-surface alone would be hidden by the skin around it.
    const isoOnly = settings.isoValue !== undefined;
    this.#skin.setEnabled(!isoOnly);
    this.#lines.setEnabled(settings.showMesh && !isoOnly && fields.surface.edgeNode.length > 0);
    this.#outline.setEnabled(!isoOnly);
    this.#undeformed.setEnabled(settings.showUndeformed || isoOnly);
    for (const mesh of [this.#skin, this.#lines, this.#outline, this.#undeformed]) this.#place(mesh);
    this.#deform();
    this.#rebuildInner();
    this.#options.changed();
  }

  /** Place in the animation, 0..1 of the deformation. */
  setPhase(phase: number): void {
    this.#phase = phase;
    this.#deform();
  }

  #deform(): void {
    const scale = (this.#settings?.deformationScale ?? 0) * (this.#settings?.animate ? this.#phase : 1);
    for (const material of [this.#material, this.#innerMaterial, this.#lineMaterial])
      material.setFloat('deformation', scale);
  }

  /** Surfaces inside the volume: cuts by the sections, iso-surface, and the walls where the threshold ends. */
  #rebuildInner(): void {
    const settings = this.#settings;
    const fields = this.#fields;
    const values = this.#values;
    if (!settings || !fields) return;
    const levels: number[] = [];
    if (settings.isoValue !== undefined) levels.push(settings.isoValue);
    if (settings.threshold?.minimum !== undefined) levels.push(settings.threshold.minimum);
    if (settings.threshold?.maximum !== undefined) levels.push(settings.threshold.maximum);
    const key = `${this.#valuesKey}|${JSON.stringify(levels)}|${JSON.stringify(this.#planes)}|${this.#transform.join()}|${settings.isoValue ?? ''}|${JSON.stringify(settings.threshold ?? null)}`;
    if (key === this.#innerKey) {
      for (const mesh of this.#inner) this.#place(mesh);
      return;
    }
    this.#innerKey = key;
    this.#building?.abort();
    this.#building = null;
    const drop = (): void => {
      for (const mesh of this.#inner) mesh.dispose();
      this.#inner = [];
    };
    if (!values || (levels.length === 0 && this.#planes.length === 0)) {
      drop();
      return;
    }
    const controller = new AbortController();
    this.#building = controller;
    const { nodes, elements, displacement } = fields.arrays;
    const work = async (): Promise<void> => {
      const surfaces: { surface: TetSurface; plane: number }[] = [];
      if (settings.isoValue === undefined)
        for (let i = 0; i < this.#planes.length; i++) {
          const plane = planeInBody(this.#planes[i]!, this.#transform);
          surfaces.push({
            surface: await runSliced(cutTets(nodes, elements, values, displacement ?? null, plane), controller.signal),
            plane: i,
          });
        }
      for (const level of levels)
        surfaces.push({
          surface: await runSliced(isoSurface(nodes, elements, values, displacement ?? null, level), controller.signal),
          plane: -1,
        });
      drop();
      for (const { surface, plane } of surfaces) this.#addInner(surface, plane);
      this.#building = null;
      this.#options.changed();
      this.#options.loaded();
    };
    void work().catch((error: unknown) => {
      if (controller.signal.aborted) return;
      this.#building = null;
      this.#options.failed(error instanceof Error ? error.message : String(error));
    });
  }

  #addInner(surface: TetSurface, plane: number): void {
    const settings = this.#settings;
    if (surface.values.length === 0 || !settings) return;
    // The cut is shown where the threshold lets it: clipped here, as its material is shared with the iso-surfaces.
    const mesh = new Mesh(plane >= 0 ? 'field cut' : 'iso-surface', this.#options.scene);
    prepareMesh(mesh);
    mesh.setVerticesData('position', surface.positions, false, 3);
    mesh.setVerticesData('normal', surface.normals, false, 3);
    mesh.setVerticesData('displacement', surface.displacements, false, 3);
    mesh.setVerticesData('value', surface.values, false, 1);
    mesh.setIndices(
      Uint32Array.from({ length: surface.values.length }, (_, i) => i),
      surface.values.length,
    );
    mesh.material = plane >= 0 ? this.#cutMaterial(plane) : this.#innerMaterial;
    this.#place(mesh);
    this.#inner.push(mesh);
  }

  readonly #cutMaterials: ShaderMaterial[] = [];
  #cutMaterial(plane: number): ShaderMaterial {
    const settings = this.#settings!;
    let material = this.#cutMaterials[plane];
    if (!material) {
      material = this.#options.materials.create('artificerField');
      this.#cutMaterials[plane] = material;
    }
    material.setFloat('ignoreSections', this.#planes.length === 1 ? 1 : 0);
    material.setFloat('flatShading', 1);
    material.setColor3('belowColour', color3(BELOW_COLOUR));
    material.setColor3('aboveColour', color3(ABOVE_COLOUR));
    material.setTexture('lookUp', this.#texture!);
    material.setVector2('valueRange', new Vector2(settings.range[0], settings.range[1]));
    material.setVector2(
      'keepRange',
      new Vector2(settings.threshold?.minimum ?? -3e38, settings.threshold?.maximum ?? 3e38),
    );
    material.setFloat('deformation', settings.deformationScale * (settings.animate ? this.#phase : 1));
    return material;
  }

  /** The painted point on a world ray, on the shape as it is drawn. */
  cast(ray: Ray, limit = Infinity): FieldHit | null {
    const fields = this.#fields;
    const settings = this.#settings;
    if (!fields || !settings || !this.#skin) return null;
    const scale = settings.deformationScale * (settings.animate ? this.#phase : 1);
    if (scale !== this.#treeScale) {
      const { surface, treePositions, arrays } = fields;
      const displacement = arrays.displacement;
      for (let v = 0; v < surface.node.length; v++)
        for (let k = 0; k < 3; k++)
          treePositions[3 * v + k] =
            surface.positions[3 * v + k]! + (displacement ? displacement[3 * surface.node[v]! + k]! * scale : 0);
      for (const _ of fields.tree.refitSliced()) void _;
      this.#treeScale = scale;
    }
    const hit = fields.tree.cast(
      transformPoint(this.#inverse, ray.origin),
      transformDirection(this.#inverse, ray.direction),
      limit,
      this.#planes.length > 0 ? (t) => !isCutAway(this.#planes, addScaled(ray.origin, ray.direction, t)) : undefined,
    );
    if (!hit) return null;
    const { surface } = fields;
    const weights = [1 - hit.u - hit.v, hit.u, hit.v];
    const point: Vector3 = [0, 0, 0];
    let value = 0;
    for (let k = 0; k < 3; k++) {
      const vertex = surface.indices[3 * hit.triangle + k]!;
      for (let c = 0; c < 3; c++) point[c]! += weights[k]! * surface.positions[3 * vertex + c]!;
      value += weights[k]! * (this.#values?.[surface.node[vertex]!] ?? Number.NaN);
    }
    return {
      body: fields.arrays.surfaceBody[hit.triangle] ?? 0,
      face: fields.arrays.surfaceFace[hit.triangle] ?? 0,
      point: transformPoint(this.#transform, point),
      distance: hit.t,
      value,
    };
  }

  /** Where a material point of the world is drawn now: annotations ride on the deformed shape. */
  displaced(point: Vector3): Vector3 {
    const fields = this.#fields;
    const settings = this.#settings;
    const displacement = fields?.arrays.displacement;
    if (!fields || !settings || !displacement) return point;
    const scale = settings.deformationScale * (settings.animate ? this.#phase : 1);
    if (scale === 0) return point;
    const local = transformPoint(this.#inverse, point);
    const nearest = this.#nearestNode(local);
    if (nearest < 0) return point;
    const d = transformDirection(this.#transform, [
      displacement[3 * nearest]!,
      displacement[3 * nearest + 1]!,
      displacement[3 * nearest + 2]!,
    ]);
    return addScaled(point, d, scale);
  }
  readonly #nearest = new Map<string, number>();
  #nearestNode(local: Vector3): number {
    const fields = this.#fields!;
    const key = `${fields.hash}/${local.join()}`;
    const known = this.#nearest.get(key);
    if (known !== undefined) return known;
    let best = -1;
    let least = Infinity;
    const { positions, node } = fields.surface;
    for (let v = 0; v < node.length; v++) {
      const d =
        (positions[3 * v]! - local[0]) ** 2 +
        (positions[3 * v + 1]! - local[1]) ** 2 +
        (positions[3 * v + 2]! - local[2]) ** 2;
      if (d < least) {
        least = d;
        best = node[v]!;
      }
    }
    if (this.#nearest.size > 500) this.#nearest.clear();
    this.#nearest.set(key, best);
    return best;
  }

  dispose(): void {
    this.#loading?.abort();
    this.#clear();
    this.#texture?.dispose();
  }
}

/** A world plane in the body's own space: unit normal and offset. */
function planeInBody(plane: ClipPlane, transform: Transform): ClipPlane {
  const n: Vector3 = [0, 0, 0];
  for (let c = 0; c < 3; c++)
    n[c] = plane[0] * transform[c]! + plane[1] * transform[4 + c]! + plane[2] * transform[8 + c]!;
  const offset = plane[3] - (plane[0] * transform[3]! + plane[1] * transform[7]! + plane[2] * transform[11]!);
  const l = Math.hypot(...n) || 1;
  return [n[0] / l, n[1] / l, n[2] / l, offset / l];
}
