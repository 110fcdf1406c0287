/** Surrogates: data of many designs, models learnt from them, and how far they can be trusted. */
export type { DesignPlan, DesignSource, MadePart } from './factory/design-source.ts';
export {
  type DataOptions,
  type DataReport,
  type DesignFactory,
  lanesHere,
  makeData,
  makeDesigns,
  solveOneDesign,
} from './factory/make-data.ts';
export { pinReferences } from './factory/pinned-references.ts';
export { SINGULAR } from './factory/reference-design.ts';
export { type DesignData, FIRST_JOINED } from './factory/sample-designs.ts';
export { madePart, scriptedSource } from './factory/scripted-source.ts';
export {
  type DataHead,
  DataStore,
  type DesignRecord,
  DesignSchema,
  hashOfDesigns,
  type SolvedRecord,
  solvedOf,
} from './factory/store.ts';
export { type FittedProcess, fitProcess, predict as predictByProcess } from './gaussian/process.ts';
export { type GeneralModel, openGeneralModel, type PreviewCard } from './general/card.ts';
export { type PreviewedNumber, previewStatic, type StaticPreview } from './general/preview.ts';
export {
  type ListedModel,
  modelsIn,
  type ShippedSpecification,
  shippedSpecifications,
} from './library/list-library.ts';
export { packModel } from './library/model-archive.ts';
export type { ModelFiles } from './library/model-files.ts';
export { refuseOtherFolder, writeModelFolder } from './library/model-folder.ts';
export type { ModelPlace, NamedBytes } from './library/model-source.ts';
export {
  type Design,
  type DesignPrediction,
  type OpenModel,
  type OpenModelOptions,
  openModel,
  type PredictedField,
  type Predictions,
  type PredictOptions,
} from './library/open-model.ts';
export { readForeignModel } from './library/read-foreign-model.ts';
export { readCard } from './library/read-model-folder.ts';
export { packReferenceMesh, type ReferenceMesh, readReferenceMesh } from './library/reference-mesh.ts';
export { sha256 } from './library/sha256.ts';
export { refuseSilentModel } from './library/try-model.ts';
export { type Asked, placeOf, reasonsAgainst } from './library/verdict.ts';
export { evaluateField, evaluateScalar, type Surrogate } from './model/surrogate.ts';
export { type Trained, type TrainingData, train } from './model/train.ts';
export { type ModelData, type TrainOptions, trainModel, trainOn } from './model/train-model.ts';
export { randomStream } from './numerics/random.ts';
export { checkModel } from './onnx/check-model.ts';
export { writeSurrogate } from './onnx/write-surrogate.ts';
export { inputOf } from './sampling/design-space.ts';
export { sobolPoints } from './sampling/sobol.ts';
export { FIELD_ARRAYS, parseQuantityName, unitOfQuantity } from './specification/quantities.ts';
export {
  readSpecification,
  refuseAdaptive,
  type SurrogateSpecification,
  studyHashOf,
} from './specification/read-specification.ts';
export { BARS } from './validation/bars.ts';
export { outOfValidity } from './validation/out-of-validity.ts';
export { designOf, type ValidationReport, validateModel } from './validation/validate-model.ts';
export { pictureOf } from './validation/worst-cases.ts';
export { writeValidation } from './validation/write-validation.ts';
