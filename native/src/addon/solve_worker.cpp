#include "addon/solve_worker.hpp"

#include <cmath>
#include <new>

#include "addon/arguments.hpp"
#include "addon/while_alive.hpp"

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

Napi::Value arrayOf(Napi::Env env, const std::vector<double>& values) {
  // Copied, since Electron's memory cage refuses buffers from outside.
  auto array = Napi::Float64Array::New(env, values.size());
  if (!values.empty()) std::copy(values.begin(), values.end(), array.Data());
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

SolveWorker::SolveWorker(Napi::Env env, StaticModel model, std::vector<LoadCase> cases, bool asList,
                         const Napi::Object& options, Combinations combinations)
    : Napi::AsyncWorker(env, "artificer.solveStatic"), deferred_(env), model_(std::move(model)),
      cases_(std::move(cases)), combinations_(std::move(combinations)), asList_(asList) {
  options_.method = readMethod(options.Get("method"));
  if (options.Get("tolerance").IsNumber()) {
    options_.tolerance = options.Get("tolerance").ToNumber().DoubleValue();
    if (!(options_.tolerance > 0 && options_.tolerance < 1))
      throw CoreError("bad-model", "tolerance must lie between 0 and 1");
  }
  if (options.Get("threads").IsNumber()) options_.threads = options.Get("threads").ToNumber().Int32Value();
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

void SolveWorker::Execute() {
  try {
    std::function<void(const Progress&)> report;
    if (onProgress_)
      report = [this](const Progress& progress) {
        onProgress_.NonBlockingCall([progress](Napi::Env env, Napi::Function callback) {
          whileAlive([&] {
            if (callback) callback.Call({progressObject(env, progress)});
          });
        });
      };
    RunControl control(cancelFlag_, std::move(report));
    solutions_ = solveStaticCases(model_, cases_, combinations_, options_, control);
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

void SolveWorker::OnOK() {
  Napi::HandleScope scope(Env());
  if (onProgress_) onProgress_.Release();
  if (!errorCode_.empty()) {
    deferred_.Reject(toError(Env(), errorCode_, errorMessage_, errorHint_).Value());
    return;
  }
  try {
    if (!asList_) {
      deferred_.Resolve(toObject(Env(), solutions_.front()));
      return;
    }
    auto list = Napi::Array::New(Env(), solutions_.size());
    for (std::size_t i = 0; i < solutions_.size(); i++) {
      list.Set(static_cast<std::uint32_t>(i), toObject(Env(), solutions_[i]));
      solutions_[i] = {};  // its memory is the list's now
    }
    deferred_.Resolve(list);
  } catch (const Napi::Error&) {
    deferred_.Reject(toError(Env(), "out-of-memory", "There is not enough memory for the results.").Value());
  }
}

Napi::Value SolveWorker::toObject(Napi::Env env, const StaticSolution& solution) {
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

}  // namespace artificer
