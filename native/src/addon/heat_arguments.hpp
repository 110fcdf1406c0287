#pragma once

#include <napi.h>

#include "heat/transient_heat.hpp"

namespace artificer {

/** Copies a HeatModel of index.d.ts, checking kinds and lengths; indices and numbers are checked by `validate`. */
HeatModel readHeatModel(const Napi::Object& object);

HeatMethod readHeatMethod(const Napi::Value& value);
HeatOptions readHeatOptions(const Napi::Object& object);
TransientOptions readTransientOptions(const Napi::Object& object);

}  // namespace artificer
