#include "elasticity/assembly.hpp"

#include <algorithm>

#include "elasticity/element_stiffness.hpp"

namespace artificer {

namespace {

/** Turns the blocks of an element's matrix to the local axes of its framed nodes: K_ab' = R_a K_ab R_b^T. */
void turnToFrames(ElementMatrix& stiffness, const int* nodes, const FrameTable& frames) {
  for (int a = 0; a < tet10::NODES; a++) {
    if (!frames.has(nodes[a])) continue;
    const Eigen::Matrix3d& axes = frames.axes(nodes[a]);
    stiffness.middleRows<3>(3 * a) = (axes * stiffness.middleRows<3>(3 * a)).eval();
    stiffness.middleCols<3>(3 * a) = (stiffness.middleCols<3>(3 * a) * axes.transpose()).eval();
  }
}

/**
 * Adds all elements. Each member of the team owns a range of rows and integrates every element that touches it; the
 * few on a border are integrated twice, and no sum depends on the number of threads.
 */
void addElements(const StaticModel& model, const FrameTable& frames, SymmetricBlockMatrix& matrix, Vector& thermal,
                 ThreadTeam& team, RunControl& control) {
  const int shares = team.size();
  const bool hasTemperature = !model.temperatureChange.empty();
  team.run([&](int share) {
    const int first = static_cast<int>(static_cast<std::int64_t>(model.nodeCount()) * share / shares);
    const int last = static_cast<int>(static_cast<std::int64_t>(model.nodeCount()) * (share + 1) / shares);
    const auto owned = [&](int node) { return node >= first && node < last; };
    ElementMatrix stiffness;
    for (int e = 0; e < model.elementCount(); e++) {
      if (e % 4096 == 0) {
        control.check();
        if (share == 0) control.report({Stage::assemble, 0.1 * e / model.elementCount()});
      }
      const int* nodes = model.element(e);
      if (std::none_of(nodes, nodes + tet10::NODES, owned)) continue;
      const auto geometry = elementGeometry(tet10::gather(model.nodes.data(), nodes));
      elementStiffness(model, e, geometry, stiffness);
      if (!frames.empty()) turnToFrames(stiffness, nodes, frames);
      for (int a = 0; a < tet10::NODES; a++) {
        if (!owned(nodes[a])) continue;
        for (int b = 0; b < tet10::NODES; b++) {
          if (nodes[b] > nodes[a]) continue;
          BlockMap target(matrix.block(matrix.find(nodes[a], nodes[b])));
          target += stiffness.block<3, 3>(3 * a, 3 * b);
        }
      }
      if (hasTemperature) {
        const auto forces = thermalForces(model, e, geometry);
        for (int a = 0; a < tet10::NODES; a++)
          if (owned(nodes[a])) thermal.segment<3>(3 * nodes[a]) += forces.row(a).transpose();
      }
    }
  });
}

/** Returns the blocks that have no place in the mesh's own pattern. */
std::vector<CoupledBlock> addSupports(const StaticModel& model, const FrameTable& frames, SymmetricBlockMatrix& matrix) {
  std::vector<CoupledBlock> outside;
  for (const auto& added : model.addedStiffness) {
    Eigen::Matrix3d block = frames.axesOrIdentity(added.nodeA) * added.block * frames.axesOrIdentity(added.nodeB).transpose();
    int row = added.nodeA, column = added.nodeB;
    if (row < column) {
      std::swap(row, column);
      block.transposeInPlace();
    }
    const auto position = matrix.find(row, column);
    if (position < 0)
      outside.push_back({row, column, block});
    else
      BlockMap(matrix.block(position)) += block;
  }
  return outside;
}

/** Takes the constraint equations into account: K becomes T^T K T, f becomes T^T (f - K offset). */
void applyConstraints(const StaticModel& model, const std::vector<CoupledBlock>& outside, LinearSystem& system,
                      Vector& load, ThreadTeam& team, const RunControl& control) {
  if (model.constraints.empty()) {
    if (!outside.empty()) throw CoreError("bad-model", "An added stiffness couples nodes that share no element.");
    return;
  }
  auto& constraints = system.constraints;
  constraints = ConstraintSet(model.nodeCount(), model.constraints, system.frames, system.fixed);
  constraints.requireConsistent(model.constraints.constant, system.prescribed);
  system.offset = constraints.offset(model.constraints.constant);
  if (!system.offset.isZero(0)) {
    Vector held(load.size());
    SymmetricProduct(system.stiffness, team).multiply(system.offset.data(), held.data());
    for (const auto& pair : outside) {
      held.segment<3>(3 * pair.nodeA) += pair.block * system.offset.segment<3>(3 * pair.nodeB);
      held.segment<3>(3 * pair.nodeB) += pair.block.transpose() * system.offset.segment<3>(3 * pair.nodeA);
    }
    load -= held;
  }
  constraints.reduce(load);
  system.stiffness = constraints.reduce(system.stiffness, outside, team, control);
  for (int dof = 0; dof < 3 * model.nodeCount(); dof++)
    if (constraints.isDependent(dof)) system.fixed[dof] = 1;
}

/** What has no stiffness, such as a node of no element that no constraint uses, is held where it is. */
void holdUnusedNodes(LinearSystem& system) {
  for (int node = 0; node < system.stiffness.rows; node++) {
    BlockMap diagonal(system.stiffness.diagonal(node));
    for (int axis = 0; axis < 3; axis++)
      if (diagonal(axis, axis) == 0) {
        diagonal(axis, axis) = 1;
        system.fixed[3 * node + axis] = 1;
      }
  }
}

/** Keeps only the diagonal of restrained rows and columns, which stays as it was so that scales remain alike. */
void eliminateRestrained(LinearSystem& system, ThreadTeam& team) {
  auto& matrix = system.stiffness;
  const auto& fixed = system.fixed;
  team.forRange(matrix.rows, [&](std::int64_t begin, std::int64_t end) {
    for (auto row = begin; row < end; row++)
      for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++) {
        const int column = matrix.column[p];
        double* v = matrix.block(p);
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++)
            if ((fixed[3 * row + i] || fixed[3 * column + j]) && !(row == column && i == j)) v[3 * i + j] = 0;
      }
  });
}

}  // namespace

Vector gravityForces(const StaticModel& model) {
  Vector forces = Vector::Zero(3 * model.nodeCount());
  if (model.gravity.isZero(0)) return forces;
  const auto& rule = tet10::conicalRule();
  for (int e = 0; e < model.elementCount(); e++) {
    const double density = model.materialOf(e).density();
    if (density == 0) continue;
    const int* nodes = model.element(e);
    const auto x = tet10::gather(model.nodes.data(), nodes);
    tet10::Shape mass = tet10::Shape::Zero();
    for (std::size_t q = 0; q < rule.point.size(); q++) {
      const double determinant = tet10::jacobian(x, tet10::localGradients(rule.point[q])).determinant();
      mass += density * determinant * rule.weight[q] * tet10::shape(rule.point[q]);
    }
    for (int a = 0; a < tet10::NODES; a++) forces.segment<3>(3 * nodes[a]) += mass[a] * model.gravity;
  }
  return forces;
}

LinearSystem assemble(const StaticModel& model, ThreadTeam& team, RunControl& control) {
  LinearSystem system;
  const int n = model.nodeCount();
  control.report({Stage::assemble, 0});
  system.frames = FrameTable(n, model.frames);
  system.stiffness = SymmetricBlockMatrix::ofMesh(n, model.elements, tet10::NODES, team);
  control.check();

  Vector load = gravityForces(model) + Eigen::Map<const Vector>(model.forces.data(), 3 * n);
  system.frames.toLocal(load);
  Vector thermal = Vector::Zero(3 * n);
  addElements(model, system.frames, system.stiffness, thermal, team, control);
  system.frames.toLocal(thermal);
  load += thermal;
  const auto outside = addSupports(model, system.frames, system.stiffness);

  system.fixed.assign(3 * static_cast<std::size_t>(n), 0);
  system.prescribed = Vector::Zero(3 * n);
  for (std::size_t i = 0; i < model.fixedDofs.size(); i++) {
    system.fixed[model.fixedDofs[i]] = 1;
    system.prescribed[model.fixedDofs[i]] = model.fixedValues[i];
  }
  applyConstraints(model, outside, system, load, team, control);
  holdUnusedNodes(system);
  if (!system.prescribed.isZero(0)) {
    Vector held(3 * n);
    SymmetricProduct(system.stiffness, team).multiply(system.prescribed.data(), held.data());
    load -= held;
  }
  for (int dof = 0; dof < 3 * n; dof++)
    if (system.fixed[dof]) load[dof] = 0;
  system.load = std::move(load);
  eliminateRestrained(system, team);
  return system;
}

}  // namespace artificer
