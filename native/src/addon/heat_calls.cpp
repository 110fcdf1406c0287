#include "addon/heat_calls.hpp"

#include <memory>

#include "addon/answers.hpp"
#include "addon/arguments.hpp"
#include "addon/core_worker.hpp"
#include "addon/heat_arguments.hpp"

namespace artificer {

namespace {

template <typename Solution>
Napi::Object commonObject(Napi::Env env, const Solution& solution) {
  auto object = Napi::Object::New(env);
  object.Set("temperature", arrayOf(env, solution.temperature));
  object.Set("fixedHeat", arrayOf(env, solution.fixedHeat));
  object.Set("heatFlux", arrayOf(env, solution.fields.heatFlux));
  object.Set("temperatureGradient", arrayOf(env, solution.fields.gradient));
  object.Set("fluxSpread", arrayOf(env, solution.fields.fluxSpread));
  object.Set("elementError", arrayOf(env, solution.fields.elementError));
  object.Set("relativeEnergyError", solution.fields.relativeEnergyError);
  auto inflow = Napi::Object::New(env);
  inflow.Set("fixed", solution.inflow.fixed);
  inflow.Set("surfaces", arrayOf(env, solution.inflow.surfaces));
  inflow.Set("sources", arrayOf(env, solution.inflow.sources));
  inflow.Set("nodal", solution.inflow.nodal);
  object.Set("inflow", inflow);
  object.Set("balanceError", solution.balanceError);
  object.Set("beyondTables", solution.beyondTables);
  object.Set("method", solution.method == HeatMethod::multigrid ? "multigrid" : "direct");
  object.Set("newtonIterations", solution.newtonIterations);
  object.Set("linearIterations", solution.linearIterations);
  object.Set("degreesOfFreedom", solution.degreesOfFreedom);
  auto seconds = Napi::Object::New(env);
  seconds.Set("assemble", solution.assembleSeconds);
  seconds.Set("factorise", solution.factoriseSeconds);
  seconds.Set("solve", solution.solveSeconds);
  seconds.Set("recover", solution.recoverSeconds);
  object.Set("seconds", seconds);
  return object;
}

Napi::Object toObject(Napi::Env env, const HeatSolution& solution) {
  auto object = commonObject(env, solution);
  object.Set("relativeResidual", solution.relativeResidual);
  object.Set("residualHistory", arrayOf(env, solution.residualHistory));
  return object;
}

Napi::Object toObject(Napi::Env env, const TransientHeatSolution& solution) {
  auto object = commonObject(env, solution);
  object.Set("times", arrayOf(env, solution.times));
  object.Set("probes", arrayOf(env, solution.probes));
  object.Set("lowest", arrayOf(env, solution.lowest));
  object.Set("highest", arrayOf(env, solution.highest));
  object.Set("storedHeat", arrayOf(env, solution.storedHeat));
  object.Set("inflowRate", arrayOf(env, solution.inflowRate));
  object.Set("frameTimes", arrayOf(env, solution.frameTimes));
  object.Set("frameTemperatures", arrayOf(env, solution.frameTemperatures));
  object.Set("frameFluxes", arrayOf(env, solution.frameFluxes));
  object.Set("stored", solution.stored);
  object.Set("overshoot", solution.overshoot);
  object.Set("steps", solution.steps);
  object.Set("rejectedSteps", solution.rejected);
  object.Set("factorisations", solution.factorisations);
  return object;
}

/** Reads model and options with `prepare` and queues the work that it returns; what is wrong rejects the promise. */
template <typename Solution, typename Prepare>
Napi::Value queue(const Napi::CallbackInfo& info, Prepare prepare) {
  return startWork(info.Env(), info[1], [&](const Napi::Object& options) {
    if (!info[0].IsObject()) throw CoreError("bad-model", "a model is needed");
    const auto solution = std::make_shared<Solution>();
    auto solve = prepare(info[0].As<Napi::Object>(), options);
    auto* worker = new CoreWorker(
        info.Env(), "artificer.solveHeat", options,
        [solution, solve = std::move(solve)](RunControl& control) { *solution = solve(control); },
        [solution](Napi::Env env) { return toObject(env, *solution); });
    worker->setMemoryHint("Use a coarser mesh, or keep fewer times.");
    return worker;
  });
}

}  // namespace

Napi::Value solveHeatAsync(const Napi::CallbackInfo& info) {
  return queue<HeatSolution>(info, [](const Napi::Object& model, const Napi::Object& options) {
    return [model = readHeatModel(model), options = readHeatOptions(options)](RunControl& control) {
      return solveHeat(model, options, control);
    };
  });
}

Napi::Value solveTransientHeatAsync(const Napi::CallbackInfo& info) {
  return queue<TransientHeatSolution>(info, [](const Napi::Object& model, const Napi::Object& options) {
    return [model = readHeatModel(model), options = readTransientOptions(options)](RunControl& control) {
      return solveTransientHeat(model, options, control);
    };
  });
}

Napi::Value heatMemoryEstimate(const Napi::CallbackInfo& info) {
  try {
    return Napi::Number::New(info.Env(),
                             estimateHeatMemory(info[0].ToNumber().DoubleValue(), info[1].ToNumber().DoubleValue(),
                                                readHeatMethod(info[2]), info[3].ToBoolean().Value()));
  } catch (const CoreError& error) {
    throw toError(info.Env(), error.code(), error.what());
  }
}

}  // namespace artificer
