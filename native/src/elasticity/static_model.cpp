#include "elasticity/static_model.hpp"

namespace artificer {

PointMaterial materialAt(const StaticModel& model, const std::vector<double>& temperatureChange, int e,
                         const tet10::Shape& shape) {
  double change = 0;
  if (!temperatureChange.empty())
    for (int a = 0; a < tet10::NODES; a++) change += shape[a] * temperatureChange[model.element(e)[a]];
  return model.materialOf(e).at(model.referenceTemperature + change, model.referenceTemperature);
}

PointMaterial materialAt(const StaticModel& model, int e, const tet10::Shape& shape) {
  return materialAt(model, model.temperatureChange, e, shape);
}

PointMaterial materialAtNode(const StaticModel& model, const std::vector<double>& temperatureChange, int material,
                             int node) {
  const double change = temperatureChange.empty() ? 0 : temperatureChange[node];
  return model.materials[material].at(model.referenceTemperature + change, model.referenceTemperature);
}

}  // namespace artificer
