#include "elasticity/load_case.hpp"

#include <algorithm>
#include <cmath>

#include "elasticity/element_stiffness.hpp"

namespace artificer {

namespace {

/** Calls visit(element, owned) for every element on the member of the team that owns one of its nodes, in order. */
template <typename Visit>
void forElementsByNodes(const StaticModel& model, ThreadTeam& team, Visit visit) {
  team.run([&](int share) {
    const int first = static_cast<int>(static_cast<std::int64_t>(model.nodeCount()) * share / team.size());
    const int last = static_cast<int>(static_cast<std::int64_t>(model.nodeCount()) * (share + 1) / team.size());
    const auto owned = [&](int node) { return node >= first && node < last; };
    for (int e = 0; e < model.elementCount(); e++) {
      const int* nodes = model.element(e);
      if (std::any_of(nodes, nodes + tet10::NODES, owned)) visit(e, owned);
    }
  });
}

/** Shape functions and their derivatives at the points of the conical rule. */
struct ConicalTables {
  std::array<tet10::Shape, 27> shape;
  std::array<tet10::Gradients, 27> gradients;
};
const ConicalTables& conicalTables() {
  static const ConicalTables tables = [] {
    ConicalTables built;
    const auto& rule = tet10::conicalRule();
    for (std::size_t q = 0; q < rule.point.size(); q++) {
      built.shape[q] = tet10::shape(rule.point[q]);
      built.gradients[q] = tet10::localGradients(rule.point[q]);
    }
    return built;
  }();
  return tables;
}

}  // namespace

LoadCase LoadCase::of(const StaticModel& model) {
  return {model.forces, model.gravity, model.accelerationGradient, model.fixedValues, model.temperatureChange};
}

void validate(const StaticModel& model, const LoadCase& load, const std::string& name) {
  const auto refuse = [&](const std::string& message) { throw CoreError("bad-model", name + message); };
  const auto isFinite = [](double value) { return std::isfinite(value); };
  if (load.forces.size() != model.nodes.size()) refuse("forces must hold 3 values a node");
  if (load.fixedValues.size() != model.fixedDofs.size()) refuse("fixedDofs and fixedValues differ in length");
  if (!load.temperatureChange.empty() && load.temperatureChange.size() != model.nodes.size() / 3)
    refuse("temperatureChange must hold one value a node");
  if (!std::all_of(load.forces.begin(), load.forces.end(), isFinite)) refuse("forces hold a value that is not a finite number");
  if (!std::all_of(load.fixedValues.begin(), load.fixedValues.end(), isFinite))
    refuse("fixedValues hold a value that is not a finite number");
  if (!std::all_of(load.temperatureChange.begin(), load.temperatureChange.end(), isFinite))
    refuse("temperatureChange holds a value that is not a finite number");
  if (!load.gravity.allFinite() || !load.accelerationGradient.allFinite()) refuse("gravity is not a finite number");
  std::vector<char> used(model.nodes.size() / 3, 0);
  for (const int node : model.elements) used[node] = 1;
  for (const int node : model.constraints.node) used[node] = 1;
  for (std::size_t dof = 0; dof < load.forces.size(); dof++)
    if (load.forces[dof] != 0 && !used[dof / 3])
      refuse("a force acts on node " + std::to_string(dof / 3) + ", which belongs to no element");
}

bool shareStiffness(const StaticModel& model, const LoadCase& a, const LoadCase& b) {
  const bool depends = std::any_of(model.materials.begin(), model.materials.end(),
                                   [](const Material& material) { return material.dependsOnTemperature(); });
  return !depends || a.temperatureChange == b.temperatureChange;
}

void BodyForces::integrate() const {
  const StaticModel& model = model_;
  moments_.setZero(4, model.nodeCount());
  const auto& rule = tet10::conicalRule();
  const ConicalTables& tables = conicalTables();
  forElementsByNodes(model, team_, [&](int e, const auto& owned) {
    const double density = model.materialOf(e).density();
    if (density == 0) return;
    const int* nodes = model.element(e);
    const auto x = tet10::gather(model.nodes.data(), nodes);
    Eigen::Matrix<double, 4, tet10::NODES> own = Eigen::Matrix<double, 4, tet10::NODES>::Zero();
    for (std::size_t q = 0; q < rule.point.size(); q++) {
      const auto& shape = tables.shape[q];
      const double mass = density * rule.weight[q] * tet10::jacobian(x, tables.gradients[q]).determinant();
      Eigen::Vector4d moment;
      moment << 1, x.transpose() * shape;
      own += (mass * moment) * shape.transpose();
    }
    for (int a = 0; a < tet10::NODES; a++)
      if (owned(nodes[a])) moments_.col(nodes[a]) += own.col(a);
  });
}

Vector BodyForces::of(const LoadCase& load) const {
  if (load.gravity.isZero(0) && load.accelerationGradient.isZero(0))
    return Vector::Zero(3 * static_cast<Eigen::Index>(model_.nodeCount()));
  if (moments_.size() == 0) integrate();
  Eigen::Matrix<double, 3, 4> field;
  field << load.gravity, load.accelerationGradient;
  const Eigen::Matrix<double, 3, Eigen::Dynamic> forces = field * moments_;
  return Eigen::Map<const Vector>(forces.data(), forces.size());
}

Vector thermalForces(const StaticModel& model, const std::vector<double>& temperatureChange, ThreadTeam& team,
                     const RunControl& control) {
  Vector forces = Vector::Zero(3 * static_cast<Eigen::Index>(model.nodeCount()));
  if (temperatureChange.empty()) return forces;
  forElementsByNodes(model, team, [&](int e, const auto& owned) {
    if (e % 4096 == 0) control.check();
    const int* nodes = model.element(e);
    const auto own = thermalForces(model, temperatureChange, e, elementGeometry(tet10::gather(model.nodes.data(), nodes)));
    for (int a = 0; a < tet10::NODES; a++)
      if (owned(nodes[a])) forces.segment<3>(3 * nodes[a]) += own.row(a).transpose();
  });
  return forces;
}

}  // namespace artificer
