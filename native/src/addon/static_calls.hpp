#pragma once

#include <napi.h>

namespace artificer {

/** The addon's functions for statics. */
void exportStaticCalls(Napi::Env env, Napi::Object exports);

}  // namespace artificer
