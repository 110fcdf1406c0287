#include "addon/heat_sensitivity_calls.hpp"

#include <memory>

#include "addon/answers.hpp"
#include "addon/arguments.hpp"
#include "addon/core_worker.hpp"
#include "addon/heat_arguments.hpp"
#include "heat/heat_sensitivity.hpp"

namespace artificer {

namespace {

std::vector<double> copyOf(const Napi::Value& value, const char* name) {
  const auto values = float64Array(value, name);
  return {values.begin(), values.end()};
}

Napi::Value heatSensitivitiesAsync(const Napi::CallbackInfo& info) {
  return startWork(info.Env(), info[3], [&](const Napi::Object& options) {
    if (!info[0].IsObject() || !info[2].IsArray()) throw CoreError("bad-model", "a model and derivatives are needed");
    const auto list = info[2].As<Napi::Array>();
    std::vector<std::vector<double>> byTemperature;
    for (std::uint32_t i = 0; i < list.Length(); i++) byTemperature.push_back(copyOf(list.Get(i), "byTemperature"));
    auto answers = std::make_shared<std::vector<HeatSensitivity>>();
    return new CoreWorker(
        info.Env(), "artificer.heatSensitivities", options,
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
  });
}

}  // namespace

void exportHeatSensitivities(Napi::Env env, Napi::Object exports) {
  exports.Set("heatSensitivities", Napi::Function::New(env, heatSensitivitiesAsync, "heatSensitivities"));
}

}  // namespace artificer
