#include "addon/heat_sensitivity_calls.hpp"

#include <memory>
#include <new>

#include "addon/arguments.hpp"
#include "addon/core_worker.hpp"
#include "addon/heat_arguments.hpp"
#include "heat/heat_sensitivity.hpp"

namespace artificer {

namespace {

Napi::Float64Array arrayOf(Napi::Env env, const std::vector<double>& values) {
  auto array = Napi::Float64Array::New(env, values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

std::vector<double> copyOf(const Napi::Value& value, const char* name) {
  const auto values = float64Array(value, name);
  return {values.begin(), values.end()};
}

Napi::Value rejected(Napi::Env env, const std::string& code, const std::string& message, const std::string& hint) {
  auto deferred = Napi::Promise::Deferred::New(env);
  deferred.Reject(toError(env, code, message, hint).Value());
  return deferred.Promise();
}

Napi::Value heatSensitivitiesAsync(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  try {
    if (!info[0].IsObject() || !info[2].IsArray()) throw CoreError("bad-model", "a model and derivatives are needed");
    const auto options = info[3].IsObject() ? info[3].As<Napi::Object>() : Napi::Object::New(env);
    const auto list = info[2].As<Napi::Array>();
    std::vector<std::vector<double>> byTemperature;
    for (std::uint32_t i = 0; i < list.Length(); i++) byTemperature.push_back(copyOf(list.Get(i), "byTemperature"));
    auto answers = std::make_shared<std::vector<HeatSensitivity>>();
    auto* worker = new CoreWorker(
        env, "artificer.heatSensitivities", options,
        [answers, model = readHeatModel(info[0].As<Napi::Object>()), temperature = copyOf(info[1], "temperature"),
         byTemperature = std::move(byTemperature), heat = readHeatOptions(options)](RunControl& control) {
          *answers = heatSensitivities(model, temperature, byTemperature, heat, control);
        },
        [answers](Napi::Env where) -> Napi::Value {
          auto array = Napi::Array::New(where, answers->size());
          for (std::size_t i = 0; i < answers->size(); i++) {
            auto object = Napi::Object::New(where);
            object.Set("byNodes", arrayOf(where, (*answers)[i].byNodes));
            object.Set("surfaces", arrayOf(where, (*answers)[i].surfaces));
            array.Set(static_cast<std::uint32_t>(i), object);
          }
          return array;
        });
    const auto promise = worker->promise();
    worker->Queue();  // deletes itself when done
    return promise;
  } catch (const CoreError& error) {
    return rejected(env, error.code(), error.what(), error.hint());
  } catch (const std::bad_alloc&) {
    return rejected(env, "out-of-memory", "There is not enough memory for this model.", "");
  }
}

}  // namespace

void exportHeatSensitivities(Napi::Env env, Napi::Object exports) {
  exports.Set("heatSensitivities", Napi::Function::New(env, heatSensitivitiesAsync, "heatSensitivities"));
}

}  // namespace artificer
