#pragma once

#include <napi.h>

namespace artificer {

/** The class LayeredGrid of index.d.ts. */
void exportTopology(Napi::Env env, Napi::Object exports);

}  // namespace artificer
