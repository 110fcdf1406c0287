/** Projects to talk about: what the sample requests are said in. */
import {
  type AnyRecord,
  type Api,
  type Client,
  IDENTITY_TRANSFORM,
  type StudyRecord,
} from '../../../../preload/contract/index.ts';

export const SCENES = ['bracket', 'plate', 'pair'] as const;
export type SceneName = (typeof SCENES)[number];

const study = (id: string, name: string, partId: string, held: string, loaded: string): StudyRecord => ({
  type: 'study',
  id,
  name,
  study: 'static',
  partId,
  restraints: [{ id: 'r1', name: 'Wall', kind: 'fixed', on: [{ by: 'selector', selector: held }] }],
  loads: [
    { id: 'l1', name: 'Shelf', kind: 'force', on: [{ by: 'selector', selector: loaded }], force_N: [0, 0, -800] },
  ],
  mesh: { order: 2, accuracy: 'draft', refinements: [], size_mm: 11 },
  probes: [],
});

/** 60 x 40 x 8 mm, one upright edge rounded: three steps by hand. */
const plate = (key = 'plate1', name = 'Plate', thickness = '8 mm'): AnyRecord[] => [
  {
    type: 'part',
    id: `part_${key}`,
    name,
    features: [`feature_sketch1${key}`, `feature_base01${key}`, `feature_rounds1${key}`],
    bodies: [],
  },
  {
    type: 'instance',
    id: `instance_${key}`,
    name,
    parentId: null,
    partId: `part_${key}`,
    transform: IDENTITY_TRANSFORM,
    order: 0,
  },
  {
    type: 'feature',
    id: `feature_sketch1${key}`,
    partId: `part_${key}`,
    name: 'Outline',
    feature: {
      kind: 'sketch',
      plane: { by: 'principal', plane: 'xy' },
      entities: [
        { kind: 'point', id: 'point1', x_mm: 0, y_mm: 0 },
        { kind: 'point', id: 'point2', x_mm: 60, y_mm: 0 },
        { kind: 'point', id: 'point3', x_mm: 60, y_mm: 40 },
        { kind: 'point', id: 'point4', x_mm: 0, y_mm: 40 },
        { kind: 'line', id: 'line1', start: 'point1', end: 'point2' },
        { kind: 'line', id: 'line2', start: 'point2', end: 'point3' },
        { kind: 'line', id: 'line3', start: 'point3', end: 'point4' },
        { kind: 'line', id: 'line4', start: 'point4', end: 'point1' },
      ],
      constraints: [],
    },
  },
  {
    type: 'feature',
    id: `feature_base01${key}`,
    partId: `part_${key}`,
    name: 'Base',
    feature: {
      kind: 'extrude',
      profile: { by: 'sketch', sketch: `feature_sketch1${key}` },
      operation: 'new',
      extent: { to: 'distance', distance: { length: thickness } },
    },
  },
  {
    type: 'feature',
    id: `feature_rounds1${key}`,
    partId: `part_${key}`,
    name: 'Round',
    feature: {
      kind: 'fillet',
      edges: [{ by: 'name', kind: 'edge', name: `feature_base01${key}/side(line1)|feature_base01${key}/side(line2)` }],
      radius: { length: '5 mm' },
    },
  },
];

/** A project of its own, open afterwards. */
export async function openScene(client: Client<Api>, name: SceneName): Promise<void> {
  await client['project.create']({ name });
  if (name === 'plate') {
    await client['document.change']({ label: 'Plate', put: plate() });
    return;
  }
  if (name === 'pair') {
    await client['document.change']({
      label: 'Plates',
      put: [...thickPlate('plate1', 'Base plate'), ...thickPlate('cover1', 'Cover')],
    });
    await client['document.change']({
      label: 'Studies',
      put: [
        study('study_shelf01', 'Shelf load', 'part_plate1', 'faces <X', 'faces >X'),
        study('study_cover01', 'Bolt pull', 'part_cover1', 'faces <Z', 'faces >Z'),
      ],
    });
    return;
  }
  const bracket = await client['parts.samples.add']({ key: 'l-bracket' });
  await client['document.change']({
    label: 'Study',
    put: [study('study_shelf01', 'Shelf load', bracket.partId, 'faces >Y', 'faces <Y')],
  });
}

const thickPlate = (key: string, name: string): AnyRecord[] => [
  ...plate(key, name, 'thickness'),
  {
    type: 'variable',
    id: `variable_${key}`,
    partId: `part_${key}`,
    name: 'thickness',
    dimension: 'length',
    expression: '8 mm',
    order: 0,
  },
];
