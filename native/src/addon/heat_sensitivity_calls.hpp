#pragma once

#include <napi.h>

namespace artificer {

/** heatSensitivities(model, temperature, byTemperature, options) of index.d.ts: a promise, found on a thread of the pool. */
void exportHeatSensitivities(Napi::Env env, Napi::Object exports);

}  // namespace artificer
