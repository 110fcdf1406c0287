#pragma once

#include <napi.h>

#include <vector>

#include "common/run_control.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** A Float64Array with a copy of the values: Electron's memory cage refuses buffers from outside. */
Napi::Float64Array arrayOf(Napi::Env env, const double* values, std::size_t count);
inline Napi::Float64Array arrayOf(Napi::Env env, const std::vector<double>& values) {
  return arrayOf(env, values.data(), values.size());
}
inline Napi::Float64Array arrayOf(Napi::Env env, const Vector& values) {
  return arrayOf(env, values.data(), static_cast<std::size_t>(values.size()));
}

/** A SolveProgress of index.d.ts. */
Napi::Object progressObject(Napi::Env env, const Progress& progress);

}  // namespace artificer
