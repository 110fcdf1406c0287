import { describe, expect, test } from 'vitest';
import { IDENTITY_TRANSFORM } from '../../../../preload/contract/geometry.ts';
import { boxBody, cylinderBody, refused, sphereBody } from '../testing.ts';
import { placements } from './flatten.ts';
import { MESH_FORMATS, type MeshExport, type MeshFormat } from './model.ts';
import { transformBody } from './placement.ts';
import { readMesh } from './read.ts';
import { tessellationOfMesh } from './tessellate.ts';
import { writeMesh } from './write.ts';

/** An assembly of two levels: a housing with two bodies, two screws placed differently, one turned and one not. */
const model: MeshExport = {
  parts: [
    {
      key: 'housing',
      name: 'Gehäuse <1> & "2"',
      bodies: [
        { ...boxBody('Körper', [40, 30, 20]), colour: [0.2, 0.4, 0.6] },
        {
          ...sphereBody('ドーム', 5, 24, 12),
          positions_mm: sphereBody('', 5, 24, 12).positions_mm.map((x, i) => (i % 3 === 2 ? x + 40 : x)),
          colour: [1, 0, 0, 0.5],
        },
      ],
    },
    { key: 'screw', name: 'Screw M6', bodies: [{ ...cylinderBody('Screw M6', 3, 12, 24), colour: [0.8, 0.8, 0.8] }] },
  ],
  instances: [
    { key: 'top', parentKey: null, partKey: null, name: 'Assembly №1', transform: [...IDENTITY_TRANSFORM] },
    {
      key: 'h',
      parentKey: 'top',
      partKey: 'housing',
      name: 'Gehäuse:1',
      transform: [1, 0, 0, 100, 0, 1, 0, 0, 0, 0, 1, 0],
    },
    { key: 's1', parentKey: 'top', partKey: 'screw', name: 'Screw:1', transform: [0, 0, 1, 5, 1, 0, 0, 6, 0, 1, 0, 7] },
    {
      key: 's2',
      parentKey: 'top',
      partKey: 'screw',
      name: 'Screw:2',
      transform: [1, 0, 0, -50, 0, 1, 0, 0, 0, 0, 1, 0.125],
    },
  ],
};

interface Summary {
  volume: number;
  area: number;
  min: number[];
  max: number[];
  closed: boolean;
}

function summary(shown: MeshExport): Summary {
  const total: Summary = {
    volume: 0,
    area: 0,
    min: [Infinity, Infinity, Infinity],
    max: [-Infinity, -Infinity, -Infinity],
    closed: true,
  };
  for (const { part, world } of placements(shown)) {
    for (const body of part.bodies) {
      const { info } = tessellationOfMesh(transformBody(body, world));
      total.volume += info.mass.volume_mm3;
      total.area += info.mass.area_mm2;
      total.closed &&= info.closed!;
      info.box.min.forEach((x, k) => {
        total.min[k] = Math.min(total.min[k]!, x);
      });
      info.box.max.forEach((x, k) => {
        total.max[k] = Math.max(total.max[k]!, x);
      });
    }
  }
  return total;
}

const roundTrip = (format: MeshFormat, shown = model) => readMesh(format, writeMesh(format, shown), `file.${format}`);

describe.each(MESH_FORMATS)('%s', (format) => {
  test('keeps volume, area, box and closedness', () => {
    const before = summary(model);
    const after = summary(roundTrip(format));
    expect(after.volume / before.volume).toBeCloseTo(1, 5);
    expect(after.area / before.area).toBeCloseTo(1, 5);
    for (let k = 0; k < 3; k++) {
      expect(after.min[k]).toBeCloseTo(before.min[k]!, 4);
      expect(after.max[k]).toBeCloseTo(before.max[k]!, 4);
    }
    expect(after.closed).toBe(true);
  });

  test('the same model gives the same bytes', () => {
    expect(writeMesh(format, model)).toEqual(writeMesh(format, model));
  });

  test('a model without triangles is refused', () => {
    expect(refused(() => writeMesh(format, { parts: [], instances: [] })).code).toBe('export.no-triangles');
  });
});

describe.each(['gltf', 'glb'] as const)('%s', (format) => {
  test('keeps the tree, placements, names and colours', () => {
    const back = roundTrip(format);
    expect(back.instances.map((i) => [i.name, i.parentKey, i.transform])).toEqual(
      model.instances.map((i) => [
        i.name,
        i.parentKey === null ? null : 'instance-1',
        i.transform.map((x) => expect.closeTo(x, 9)),
      ]),
    );
    expect(
      back.parts.map((p) => [p.name, p.bodies.map((b) => [b.name, b.colour?.map((c) => expect.closeTo(c, 4))])]),
    ).toEqual(model.parts.map((p) => [p.name, p.bodies.map((b) => [b.name, b.colour])]));
  });
});

test('3MF keeps the tree, placements, names and colours; parts of several bodies become assemblies', () => {
  const back = roundTrip('3mf');
  expect(back.instances.map((i) => [i.name, i.parentKey, i.transform.slice(3, 4)[0]])).toEqual([
    ['Assembly №1', null, 0],
    ['Gehäuse <1> & "2"', 'instance-1', 100],
    ['Körper', 'instance-2', 0],
    ['ドーム', 'instance-2', 0],
    ['Screw M6', 'instance-1', 5],
    ['Screw M6', 'instance-1', -50],
  ]);
  expect(back.parts.map((p) => p.bodies[0]!.colour!.map((c) => Math.round(c * 255)))).toEqual([
    [51, 102, 153],
    [255, 0, 0, 128],
    [204, 204, 204],
  ]);
});

test('OBJ keeps names of placements and bodies, and colours', () => {
  const back = roundTrip('obj');
  expect(back.parts.map((p) => [p.name, p.bodies.map((b) => [b.name, b.colour])])).toEqual([
    [
      'Gehäuse:1',
      [
        ['Körper', [0.2, 0.4, 0.6]],
        ['ドーム', [1, 0, 0]],
      ],
    ],
    ['Screw:1', [['Screw M6', [0.8, 0.8, 0.8]]]],
    ['Screw:2', [['Screw M6', [0.8, 0.8, 0.8]]]],
  ]);
});

describe.each(['obj', 'ply', '3mf', 'gltf', 'glb'] as const)('colours of single triangles in %s', (format) => {
  test('come back', () => {
    const ofTriangle = new Int32Array(12).fill(0);
    ofTriangle.fill(1, 4, 6);
    const painted: MeshExport = {
      parts: [
        {
          key: 'p',
          name: 'p',
          bodies: [
            {
              ...boxBody('b', [1, 2, 3]),
              triangleColours: {
                palette: [
                  [1, 0, 0],
                  [0, 0, 1],
                ],
                ofTriangle,
              },
            },
          ],
        },
      ],
      instances: [],
    };
    const { info } = tessellationOfMesh(roundTrip(format, painted).parts[0]!.bodies[0]!);
    expect(info.closed).toBe(true);
    expect(info.faces).toHaveLength(6);
    expect(info.faces.filter((f) => f.colour?.join() === '0,0,1').map((f) => f.area_mm2)).toEqual([
      expect.closeTo(3, 5),
    ]);
    expect(info.faces.filter((f) => f.colour?.join() === '1,0,0')).toHaveLength(5);
  });
});

test('a mirrored placement still faces outwards', () => {
  const mirrored: MeshExport = {
    ...model,
    instances: [
      { key: 'a', parentKey: null, partKey: 'screw', name: 'a', transform: [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] },
    ],
  };
  for (const format of MESH_FORMATS) {
    const { info, warnings } = tessellationOfMesh(roundTrip(format, mirrored).parts[0]!.bodies[0]!);
    expect(info.closed, format).toBe(true);
    expect(warnings, format).toEqual([]);
  }
});
