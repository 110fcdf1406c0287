#include <napi.h>

#include "addon/arguments.hpp"
#include "addon/constraint_calls.hpp"
#include "addon/heat_sensitivity_calls.hpp"
#include "addon/heat_worker.hpp"
#include "addon/sensitivity_functions.hpp"
#include "addon/nonlinear_worker.hpp"
#include "addon/eigen_calls.hpp"
#include "addon/solve_worker.hpp"
#include "mesh/quality.hpp"

namespace artificer {

namespace {

/** Starts a worker for what `read` makes of the arguments; what it throws is the promise's reason. */
template <typename Read>
Napi::Value startSolving(const Napi::Env env, const Napi::Value& options, Read read) {
  const auto refuse = [&](const CoreError& error) {
    auto deferred = Napi::Promise::Deferred::New(env);
    deferred.Reject(toError(env, error.code(), error.what(), error.hint()).Value());
    return deferred.Promise();
  };
  try {
    auto* worker = read(options.IsObject() ? options.As<Napi::Object>() : Napi::Object::New(env));
    const auto promise = worker->promise();
    worker->Queue();  // deletes itself when done
    return promise;
  } catch (const CoreError& error) {
    return refuse(error);
  } catch (const std::bad_alloc&) {
    return refuse(CoreError("out-of-memory", "There is not enough memory for this model."));
  }
}

Napi::Value solveStaticAsync(const Napi::CallbackInfo& info) {
  return startSolving(info.Env(), info[1], [&](const Napi::Object& options) {
    if (!info[0].IsObject()) throw CoreError("bad-model", "solveStatic needs a model");
    StaticModel model = readModel(info[0].As<Napi::Object>());
    std::vector<LoadCase> cases{LoadCase::of(model)};
    return new SolveWorker(info.Env(), std::move(model), std::move(cases), false, options);
  });
}

Napi::Value solveStaticCasesAsync(const Napi::CallbackInfo& info) {
  return startSolving(info.Env(), info[2], [&](const Napi::Object& options) {
    if (!info[0].IsObject()) throw CoreError("bad-model", "solveStaticCases needs a model");
    StaticModel model = readModel(info[0].As<Napi::Object>());
    auto cases = readLoadCases(info[1], model);
    Combinations combinations;
    if (options.Get("combinations").IsArray()) {
      const auto list = options.Get("combinations").As<Napi::Array>();
      for (std::uint32_t i = 0; i < list.Length(); i++) {
        const auto factors = float64Array(list.Get(i), "combinations");
        combinations.emplace_back(factors.begin(), factors.end());
      }
    }
    return new SolveWorker(info.Env(), std::move(model), std::move(cases), true, options, std::move(combinations));
  });
}

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

Napi::Value memoryEstimate(const Napi::CallbackInfo& info) {
  try {
    return Napi::Number::New(info.Env(), estimateMemory(info[0].ToNumber().DoubleValue(),
                                                        info[1].ToNumber().DoubleValue(), readMethod(info[2]),
                                                        info[3].IsNumber() ? info[3].ToNumber().Int32Value() : 1));
  } catch (const CoreError& error) {
    throw toError(info.Env(), error.code(), error.what());
  }
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  exports.Set("solveStatic", Napi::Function::New(env, solveStaticAsync, "solveStatic"));
  exports.Set("resolveConstraints", Napi::Function::New(env, resolveConstraintsOf, "resolveConstraints"));
  exports.Set("solveStaticCases", Napi::Function::New(env, solveStaticCasesAsync, "solveStaticCases"));
  exports.Set("meshQuality", Napi::Function::New(env, meshQualityOf, "meshQuality"));
  exports.Set("estimateMemory", Napi::Function::New(env, memoryEstimate, "estimateMemory"));
  exportSensitivities(env, exports);
  exports.Set("solveHeat", Napi::Function::New(env, solveHeatAsync, "solveHeat"));
  exports.Set("solveTransientHeat", Napi::Function::New(env, solveTransientHeatAsync, "solveTransientHeat"));
  exports.Set("estimateHeatMemory", Napi::Function::New(env, heatMemoryEstimate, "estimateHeatMemory"));
  exportHeatSensitivities(env, exports);
  exportNonlinear(env, exports);
  exportEigenCalls(env, exports);
  exports.Set("version", "0.1.0");
  return exports;
}

}  // namespace

NODE_API_MODULE(artificer_core, initialise)

}  // namespace artificer
