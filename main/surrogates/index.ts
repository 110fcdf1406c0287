/** Surrogates: data of many designs, models learnt from them, and how far they can be trusted. */
export { type DataOptions, type DataReport, makeData } from './factory/make-data.ts';
export { DataStore } from './factory/store.ts';
export { evaluateField, evaluateScalar, type Surrogate } from './model/surrogate.ts';
export { type Trained, type TrainingData, train } from './model/train.ts';
export { checkModel } from './onnx/check-model.ts';
export { writeSurrogate } from './onnx/write-surrogate.ts';
export { inputOf } from './sampling/design-space.ts';
export { readSpecification, type SurrogateSpecification } from './specification/read-specification.ts';
