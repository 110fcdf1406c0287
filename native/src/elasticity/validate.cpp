#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "common/errors.hpp"
#include "elasticity/static_model.hpp"
#include "mesh/quality.hpp"

namespace artificer {

namespace {

[[noreturn]] void refuse(const std::string& message) { throw CoreError("bad-model", message); }

void requireFinite(std::span<const double> values, const char* name) {
  for (std::size_t i = 0; i < values.size(); i++)
    if (!std::isfinite(values[i])) refuse(std::string(name) + "[" + std::to_string(i) + "] is not a finite number");
}

void requireRange(std::span<const int> values, int limit, const char* name) {
  for (std::size_t i = 0; i < values.size(); i++)
    if (values[i] < 0 || values[i] >= limit)
      refuse(std::string(name) + "[" + std::to_string(i) + "] is " + std::to_string(values[i]) + ", outside 0.." +
             std::to_string(limit - 1));
}

void requireMaterials(const StaticModel& model) {
  for (std::size_t k = 0; k < model.materials.size(); k++) model.materials[k].validate("material " + std::to_string(k));
  if (!std::isfinite(model.referenceTemperature)) refuse("the reference temperature is not a finite number");
}

void requireRestraints(const StaticModel& model) {
  if (model.fixedDofs.size() != model.fixedValues.size()) refuse("fixedDofs and fixedValues differ in length");
  requireRange(model.fixedDofs, 3 * model.nodeCount(), "fixedDofs");
  if (std::adjacent_find(model.fixedDofs.begin(), model.fixedDofs.end(), std::greater_equal<>()) !=
      model.fixedDofs.end())
    refuse("fixedDofs must be ascending without repeats");
  requireFinite(model.fixedValues, "fixedValues");
}

void requireFrames(const StaticModel& model) {
  std::vector<char> framed(model.nodeCount(), 0);
  for (const auto& frame : model.frames) {
    if (frame.node < 0 || frame.node >= model.nodeCount()) refuse("frameNodes is outside the mesh");
    if (framed[frame.node]++) refuse("node " + std::to_string(frame.node) + " has two frames");
    const double defect = (frame.axes * frame.axes.transpose() - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff();
    if (!(defect < 1e-6)) refuse("the frame of node " + std::to_string(frame.node) + " is not orthonormal");
  }
}

/** Every midside node must always lie between the same two corners, and no corner may be a midside node elsewhere. */
void requireQuadraticTopology(const StaticModel& model) {
  std::vector<int> low(model.nodeCount(), -1), high(model.nodeCount(), -1);
  std::vector<char> isCorner(model.nodeCount(), 0), used(model.nodeCount(), 0);
  for (int e = 0; e < model.elementCount(); e++) {
    const int* t = model.element(e);
    for (int a = 0; a < tet10::CORNERS; a++) isCorner[t[a]] = 1;
    for (int a = 0; a < tet10::NODES; a++) used[t[a]] = 1;
    for (int k = 0; k < tet10::EDGES; k++) {
      const auto [a, b] = std::minmax(t[tet10::EDGE_CORNERS[k][0]], t[tet10::EDGE_CORNERS[k][1]]);
      const int midside = t[4 + k];
      if (low[midside] < 0) {
        low[midside] = a;
        high[midside] = b;
      } else if (low[midside] != a || high[midside] != b) {
        refuse("node " + std::to_string(midside) + " is the midside node of two different edges");
      }
    }
  }
  std::vector<char> constrained(model.nodeCount(), 0);
  for (const int node : model.constraints.node) constrained[node] = 1;
  for (int node = 0; node < model.nodeCount(); node++) {
    if (isCorner[node] && low[node] >= 0)
      refuse("node " + std::to_string(node) + " is a corner of one element and a midside node of another");
    const double* f = &model.forces[3 * static_cast<std::size_t>(node)];
    if (!used[node] && !constrained[node] && (f[0] != 0 || f[1] != 0 || f[2] != 0))
      refuse("a force acts on node " + std::to_string(node) + ", which belongs to no element");
  }
}

void requireAddedStiffness(const StaticModel& model) {
  for (const auto& added : model.addedStiffness) {
    if (std::min(added.nodeA, added.nodeB) < 0 || std::max(added.nodeA, added.nodeB) >= model.nodeCount())
      refuse("an added stiffness names a node outside the mesh");
    if (!added.block.allFinite()) refuse("an added stiffness is not a finite number");
  }
}

void requireConstraints(const StaticModel& model) {
  const auto& equations = model.constraints;
  const auto terms = static_cast<std::int64_t>(equations.node.size());
  if (equations.start.size() != equations.constant.size() + 1 || equations.start.front() != 0 ||
      equations.start.back() != terms || !std::is_sorted(equations.start.begin(), equations.start.end()))
    refuse("constraintOffsets must run from 0 to the number of terms");
  if (equations.coefficient.size() != 3 * equations.node.size()) refuse("constraintCoefficients must hold 3 values a term");
  requireRange(equations.node, model.nodeCount(), "constraintNodes");
  requireFinite(equations.coefficient, "constraintCoefficients");
  requireFinite(equations.constant, "constraintConstants");
}

}  // namespace

void validate(const StaticModel& model) {
  if (model.nodes.empty() || model.nodes.size() % 3 != 0) refuse("nodes must hold 3 coordinates a node");
  if (model.elements.empty() || model.elements.size() % tet10::NODES != 0) refuse("elements must hold 10 nodes each");
  const auto n = static_cast<std::size_t>(model.nodeCount());
  const auto m = static_cast<std::size_t>(model.elementCount());
  if (model.elementMaterial.size() != m) refuse("elementMaterial must hold one value an element");
  if (model.elementBody.size() != m) refuse("elementBody must hold one value an element");
  if (model.forces.size() != 3 * n) refuse("forces must hold 3 values a node");
  if (!model.temperatureChange.empty() && model.temperatureChange.size() != n)
    refuse("temperatureChange must hold one value a node");
  requireFinite(model.nodes, "nodes");
  requireFinite(model.forces, "forces");
  requireFinite(model.temperatureChange, "temperatureChange");
  if (!model.gravity.allFinite()) refuse("gravity is not a finite number");
  requireRange(model.elements, model.nodeCount(), "elements");
  requireRange(model.elementMaterial, static_cast<int>(model.materials.size()), "elementMaterial");
  requireMaterials(model);
  requireRestraints(model);
  requireFrames(model);
  requireAddedStiffness(model);
  requireConstraints(model);
  requireQuadraticTopology(model);
  const auto quality = meshQuality(model.nodes, model.elements);
  if (!quality.invertedElements.empty())
    refuse("element " + std::to_string(quality.invertedElements.front()) +
           " is inverted (its Jacobian is not positive everywhere); " +
           std::to_string(quality.invertedElements.size()) + " such elements in all");
}

}  // namespace artificer
