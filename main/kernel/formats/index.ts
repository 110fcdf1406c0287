/** File formats, without a kernel: what a file is, what is wrong with it, and everything about formats made of triangles. */

export { type BrepScan, scanBrep } from './brep/scan.ts';
export { type OutlineCurve, writeOutlineDxf } from './drawing/outline-dxf.ts';
export { type Projection, type ProjectionMeta, writeProjection } from './drawing/projection.ts';
export { type IgesScan, scanIges } from './iges/scan.ts';
export {
  MESH_FORMATS,
  type MeshBody,
  type MeshExport,
  type MeshFormat,
  type MeshModel,
  type MeshPart,
} from './mesh/model.ts';
export { readMesh } from './mesh/read.ts';
export { type MeshTessellation, tessellationOfMesh } from './mesh/tessellate.ts';
export { writeMesh } from './mesh/write.ts';
export { type FormatRecognition, recognise, refusalOf } from './recognise/recognise.ts';
export { type PreparedStep, prepareStep } from './step/prepare.ts';
export { type Place, type StepScan, scanStep } from './step/scan.ts';
