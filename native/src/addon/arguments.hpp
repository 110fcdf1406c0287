#pragma once

#include <napi.h>

#include <cstdint>
#include <span>
#include <string>

#include "common/errors.hpp"
#include "elasticity/static_model.hpp"
#include "elasticity/static_solver.hpp"

namespace artificer {

/** Views of a typed array's memory, shared or not. Throws CoreError 'bad-model' for anything else. */
std::span<double> float64Array(Napi::Value value, const char* name);
std::span<std::int32_t> int32Array(Napi::Value value, const char* name);

/** The materials of a model object of index.d.ts: `materials` and the optional tables beside it. */
std::vector<Material> readMaterials(const Napi::Object& object);

/** Copies a StaticModel of index.d.ts, checking kinds and lengths; indices and numbers are checked by `validate`. */
StaticModel readModel(const Napi::Object& object);

/** Copies the load cases of solveStaticCases; what one leaves out is the model's own. */
std::vector<LoadCase> readLoadCases(const Napi::Value& value, const StaticModel& model);

Method readMethod(const Napi::Value& value);

/** A JavaScript Error with `code` (and `hint` where there is one). */
Napi::Error toError(Napi::Env env, const std::string& code, const std::string& message, const std::string& hint = {});

}  // namespace artificer
