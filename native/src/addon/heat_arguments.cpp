#include "addon/heat_arguments.hpp"

#include "addon/arguments.hpp"

namespace artificer {

namespace {

std::vector<double> doubles(const Napi::Object& object, const char* name) {
  const auto values = float64Array(object.Get(name), name);
  return {values.begin(), values.end()};
}
std::vector<int> integers(const Napi::Object& object, const char* name) {
  const auto values = int32Array(object.Get(name), name);
  return {values.begin(), values.end()};
}
bool present(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  return !value.IsUndefined() && !value.IsNull();
}
double number(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  if (!value.IsNumber()) throw CoreError("bad-model", std::string(name) + " must be a number");
  return value.As<Napi::Number>().DoubleValue();
}
double numberOr(const Napi::Object& object, const char* name, double otherwise) {
  return present(object, name) ? number(object, name) : otherwise;
}
int historyOf(const Napi::Object& object) { return static_cast<int>(numberOr(object, "history", -1)); }

template <typename Visit>
void forEachObject(const Napi::Object& owner, const char* name, bool optional, Visit visit) {
  if (optional && !present(owner, name)) return;
  const Napi::Value value = owner.Get(name);
  if (!value.IsArray()) throw CoreError("bad-model", std::string(name) + " must be an array");
  const auto array = value.As<Napi::Array>();
  for (std::uint32_t i = 0; i < array.Length(); i++) {
    const Napi::Value item = array.Get(i);
    if (!item.IsObject()) throw CoreError("bad-model", std::string(name) + " must hold objects");
    visit(item.As<Napi::Object>());
  }
}

template <int WIDTH>
Table<WIDTH> readTable(const Napi::Object& owner, const char* name, const char* argument) {
  if (!owner.Get(name).IsObject()) throw CoreError("bad-model", std::string(name) + " must be a table");
  const auto object = owner.Get(name).As<Napi::Object>();
  return {doubles(object, argument), doubles(object, "values")};
}

SurfaceKind readKind(const Napi::Object& object) {
  const Napi::Value value = object.Get("kind");
  const std::string name = value.IsString() ? value.As<Napi::String>().Utf8Value() : "";
  if (name == "convection") return SurfaceKind::convection;
  if (name == "radiation") return SurfaceKind::radiation;
  if (name == "flux") return SurfaceKind::flux;
  throw CoreError("bad-model", "kind must be 'convection', 'radiation' or 'flux'");
}

}  // namespace

HeatModel readHeatModel(const Napi::Object& object) {
  HeatModel model;
  model.nodes = doubles(object, "nodes");
  model.elements = integers(object, "elements");
  model.elementMaterial = integers(object, "elementMaterial");
  model.elementBody = integers(object, "elementBody");
  model.fixedNodes = integers(object, "fixedNodes");
  model.fixedTemperatures = doubles(object, "fixedTemperatures");
  if (present(object, "fixedHistory")) model.fixedHistory = integers(object, "fixedHistory");
  forEachObject(object, "materials", false, [&](const Napi::Object& item) {
    auto& material = model.materials.emplace_back();
    material.conductivity = readTable<3>(item, "conductivity", "temperatures");
    if (present(item, "specificHeat")) material.specificHeat = readTable<1>(item, "specificHeat", "temperatures");
    material.density = numberOr(item, "density", 0);
    if (present(item, "axes")) {
      const auto axes = doubles(item, "axes");
      if (axes.size() != 9) throw CoreError("bad-model", "axes must hold 9 values");
      material.axes = Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(axes.data());
    }
  });
  forEachObject(object, "surfaces", true, [&](const Napi::Object& item) {
    model.surfaces.push_back({readKind(item), integers(item, "facets"), number(item, "coefficient"),
                              numberOr(item, "ambient", 0), historyOf(item)});
  });
  forEachObject(object, "sources", true, [&](const Napi::Object& item) {
    model.sources.push_back({integers(item, "elements"), number(item, "generation"), historyOf(item)});
  });
  forEachObject(object, "histories", true, [&](const Napi::Object& item) {
    model.histories.push_back({doubles(item, "times"), doubles(item, "values")});
  });
  if (present(object, "nodalHeat")) model.nodalHeat = doubles(object, "nodalHeat");
  if (present(object, "initialTemperature")) model.initialTemperature = doubles(object, "initialTemperature");
  if (present(object, "contacts")) {
    if (!object.Get("contacts").IsObject()) throw CoreError("bad-model", "contacts must be an object");
    const auto contacts = object.Get("contacts").As<Napi::Object>();
    model.contactOffsets = integers(contacts, "offsets");
    model.contactNodes = integers(contacts, "nodes");
    model.contactWeights = doubles(contacts, "weights");
    model.contactConductance = doubles(contacts, "conductance");
  }
  return model;
}

HeatMethod readHeatMethod(const Napi::Value& value) {
  switch (readMethod(value)) {
    case Method::multigrid: return HeatMethod::multigrid;
    case Method::direct: return HeatMethod::direct;
    default: return HeatMethod::automatic;
  }
}

HeatOptions readHeatOptions(const Napi::Object& object) {
  HeatOptions options;
  options.method = readHeatMethod(object.Get("method"));
  options.tolerance = numberOr(object, "tolerance", options.tolerance);
  if (!(options.tolerance > 0 && options.tolerance < 1))
    throw CoreError("bad-model", "tolerance must lie between 0 and 1");
  options.threads = static_cast<int>(numberOr(object, "threads", 0));
  return options;
}

TransientOptions readTransientOptions(const Napi::Object& object) {
  TransientOptions options;
  options.heat = readHeatOptions(object);
  options.end = number(object, "end");
  options.step = numberOr(object, "step", 0);
  options.stepTolerance = numberOr(object, "stepTolerance", options.stepTolerance);
  options.largestStep = numberOr(object, "largestStep", 0);
  if (present(object, "outputTimes")) options.outputTimes = doubles(object, "outputTimes");
  if (present(object, "outputFlux")) options.outputFlux = object.Get("outputFlux").ToBoolean().Value();
  if (present(object, "probes")) {
    const auto probes = object.Get("probes").As<Napi::Object>();
    options.probeOffsets = integers(probes, "offsets");
    options.probeNodes = integers(probes, "nodes");
    options.probeWeights = doubles(probes, "weights");
  }
  return options;
}

}  // namespace artificer
