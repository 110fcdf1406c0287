#pragma once

#include <napi.h>

namespace artificer {

/** Adds the functions of src/sensitivity and of src/mesh/mesh_motion to what the addon exports. They run where they are called. */
void exportSensitivities(Napi::Env env, Napi::Object exports);

}  // namespace artificer
