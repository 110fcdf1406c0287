#include "addon/nonlinear_worker.hpp"

#include <new>

#include "addon/answers.hpp"
#include "addon/arguments.hpp"
#include "addon/core_worker.hpp"
#include "addon/while_alive.hpp"

namespace artificer {

namespace {

const char* reasonName(StopReason reason) {
  switch (reason) {
    case StopReason::complete: return "complete";
    case StopReason::limitPoint: return "limit-point";
    case StopReason::invertedElements: return "inverted-elements";
    case StopReason::notConverged: return "not-converged";
  }
  return "";
}

const char* failureName(StepFailure failure) {
  switch (failure) {
    case StepFailure::none: return "converged";
    case StepFailure::notDefinite: return "unstable";
    case StepFailure::inverted: return "inverted";
    case StepFailure::notConverged: return "not-converged";
    case StepFailure::jumped: return "jumped";
  }
  return "";
}

Napi::Object progressObject(Napi::Env env, const NonlinearProgress& progress) {
  auto object = progressObject(
      env, Progress{progress.stage, progress.fraction, progress.iteration, progress.relativeResidual});
  if (progress.step >= 0) object.Set("step", progress.step);
  if (progress.loadFactor >= 0) object.Set("loadFactor", progress.loadFactor);
  return object;
}

Napi::Object attemptObject(Napi::Env env, const StepAttempt& attempt) {
  auto object = Napi::Object::New(env);
  object.Set("loadFactor", attempt.loadFactor);
  object.Set("outcome", failureName(attempt.failure));
  std::vector<double> residual, energy, correction;
  for (const auto& iteration : attempt.history) {
    residual.push_back(iteration.residual);
    energy.push_back(iteration.energy);
    correction.push_back(iteration.correction);
  }
  object.Set("residual", arrayOf(env, residual));
  object.Set("energy", arrayOf(env, energy));
  object.Set("correction", arrayOf(env, correction));
  return object;
}

Napi::Value solveNonlinearAsync(const Napi::CallbackInfo& info) {
  return startWork(info.Env(), info[1], [&](const Napi::Object& options) {
    if (!info[0].IsObject()) throw CoreError("bad-model", "solveNonlinear needs a model");
    return new NonlinearWorker(info.Env(), readNonlinearModel(info[0].As<Napi::Object>()), options);
  });
}

Napi::Value nonlinearMemory(const Napi::CallbackInfo& info) {
  try {
    return Napi::Number::New(info.Env(),
                             estimateNonlinearMemory(info[0].ToNumber().DoubleValue(),
                                                     info[1].ToNumber().DoubleValue(), readMethod(info[2])));
  } catch (const CoreError& error) {
    throw toError(info.Env(), error.code(), error.what());
  }
}

Napi::Value nonlinearTangent(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  try {
    const auto model = readNonlinearModel(info[0].As<Napi::Object>());
    const auto displacement = float64Array(info[1], "displacement"), direction = float64Array(info[2], "direction");
    const auto vectorOf = [](std::span<double> values) -> Vector {
      return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size()));
    };
    const auto probe =
        probeTangent(model, vectorOf(displacement), vectorOf(direction), info[3].ToNumber().DoubleValue());
    auto object = Napi::Object::New(env);
    object.Set("internalForces", arrayOf(env, probe.internalForces));
    object.Set("externalForces", arrayOf(env, probe.externalForces));
    object.Set("tangentProduct", arrayOf(env, probe.tangentProduct));
    object.Set("storedEnergy_N_mm", probe.storedEnergy);
    return object;
  } catch (const CoreError& error) {
    throw toError(env, error.code(), error.what());
  }
}

}  // namespace

NonlinearModel readNonlinearModel(const Napi::Object& object) {
  NonlinearModel model{readModel(object), {}};
  const auto absent = [&](const char* name) {
    const Napi::Value value = object.Get(name);
    return value.IsUndefined() || value.IsNull();
  };
  if (absent("pressureFacets") && absent("pressures")) return model;
  const auto facets = int32Array(object.Get("pressureFacets"), "pressureFacets");
  const auto pressures = float64Array(object.Get("pressures"), "pressures");
  if (facets.size() != 6 * pressures.size())
    throw CoreError("bad-model", "pressureFacets must hold 6 nodes for each of the pressures");
  for (std::size_t i = 0; i < pressures.size(); i++) {
    PressureFacet facet{{}, pressures[i]};
    std::copy_n(&facets[6 * i], 6, facet.nodes.begin());
    model.pressures.push_back(facet);
  }
  return model;
}

NonlinearWorker::NonlinearWorker(Napi::Env env, NonlinearModel model, const Napi::Object& options)
    : Napi::AsyncWorker(env, "artificer.solveNonlinear"), deferred_(env), model_(std::move(model)) {
  const auto number = [&](const char* name, double fallback) {
    const Napi::Value value = options.Get(name);
    return value.IsNumber() ? value.ToNumber().DoubleValue() : fallback;
  };
  auto& steps = options_.steps;
  options_.method = readMethod(options.Get("method"));
  options_.threads = static_cast<int>(number("threads", 0));
  options_.mostFrames = static_cast<int>(number("mostFrames", options_.mostFrames));
  steps.first = number("firstStep", steps.first);
  steps.smallest = number("smallestStep", steps.smallest);
  steps.largest = number("largestStep", steps.largest);
  steps.newton.iterations = static_cast<int>(number("mostIterations", steps.newton.iterations));
  steps.newton.tolerance = number("tolerance", steps.newton.tolerance);
  if (!(steps.newton.tolerance > 0 && steps.newton.tolerance < 1))
    throw CoreError("bad-model", "tolerance must lie between 0 and 1");
  if (!options.Get("cancel").IsUndefined()) {
    const auto flag = int32Array(options.Get("cancel"), "cancel");
    if (flag.empty()) throw CoreError("bad-model", "cancel must hold one element");
    cancelFlag_ = flag.data();
    cancelArray_ = Napi::Persistent(options.Get("cancel").As<Napi::Object>());
  }
  // Last, so that nothing above can throw and leave it unreleased.
  if (options.Get("onProgress").IsFunction())
    onProgress_ = Napi::ThreadSafeFunction::New(env, options.Get("onProgress").As<Napi::Function>(),
                                                "artificer.onProgress", 0, 1);
}

void NonlinearWorker::Execute() {
  try {
    std::function<void(const NonlinearProgress&)> report;
    if (onProgress_)
      report = [this](const NonlinearProgress& progress) {
        onProgress_.NonBlockingCall([progress](Napi::Env env, Napi::Function callback) {
          whileAlive([&] {
            if (callback) callback.Call({progressObject(env, progress)});
          });
        });
      };
    RunControl control(cancelFlag_, {});
    solution_ = solveNonlinear(model_, options_, control, report);
  } catch (const CoreError& error) {
    errorCode_ = error.code();
    errorMessage_ = error.what();
    errorHint_ = error.hint();
  } catch (const std::bad_alloc&) {
    errorCode_ = "out-of-memory";
    errorMessage_ = "There is not enough memory for this solution.";
    errorHint_ = "Use a coarser mesh, or the multigrid method.";
  } catch (const std::exception& error) {
    errorCode_ = "bad-model";
    errorMessage_ = error.what();
  }
}

void NonlinearWorker::OnOK() {
  Napi::HandleScope scope(Env());
  if (onProgress_) onProgress_.Release();
  if (!errorCode_.empty()) {
    deferred_.Reject(toError(Env(), errorCode_, errorMessage_, errorHint_).Value());
    return;
  }
  try {
    deferred_.Resolve(toObject(Env()));
  } catch (const Napi::Error&) {
    deferred_.Reject(toError(Env(), "out-of-memory", "There is not enough memory for the results.").Value());
  }
}

Napi::Value NonlinearWorker::toObject(Napi::Env env) const {
  const auto& fields = solution_.fields;
  auto object = Napi::Object::New(env);
  object.Set("outcome", reasonName(solution_.reason));
  object.Set("explanation", solution_.explanation);
  object.Set("loadFactor", solution_.loadFactor);
  object.Set("displacement", arrayOf(env, solution_.displacement));
  object.Set("reactions", arrayOf(env, solution_.reactions));
  object.Set("externalForces", arrayOf(env, solution_.externalForces));
  object.Set("constraintForces", arrayOf(env, solution_.constraintForces));
  object.Set("stress", arrayOf(env, fields.stress));
  object.Set("strain", arrayOf(env, fields.strain));
  object.Set("vonMises", arrayOf(env, fields.vonMises));
  object.Set("principal", arrayOf(env, fields.principal));
  object.Set("elementError", arrayOf(env, fields.elementError));
  object.Set("stressSpread", arrayOf(env, fields.stressSpread));
  object.Set("relativeEnergyError", fields.relativeEnergyError);
  object.Set("strainEnergy_N_mm", solution_.storedEnergy);
  object.Set("externalWork_N_mm", solution_.externalWork);
  object.Set("largestStrain", solution_.largestStrain);
  auto frames = Napi::Array::New(env, solution_.frames.size());
  for (std::size_t i = 0; i < solution_.frames.size(); i++) {
    auto frame = Napi::Object::New(env);
    frame.Set("loadFactor", solution_.frames[i].loadFactor);
    frame.Set("displacement", arrayOf(env, solution_.frames[i].displacement));
    frame.Set("vonMises", arrayOf(env, solution_.frames[i].vonMises));
    frames.Set(static_cast<uint32_t>(i), frame);
  }
  object.Set("frames", frames);
  auto curve = Napi::Object::New(env);
  curve.Set("loadFactor", arrayOf(env, solution_.curveLoadFactor));
  curve.Set("largestDisplacement_mm", arrayOf(env, solution_.curveDisplacement));
  curve.Set("strainEnergy_N_mm", arrayOf(env, solution_.curveEnergy));
  object.Set("curve", curve);
  auto attempts = Napi::Array::New(env, solution_.attempts.size());
  for (std::size_t i = 0; i < solution_.attempts.size(); i++)
    attempts.Set(static_cast<uint32_t>(i), attemptObject(env, solution_.attempts[i]));
  object.Set("attempts", attempts);
  object.Set("method", solution_.method == Method::multigrid ? "multigrid" : "direct");
  object.Set("iterations", solution_.iterations);
  object.Set("linearIterations", solution_.linearIterations);
  object.Set("relativeResidual", solution_.relativeResidual);
  object.Set("degreesOfFreedom", solution_.degreesOfFreedom);
  auto seconds = Napi::Object::New(env);
  seconds.Set("solve", solution_.solveSeconds);
  seconds.Set("recover", solution_.recoverSeconds);
  object.Set("seconds", seconds);
  return object;
}

void exportNonlinear(Napi::Env env, Napi::Object exports) {
  exports.Set("solveNonlinear", Napi::Function::New(env, solveNonlinearAsync, "solveNonlinear"));
  exports.Set("estimateNonlinearMemory", Napi::Function::New(env, nonlinearMemory, "estimateNonlinearMemory"));
  exports.Set("nonlinearTangent", Napi::Function::New(env, nonlinearTangent, "nonlinearTangent"));
}

}  // namespace artificer
