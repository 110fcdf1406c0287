/** The materials of a painted field, and the one place that tells them about range, colours, threshold and deformation. */
import { Constants } from '@babylonjs/core/Engines/constants.js';
import { Material } from '@babylonjs/core/Materials/material.js';
import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import { RawTexture } from '@babylonjs/core/Materials/Textures/rawTexture.js';
import { Vector2, Vector4 } from '@babylonjs/core/Maths/math.vector.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { FieldDisplay } from '../api.ts';
import { ABOVE_COLOUR, BELOW_COLOUR, DEFAULT_COLOUR_MAP, lookUpTable } from '../colour-map.ts';
import { LINE_BIAS } from '../highlight.ts';
import { color3, color4, type Materials } from '../materials.ts';
import type { Palette } from '../palette.ts';

const EVERYTHING = new Vector2(-3e38, 3e38);
/** From one line of the hatch of a prediction to the next, CSS pixels. */
const HATCH = 9;
/** How strongly the part is hinted at round what is inside it. */
const HINT = 0.13;

export class FieldMaterials {
  readonly skin: ShaderMaterial;
  /** The part as a hint, round slices and level surfaces. */
  readonly ghost: ShaderMaterial;
  readonly section: ShaderMaterial;
  readonly level: ShaderMaterial;
  readonly mesh: ShaderMaterial;
  readonly outline: ShaderMaterial;
  readonly undeformed: ShaderMaterial;
  /** Edges of the element that is pointed out: light on a dark rim, so that they are seen on every colour of the map. */
  readonly element: ShaderMaterial;
  readonly elementRim: ShaderMaterial;
  readonly glyph: ShaderMaterial;
  readonly #scene: Scene;
  #palette: Palette | null = null;
  #texture: RawTexture | null = null;
  #textureKey = '';
  #pixelRatio = 1;

  constructor(scene: Scene, materials: Materials) {
    this.#scene = scene;
    this.skin = materials.create('artificerField', { recede: true });
    this.ghost = materials.create('artificerField', { blend: true, depthWrite: false });
    this.section = materials.create('artificerField');
    this.level = materials.create('artificerField');
    this.mesh = materials.create('artificerFieldLine', { blend: true, depthWrite: false });
    this.mesh.fillMode = Material.LineListDrawMode;
    this.mesh.setFloat('depthBias', 4e-5);
    const line = { blend: true, depthWrite: false, defines: ['#define DEFORMED'] };
    this.outline = materials.create('artificerLine', line);
    this.undeformed = materials.create('artificerLine', line);
    this.element = materials.create('artificerLine', { ...line, always: true });
    this.elementRim = materials.create('artificerLine', { ...line, always: true });
    for (const material of [this.outline, this.undeformed]) material.setFloat('depthBias', LINE_BIAS);
    for (const material of [this.undeformed, this.element, this.elementRim])
      material.setVector2('keepRange', EVERYTHING);
    for (const material of this.#painted) {
      material.setFloat('ignoreSections', 0);
      material.setFloat('flatShading', material === this.section ? 1 : 0);
      material.setColor3('belowColour', color3(BELOW_COLOUR));
      material.setColor3('aboveColour', color3(ABOVE_COLOUR));
    }
    this.ghost.setFloat('opacity', HINT);
    this.level.setVector2('keepRange', EVERYTHING);
    this.ghost.setVector2('keepRange', EVERYTHING);
    this.glyph = materials.create('artificerSymbol');
    // Those that lie in the surface are seen whole.
    this.glyph.setFloat('depthBias', 2e-4);
  }

  get #painted(): ShaderMaterial[] {
    return [this.skin, this.ghost, this.section, this.level];
  }

  setTheme(palette: Palette, pixelRatio: number): void {
    this.#palette = palette;
    this.#pixelRatio = pixelRatio;
    this.outline.setColor4('colour', color4(palette.edgeOnFace, 0.85));
    this.outline.setFloat('lineWidth', 1.2 * pixelRatio);
    this.undeformed.setColor4('colour', color4(palette.line, 0.5));
    this.undeformed.setFloat('lineWidth', pixelRatio);
    this.mesh.setColor4('colour', color4([0.05, 0.06, 0.08], 0.42));
    this.element.setColor4('colour', color4([1, 1, 1], 1));
    this.element.setFloat('lineWidth', 2 * pixelRatio);
    this.elementRim.setColor4('colour', color4([0.04, 0.05, 0.07], 1));
    this.elementRim.setFloat('lineWidth', 5 * pixelRatio);
    this.ghost.setVector4('plain', new Vector4(...palette.line.slice(0, 3), 1));
  }

  /** `slack_mm`: how far a cut may lie beyond its own plane before it counts as cut away. */
  apply(settings: FieldDisplay, slack_mm: number): void {
    const map = settings.colourMap ?? DEFAULT_COLOUR_MAP;
    const textureKey = `${map}/${settings.bands}`;
    if (textureKey !== this.#textureKey) {
      this.#texture?.dispose();
      const bytes = lookUpTable(map, settings.bands);
      this.#texture = new RawTexture(
        bytes,
        bytes.length / 4,
        1,
        Constants.TEXTUREFORMAT_RGBA,
        this.#scene,
        false,
        false,
        settings.bands <= 0 ? Constants.TEXTURE_BILINEAR_SAMPLINGMODE : Constants.TEXTURE_NEAREST_SAMPLINGMODE,
      );
      this.#texture.wrapU = Constants.TEXTURE_CLAMP_ADDRESSMODE;
      this.#texture.wrapV = Constants.TEXTURE_CLAMP_ADDRESSMODE;
      this.#textureKey = textureKey;
      for (const material of this.#painted) material.setTexture('lookUp', this.#texture);
    }
    const range = new Vector2(settings.range[0], settings.range[1]);
    for (const material of this.#painted) material.setVector2('valueRange', range);
    // What isn't finite can't be sent to the graphics card.
    const keep = new Vector2(
      Math.max(settings.threshold?.minimum ?? -3e38, -3e38),
      Math.min(settings.threshold?.maximum ?? 3e38, 3e38),
    );
    for (const material of [this.skin, this.section, this.mesh, this.outline]) material.setVector2('keepRange', keep);
    for (const material of [this.section, this.level]) material.setFloat('sectionSlack', slack_mm);
    for (const material of this.#painted)
      material.setFloat('hatchPixels', settings.predicted ? HATCH * this.#pixelRatio : 0);
    const plain = this.#palette?.part ?? [0.7, 0.7, 0.7];
    this.skin.setVector4('plain', new Vector4(plain[0], plain[1], plain[2], settings.plain ? 1 : 0));
  }

  deform(scale: number): void {
    for (const material of [...this.#painted, this.mesh, this.outline, this.element, this.elementRim])
      material.setFloat('deformation', scale);
  }

  dispose(): void {
    this.#texture?.dispose();
  }
}
