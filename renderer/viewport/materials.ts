/** The viewport's materials, and the one place that tells all of them about camera, sections and theme before a frame. */
import { Constants } from '@babylonjs/core/Engines/constants.js';
import { Material } from '@babylonjs/core/Materials/material.js';
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import { Color3, Color4 } from '@babylonjs/core/Maths/math.color.js';
import { Vector3 as BabylonVector3, Vector2, Vector4 } from '@babylonjs/core/Maths/math.vector.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { CameraState } from './api.ts';
import { eyeOf } from './camera-maths.ts';
import type { Palette } from './palette.ts';
import { MAXIMUM_SECTIONS, registerShaders } from './shaders.ts';

export type ProgramName =
  | 'artificerFace'
  | 'artificerLine'
  | 'artificerSilhouette'
  | 'artificerOverlay'
  | 'artificerDot'
  | 'artificerBackground'
  | 'artificerField'
  | 'artificerFieldLine'
  | 'artificerCap'
  | 'artificerSymbol';

const ATTRIBUTES: Record<ProgramName, string[]> = {
  artificerFace: ['position', 'normal', 'faceColour', 'instanceColour', 'instanceState'],
  artificerLine: [
    'position',
    'towards',
    'side',
    'displacement',
    'displacementTowards',
    'value',
    'instanceColour',
    'instanceState',
  ],
  artificerSilhouette: ['position', 'normal', 'instanceState'],
  artificerOverlay: ['position', 'normal'],
  artificerDot: ['position', 'corner'],
  artificerBackground: ['position'],
  artificerField: ['position', 'normal', 'displacement', 'value'],
  artificerFieldLine: ['position', 'normal', 'displacement', 'value'],
  artificerCap: ['position', 'capColour'],
  artificerSymbol: ['position', 'normal', 'instanceColour'],
};

const UNIFORMS = [
  'world',
  'view',
  'viewProjection',
  'eye',
  'viewDirection',
  'orthographic',
  'screenSize',
  'sectionPlanes',
  'sectionCount',
  'opacity',
  'paper',
  'lineColour',
  'hoverColour',
  'selectionColour',
  'hatchSpacing',
  'lineWidth',
  'depthBias',
  'colour',
  'tint',
  'sectionSlack',
  'dotSize',
  'rimColour',
  'top',
  'bottom',
  'deformation',
  'valueRange',
  'keepRange',
  'belowColour',
  'aboveColour',
  'flatShading',
  'ignoreSections',
  'capPlane',
  'capIndex',
  'plain',
  'hatchPixels',
  'pixels',
];

export interface MaterialOptions {
  blend?: boolean;
  defines?: string[];
  /** Pushed away from the eye, so that lines on a face are not fought over. */
  recede?: boolean;
  /** Drawn only where something is in front. */
  behind?: boolean;
  /** Drawn whatever is in front. */
  always?: boolean;
  depthWrite?: boolean;
}

/** What every material has to know about the frame. */
export interface FrameState {
  camera: CameraState;
  /** Device pixels, as many as the picture has at rest. */
  width: number;
  height: number;
  /** Share of them that is drawn each way. */
  pixels: number;
  /** Unit normal to the removed side and its offset, world mm. */
  sections: [number, number, number, number][];
  /** Distance between hatch lines, mm. */
  hatchSpacing: number;
  palette: Palette;
}

export const color3 = (c: readonly number[]): Color3 => new Color3(c[0], c[1], c[2]);
export const color4 = (c: readonly number[], alpha = c[3] ?? 1): Color4 => new Color4(c[0], c[1], c[2], alpha);

export class Materials {
  readonly #scene: Scene;
  readonly #all = new Set<ShaderMaterial>();

  constructor(scene: Scene) {
    registerShaders();
    this.#scene = scene;
  }

  create(program: ProgramName, options: MaterialOptions = {}): ShaderMaterial {
    const material = new ShaderMaterial(
      program,
      this.#scene,
      { vertex: program, fragment: program },
      {
        attributes: ATTRIBUTES[program],
        uniforms: [...UNIFORMS],
        samplers: program === 'artificerField' ? ['lookUp'] : [],
        defines: options.defines ?? [],
        needAlphaBlending: options.blend ?? false,
        useClipPlane: false,
      },
    );
    material.backFaceCulling = false;
    // Triangles are counter-clockwise seen from outside; Babylon would otherwise turn that round in right-handed scenes.
    material.sideOrientation = Material.CounterClockWiseSideOrientation;
    if (options.recede) {
      material.zOffset = 1;
      material.zOffsetUnits = 1;
    }
    if (options.behind) material.depthFunction = Constants.GREATER;
    if (options.always) material.depthFunction = Constants.ALWAYS;
    if (options.depthWrite === false) material.disableDepthWrite = true;
    if (options.depthWrite === true) material.forceDepthWrite = true;
    material.setFloat('opacity', 1);
    material.setVector4('paper', new Vector4(0, 0, 0, 0));
    material.setVector4('plain', new Vector4(0, 0, 0, 0));
    material.setFloat('hatchPixels', 0);
    material.setFloat('deformation', 0);
    material.setFloat('lineWidth', 1);
    material.setFloat('depthBias', 0);
    material.setFloat('tint', 0);
    material.setFloat('sectionSlack', 0);
    material.setColor4('colour', new Color4(0, 0, 0, 1));
    this.#all.add(material);
    material.onDisposeObservable.addOnce(() => this.#all.delete(material));
    return material;
  }

  /** Called once before each frame. */
  update(frame: FrameState): void {
    const eye = eyeOf(frame.camera);
    const eyeVector = new BabylonVector3(...eye);
    const direction = new BabylonVector3(...frame.camera.direction);
    const screen = new Vector2(frame.width, frame.height);
    const planes = new Array<number>(MAXIMUM_SECTIONS * 4).fill(0);
    const count = Math.min(frame.sections.length, MAXIMUM_SECTIONS);
    for (let i = 0; i < count; i++) for (let k = 0; k < 4; k++) planes[i * 4 + k] = frame.sections[i]![k]!;
    for (const material of this.#all) {
      material.setVector3('eye', eyeVector);
      material.setVector3('viewDirection', direction);
      material.setFloat('orthographic', frame.camera.orthographic ? 1 : 0);
      material.setVector2('screenSize', screen);
      material.setFloat('pixels', frame.pixels);
      material.setArray4('sectionPlanes', planes);
      material.setInt('sectionCount', count);
      material.setFloat('hatchSpacing', frame.hatchSpacing);
      material.setColor3('hoverColour', color3(frame.palette.hover));
      material.setColor3('selectionColour', color3(frame.palette.selection));
      material.setColor3('lineColour', color3(frame.palette.line));
    }
  }
}
