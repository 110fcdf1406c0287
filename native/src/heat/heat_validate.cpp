#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "common/errors.hpp"
#include "heat/heat_model.hpp"
#include "heat/triangle6.hpp"
#include "mesh/quality.hpp"

namespace artificer {

namespace {

[[noreturn]] void refuse(const std::string& message) { throw CoreError("bad-model", message); }

void requireFinite(std::span<const double> values, const char* name) {
  for (double value : values)
    if (!std::isfinite(value)) refuse(std::string(name) + " holds something that is not a finite number");
}

void requireRange(std::span<const int> values, int lowest, int limit, const char* name) {
  for (int value : values)
    if (value < lowest || value >= limit)
      refuse(std::string(name) + " holds " + std::to_string(value) + ", outside " + std::to_string(lowest) + ".." +
             std::to_string(limit - 1));
}

template <int WIDTH>
void requireTable(const Table<WIDTH>& table, const std::string& name, bool positive, bool jumps) {
  if (table.arguments.empty() || table.values.size() != WIDTH * table.arguments.size())
    refuse(name + " has no values, or not one row for each argument");
  requireFinite(table.arguments, name.c_str());
  requireFinite(table.values, name.c_str());
  for (std::size_t i = 1; i < table.arguments.size(); i++)
    if (table.arguments[i] < table.arguments[i - 1] || (!jumps && table.arguments[i] == table.arguments[i - 1]))
      refuse(name + " must have ascending arguments");
  for (double value : table.values)
    if (positive && value <= 0) refuse(name + " must be positive");
}

void requireMaterials(const HeatModel& model, bool transient) {
  for (std::size_t k = 0; k < model.materials.size(); k++) {
    const auto& material = model.materials[k];
    const std::string name = "material " + std::to_string(k) + ": ";
    requireTable(material.conductivity, name + "conductivity", true, false);
    if (!((material.axes * material.axes.transpose() - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff() < 1e-6))
      refuse(name + "axes are not orthonormal");
    if (!transient) continue;
    requireTable(material.specificHeat, name + "specific heat", true, false);
    if (!(std::isfinite(material.density) && material.density > 0)) refuse(name + "density must be positive");
  }
}

void requireConditions(const HeatModel& model) {
  const int n = model.nodeCount(), histories = static_cast<int>(model.histories.size());
  for (std::size_t i = 0; i < model.histories.size(); i++)
    requireTable(model.histories[i], "history " + std::to_string(i), false, true);
  requireRange(model.fixedNodes, 0, n, "fixedNodes");
  std::vector<char> seen(n, 0);
  for (int node : model.fixedNodes)
    if (seen[node]++) refuse("node " + std::to_string(node) + " has two fixed temperatures");
  if (model.fixedTemperatures.size() != model.fixedNodes.size()) refuse("fixedTemperatures must hold one value a fixed node");
  requireFinite(model.fixedTemperatures, "fixedTemperatures");
  if (!model.fixedHistory.empty() && model.fixedHistory.size() != model.fixedNodes.size())
    refuse("fixedHistory must hold one value a fixed node");
  requireRange(model.fixedHistory, -1, histories, "fixedHistory");
  for (double t : model.fixedTemperatures)
    if (t < -KELVIN_OFFSET) refuse("a fixed temperature lies below absolute zero");
  for (const auto& surface : model.surfaces) {
    if (surface.facets.size() % triangle6::NODES != 0) refuse("facets must hold 6 nodes each");
    requireRange(surface.facets, 0, n, "facets");
    if (!std::isfinite(surface.coefficient) || !std::isfinite(surface.ambient)) refuse("a surface condition is not a number");
    if (surface.kind == SurfaceKind::convection && surface.coefficient < 0) refuse("a film coefficient is negative");
    if (surface.kind == SurfaceKind::radiation && (surface.coefficient < 0 || surface.coefficient > 1))
      refuse("an emissivity lies outside 0..1");
    if (surface.kind != SurfaceKind::flux && surface.ambient < -KELVIN_OFFSET)
      refuse("an ambient temperature lies below absolute zero");
    if (surface.history < -1 || surface.history >= histories) refuse("a surface names a history that does not exist");
  }
  for (const auto& source : model.sources) {
    requireRange(source.elements, 0, model.elementCount(), "source elements");
    if (!std::isfinite(source.generation)) refuse("a heat source is not a number");
    if (source.history < -1 || source.history >= histories) refuse("a source names a history that does not exist");
  }
}

void requireContacts(const HeatModel& model) {
  const auto& offsets = model.contactOffsets;
  const auto count = model.contactConductance.size();
  if (count == 0 && model.contactNodes.empty()) return;
  if (offsets.size() != count + 1 || offsets.front() != 0 ||
      offsets.back() != static_cast<int>(model.contactNodes.size()) || !std::is_sorted(offsets.begin(), offsets.end()))
    refuse("contactOffsets must ascend from 0 to the number of contact nodes");
  if (model.contactWeights.size() != model.contactNodes.size()) refuse("contactWeights must hold one value a contact node");
  requireRange(model.contactNodes, 0, model.nodeCount(), "contactNodes");
  requireFinite(model.contactWeights, "contactWeights");
  for (std::size_t i = 0; i < count; i++) {
    if (!(std::isfinite(model.contactConductance[i]) && model.contactConductance[i] >= 0))
      refuse("a contact conductance is negative or not a number");
    double sum = 0, largest = 0;
    for (int p = offsets[i]; p < offsets[i + 1]; p++) {
      sum += model.contactWeights[p];
      largest = std::max(largest, std::abs(model.contactWeights[p]));
    }
    if (std::abs(sum) > 1e-6 * std::max(largest, 1.0)) refuse("the weights of a contact sample do not add up to zero");
  }
}

}  // namespace

void validate(const HeatModel& model, bool transient) {
  if (model.nodes.empty() || model.nodes.size() % 3 != 0) refuse("nodes must hold 3 coordinates a node");
  if (model.elements.empty() || model.elements.size() % tet10::NODES != 0) refuse("elements must hold 10 nodes each");
  const auto n = static_cast<std::size_t>(model.nodeCount()), m = static_cast<std::size_t>(model.elementCount());
  if (model.elementMaterial.size() != m) refuse("elementMaterial must hold one value an element");
  if (model.elementBody.size() != m) refuse("elementBody must hold one value an element");
  requireFinite(model.nodes, "nodes");
  requireRange(model.elements, 0, model.nodeCount(), "elements");
  requireRange(model.elementMaterial, 0, static_cast<int>(model.materials.size()), "elementMaterial");
  requireMaterials(model, transient);
  requireConditions(model);
  requireContacts(model);
  if (!model.nodalHeat.empty() && model.nodalHeat.size() != n) refuse("nodalHeat must hold one value a node");
  requireFinite(model.nodalHeat, "nodalHeat");
  if (transient && model.initialTemperature.empty()) refuse("a transient needs initial temperatures");
  if (!model.initialTemperature.empty() && model.initialTemperature.size() != n)
    refuse("initialTemperature must hold one value a node");
  requireFinite(model.initialTemperature, "initialTemperature");
  for (double t : model.initialTemperature)
    if (t < -KELVIN_OFFSET) refuse("an initial temperature lies below absolute zero");
  const auto quality = meshQuality(model.nodes, model.elements);
  if (!quality.invertedElements.empty())
    refuse("element " + std::to_string(quality.invertedElements.front()) +
           " is inverted (its Jacobian is not positive everywhere); " + std::to_string(quality.invertedElements.size()) +
           " such elements in all");
}

void requireTemperatureSet(const HeatModel& model) {
  std::vector<int> parent(model.nodeCount());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
  };
  for (int e = 0; e < model.elementCount(); e++)
    for (int a = 1; a < tet10::NODES; a++) parent[root(model.element(e)[a])] = root(model.element(e)[0]);
  for (int i = 0; i < model.contactCount(); i++)
    if (model.contactConductance[i] > 0)
      for (int p = model.contactOffsets[i] + 1; p < model.contactOffsets[i + 1]; p++)
        parent[root(model.contactNodes[p])] = root(model.contactNodes[model.contactOffsets[i]]);
  std::vector<char> set(model.nodeCount(), 0);
  for (int node : model.fixedNodes) set[root(node)] = 1;
  for (const auto& surface : model.surfaces)
    if (surface.kind != SurfaceKind::flux && surface.coefficient > 0)
      for (int node : surface.facets) set[root(node)] = 1;
  for (int e = 0; e < model.elementCount(); e++)
    if (!set[root(model.element(e)[0])])
      throw CoreError("singular",
                      "Nothing sets the temperature of body " + std::to_string(model.elementBody[e]) +
                          ": it has no fixed temperature, no convection and no radiation, and touches no part that has.",
                      "Fix a temperature, or let a face give heat to its surroundings.");
}

}  // namespace artificer
