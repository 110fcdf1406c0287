/** Physics: studies meshed, solved, checked and exported. What is not named here is the folder's own business. */
export { withBodyMaterials } from './body-materials.ts';
export { elementVolume } from './elements/tetrahedron10.ts';
export { exportCalculix } from './export/calculix.ts';
export { readFrd } from './export/calculix-results.ts';
export { exportCsv } from './export/csv.ts';
export { NO_DECK_HINT } from './export/deck.ts';
export { calculixVersion } from './export/run-calculix.ts';
export { exportVtu } from './export/vtu.ts';
export { materialByName, materialLibrary, resourceFolder, simplifiedName } from './materials.ts';
export type { ReadyMesh } from './mesher/carry-mesh.ts';
export { requireCore } from './native-core.ts';
export { createPhysics } from './physics.ts';
export type * from './preview/types.ts';
export { chart } from './report/chart.ts';
export { gradientCss } from './report/colours.ts';
export { figure, type Html, html, page, picture, table } from './report/html.ts';
export { drawPicture } from './report/picture.ts';
export { type ReportInput, resultsReport } from './report/results-report.ts';
export { verificationHtml } from './report/verification-report.ts';
export { type BalanceRequest, imbalance } from './results/equilibrium.ts';
export { surfaceArrays } from './results/fields.ts';
export { Locator } from './results/locate.ts';
export { Near } from './results/near.ts';
export { type ProbeAnswer, probeFields } from './results/probe.ts';
export { reader as fieldReader, unitOf as unitOfField } from './results/quantities.ts';
export { gmshVersion } from './second-mesh/gmsh.ts';
export { gmshReadyMesh } from './second-mesh/gmsh-ready-mesh.ts';
export { functionalsOf } from './sensitivities/functionals.ts';
export type * from './sensitivities/types.ts';
export { symmetricEigen } from './stability/eigen.ts';
export {
  BONDED_WHERE_TOUCHING,
  type ChosenOccurrences,
  type ParsedStudy,
  parseStudyConditions,
  parseStudyFile,
  type StudyConditions,
  type StudyGeometry,
} from './study-file/index.ts';
export type * from './types.ts';
export { at as vectorAt, solve3 } from './vector.ts';
export {
  runVerification,
  type VerificationReport,
  type VerificationRow,
  verificationCases,
} from './verification.ts';
