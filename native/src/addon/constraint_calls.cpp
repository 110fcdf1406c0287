#include "addon/constraint_calls.hpp"

#include "addon/arguments.hpp"
#include "constraints/elimination.hpp"

namespace artificer {

Napi::Value resolveConstraintsOf(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  try {
    if (!info[0].IsObject()) throw CoreError("bad-model", "resolveConstraints needs a model");
    const StaticModel model = readModel(info[0].As<Napi::Object>());
    validate(model);
    std::vector<char> fixed(3 * static_cast<std::size_t>(model.nodeCount()), 0);
    for (const int dof : model.fixedDofs) fixed[dof] = 1;
    const auto resolved =
        resolve(model.nodeCount(), model.constraints, FrameTable(model.nodeCount(), model.frames), fixed);
    std::vector<std::int32_t> dependent, offsets{0}, masters;
    std::vector<double> factors, constants;
    for (const auto& row : resolved.rows) {
      dependent.push_back(row.dependent);
      for (const auto& [dof, factor] : row.masters) {
        masters.push_back(dof);
        factors.push_back(factor);
      }
      offsets.push_back(static_cast<std::int32_t>(masters.size()));
      double constant = 0;
      for (const auto& [equation, factor] : row.constants) constant += factor * model.constraints.constant[equation];
      constants.push_back(constant);
    }
    const auto integers = [&](const std::vector<std::int32_t>& values) {
      auto array = Napi::Int32Array::New(env, values.size());
      std::copy(values.begin(), values.end(), array.Data());
      return array;
    };
    const auto doubles = [&](const std::vector<double>& values) {
      auto array = Napi::Float64Array::New(env, values.size());
      std::copy(values.begin(), values.end(), array.Data());
      return array;
    };
    auto object = Napi::Object::New(env);
    object.Set("dependent", integers(dependent));
    object.Set("offsets", integers(offsets));
    object.Set("masters", integers(masters));
    object.Set("factors", doubles(factors));
    object.Set("constants", doubles(constants));
    return object;
  } catch (const CoreError& error) {
    throw toError(env, error.code(), error.what(), error.hint());
  }
}

}  // namespace artificer
