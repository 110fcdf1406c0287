#include <napi.h>

#include "addon/arguments.hpp"
#include "addon/constraint_calls.hpp"
#include "addon/heat_sensitivity_calls.hpp"
#include "addon/heat_calls.hpp"
#include "addon/sensitivity_functions.hpp"
#include "addon/nonlinear_worker.hpp"
#include "addon/eigen_calls.hpp"
#include "addon/static_calls.hpp"
#include "addon/topology_calls.hpp"
#include "mesh/quality.hpp"

namespace artificer {

namespace {

Napi::Value meshQualityOf(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  try {
    const auto nodes = float64Array(info[0], "nodes");
    const auto elements = int32Array(info[1], "elements");
    if (nodes.size() % 3 != 0 || elements.size() % tet10::NODES != 0)
      throw CoreError("bad-model", "nodes must hold 3 and elements 10 values each");
    for (const int node : elements)
      if (node < 0 || static_cast<std::size_t>(node) >= nodes.size() / 3)
        throw CoreError("bad-model", "elements names a node outside the mesh");
    const auto quality = meshQuality(nodes, elements);
    auto scaled = Napi::Float64Array::New(env, quality.scaledJacobian.size());
    std::copy(quality.scaledJacobian.begin(), quality.scaledJacobian.end(), scaled.Data());
    auto inverted = Napi::Int32Array::New(env, quality.invertedElements.size());
    std::copy(quality.invertedElements.begin(), quality.invertedElements.end(), inverted.Data());
    auto object = Napi::Object::New(env);
    object.Set("scaledJacobian", scaled);
    object.Set("minimumScaledJacobian", quality.minimumScaledJacobian);
    object.Set("invertedElements", inverted);
    object.Set("volume_mm3", quality.volume);
    return object;
  } catch (const CoreError& error) {
    throw toError(env, error.code(), error.what());
  }
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  exportStaticCalls(env, exports);
  exports.Set("resolveConstraints", Napi::Function::New(env, resolveConstraintsOf, "resolveConstraints"));
  exports.Set("meshQuality", Napi::Function::New(env, meshQualityOf, "meshQuality"));
  exportSensitivities(env, exports);
  exports.Set("solveHeat", Napi::Function::New(env, solveHeatAsync, "solveHeat"));
  exports.Set("solveTransientHeat", Napi::Function::New(env, solveTransientHeatAsync, "solveTransientHeat"));
  exports.Set("estimateHeatMemory", Napi::Function::New(env, heatMemoryEstimate, "estimateHeatMemory"));
  exportHeatSensitivities(env, exports);
  exportNonlinear(env, exports);
  exportEigenCalls(env, exports);
  exportTopology(env, exports);
  exports.Set("version", "0.1.0");
  return exports;
}

}  // namespace

NODE_API_MODULE(artificer_core, initialise)

}  // namespace artificer
