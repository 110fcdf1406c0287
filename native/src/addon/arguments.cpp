#include "addon/arguments.hpp"

namespace artificer {

namespace {

template <typename T>
std::span<T> typedArray(Napi::Value value, napi_typedarray_type wanted, const char* name, const char* kind) {
  bool isTypedArray = false;
  napi_is_typedarray(value.Env(), value, &isTypedArray);
  napi_typedarray_type type;
  std::size_t length = 0;
  void* data = nullptr;
  // Without asking for the buffer object, which Node-API cannot give for shared memory.
  if (!isTypedArray || napi_get_typedarray_info(value.Env(), value, &type, &length, &data, nullptr, nullptr) != napi_ok ||
      type != wanted)
    throw CoreError("bad-model", std::string(name) + " must be " + kind);
  return {static_cast<T*>(data), length};
}

template <typename T>
std::vector<T> copy(std::span<T> values) {
  return {values.begin(), values.end()};
}

void requireLength(std::size_t length, std::size_t wanted, const char* name) {
  if (length != wanted)
    throw CoreError("bad-model", std::string(name) + " holds " + std::to_string(length) + " values instead of " +
                                     std::to_string(wanted));
}

Eigen::Matrix3d matrixAt(std::span<const double> values, std::size_t index) {
  return Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(&values[9 * index]);
}

}  // namespace

std::span<double> float64Array(Napi::Value value, const char* name) {
  return typedArray<double>(value, napi_float64_array, name, "a Float64Array");
}

std::span<std::int32_t> int32Array(Napi::Value value, const char* name) {
  return typedArray<std::int32_t>(value, napi_int32_array, name, "an Int32Array");
}

StaticModel readModel(const Napi::Object& object) {
  const auto doubles = [&](const char* name) { return float64Array(object.Get(name), name); };
  const auto integers = [&](const char* name) { return int32Array(object.Get(name), name); };
  StaticModel model;
  model.nodes = copy(doubles("nodes"));
  model.elements = copy(integers("elements"));
  model.elementMaterial = copy(integers("elementMaterial"));
  model.elementBody = copy(integers("elementBody"));
  model.fixedDofs = copy(integers("fixedDofs"));
  model.fixedValues = copy(doubles("fixedValues"));
  model.forces = copy(doubles("forces"));

  const auto materials = doubles("materials");
  if (materials.empty() || materials.size() % 4 != 0)
    throw CoreError("bad-model", "materials must hold 4 values a material");
  for (std::size_t k = 0; k < materials.size(); k += 4)
    model.materials.push_back({materials[k], materials[k + 1], materials[k + 2], materials[k + 3]});

  const auto frameNodes = integers("frameNodes");
  const auto frames = doubles("frames");
  requireLength(frames.size(), 9 * frameNodes.size(), "frames");
  for (std::size_t i = 0; i < frameNodes.size(); i++) model.frames.push_back({frameNodes[i], matrixAt(frames, i)});

  const auto gravity = doubles("gravity");
  requireLength(gravity.size(), 3, "gravity");
  model.gravity = {gravity[0], gravity[1], gravity[2]};

  const Napi::Value temperature = object.Get("temperatureChange");
  if (!temperature.IsNull() && !temperature.IsUndefined()) {
    const auto change = float64Array(temperature, "temperatureChange");
    requireLength(change.size(), model.nodes.size() / 3, "temperatureChange");
    model.temperatureChange = copy(change);
  }

  const auto nodesA = integers("addedNodesA"), nodesB = integers("addedNodesB");
  const auto blocks = doubles("addedBlocks");
  requireLength(nodesB.size(), nodesA.size(), "addedNodesB");
  requireLength(blocks.size(), 9 * nodesA.size(), "addedBlocks");
  for (std::size_t i = 0; i < nodesA.size(); i++)
    model.addedStiffness.push_back({nodesA[i], nodesB[i], matrixAt(blocks, i)});

  const Napi::Value offsets = object.Get("constraintOffsets");
  if (!offsets.IsNull() && !offsets.IsUndefined()) {
    const auto starts = int32Array(offsets, "constraintOffsets");
    model.constraints.start.assign(starts.begin(), starts.end());
    model.constraints.node = copy(integers("constraintNodes"));
    model.constraints.coefficient = copy(doubles("constraintCoefficients"));
    model.constraints.constant = copy(doubles("constraintConstants"));
    requireLength(starts.size(), model.constraints.constant.size() + 1, "constraintOffsets");
  }
  return model;
}

Method readMethod(const Napi::Value& value) {
  if (value.IsUndefined()) return Method::automatic;
  const std::string name = value.IsString() ? value.As<Napi::String>().Utf8Value() : "";
  if (name == "auto") return Method::automatic;
  if (name == "multigrid") return Method::multigrid;
  if (name == "direct") return Method::direct;
  throw CoreError("bad-model", "method must be 'auto', 'multigrid' or 'direct'");
}

Napi::Error toError(Napi::Env env, const std::string& code, const std::string& message, const std::string& hint) {
  auto error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  if (!hint.empty()) error.Set("hint", Napi::String::New(env, hint));
  return error;
}

}  // namespace artificer
