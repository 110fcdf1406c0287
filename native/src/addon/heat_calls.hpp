#pragma once

#include <napi.h>

#include "common/run_control.hpp"

namespace artificer {

/** solveHeat(model, options) and solveTransientHeat(model, options) of index.d.ts: promises, solved on a thread of the pool. */
Napi::Value solveHeatAsync(const Napi::CallbackInfo& info);
Napi::Value solveTransientHeatAsync(const Napi::CallbackInfo& info);
Napi::Value heatMemoryEstimate(const Napi::CallbackInfo& info);

}  // namespace artificer
