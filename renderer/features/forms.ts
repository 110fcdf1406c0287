/** Which control edits each parameter of each feature. Typed by the contract: a parameter without one does not compile. */
import type { Feature, FeatureKind, TopologyKind } from '../../preload/contract/index.ts';
import type { FeatureField } from '../help/types.ts';

export type FieldSpec = {
  /** Shown only where this holds. */
  when?: (feature: Feature) => boolean;
  /** May be left out: stands under “More” until it has a value. */
  optional?: true;
} & (
  | { control: 'length' | 'angle' | 'number' }
  | { control: 'references'; accepts: TopologyKind[]; many: boolean }
  | { control: 'profile' | 'profiles' | 'path' | 'plane' | 'axis' }
  | { control: 'choice'; initial?: string }
  | { control: 'flag' }
  | { control: 'bodies'; many: boolean }
  | { control: 'features' | 'sketch' | 'points' | 'extent' | 'hole-extent' | 'vector' | 'lengths' | 'indices' }
  | { control: 'size' }
  | { control: 'object'; parts: Record<string, FieldSpec>; initial: Record<string, unknown> }
  /** Edited elsewhere (the sketcher), or kept by the program. */
  | { control: 'none' }
);

export type FeatureForms = { [Kind in FeatureKind]: { [Field in FeatureField<Kind>]-?: FieldSpec } };

const faces: FieldSpec = { control: 'references', accepts: ['face'], many: true };
const edges: FieldSpec = { control: 'references', accepts: ['edge', 'face'], many: true };
const bodies: FieldSpec = { control: 'bodies', many: true, optional: true };
const operation: FieldSpec = { control: 'choice' };
const length: FieldSpec = { control: 'length' };
const angle: FieldSpec = { control: 'angle' };
const reverse: FieldSpec = { control: 'flag', optional: true };
const axis: FieldSpec = { control: 'axis' };
const z = { by: 'principal', axis: 'z' };
const rotation: FieldSpec = {
  control: 'object',
  optional: true,
  parts: { axis, angle },
  initial: { axis: z, angle: { angle: '90 deg' } },
};
const skip: FieldSpec = { control: 'indices', optional: true };
const repeated: FieldSpec = { control: 'features', optional: true };

const holeHas = (...types: string[]) => ({
  when: (feature: Feature) => feature.kind === 'hole' && types.includes(feature.type),
});
const standardHole = (feature: Feature) =>
  feature.kind === 'hole' && feature.standard !== 'custom' && feature.type !== 'simple';

export const FORMS: FeatureForms = {
  sketch: { plane: { control: 'plane' }, entities: { control: 'none' }, constraints: { control: 'none' } },
  'datum-plane': {
    plane: { control: 'plane' },
    tilt: {
      control: 'object',
      optional: true,
      parts: { axis, angle },
      initial: { axis: { by: 'principal', axis: 'x' }, angle: { angle: '30 deg' } },
    },
  },
  extrude: {
    profile: { control: 'profile' },
    operation,
    extent: { control: 'extent' },
    direction: { control: 'choice', initial: 'normal' },
    second: { control: 'extent', optional: true },
    draft: { ...angle, optional: true },
    bodies,
  },
  revolve: {
    profile: { control: 'profile' },
    axis,
    angle,
    operation,
    symmetric: { control: 'flag', optional: true },
    bodies,
  },
  sweep: {
    profile: { control: 'profile' },
    path: { control: 'path' },
    operation,
    twist: { ...angle, optional: true },
    bodies,
  },
  loft: { sections: { control: 'profiles' }, operation, ruled: { control: 'flag', optional: true }, bodies },
  rib: { path: { control: 'path' }, thickness: length, direction: { control: 'choice' }, reverse, bodies },
  hole: {
    sketch: { control: 'sketch' },
    points: { control: 'points', optional: true },
    standard: { control: 'choice' },
    type: { control: 'choice' },
    size: { control: 'size', when: standardHole },
    fit: { control: 'choice', initial: 'normal', ...holeHas('clearance', 'counterbore', 'countersink') },
    diameter: { control: 'length', optional: true },
    extent: { control: 'hole-extent' },
    counterbore: {
      control: 'object',
      optional: true,
      ...holeHas('counterbore'),
      parts: { diameter: length, depth: length },
      initial: { diameter: { length: '11 mm' }, depth: { length: '6 mm' } },
    },
    countersink: {
      control: 'object',
      optional: true,
      ...holeHas('countersink'),
      parts: { diameter: length, angle },
      initial: { diameter: { length: '12 mm' }, angle: { angle: '90 deg' } },
    },
    reverse,
    bodies,
  },
  fillet: { edges, radius: length, endRadius: { ...length, optional: true } },
  chamfer: {
    edges,
    distance: length,
    distance2: { ...length, optional: true },
    angle: { ...angle, optional: true },
    face: { control: 'references', accepts: ['face'], many: false, optional: true },
  },
  shell: {
    open: { ...faces, optional: true },
    thickness: length,
    outward: { control: 'flag', optional: true },
    bodies,
  },
  draft: { faces, neutral: { control: 'plane' }, angle, reverse },
  'linear-pattern': {
    features: repeated,
    direction: axis,
    spacing: length,
    count: { control: 'number' },
    second: {
      control: 'object',
      optional: true,
      parts: { direction: axis, spacing: length, count: { control: 'number' } },
      initial: {
        direction: { by: 'principal', axis: 'y' },
        spacing: { length: '20 mm' },
        count: { number: '2' },
      },
    },
    skip,
    bodies,
  },
  'circular-pattern': {
    features: repeated,
    axis,
    count: { control: 'number' },
    step: { ...angle, optional: true },
    skip,
    bodies,
  },
  mirror: { features: repeated, plane: { control: 'plane' }, join: { control: 'flag', optional: true }, bodies },
  boolean: {
    operation: { control: 'choice' },
    target: { control: 'bodies', many: false },
    tools: { control: 'bodies', many: true },
    keepTools: { control: 'flag', optional: true },
  },
  split: { plane: { control: 'plane' }, keep: { control: 'choice' }, bodies },
  thicken: { faces, thickness: length, reverse, operation },
  'move-body': {
    bodies: { control: 'bodies', many: true },
    translation: { control: 'vector' },
    rotation,
    copy: { control: 'flag', optional: true },
  },
  'offset-face': { faces, distance: length },
  'move-face': { faces, translation: { control: 'vector' }, rotation },
  'delete-face': { faces },
  'replace-face': { faces, plane: { control: 'plane' } },
  'resize-hole': { faces, diameters: { control: 'lengths' } },
  'resize-fillet': { faces, radius: length },
  import: { sourceId: { control: 'none' }, sourceKey: { control: 'none' }, faceNames: { control: 'none' } },
  'sheet-base': {
    profile: { control: 'profile' },
    thickness: length,
    bendRadius: length,
    kFactor: { control: 'number', optional: true },
    reverse,
  },
  'edge-flange': {
    edges: { control: 'references', accepts: ['edge'], many: true },
    height: length,
    angle,
    bendRadius: { ...length, optional: true },
  },
  unfold: { fixed: { control: 'references', accepts: ['face'], many: false } },
};
