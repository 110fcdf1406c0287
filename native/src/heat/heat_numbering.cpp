#include "elasticity/numbering.hpp"
#include "heat/heat_model.hpp"

namespace artificer {

RenumberedHeatModel renumber(const HeatModel& source) {
  // The order is that of elasticity's meshes.
  StaticModel mesh;
  mesh.nodes = source.nodes;
  mesh.elements = source.elements;
  mesh.elementMaterial = source.elementMaterial;
  mesh.elementBody = source.elementBody;
  mesh.forces.assign(source.nodes.size(), 0.0);
  auto sorted = renumber(mesh);

  RenumberedHeatModel result;
  HeatModel& model = result.model;
  model.nodes = std::move(sorted.model.nodes);
  model.elements = std::move(sorted.model.elements);
  model.elementMaterial = std::move(sorted.model.elementMaterial);
  model.elementBody = std::move(sorted.model.elementBody);
  result.nodeOf = std::move(sorted.nodeOf);
  result.elementOf = std::move(sorted.elementOf);
  auto& number = result.newNumber;
  number.resize(source.nodeCount());
  for (int i = 0; i < source.nodeCount(); i++) number[result.nodeOf[i]] = i;
  std::vector<int> elementNumber(source.elementCount());
  for (int e = 0; e < source.elementCount(); e++) elementNumber[result.elementOf[e]] = e;

  model.materials = source.materials;
  model.histories = source.histories;
  model.fixedTemperatures = source.fixedTemperatures;
  model.fixedHistory = source.fixedHistory;
  for (int node : source.fixedNodes) model.fixedNodes.push_back(number[node]);
  model.surfaces = source.surfaces;
  for (auto& surface : model.surfaces)
    for (int& node : surface.facets) node = number[node];
  model.sources = source.sources;
  for (auto& heat : model.sources)
    for (int& element : heat.elements) element = elementNumber[element];
  model.contactOffsets = source.contactOffsets;
  model.contactWeights = source.contactWeights;
  model.contactConductance = source.contactConductance;
  for (int node : source.contactNodes) model.contactNodes.push_back(number[node]);
  const auto sortedNodal = [&](const std::vector<double>& values) {
    std::vector<double> ordered(values.size());
    for (std::size_t i = 0; i < values.size(); i++) ordered[i] = values[result.nodeOf[i]];
    return ordered;
  };
  model.nodalHeat = sortedNodal(source.nodalHeat);
  model.initialTemperature = sortedNodal(source.initialTemperature);
  return result;
}

}  // namespace artificer
