import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { ascii, boxBody, corpus, refused } from '../testing.ts';
import { readMesh } from './read.ts';
import { tessellationOfMesh } from './tessellate.ts';

const MESH =
  '<mesh><vertices><vertex x="0" y="0" z="0"/><vertex x="1" y="0" z="0"/><vertex x="0" y="1" z="0"/><vertex x="0" y="0" z="1"/></vertices><triangles><triangle v1="0" v2="2" v3="1"/><triangle v1="0" v2="1" v3="3"/><triangle v1="1" v2="2" v3="3"/><triangle v1="0" v2="3" v3="2"/></triangles></mesh>';
const pack = (
  resources: string,
  build: string,
  unit = 'millimeter',
  extra: Record<string, Uint8Array> = {},
): Uint8Array =>
  zipSync({
    '3D/3dmodel.model': new TextEncoder().encode(
      `<?xml version="1.0"?><model unit="${unit}" xmlns="x"><metadata name="Application">Test &amp; Co</metadata><resources>${resources}</resources><build>${build}</build></model>`,
    ),
    ...extra,
  });
const read = (bytes: Uint8Array) => readMesh('3mf', bytes, 'file.3mf');
const ONE = `<object id="1" name="A &lt;1&gt;">${MESH}</object>`;

describe('3MF', () => {
  test('names, application, units', () => {
    const model = read(pack(ONE, '<item objectid="1"/>', 'inch'));
    expect(model).toMatchObject({ lengthUnit: 'inch', originatingSystem: 'Test & Co' });
    expect(model.parts[0]!.name).toBe('A <1>');
    expect(tessellationOfMesh(model.parts[0]!.bodies[0]!).info).toMatchObject({
      closed: true,
      box: { min: [0, 0, 0], max: [25.4, 25.4, 25.4] },
    });
  });

  test('components are placed in their unit, and transforms are transposed', () => {
    const model = read(
      pack(
        `${ONE}<object id="2" name="Pair"><components><component objectid="1"/><component objectid="1" transform="0 1 0 -1 0 0 0 0 1 5 6 7"/></components></object>`,
        '<item objectid="2" transform="1 0 0 0 1 0 0 0 1 10 0 0"/>',
        'centimeter',
      ),
    );
    expect(model.parts).toHaveLength(1);
    expect(model.instances.map((i) => [i.name, i.parentKey, i.partKey, i.transform])).toEqual([
      ['Pair', null, null, [1, 0, 0, 100, 0, 1, 0, 0, 0, 0, 1, 0]],
      ['A <1>', 'instance-1', 'part-1', [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]],
      ['A <1>', 'instance-1', 'part-1', [0, -1, 0, 50, 1, 0, 0, 60, 0, 0, 1, 70]],
    ]);
  });

  test('scales and mirrors go into the part', () => {
    const model = read(
      pack(
        ONE,
        '<item objectid="1" transform="2 0 0 0 2 0 0 0 2 1 0 0"/><item objectid="1" transform="-1 0 0 0 1 0 0 0 1 0 0 0"/><item objectid="1"/>',
      ),
    );
    expect(model.parts).toHaveLength(3);
    const volumes = model.parts.map((part) => tessellationOfMesh(part.bodies[0]!));
    expect(volumes.map((t) => t.info.mass.volume_mm3)).toEqual([8 / 6, 1 / 6, 1 / 6].map((x) => expect.closeTo(x, 9)));
    expect(volumes.flatMap((t) => t.warnings)).toEqual([]);
    expect(model.instances[0]!.transform).toEqual([1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0]);
  });

  test('colours of objects and of triangles', () => {
    const materials =
      '<basematerials id="9"><base name="r" displaycolor="#FF0000"/><base name="g" displaycolor="#00FF0080"/></basematerials>';
    const painted = MESH.replace('v3="1"/>', 'v3="1" pid="9" p1="1"/>');
    const model = read(
      pack(
        `${materials}<object id="1" pid="9" pindex="0">${MESH}</object><object id="2" pid="9" pindex="0">${painted}</object>`,
        '<item objectid="1"/><item objectid="2"/>',
      ),
    );
    expect(model.parts[0]!.bodies[0]!.colour).toEqual([1, 0, 0]);
    const { info } = tessellationOfMesh(model.parts[1]!.bodies[0]!);
    expect(info.faces.map((f) => f.colour?.length)).toEqual([4, 3, 3, 3]);
  });

  test('objects in other files of the package', () => {
    const other = ascii(`<model unit="millimeter"><resources>${ONE}</resources></model>`);
    const assembly =
      '<object id="5" name="Top"><components><component objectid="1" p:path="/3D/other.model"/></components></object>';
    expect(read(pack(assembly, '<item objectid="5"/>', 'millimeter', { '3D/other.model': other })).parts).toHaveLength(
      1,
    );
    expect(refused(() => read(pack(assembly, '<item objectid="5"/>'))).code).toBe('import.corrupt');
  });

  test.each([
    [
      'a vertex that is not there',
      pack(`<object id="1">${MESH.replace('v3="1"', 'v3="4"')}</object>`, '<item objectid="1"/>'),
      'import.corrupt',
    ],
    [
      'a coordinate that is none',
      pack(`<object id="1">${MESH.replace('x="1"', 'x="NaN"')}</object>`, '<item objectid="1"/>'),
      'import.non-finite-numbers',
    ],
    [
      'a coordinate that is missing',
      pack(`<object id="1">${MESH.replace('x="1"', '')}</object>`, '<item objectid="1"/>'),
      'import.corrupt',
    ],
    ['an object that is not there', pack(ONE, '<item objectid="7"/>'), 'import.corrupt'],
    [
      'an object in itself',
      pack(`${ONE}<object id="2"><components><component objectid="2"/></components></object>`, '<item objectid="2"/>'),
      'import.corrupt',
    ],
    [
      'objects in each other',
      pack(
        `${ONE}<object id="2"><components><component objectid="3"/></components></object><object id="3"><components><component objectid="2"/></components></object>`,
        '<item objectid="2"/>',
      ),
      'import.corrupt',
    ],
    ['no mesh', pack('', ''), 'import.no-geometry'],
    [
      'a document type',
      zipSync({ '3D/3dmodel.model': ascii('<!DOCTYPE x [<!ENTITY a "b">]><model/>') }),
      'import.corrupt',
    ],
    ['tags that do not fit', zipSync({ '3D/3dmodel.model': ascii('<model><resources></model>') }), 'import.corrupt'],
    ['text that ends', zipSync({ '3D/3dmodel.model': ascii('<model><resources>') }), 'import.truncated'],
    ['a cut archive', pack(ONE, '').slice(0, 300), 'import.truncated'],
    ['no model', zipSync({ 'a.txt': ascii('x') }), 'import.corrupt'],
  ])('%s is refused', (_, bytes, code) => {
    expect(refused(() => read(bytes)).code).toBe(code);
  });

  test('a tree that doubles at every level is stopped', () => {
    const levels = Array.from(
      { length: 40 },
      (_, i) =>
        `<object id="${i + 2}"><components><component objectid="${i + 1}"/><component objectid="${i + 1}"/></components></object>`,
    );
    expect(refused(() => read(pack(ONE + levels.join(''), '<item objectid="41"/>'))).code).toBe('import.too-large');
  });

  test('an archive that unpacks to far more than it is worth is stopped, whatever it claims', () => {
    const bomb = zipSync({ '3D/3dmodel.model': new Uint8Array(100_000_000) }, { level: 1 });
    const view = new DataView(bomb.buffer);
    for (let i = 0; i + 4 < bomb.length; i++)
      if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + 24, 1000, true);
    // By the thread's own time: a crowded machine is not the reader's fault.
    const start = process.threadCpuUsage();
    expect(refused(() => read(bomb)).code).toBe('import.too-large');
    const { user, system } = process.threadCpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(3000);
  }, 30_000);

  const gears = corpus('mesh/cube_gears.3mf');
  test.skipIf(!gears)('the cube gears of the 3MF consortium', () => {
    const model = read(gears!);
    expect(model.parts).toHaveLength(17);
    expect(model.instances).toHaveLength(17);
    expect(model.parts[0]!.name).toBe('gear 1');
    for (const part of model.parts) expect(tessellationOfMesh(part.bodies[0]!).info.closed, part.name).toBe(true);
  });
});

describe('glTF', () => {
  const box = boxBody('b', [1, 2, 3]);
  const base64 = (array: ArrayBufferView): string =>
    `data:application/octet-stream;base64,${Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64')}`;
  const positions = Float32Array.from(box.positions_mm);
  const indices = Uint16Array.from(box.indices);
  const base = () => ({
    asset: { version: '2.0', generator: 'g' } as Record<string, unknown>,
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ name: 'n', mesh: 0 }] as Record<string, unknown>[],
    meshes: [
      { name: 'm', primitives: [{ attributes: { POSITION: 0 }, indices: 1, material: 0 } as Record<string, unknown>] },
    ],
    materials: [{ pbrMetallicRoughness: { baseColorFactor: [0.21404114, 0, 1, 1] } }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 8, type: 'VEC3' },
      { bufferView: 1, componentType: 5123, count: 36, type: 'SCALAR' },
    ] as Record<string, unknown>[],
    bufferViews: [
      { buffer: 0, byteLength: 96 },
      { buffer: 1, byteLength: 72 },
    ] as Record<string, unknown>[],
    buffers: [
      { byteLength: 96, uri: base64(positions) },
      { byteLength: 72, uri: base64(indices) },
    ] as Record<string, unknown>[],
    extensionsRequired: [] as string[],
  });
  type Gltf = ReturnType<typeof base>;
  const gltf = (change: (json: Gltf) => void = () => {}) => {
    const json = base();
    change(json);
    return readMesh('gltf', ascii(JSON.stringify(json)), 'file.gltf');
  };
  const volume = (model: ReturnType<typeof gltf>): number =>
    tessellationOfMesh(model.parts[0]!.bodies[0]!).info.mass.volume_mm3;

  test('metres and Y up become millimetres and Z up; linear colour becomes sRGB', () => {
    const model = gltf();
    expect(tessellationOfMesh(model.parts[0]!.bodies[0]!).info).toMatchObject({
      closed: true,
      box: { min: [0, -3000, 0], max: [1000, 0, 2000] },
    });
    expect(volume(model)).toBeCloseTo(6e9, 0);
    expect(model.parts[0]!.bodies[0]!.colour).toEqual([expect.closeTo(0.5, 5), 0, 1]);
    expect(model).toMatchObject({ originatingSystem: 'g', lengthUnit: 'm' });
  });

  test('translation, rotation and scale of nodes', () => {
    const model = gltf((json) => {
      json.nodes = [
        { name: 'root', children: [1], translation: [1, 2, 3] },
        // A quarter turn about Y of the file, which is our Z.
        { name: 'leaf', mesh: 0, rotation: [0, Math.SQRT1_2, 0, Math.SQRT1_2], scale: [2, 2, 2] },
      ];
    });
    expect(model.instances.map((i) => [i.name, i.transform.map((x) => Math.round(x * 1e6) / 1e6 + 0)])).toEqual([
      ['root', [1, 0, 0, 1000, 0, 1, 0, -3000, 0, 0, 1, 2000]],
      ['leaf', [0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0]],
    ]);
    expect(volume(model)).toBeCloseTo(8 * 6e9, 0);
  });

  test('a node with a mesh and children becomes an assembly', () => {
    const model = gltf((json) => {
      json.nodes = [
        { name: 'a', mesh: 0, children: [1] },
        { name: 'b', mesh: 0 },
      ];
    });
    expect(model.instances.map((i) => [i.name, i.parentKey, i.partKey])).toEqual([
      ['a', null, null],
      ['m', 'instance-1', 'part-1'],
      ['b', 'instance-1', 'part-1'],
    ]);
  });

  test('strips and fans', () => {
    const shape = (mode: number) =>
      gltf((json) => {
        json.meshes[0]!.primitives[0] = { attributes: { POSITION: 0 }, indices: 1, mode };
        json.accessors[1] = { bufferView: 1, componentType: 5123, count: 4, type: 'SCALAR' };
        json.buffers[1] = { byteLength: 72, uri: base64(Uint16Array.from([0, 1, 2, 3, ...new Array(32).fill(0)])) };
      }).parts[0]!.bodies[0]!;
    expect(Array.from(shape(5).indices)).toEqual([0, 1, 2, 1, 3, 2]);
    expect(Array.from(shape(6).indices)).toEqual([1, 2, 0, 2, 3, 0]);
  });

  test('sparse accessors, strides and normalised integers', () => {
    const model = gltf((json) => {
      const bytes = new Uint8Array(8 * 16 + 4 + 16);
      const view = new DataView(bytes.buffer);
      // Unit cube in normalised unsigned bytes, eight apart.
      for (let i = 0; i < 8; i++) for (let k = 0; k < 3; k++) view.setUint8(i * 8 + k, (i >> k) & 1 ? 255 : 0);
      view.setUint16(128, 7, true);
      for (let k = 0; k < 3; k++) view.setUint8(132 + k, 51);
      json.buffers[0] = { byteLength: bytes.length, uri: base64(bytes) };
      json.bufferViews = [
        { buffer: 0, byteLength: 64, byteStride: 8 },
        json.bufferViews[1]!,
        { buffer: 0, byteOffset: 128, byteLength: 2 },
        { buffer: 0, byteOffset: 132, byteLength: 3 },
      ];
      json.accessors[0] = {
        bufferView: 0,
        componentType: 5121,
        normalized: true,
        count: 8,
        type: 'VEC3',
        sparse: { count: 1, indices: { bufferView: 2, componentType: 5123 }, values: { bufferView: 3 } },
      };
      json.extensionsRequired = ['KHR_mesh_quantization'];
    });
    const box = tessellationOfMesh(model.parts[0]!.bodies[0]!).info.box;
    expect(box).toEqual({ min: [0, -1000, 0], max: [1000, 0, 1000] });
    expect(Array.from(model.parts[0]!.bodies[0]!.positions_mm.subarray(21, 24))).toEqual(
      [200, -200, 200].map((x) => expect.closeTo(x, 9)),
    );
  });

  test.each<[string, (json: Gltf) => void, string]>([
    [
      'another file',
      (j) => {
        j.buffers[0]!['uri'] = 'shapes.bin';
      },
      'import.unsupported-format',
    ],
    [
      'a path to elsewhere',
      (j) => {
        j.buffers[0]!['uri'] = 'file:///etc/passwd';
      },
      'import.unsupported-format',
    ],
    [
      'draco',
      (j) => {
        j.extensionsRequired = ['KHR_draco_mesh_compression'];
      },
      'import.unsupported-format',
    ],
    [
      'draco unannounced',
      (j) => {
        j.accessors[0] = { componentType: 5126, count: 8, type: 'VEC3' };
        j.meshes[0]!.primitives[0]!['extensions'] = { KHR_draco_mesh_compression: {} };
      },
      'import.unsupported-format',
    ],
    [
      'version 1',
      (j) => {
        j.asset['version'] = '1.0';
      },
      'import.unsupported-format',
    ],
    [
      'no version',
      (j) => {
        j.asset = {};
      },
      'import.corrupt',
    ],
    [
      'a count that lies',
      (j) => {
        j.accessors[0]!['count'] = 4e9;
      },
      'import.truncated',
    ],
    [
      'a view beyond its buffer',
      (j) => {
        j.bufferViews[0]!['byteLength'] = 1e9;
      },
      'import.truncated',
    ],
    [
      'a buffer that is short',
      (j) => {
        j.buffers[0]!['byteLength'] = 1e9;
      },
      'import.truncated',
    ],
    [
      'an index that is not there',
      (j) => {
        j.accessors[0]!['count'] = 7;
      },
      'import.corrupt',
    ],
    [
      'an accessor that is not there',
      (j) => {
        j.meshes[0]!.primitives[0]!['indices'] = 9;
      },
      'import.corrupt',
    ],
    [
      'a node in itself',
      (j) => {
        j.nodes = [{ children: [0], mesh: 0 }];
      },
      'import.corrupt',
    ],
    [
      'a fraction for an index',
      (j) => {
        j.nodes = [{ mesh: 0.5 }];
      },
      'import.corrupt',
    ],
    [
      'a matrix of nine',
      (j) => {
        j.nodes = [{ mesh: 0, matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] }];
      },
      'import.corrupt',
    ],
    [
      'lines only',
      (j) => {
        j.meshes[0]!.primitives[0]!['mode'] = 1;
      },
      'import.no-geometry',
    ],
    [
      'no meshes',
      (j) => {
        j.nodes = [{}];
      },
      'import.no-geometry',
    ],
    [
      'zeros without end',
      (j) => {
        j.accessors[0] = {
          componentType: 5126,
          count: 4e9,
          type: 'VEC3',
          sparse: { count: 0, indices: { bufferView: 0, componentType: 5123 }, values: { bufferView: 0 } },
        };
      },
      'import.too-large',
    ],
    [
      'NaN',
      (j) => {
        j.buffers[0]!['uri'] = base64(Float32Array.from(positions, (x, i) => (i === 4 ? Number.NaN : x)));
      },
      'import.non-finite-numbers',
    ],
  ])('%s is refused', (_, change, code) => {
    expect(refused(() => gltf(change)).code).toBe(code);
  });

  test('a deep tree is bounded', () => {
    const error = refused(() =>
      gltf((json) => {
        json.nodes = Array.from({ length: 2000 }, (_, i) => (i === 1999 ? { mesh: 0 } : { children: [i + 1] }));
      }),
    );
    expect(error.code).toBe('import.corrupt');
  });

  test('GLB headers that lie', () => {
    const duck = corpus('mesh/Duck.glb');
    if (!duck) return;
    expect(readMesh('glb', duck, 'Duck.glb').parts[0]!.name).toBe('LOD3spShape');
    expect(refused(() => readMesh('glb', duck.slice(0, -1), 'a.glb')).code).toBe('import.truncated');
    const wrong = duck.slice();
    new DataView(wrong.buffer).setUint32(12, 4e9, true);
    expect(refused(() => readMesh('glb', wrong, 'a.glb')).code).toBe('import.truncated');
    expect(refused(() => readMesh('glb', duck.slice(0, 10), 'a.glb')).code).toBe('import.truncated');
  });
});
