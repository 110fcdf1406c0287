import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import { exportVtu } from '../export/vtu.ts';
import { packFrames } from '../results/fields.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { readFrdModel } from './frd-model.ts';
import { readVtu } from './vtu-reader.ts';

const codeOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    return (error as ArtificerError).code;
  }
  return 'none';
};
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a VTK grid', () => {
  const mesh = boxMesh({ max: [4, 2, 1], divisions: [2, 1, 1] });
  const nodes = mesh.nodes.length / 3;
  const displacement = Float32Array.from({ length: 3 * nodes }, (_, i) => i / 8);
  const stress = Float32Array.from({ length: 6 * nodes }, (_, i) => -i / 4);
  const ours = exportVtu(
    packFrames(
      { mesh, elementBody: new Int32Array(mesh.elements.length / 10), quality: [], firstFace: [0] },
      [{ displacement, stress }],
      'h',
    ),
  );

  it('of our own comes back whole: raw appended arrays', () => {
    const read = readVtu(ours);
    expect(read.mesh.elements).toEqual(mesh.elements);
    expect([...read.mesh.nodes]).toEqual([...mesh.nodes]);
    expect([...read.displacement!]).toEqual([...displacement]);
    expect([...read.stress!]).toEqual([...stress]);
    // The outer surface of 2 x 1 x 1 cubes of 6 tetrahedra: two triangles on each of ten squares.
    expect(read.mesh.facetFace.length).toBe(20);
  });

  const ascii = (arrays: (values: number[], type: string) => string): string =>
    `<?xml version="1.0"?><VTKFile type="UnstructuredGrid" version="1.0" byte_order="LittleEndian" header_type="UInt32" compressor="vtkZLibDataCompressor">
<UnstructuredGrid><Piece NumberOfPoints="4" NumberOfCells="1"><Points><DataArray type="Float64" NumberOfComponents="3" ${arrays([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1], 'Float64')}</DataArray></Points>
<Cells><DataArray type="Int32" Name="connectivity" ${arrays([0, 1, 2, 3], 'Int32')}</DataArray>
<DataArray type="Int32" Name="offsets" ${arrays([4], 'Int32')}</DataArray><DataArray type="UInt8" Name="types" ${arrays([10], 'UInt8')}</DataArray></Cells>
<PointData><DataArray type="Float64" Name="Temperature" ${arrays([1, 2, 3, 4.5], 'Float64')}</DataArray></PointData></Piece></UnstructuredGrid></VTKFile>`;
  const compressed = (values: number[], type: string): string => {
    const raw =
      type === 'UInt8'
        ? Buffer.from(values)
        : Buffer.from(type === 'Int32' ? Int32Array.from(values).buffer : Float64Array.from(values).buffer);
    const block = deflateSync(raw);
    const header = Buffer.from(Uint32Array.from([1, raw.length, 0, block.length]).buffer);
    return `format="binary">${header.toString('base64')}${block.toString('base64')}`;
  };

  it('is read from text and from compressed base64, and first-order elements get midside nodes', () => {
    for (const text of [ascii((values) => `format="ascii">${values.join(' ')}`), ascii(compressed)]) {
      const read = readVtu(bytesOf(text));
      expect(read.raised).toBe(true);
      expect([...read.mesh.nodes.subarray(0, 15)]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5, 0, 0]);
      expect([...read.temperature!]).toEqual([1, 2, 3, 4.5, 1.5, 2.5, 2, 2.75, 3.25, 3.75]);
    }
  });

  it('that is cut off, damaged or something else is refused', () => {
    expect(codeOf(() => readVtu(ours.subarray(0, ours.length - 2000)))).toMatch(/^exchange\.vtu/);
    expect(codeOf(() => readVtu(bytesOf(ascii(compressed).replace('eJ', 'xx'))))).toMatch(/^exchange\.vtu/);
    expect(codeOf(() => readVtu(bytesOf('<html></html>')))).toBe('exchange.vtu-type');
  });
});

describe('a CalculiX result file', () => {
  const at = (value: number): string => value.toExponential(5).padStart(12);
  const corner = [
    [0, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const text = [
    '    1C',
    '    2C                             4                                     1',
    ...corner.map((point, i) => ` -1${String(10 * (i + 1)).padStart(10)}${point.map(at).join('')}`),
    ' -3',
    '    3C                             1                                     1',
    ' -1         7    3    0    1',
    ' -2        10        20        30        40',
    ' -3',
    '  100CL  101 1.00000E+00           4                     0    1           1',
    ' -4  DISP        4    1',
    ' -5  D1          1    2    1    0',
    ' -5  D2          1    2    2    0',
    ' -5  D3          1    2    3    0',
    ' -5  ALL         1    2    0    0    1ALL',
    ...corner.map((_, i) => ` -1${String(10 * (i + 1)).padStart(10)}${[i, 2 * i, -i].map(at).join('')}`),
    ' -3',
    ' 9999',
  ].join('\n');

  it('gives its mesh and its displacements, in whatever numbers its nodes have', () => {
    const read = readFrdModel(text);
    expect([...read.mesh.nodes.subarray(0, 12)]).toEqual(corner.flat());
    expect([...read.mesh.elements.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
    expect([...read.displacement!.slice(3, 12)]).toEqual([1, 2, -1, 2, 4, -2, 3, 6, -3]);
    // The midside node between the first two corners moves by their mean.
    expect([...read.displacement!.slice(12, 15)]).toEqual([0.5, 1, -0.5]);
    expect(read.stress).toBeUndefined();
  });

  it('without tetrahedra is refused', () => {
    expect(codeOf(() => readFrdModel(text.replace('7    3    0', '7    1    0')))).toBe('exchange.no-elements');
  });
});
