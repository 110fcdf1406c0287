#pragma once

#include <napi.h>

namespace artificer {

/** solveModes, solveBuckling and estimateEigenMemory of index.d.ts. */
void exportEigenCalls(Napi::Env env, Napi::Object exports);

}  // namespace artificer
