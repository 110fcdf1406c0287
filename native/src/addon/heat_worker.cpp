#include "addon/heat_worker.hpp"

#include <new>

#include "addon/arguments.hpp"
#include "addon/while_alive.hpp"
#include "addon/heat_arguments.hpp"

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

/** One solution on a thread of the pool: the event loop stays free, progress is posted to it. */
template <typename Solution>
class HeatWorker : public Napi::AsyncWorker {
 public:
  using Work = std::function<Solution(RunControl&)>;

  HeatWorker(Napi::Env env, const Napi::Object& options, Work work)
      : Napi::AsyncWorker(env, "artificer.solveHeat"), deferred_(env), work_(std::move(work)) {
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
  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override {
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
      solution_ = work_(control);
    } catch (const CoreError& error) {
      fail(error.code(), error.what(), error.hint());
    } catch (const std::bad_alloc&) {
      fail("out-of-memory", "There is not enough memory for this solution.", "Use a coarser mesh, or keep fewer times.");
    } catch (const std::exception& error) {
      fail("bad-model", error.what(), "");
    }
    work_ = nullptr;  // the model is not needed any more
  }

  void OnOK() override {
    Napi::HandleScope scope(Env());
    if (onProgress_) onProgress_.Release();
    if (!errorCode_.empty()) return deferred_.Reject(toError(Env(), errorCode_, errorMessage_, errorHint_).Value());
    try {
      deferred_.Resolve(toObject(Env(), solution_));
    } catch (const Napi::Error&) {
      deferred_.Reject(toError(Env(), "out-of-memory", "There is not enough memory for the results.").Value());
    }
  }
  void OnError(const Napi::Error&) override { OnOK(); }

 private:
  void fail(const std::string& code, const std::string& message, const std::string& hint) {
    errorCode_ = code;
    errorMessage_ = message;
    errorHint_ = hint;
  }

  Napi::Promise::Deferred deferred_;
  Work work_;
  Napi::ObjectReference cancelArray_;  // keeps the flag's memory alive
  const volatile std::int32_t* cancelFlag_ = nullptr;
  Napi::ThreadSafeFunction onProgress_;
  Solution solution_;
  std::string errorCode_, errorMessage_, errorHint_;
};

/** Reads model and options with `prepare` and queues the work that it returns; what is wrong rejects the promise. */
template <typename Solution, typename Prepare>
Napi::Value queue(const Napi::CallbackInfo& info, Prepare prepare) {
  const Napi::Env env = info.Env();
  try {
    if (!info[0].IsObject()) throw CoreError("bad-model", "a model is needed");
    const auto options = info[1].IsObject() ? info[1].As<Napi::Object>() : Napi::Object::New(env);
    auto* worker = new HeatWorker<Solution>(env, options, prepare(info[0].As<Napi::Object>(), options));
    const auto promise = worker->promise();
    worker->Queue();  // deletes itself when done
    return promise;
  } catch (const CoreError& error) {
    auto deferred = Napi::Promise::Deferred::New(env);
    deferred.Reject(toError(env, error.code(), error.what(), error.hint()).Value());
    return deferred.Promise();
  } catch (const std::bad_alloc&) {
    auto deferred = Napi::Promise::Deferred::New(env);
    deferred.Reject(toError(env, "out-of-memory", "There is not enough memory for this model.").Value());
    return deferred.Promise();
  }
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
