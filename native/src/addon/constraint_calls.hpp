#pragma once

#include <napi.h>

namespace artificer {

/** resolveConstraints of index.d.ts. */
Napi::Value resolveConstraintsOf(const Napi::CallbackInfo& info);

}  // namespace artificer
