#include "addon/arguments.hpp"

#include <cmath>

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

bool isMissing(const Napi::Value& value) { return value.IsNull() || value.IsUndefined(); }

/** The rows of the optional tables, by material; empty lists for those that `materials` describes whole. */
std::vector<std::vector<Material::Row>> readTables(const Napi::Object& object, std::size_t count) {
  std::vector<std::vector<Material::Row>> tables(count);
  if (isMissing(object.Get("tableMaterial"))) return tables;
  const auto owner = int32Array(object.Get("tableMaterial"), "tableMaterial");
  const auto temperature = float64Array(object.Get("tableTemperature_degC"), "tableTemperature_degC");
  const auto constants = float64Array(object.Get("tableConstants"), "tableConstants");
  requireLength(temperature.size(), owner.size(), "tableTemperature_degC");
  requireLength(constants.size(), 12 * owner.size(), "tableConstants");
  for (std::size_t row = 0; row < owner.size(); row++) {
    if (owner[row] < 0 || static_cast<std::size_t>(owner[row]) >= count)
      throw CoreError("bad-model", "tableMaterial names a material that is not there");
    const auto group = [&](int index) { return Eigen::Vector3d(&constants[12 * row + 3 * index]); };
    tables[owner[row]].push_back({temperature[row], {group(0), group(1), group(2), group(3)}});
  }
  return tables;
}

Eigen::Vector3d readGravity(const Napi::Value& value) {
  const auto gravity = float64Array(value, "gravity");
  requireLength(gravity.size(), 3, "gravity");
  return {gravity[0], gravity[1], gravity[2]};
}

Eigen::Matrix3d readGradient(const Napi::Value& value) {
  const auto gradient = float64Array(value, "accelerationGradient");
  requireLength(gradient.size(), 9, "accelerationGradient");
  return matrixAt(gradient, 0);
}

}  // namespace

std::vector<Material> readMaterials(const Napi::Object& object) {
  const auto plain = float64Array(object.Get("materials"), "materials");
  if (plain.empty() || plain.size() % 4 != 0) throw CoreError("bad-model", "materials must hold 4 values a material");
  const std::size_t count = plain.size() / 4;
  auto tables = readTables(object, count);
  std::span<double> axes, zero;
  if (!isMissing(object.Get("materialAxes"))) {
    axes = float64Array(object.Get("materialAxes"), "materialAxes");
    requireLength(axes.size(), 9 * count, "materialAxes");
  }
  if (!isMissing(object.Get("expansionZero_degC"))) {
    zero = float64Array(object.Get("expansionZero_degC"), "expansionZero_degC");
    requireLength(zero.size(), count, "expansionZero_degC");
  }
  std::vector<Material> materials;
  for (std::size_t k = 0; k < count; k++) {
    const double* values = &plain[4 * k];
    if (tables[k].empty()) materials.emplace_back(values[0], values[1], values[2], values[3]);
    else
      materials.emplace_back(std::move(tables[k]), values[2],
                             axes.empty() ? Eigen::Matrix3d(Eigen::Matrix3d::Identity()) : matrixAt(axes, k));
    if (!zero.empty() && !std::isnan(zero[k])) materials.back().setExpansionZero(zero[k]);
  }
  return materials;
}

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

  model.materials = readMaterials(object);
  const Napi::Value reference = object.Get("referenceTemperature_degC");
  if (!isMissing(reference)) {
    if (!reference.IsNumber()) throw CoreError("bad-model", "referenceTemperature_degC must be a number");
    model.referenceTemperature = reference.ToNumber().DoubleValue();
  }

  const auto frameNodes = integers("frameNodes");
  const auto frames = doubles("frames");
  requireLength(frames.size(), 9 * frameNodes.size(), "frames");
  for (std::size_t i = 0; i < frameNodes.size(); i++) model.frames.push_back({frameNodes[i], matrixAt(frames, i)});

  model.gravity = readGravity(object.Get("gravity"));
  if (!isMissing(object.Get("accelerationGradient")))
    model.accelerationGradient = readGradient(object.Get("accelerationGradient"));

  const Napi::Value temperature = object.Get("temperatureChange");
  if (!isMissing(temperature)) {
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

std::vector<LoadCase> readLoadCases(const Napi::Value& value, const StaticModel& model) {
  if (!value.IsArray() || value.As<Napi::Array>().Length() == 0)
    throw CoreError("bad-model", "solveStaticCases needs at least one load case");
  const auto list = value.As<Napi::Array>();
  std::vector<LoadCase> cases;
  for (std::uint32_t i = 0; i < list.Length(); i++) {
    const Napi::Value entry = list.Get(i);
    if (!entry.IsObject()) throw CoreError("bad-model", "a load case must be an object");
    const auto object = entry.As<Napi::Object>();
    auto load = LoadCase::of(model);
    const auto given = [&](const char* name) { return !object.Get(name).IsUndefined(); };
    if (given("forces")) load.forces = copy(float64Array(object.Get("forces"), "forces"));
    if (given("gravity")) load.gravity = readGravity(object.Get("gravity"));
    if (given("accelerationGradient")) load.accelerationGradient = readGradient(object.Get("accelerationGradient"));
    if (given("fixedValues")) load.fixedValues = copy(float64Array(object.Get("fixedValues"), "fixedValues"));
    if (given("temperatureChange")) {
      load.temperatureChange.clear();
      if (!object.Get("temperatureChange").IsNull())
        load.temperatureChange = copy(float64Array(object.Get("temperatureChange"), "temperatureChange"));
    }
    cases.push_back(std::move(load));
  }
  return cases;
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
