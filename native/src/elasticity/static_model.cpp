#include "elasticity/static_model.hpp"

namespace artificer {

PointMaterial materialAt(const StaticModel& model, int e, const tet10::Shape& shape) {
  double change = 0;
  if (!model.temperatureChange.empty())
    for (int a = 0; a < tet10::NODES; a++) change += shape[a] * model.temperatureChange[model.element(e)[a]];
  return model.materialOf(e).at(model.referenceTemperature + change, model.referenceTemperature);
}

PointMaterial materialAtNode(const StaticModel& model, int material, int node) {
  const double change = model.temperatureChange.empty() ? 0 : model.temperatureChange[node];
  return model.materials[material].at(model.referenceTemperature + change, model.referenceTemperature);
}

}  // namespace artificer
