/** The kinds of feature as a person finds them: icon, place in menus, and what a new one begins as. */
import type { Feature, FeatureKind, FeatureOf, Reference } from '../../preload/contract/index.ts';
import { featureTitle } from '../help/features.ts';
import type { IconName } from '../ui/icons.tsx';

export type FeatureGroup = 'Sketch' | 'Solid' | 'Edges and walls' | 'Pattern' | 'Bodies' | 'Faces' | 'Sheet metal';

interface KindDescription {
  icon: IconName;
  group: FeatureGroup;
}

export const KINDS: Record<FeatureKind, KindDescription> = {
  sketch: { icon: 'sketch', group: 'Sketch' },
  'datum-plane': { icon: 'plane', group: 'Sketch' },
  extrude: { icon: 'extrude', group: 'Solid' },
  revolve: { icon: 'revolve', group: 'Solid' },
  sweep: { icon: 'sweep', group: 'Solid' },
  loft: { icon: 'loft', group: 'Solid' },
  rib: { icon: 'rib', group: 'Solid' },
  hole: { icon: 'hole', group: 'Solid' },
  fillet: { icon: 'fillet', group: 'Edges and walls' },
  chamfer: { icon: 'chamfer', group: 'Edges and walls' },
  shell: { icon: 'shell', group: 'Edges and walls' },
  draft: { icon: 'draft', group: 'Edges and walls' },
  'linear-pattern': { icon: 'linearPattern', group: 'Pattern' },
  'circular-pattern': { icon: 'circularPattern', group: 'Pattern' },
  mirror: { icon: 'mirror', group: 'Pattern' },
  boolean: { icon: 'boolean', group: 'Bodies' },
  split: { icon: 'split', group: 'Bodies' },
  thicken: { icon: 'thicken', group: 'Bodies' },
  'move-body': { icon: 'moveBody', group: 'Bodies' },
  'offset-face': { icon: 'pushPull', group: 'Faces' },
  'move-face': { icon: 'moveBody', group: 'Faces' },
  'delete-face': { icon: 'deleteFace', group: 'Faces' },
  'replace-face': { icon: 'plane', group: 'Faces' },
  'resize-hole': { icon: 'hole', group: 'Faces' },
  'resize-fillet': { icon: 'fillet', group: 'Faces' },
  import: { icon: 'import', group: 'Bodies' },
  'sheet-base': { icon: 'sheet', group: 'Sheet metal' },
  'edge-flange': { icon: 'sheet', group: 'Sheet metal' },
  unfold: { icon: 'unfold', group: 'Sheet metal' },
};

export const GROUPS: FeatureGroup[] = [
  'Sketch',
  'Solid',
  'Edges and walls',
  'Pattern',
  'Bodies',
  'Faces',
  'Sheet metal',
];
/** Kinds that a person adds by a command. An import comes with its file. */
export const CREATABLE = (Object.keys(KINDS) as FeatureKind[]).filter((kind) => kind !== 'import');

/** What is at hand when a feature is begun. */
export interface Beginning {
  /** Things that are selected, as references. */
  references: Reference[];
  /** The newest sketch that nothing uses yet, or the newest. */
  sketch: string | undefined;
  /** Names of the bodies there are. */
  bodies: string[];
  /** The newest step that makes a shape. */
  feature: string | undefined;
}

const kindOf = (reference: Reference): string =>
  reference.by === 'selector' ? reference.selector.replace(/s\b.*$/, '') : reference.kind;

/** A new feature with values that usually make sense. It may lack what has to be picked. */
export function newFeature(kind: FeatureKind, at: Beginning): Feature {
  const faces = at.references.filter((reference) => kindOf(reference) === 'face');
  const edges = at.references.filter((reference) => ['edge', 'face'].includes(kindOf(reference)));
  const straight = at.references.filter((reference) => kindOf(reference) === 'edge');
  const operation = at.bodies.length === 0 ? 'new' : 'add';
  const sketch = at.sketch ?? '';
  const profile = at.sketch
    ? { by: 'sketch' as const, sketch }
    : faces[0]
      ? { by: 'face' as const, face: faces[0] }
      : { by: 'sketch' as const, sketch };
  const x = { by: 'principal' as const, axis: 'x' as const };
  const z = { by: 'principal' as const, axis: 'z' as const };
  const xy = { by: 'principal' as const, plane: 'xy' as const };
  const plane = faces[0] ? { by: 'face' as const, face: faces[0] } : xy;
  const mm = (value: number) => ({ length: `${value} mm` });
  const degrees = (value: number) => ({ angle: `${value} deg` });
  const nowhere: [{ length: string }, { length: string }, { length: string }] = [mm(0), mm(0), mm(0)];
  const repeated = at.feature ? { features: [at.feature] } : {};
  const all: { [Kind in FeatureKind]: () => FeatureOf<Kind> } = {
    sketch: () => ({ kind: 'sketch', plane, entities: [], constraints: [] }),
    'datum-plane': () => ({ kind: 'datum-plane', plane: { ...plane, offset: mm(10) } }),
    extrude: () => ({ kind: 'extrude', profile, operation, extent: { to: 'distance', distance: mm(10) } }),
    revolve: () => ({ kind: 'revolve', profile, operation, axis: z, angle: degrees(360) }),
    sweep: () => ({ kind: 'sweep', profile, operation, path: { by: 'sketch', sketch: '' } }),
    loft: () => ({ kind: 'loft', sections: [profile], operation }),
    rib: () => ({ kind: 'rib', path: { by: 'sketch', sketch }, thickness: mm(4), direction: 'in-plane' }),
    hole: () => ({
      kind: 'hole',
      sketch,
      standard: 'iso',
      type: 'clearance',
      size: 'M6',
      fit: 'normal',
      extent: { to: 'through-all' },
    }),
    fillet: () => ({ kind: 'fillet', edges, radius: mm(2) }),
    chamfer: () => ({ kind: 'chamfer', edges, distance: mm(1) }),
    shell: () => ({ kind: 'shell', ...(faces.length > 0 ? { open: faces } : {}), thickness: mm(2) }),
    draft: () => ({ kind: 'draft', faces, neutral: xy, angle: degrees(2) }),
    'linear-pattern': () => ({
      kind: 'linear-pattern',
      ...repeated,
      direction: x,
      spacing: mm(20),
      count: { number: '3' },
    }),
    'circular-pattern': () => ({ kind: 'circular-pattern', ...repeated, axis: z, count: { number: '6' } }),
    mirror: () => ({ kind: 'mirror', ...repeated, plane: faces[0] ? plane : { by: 'principal', plane: 'yz' } }),
    boolean: () => ({
      kind: 'boolean',
      operation: 'union',
      target: at.bodies[0] ?? '',
      tools: at.bodies.slice(1, 2),
    }),
    split: () => ({ kind: 'split', plane, keep: 'both' }),
    thicken: () => ({ kind: 'thicken', faces, thickness: mm(2), operation: 'new' }),
    'move-body': () => ({ kind: 'move-body', bodies: at.bodies.slice(0, 1), translation: nowhere }),
    'offset-face': () => ({ kind: 'offset-face', faces, distance: mm(1) }),
    'move-face': () => ({ kind: 'move-face', faces, translation: nowhere }),
    'delete-face': () => ({ kind: 'delete-face', faces }),
    'replace-face': () => ({ kind: 'replace-face', faces: faces.slice(0, 1), plane: xy }),
    'resize-hole': () => ({ kind: 'resize-hole', faces, diameters: [mm(10)] }),
    'resize-fillet': () => ({ kind: 'resize-fillet', faces, radius: mm(2) }),
    import: () => ({ kind: 'import', sourceId: '', sourceKey: '' }),
    'sheet-base': () => ({ kind: 'sheet-base', profile, thickness: mm(1.5), bendRadius: mm(2) }),
    'edge-flange': () => ({ kind: 'edge-flange', edges: straight, height: mm(20), angle: degrees(90) }),
    unfold: () => ({ kind: 'unfold', fixed: faces[0] ?? { by: 'selector', selector: 'faces <Z' } }),
  };
  return all[kind]();
}

/** `Extrude`, `Extrude 2` … */
export const featureName = (kind: FeatureKind, taken: readonly { name: string }[]): string => {
  const names = new Set(taken.map(({ name }) => name));
  const title = featureTitle(kind);
  for (let i = 1; ; i++) {
    const name = i === 1 ? title : `${title} ${i}`;
    if (!names.has(name)) return name;
  }
};
