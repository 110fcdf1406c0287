/**
 * A result as a VTK unstructured grid (XML, raw appended data): 10-node tetrahedra are VTK cell type 24, whose node order is
 * that of C3D10. Source: VTK File Formats, "XML File Formats"; vtkQuadraticTetra.
 */
import { type BundleArray, decodeBundle } from '../../../preload/contract/bundle.ts';
import type { FieldsMeta } from '../../../preload/contract/studies.ts';

const VTK_QUADRATIC_TETRA = 24;
const TYPE_NAMES = new Map<string, string>([
  ['Float32Array', 'Float32'],
  ['Float64Array', 'Float64'],
  ['Int32Array', 'Int32'],
  ['Uint32Array', 'UInt32'],
  ['Uint8Array', 'UInt8'],
]);

interface Block {
  name: string;
  array: BundleArray;
  components: number;
}

const POINT_FIELDS = [
  ['displacement', 'displacement_mm', 3],
  ['stress', 'stress_MPa', 6],
  ['strain', 'strain', 6],
  ['vonMises', 'von_mises_MPa', 1],
  ['principal', 'principal_stress_MPa', 3],
  ['stressSpread', 'stress_error_MPa', 1],
  ['safetyFactor', 'safety_factor', 1],
  ['temperature', 'temperature_degC', 1],
  ['heatFlux', 'heat_flux_W_m2', 3],
] as const;

/** Further frames' fields have their number, from 2, at the end of their names. @param fieldsBundle as {@link FieldsMeta} describes, with or without a solution */
export function exportVtu(fieldsBundle: Uint8Array): Uint8Array<ArrayBuffer> {
  const { meta, arrays } = decodeBundle<FieldsMeta>(fieldsBundle);
  const elements = arrays['elements'] as Int32Array;
  const cells = elements.length / 10;
  const points: Block[] = [{ name: 'Points', array: arrays['nodes']!, components: 3 }];
  const pointData: Block[] = [];
  const put = (key: string, name: string, components: number, into: Block[]): void => {
    const array = arrays[key];
    if (array) into.push({ name, array, components });
  };
  // VTK's symmetric tensors are stored XX, YY, ZZ, XY, YZ, XZ: ours already.
  for (const [key, name, components] of POINT_FIELDS) {
    put(key, name, components, pointData);
    for (let frame = 1; arrays[`${frame}/${key}`]; frame++)
      put(`${frame}/${key}`, `${name}_${frame + 1}`, components, pointData);
  }
  const cellData: Block[] = [];
  put('elementBody', 'body', 1, cellData);
  put('elementQuality', 'scaled_jacobian', 1, cellData);
  put('elementError', 'energy_error', 1, cellData);
  const offsets = new Int32Array(cells);
  for (let cell = 0; cell < cells; cell++) offsets[cell] = 10 * (cell + 1);
  const topology: Block[] = [
    { name: 'connectivity', array: elements, components: 1 },
    { name: 'offsets', array: offsets, components: 1 },
    { name: 'types', array: new Uint8Array(cells).fill(VTK_QUADRATIC_TETRA), components: 1 },
  ];

  let offset = 0;
  const blocks: Block[] = [];
  const describe = (block: Block): string => {
    const type = TYPE_NAMES.get(block.array.constructor.name)!;
    const components = block.components === 1 ? '' : ` NumberOfComponents="${block.components}"`;
    const text = `<DataArray type="${type}" Name="${block.name}"${components} format="appended" offset="${offset}"/>`;
    offset += 8 + block.array.byteLength;
    blocks.push(block);
    return text;
  };
  const header = [
    '<?xml version="1.0"?>',
    '<VTKFile type="UnstructuredGrid" version="1.0" byte_order="LittleEndian" header_type="UInt64">',
    `<!-- Artificer result ${meta.inputHash}; lengths in mm, stresses in MPa; strains are engineering strains -->`,
    '<UnstructuredGrid>',
    `<Piece NumberOfPoints="${arrays['nodes']!.length / 3}" NumberOfCells="${cells}">`,
    '<Points>',
    ...points.map(describe),
    '</Points>',
    '<Cells>',
    ...topology.map(describe),
    '</Cells>',
    '<PointData>',
    ...pointData.map(describe),
    '</PointData>',
    '<CellData>',
    ...cellData.map(describe),
    '</CellData>',
    '</Piece>',
    '</UnstructuredGrid>',
    '<AppendedData encoding="raw">',
    '_',
  ].join('\n');
  const head = new TextEncoder().encode(header);
  const tail = new TextEncoder().encode('\n</AppendedData>\n</VTKFile>\n');
  const out = new Uint8Array(head.length + offset + tail.length);
  out.set(head, 0);
  let position = head.length;
  const view = new DataView(out.buffer);
  for (const { array } of blocks) {
    view.setBigUint64(position, BigInt(array.byteLength), true);
    out.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), position + 8);
    position += 8 + array.byteLength;
  }
  out.set(tail, position);
  return out;
}
