#include "elasticity/numbering.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace artificer {

namespace {

/** Spreads the low 21 bits so that two zero bits follow each. */
std::uint64_t spreadBits(std::uint64_t v) {
  v &= 0x1fffff;
  v = (v | v << 32) & 0x1f00000000ffffULL;
  v = (v | v << 16) & 0x1f0000ff0000ffULL;
  v = (v | v << 8) & 0x100f00f00f00f00fULL;
  v = (v | v << 4) & 0x10c30c30c30c30c3ULL;
  v = (v | v << 2) & 0x1249249249249249ULL;
  return v;
}

std::vector<int> sortedBy(const std::vector<std::uint64_t>& key) {
  std::vector<int> order(key.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) { return key[a] != key[b] ? key[a] < key[b] : a < b; });
  return order;
}

}  // namespace

LoadCase RenumberedModel::renumbered(const LoadCase& load) const {
  LoadCase result;
  result.gravity = load.gravity;
  result.accelerationGradient = load.accelerationGradient;
  result.forces.resize(load.forces.size());
  result.temperatureChange.resize(load.temperatureChange.size());
  for (std::size_t i = 0; i < nodeOf.size(); i++) {
    std::copy_n(&load.forces[3 * static_cast<std::size_t>(nodeOf[i])], 3, &result.forces[3 * i]);
    if (!load.temperatureChange.empty()) result.temperatureChange[i] = load.temperatureChange[nodeOf[i]];
  }
  result.fixedValues.resize(fixedOf.size());
  for (std::size_t i = 0; i < fixedOf.size(); i++) result.fixedValues[i] = load.fixedValues[fixedOf[i]];
  return result;
}

RenumberedModel renumber(const StaticModel& source) {
  RenumberedModel result;
  const int n = source.nodeCount(), m = source.elementCount();
  const Eigen::Map<const Eigen::Matrix<double, 3, Eigen::Dynamic>> points(source.nodes.data(), 3, n);
  const Eigen::Vector3d low = points.rowwise().minCoeff();
  const double extent = std::max((points.rowwise().maxCoeff() - low).maxCoeff(), 1e-300);

  std::vector<std::uint64_t> key(n);
  for (int i = 0; i < n; i++) {
    std::uint64_t code = 0;
    for (int axis = 0; axis < 3; axis++)
      code |= spreadBits(static_cast<std::uint64_t>((points(axis, i) - low[axis]) / extent * 0x1fffff)) << axis;
    key[i] = code;
  }
  result.nodeOf = sortedBy(key);
  std::vector<int> newNumber(n);
  for (int i = 0; i < n; i++) newNumber[result.nodeOf[i]] = i;

  std::vector<std::uint64_t> elementKey(m);
  for (int e = 0; e < m; e++) elementKey[e] = key[source.element(e)[0]];
  result.elementOf = sortedBy(elementKey);

  StaticModel& model = result.model;
  model.materials = source.materials;
  model.gravity = source.gravity;
  model.accelerationGradient = source.accelerationGradient;
  model.referenceTemperature = source.referenceTemperature;
  model.nodes.resize(source.nodes.size());
  model.forces.resize(source.forces.size());
  model.temperatureChange.resize(source.temperatureChange.size());
  for (int i = 0; i < n; i++) {
    const std::size_t from = 3 * static_cast<std::size_t>(result.nodeOf[i]), to = 3 * static_cast<std::size_t>(i);
    std::copy_n(&source.nodes[from], 3, &model.nodes[to]);
    std::copy_n(&source.forces[from], 3, &model.forces[to]);
    if (!source.temperatureChange.empty()) model.temperatureChange[i] = source.temperatureChange[result.nodeOf[i]];
  }
  model.elements.resize(source.elements.size());
  model.elementMaterial.resize(m);
  model.elementBody.resize(m);
  for (int e = 0; e < m; e++) {
    const int from = result.elementOf[e];
    for (int a = 0; a < tet10::NODES; a++)
      model.elements[static_cast<std::size_t>(tet10::NODES) * e + a] = newNumber[source.element(from)[a]];
    model.elementMaterial[e] = source.elementMaterial[from];
    model.elementBody[e] = source.elementBody[from];
  }

  std::vector<std::pair<int, int>> fixed;
  for (std::size_t i = 0; i < source.fixedDofs.size(); i++)
    fixed.emplace_back(3 * newNumber[source.fixedDofs[i] / 3] + source.fixedDofs[i] % 3, static_cast<int>(i));
  std::sort(fixed.begin(), fixed.end());
  for (const auto& [dof, callers] : fixed) {
    model.fixedDofs.push_back(dof);
    model.fixedValues.push_back(source.fixedValues[callers]);
    result.fixedOf.push_back(callers);
  }
  for (const auto& frame : source.frames) model.frames.push_back({newNumber[frame.node], frame.axes});
  for (const auto& added : source.addedStiffness)
    model.addedStiffness.push_back({newNumber[added.nodeA], newNumber[added.nodeB], added.block});
  model.constraints = source.constraints;
  for (int& node : model.constraints.node) node = newNumber[node];
  return result;
}

}  // namespace artificer
