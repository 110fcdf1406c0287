/** Sample parts of the engine in memory: a plate with a sketch, an extrusion, a fillet and two variables. */
import { newId, translation } from '../../main/document/index.ts';
import { type AnyRecord, ArtificerError, type SamplePart, type Sketch } from '../../preload/contract/index.ts';

export const SAMPLE_PARTS: SamplePart[] = [
  { key: 'fixture-plate', title: 'Fixture plate', about: 'A plate of two parameters.', parameters: 2 },
  { key: 'fixture-block', title: 'Fixture block', about: 'The same, under another name.', parameters: 2 },
];

/** A rectangle with its first corner in the origin. */
export function rectangleSketch(width_mm: number, depth_mm: number): Sketch {
  const corners = [
    [0, 0],
    [width_mm, 0],
    [width_mm, depth_mm],
    [0, depth_mm],
  ] as const;
  return {
    kind: 'sketch',
    plane: { by: 'principal', plane: 'xy' },
    entities: [
      ...corners.map(([x_mm, y_mm], i) => ({ kind: 'point' as const, id: `point${i + 1}`, x_mm, y_mm })),
      ...corners.map((_, i) => ({
        kind: 'line' as const,
        id: `line${i + 1}`,
        start: `point${i + 1}`,
        end: `point${((i + 1) % 4) + 1}`,
      })),
    ],
    constraints: [],
  };
}

export function sampleRecords(key: string): { partId: string; title: string; records: AnyRecord[] } {
  const sample = SAMPLE_PARTS.find((each) => each.key === key);
  if (!sample)
    throw new ArtificerError({ code: 'parts.no-such-sample', category: 'usage', message: 'There is no such sample.' });
  const partId = newId('part');
  const [sketch, extrude, fillet] = [newId('feature'), newId('feature'), newId('feature')];
  const records: AnyRecord[] = [
    { type: 'part', id: partId, name: sample.title, features: [sketch, extrude, fillet], bodies: [] },
    {
      type: 'instance',
      id: newId('instance'),
      name: sample.title,
      parentId: null,
      partId,
      transform: translation([0, 0, 0]),
      order: 100,
    },
    { type: 'feature', id: sketch, partId, name: 'Outline', feature: rectangleSketch(80, 50) },
    {
      type: 'feature',
      id: extrude,
      partId,
      name: 'Plate',
      feature: {
        kind: 'extrude',
        profile: { by: 'sketch', sketch },
        operation: 'new',
        extent: { to: 'distance', distance: { length: 'thickness' } },
      },
    },
    {
      type: 'feature',
      id: fillet,
      partId,
      name: 'Rounded corner',
      feature: {
        kind: 'fillet',
        edges: [{ by: 'name', kind: 'edge', name: `${extrude}/side(front)|${extrude}/side(right)` }],
        radius: { length: 'corner' },
      },
    },
    {
      type: 'variable',
      id: newId('variable'),
      partId,
      name: 'thickness',
      dimension: 'length',
      expression: '12 mm',
      minimum: '4 mm',
      maximum: '30 mm',
      note: 'How thick the plate is',
      order: 0,
    },
    {
      type: 'variable',
      id: newId('variable'),
      partId,
      name: 'corner',
      dimension: 'length',
      expression: 'thickness / 3',
      order: 1,
    },
  ];
  return { partId, title: sample.title, records };
}
