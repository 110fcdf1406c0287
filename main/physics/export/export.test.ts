import { describe, expect, it } from 'vitest';
import { decodeBundle, encodeBundle } from '../../../preload/contract/bundle.ts';
import type { FieldsMeta } from '../../../preload/contract/studies.ts';
import { surfaceArrays } from '../results/fields.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { boxModel, edges, FACE, faces, load, restraint, STEEL, type TestModel, vertices } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';
import { exportCalculix } from './calculix.ts';
import { readFrd } from './calculix-results.ts';
import { exportCsv } from './csv.ts';
import { packDeck } from './deck.ts';
import { calculixVersion, runCalculix } from './run-calculix.ts';
import { exportVtu } from './vtu.ts';

const installed = calculixVersion() !== null;
if (!installed) console.warn('CalculiX (ccx) is not installed: the deck tests are skipped.');

const deckOf = (model: TestModel): Uint8Array =>
  exportCalculix(
    packDeck(model.model, { inputHash: 'test', title: 'test', bodies: [{ name: 'box', material: 'Test steel' }] }),
  );
/** Displacements that CalculiX finds for the deck. */
async function solved(model: TestModel): Promise<Float64Array> {
  const { blocks } = await runCalculix(deckOf(model), model.mesh.nodes.length / 3);
  return blocks.get('DISP')!.values;
}
const at = (values: Float64Array, node: number): Vec3 => [
  values[3 * node]!,
  values[3 * node + 1]!,
  values[3 * node + 2]!,
];
const near = (got: number, wanted: number, relative: number): void => {
  expect(Math.abs(got - wanted)).toBeLessThan(relative * Math.abs(wanted));
};

/** A field bundle with made-up values. */
function fieldsBundle() {
  const mesh = boxMesh({ max: [4, 2, 1], divisions: [2, 1, 1] });
  const n = mesh.nodes.length / 3;
  const ramp = (width: number) => Float32Array.from({ length: width * n }, (_, i) => i);
  return {
    mesh,
    bytes: encodeBundle({
      meta: { inputHash: 'hash', nodes: n, elements: mesh.elements.length / 10 },
      arrays: {
        nodes: Float32Array.from(mesh.nodes),
        displacement: ramp(3),
        stress: ramp(6),
        strain: ramp(6),
        vonMises: ramp(1),
        principal: ramp(3),
        stressSpread: ramp(1),
        elements: mesh.elements,
        elementBody: new Int32Array(mesh.elements.length / 10),
        elementQuality: new Float32Array(mesh.elements.length / 10).fill(1),
        elementError: new Float32Array(mesh.elements.length / 10),
        ...surfaceArrays(mesh, [0]),
      },
    }),
  };
}

describe('VTU', () => {
  it('is well formed, and every array is where its offset says', () => {
    const { mesh, bytes } = fieldsBundle();
    const out = exportVtu(bytes);
    const text = new TextDecoder('latin1').decode(out);
    const start = text.indexOf('<AppendedData encoding="raw">\n_') + '<AppendedData encoding="raw">\n_'.length;
    expect(text.endsWith('\n</AppendedData>\n</VTKFile>\n')).toBe(true);
    expect(text).toContain(`NumberOfPoints="${mesh.nodes.length / 3}" NumberOfCells="${mesh.elements.length / 10}"`);
    const view = new DataView(out.buffer);
    const arrays = [...text.slice(0, start).matchAll(/<DataArray type="(\w+)" Name="(\w+)".*?offset="(\d+)"/g)];
    let expected = 0;
    const found = new Map<string, { position: number; bytes: number }>();
    for (const [, , name, offset] of arrays) {
      expect(Number(offset)).toBe(expected);
      const length = Number(view.getBigUint64(start + expected, true));
      found.set(name!, { position: start + expected + 8, bytes: length });
      expected += 8 + length;
    }
    expect(start + expected).toBe(out.length - '\n</AppendedData>\n</VTKFile>\n'.length);
    expect([...found.keys()]).toEqual([
      'Points',
      'connectivity',
      'offsets',
      'types',
      'displacement_mm',
      'stress_MPa',
      'strain',
      'von_mises_MPa',
      'principal_stress_MPa',
      'stress_error_MPa',
      'body',
      'scaled_jacobian',
      'energy_error',
    ]);
    expect(view.getUint8(found.get('types')!.position)).toBe(24);
    expect(view.getInt32(found.get('connectivity')!.position + 4 * 13, true)).toBe(mesh.elements[13]);
    expect(view.getFloat32(found.get('stress_MPa')!.position + 4 * 7, true)).toBe(7);
    expect(found.get('stress_MPa')!.bytes).toBe(4 * 6 * (mesh.nodes.length / 3));
  });
});

describe('CSV', () => {
  it('has a line a node and a heading with units', () => {
    const { mesh, bytes } = fieldsBundle();
    const lines = new TextDecoder().decode(exportCsv(bytes)).trim().split('\n');
    expect(lines).toHaveLength(1 + mesh.nodes.length / 3);
    const heading = lines[0]!.split(',');
    expect(heading.slice(0, 5)).toEqual(['node', 'x [mm]', 'y [mm]', 'z [mm]', 'displacement.magnitude [mm]']);
    const row = lines[3]!.split(',');
    expect(row).toHaveLength(heading.length);
    expect(Number(row[heading.indexOf('stress.yy [MPa]')])).toBe(13);
    expect(Number(row[heading.indexOf('tresca [MPa]')])).toBe(-2);
    expect(heading).not.toContain('safety_factor');
  });
  it('is of the frame that is asked for, and of no other', () => {
    const { bytes } = fieldsBundle();
    const { meta, arrays } = decodeBundle<FieldsMeta>(bytes);
    const second = Float32Array.from(arrays['displacement']!, () => 2);
    const two = encodeBundle({ meta, arrays: { ...arrays, '1/displacement': second } });
    const text = new TextDecoder().decode(exportCsv(two, 1)).split('\n');
    // A second frame without stress has no column of it, rather than the first one's.
    expect(text[0]).toBe(
      'node,x [mm],y [mm],z [mm],displacement.magnitude [mm],displacement.x [mm],displacement.y [mm],displacement.z [mm]',
    );
    expect(text[1]!.split(',').slice(5)).toEqual(['2', '2', '2']);
    expect(() => exportCsv(two, 2)).toThrow(expect.objectContaining({ code: 'results.no-frame' }));
  });
});

describe('surface for drawing', () => {
  it('cuts each facet in four outward triangles that add up to the surface', () => {
    const { mesh } = fieldsBundle();
    const { surfaceTriangles, surfaceFace, meshEdges } = surfaceArrays(mesh, [0]);
    expect(surfaceTriangles!.length / 3).toBe((4 * mesh.facets.length) / 6);
    expect(surfaceFace).toHaveLength(surfaceTriangles!.length / 3);
    // Every edge once, in two halves: 3/2 edges a facet on a closed surface.
    expect(meshEdges!.length / 4).toBe((1.5 * mesh.facets.length) / 6);
  });
});

describe('.frd', () => {
  it('is read by its columns, also where numbers touch and lines go on', () => {
    const text = [
      '    1C',
      ' -4  DISP        4    1',
      ' -5  D1          1    2    1    0',
      ' -5  D2          1    2    2    0',
      ' -5  D3          1    2    3    0',
      ' -5  ALL         1    2    0    0    1ALL',
      ' -1         1 1.00000E+00-2.00000E+00 3.00000E-01',
      ' -1         3-1.00000E-10-2.00000E+00 3.00000E-01',
      ' -3',
      ' -4  LONG        8    1',
      ...Array.from({ length: 8 }, (_, i) => ` -5  C${i}`),
      ` -1         1${' 1.00000E+00'.repeat(6)}`,
      ` -2          ${' 2.00000E+00'.repeat(2)}`,
      ' -3',
      ' 9999',
    ].join('\n');
    const blocks = readFrd(text, 3);
    expect([...blocks.get('DISP')!.values]).toEqual([1, -2, 0.3, Number.NaN, Number.NaN, Number.NaN, -1e-10, -2, 0.3]);
    expect([...blocks.get('LONG')!.values.slice(0, 8)]).toEqual([1, 1, 1, 1, 1, 1, 2, 2]);
  });
});

describe.skipIf(!installed)('CalculiX solves the deck', () => {
  it('of a bar under tension to the exact displacement', async () => {
    const model = boxModel(
      { max: [40, 20, 10], divisions: [2, 2, 1] },
      [restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY, FACE.minusZ))],
      [load({ kind: 'force', force_N: [20_000, 0, 0] }, faces(FACE.plusX))],
    );
    const u = at(await solved(model), model.mesh.vertexNodes[7]!);
    near(u[0], (100 * 40) / 210_000, 1e-4);
    near(u[1], (-0.3 * 100 * 20) / 210_000, 1e-4);
  });

  it('of a bar turned in space, with frames, as it does of the straight one', async () => {
    const c = Math.cos(0.6);
    const s = Math.sin(0.6);
    const turn = ([x, y, z]: Vec3): Vec3 => [c * x - s * y, s * x + c * y, z];
    const model = boxModel(
      { max: [40, 20, 10], divisions: [2, 2, 1], map: turn },
      [restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY, FACE.minusZ))],
      [
        load({ kind: 'traction', traction_MPa: [100 * c, 100 * s, 0] }, faces(FACE.plusX)),
        // A force in the frame of a held face: it must be turned with the node.
        load({ kind: 'traction', traction_MPa: [-s, c, 0] }, faces(FACE.minusX, FACE.plusX)),
        load({ kind: 'pressure', pressure_MPa: 0 }, faces(FACE.plusX)),
      ],
    );
    expect(model.model.frameNodes.length).toBeGreaterThan(5);
    const u = at(await solved(model), model.mesh.vertexNodes[7]!);
    const plain = boxModel(
      { max: [40, 20, 10], divisions: [2, 2, 1] },
      [restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY, FACE.minusZ))],
      [
        load({ kind: 'traction', traction_MPa: [100, 0, 0] }, faces(FACE.plusX)),
        load({ kind: 'traction', traction_MPa: [0, 1, 0] }, faces(FACE.minusX, FACE.plusX)),
      ],
    );
    const straight = at(await solved(plain), plain.mesh.vertexNodes[7]!);
    const expected = turn(straight);
    for (let axis = 0; axis < 3; axis++) expect(Math.abs(u[axis]! - expected[axis]!)).toBeLessThan(1e-6);
  });

  it('of a body on an elastic support to force over stiffness, and of gravity to weight', async () => {
    const stiff = { ...STEEL, properties: { ...STEEL.properties, young_MPa: 1e9 } };
    const model = boxModel(
      { max: [40, 20, 10], divisions: [2, 1, 1] },
      [
        restraint({ kind: 'elastic-support', normal_N_mm3: 2, tangential_N_mm3: 0 }, faces(FACE.minusZ)),
        restraint({ kind: 'displacement', x_mm: 0, y_mm: 0 }, edges(8)),
        restraint({ kind: 'displacement', y_mm: 0 }, vertices(1)),
      ],
      [
        load({ kind: 'pressure', pressure_MPa: 5 }, faces(FACE.plusZ)),
        load({ kind: 'gravity', acceleration_mm_s2: [0, 0, -9.81e6] }),
      ],
      stiff,
    );
    const u = await solved(model);
    const pressure = 5 + 7.85e-9 * 9.81e6 * 10;
    near(at(u, model.mesh.vertexNodes[7]!)[2], -pressure / 2, 1e-3);
    near(at(u, model.mesh.vertexNodes[0]!)[2], -pressure / 2, 1e-3);
  });

  it('of a skewed body on a skewed elastic support as of the straight one', async () => {
    const build = (angle: number): TestModel => {
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      return boxModel(
        { max: [40, 20, 10], divisions: [2, 1, 1], map: ([x, y, z]) => [c * x - s * z, y, s * x + c * z] },
        [
          restraint({ kind: 'elastic-support', normal_N_mm3: 2000, tangential_N_mm3: 300 }, faces(FACE.minusZ)),
          // Shares nodes with the support: springs at nodes with a frame.
          restraint({ kind: 'symmetry' }, faces(FACE.minusX)),
        ],
        [load({ kind: 'traction', traction_MPa: [5 * c, 0, 5 * s] }, faces(FACE.plusX))],
      );
    };
    const turned = build(0.5);
    const straight = build(0);
    const u = at(await solved(turned), turned.mesh.vertexNodes[7]!);
    const v = at(await solved(straight), straight.mesh.vertexNodes[7]!);
    near(u[0], Math.cos(0.5) * v[0] - Math.sin(0.5) * v[2], 1e-3);
    near(u[2], Math.sin(0.5) * v[0] + Math.cos(0.5) * v[2], 1e-3);
  });

  it('of a pulled face with a prescribed displacement', async () => {
    const model = boxModel(
      { max: [40, 20, 10], divisions: [2, 2, 1] },
      [
        restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY, FACE.minusZ)),
        restraint({ kind: 'displacement', x_mm: 0.4 }, faces(FACE.plusX)),
      ],
      [],
    );
    const u = at(await solved(model), model.mesh.vertexNodes[7]!);
    near(u[0], 0.4, 1e-5);
    near(u[1], -0.3 * 0.01 * 20, 1e-4);
  });
});
