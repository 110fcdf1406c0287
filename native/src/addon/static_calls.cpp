#include "addon/static_calls.hpp"

#include <memory>

#include "addon/answers.hpp"
#include "addon/arguments.hpp"
#include "addon/core_worker.hpp"
#include "elasticity/static_solver.hpp"

namespace artificer {

namespace {

Napi::Value toObject(Napi::Env env, const StaticSolution& solution) {
  const auto& fields = solution.fields;
  auto object = Napi::Object::New(env);
  object.Set("displacement", arrayOf(env, solution.displacement));
  object.Set("reactions", arrayOf(env, solution.reactions));
  object.Set("constraintForces", arrayOf(env, solution.constraintForces));
  object.Set("stress", arrayOf(env, fields.stress));
  object.Set("strain", arrayOf(env, fields.strain));
  object.Set("vonMises", arrayOf(env, fields.vonMises));
  object.Set("principal", arrayOf(env, fields.principal));
  object.Set("elementError", arrayOf(env, fields.elementError));
  object.Set("stressSpread", arrayOf(env, fields.stressSpread));
  object.Set("stressError", arrayOf(env, fields.stressError));
  object.Set("relativeEnergyError", fields.relativeEnergyError);
  object.Set("strainEnergy_N_mm", fields.strainEnergy);
  object.Set("method", solution.method == Method::multigrid ? "multigrid" : "direct");
  object.Set("iterations", solution.iterations);
  object.Set("relativeResidual", solution.relativeResidual);
  object.Set("residualHistory", arrayOf(env, solution.residualHistory));
  object.Set("degreesOfFreedom", solution.degreesOfFreedom);
  auto seconds = Napi::Object::New(env);
  seconds.Set("assemble", solution.assembleSeconds);
  seconds.Set("factorise", solution.factoriseSeconds);
  seconds.Set("solve", solution.solveSeconds);
  seconds.Set("recover", solution.recoverSeconds);
  object.Set("seconds", seconds);
  return object;
}

SolveOptions readOptions(const Napi::Object& object) {
  SolveOptions options;
  options.method = readMethod(object.Get("method"));
  if (object.Get("tolerance").IsNumber()) {
    options.tolerance = object.Get("tolerance").ToNumber().DoubleValue();
    if (!(options.tolerance > 0 && options.tolerance < 1))
      throw CoreError("bad-model", "tolerance must lie between 0 and 1");
  }
  if (object.Get("threads").IsNumber()) options.threads = object.Get("threads").ToNumber().Int32Value();
  return options;
}

/** @param asList whether the answer is a list, one solution a case, or the only solution itself */
CoreWorker* solveCases(Napi::Env env, StaticModel model, std::vector<LoadCase> cases, bool asList,
                       const Napi::Object& object, Combinations combinations = {}) {
  const auto solutions = std::make_shared<std::vector<StaticSolution>>();
  auto work = [solutions, options = readOptions(object), model = std::move(model), cases = std::move(cases),
               combinations = std::move(combinations)](RunControl& control) {
    *solutions = solveStaticCases(model, cases, combinations, options, control);
  };
  auto answer = [solutions, asList](Napi::Env inside) -> Napi::Value {
    if (!asList) return toObject(inside, solutions->front());
    auto list = Napi::Array::New(inside, solutions->size());
    for (std::size_t i = 0; i < solutions->size(); i++) {
      list.Set(static_cast<std::uint32_t>(i), toObject(inside, (*solutions)[i]));
      (*solutions)[i] = {};  // its memory is the list's now
    }
    return list;
  };
  return new CoreWorker(env, "artificer.solveStatic", object, std::move(work), std::move(answer));
}

Napi::Value solveStaticAsync(const Napi::CallbackInfo& info) {
  return startWork(info.Env(), info[1], [&](const Napi::Object& options) {
    if (!info[0].IsObject()) throw CoreError("bad-model", "solveStatic needs a model");
    StaticModel model = readModel(info[0].As<Napi::Object>());
    std::vector<LoadCase> cases{LoadCase::of(model)};
    return solveCases(info.Env(), std::move(model), std::move(cases), false, options);
  });
}

Napi::Value solveStaticCasesAsync(const Napi::CallbackInfo& info) {
  return startWork(info.Env(), info[2], [&](const Napi::Object& options) {
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
    return solveCases(info.Env(), std::move(model), std::move(cases), true, options, std::move(combinations));
  });
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

}  // namespace

void exportStaticCalls(Napi::Env env, Napi::Object exports) {
  exports.Set("solveStatic", Napi::Function::New(env, solveStaticAsync, "solveStatic"));
  exports.Set("solveStaticCases", Napi::Function::New(env, solveStaticCasesAsync, "solveStaticCases"));
  exports.Set("estimateMemory", Napi::Function::New(env, memoryEstimate, "estimateMemory"));
}

}  // namespace artificer
