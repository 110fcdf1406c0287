#include "addon/answers.hpp"

#include <algorithm>

namespace artificer {

namespace {

const char* stageName(Stage stage) {
  switch (stage) {
    case Stage::assemble: return "assemble";
    case Stage::factorise: return "factorise";
    case Stage::solve: return "solve";
    case Stage::recover: return "recover";
  }
  return "";
}

}  // namespace

Napi::Float64Array arrayOf(Napi::Env env, const double* values, std::size_t count) {
  auto array = Napi::Float64Array::New(env, count);
  if (count > 0) std::copy_n(values, count, array.Data());
  return array;
}

Napi::Object progressObject(Napi::Env env, const Progress& progress) {
  auto object = Napi::Object::New(env);
  object.Set("stage", stageName(progress.stage));
  object.Set("fraction", progress.fraction);
  if (progress.iteration >= 0) object.Set("iteration", progress.iteration);
  if (progress.relativeResidual >= 0) object.Set("relativeResidual", progress.relativeResidual);
  return object;
}

}  // namespace artificer
