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
void addElements(const StaticModel& model, const FrameTable& frames, SymmetricBlockMatrix& matrix, ThreadTeam& team,
                 RunControl& control) {
  const int shares = team.size();
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

/** Takes the constraint equations into account: K becomes T^T K T. */
void applyConstraints(const StaticModel& model, const std::vector<CoupledBlock>& outside, LinearSystem& system,
                      ThreadTeam& team, const RunControl& control) {
  if (model.constraints.empty()) {
    if (!outside.empty()) throw CoreError("bad-model", "An added stiffness couples nodes that share no element.");
    return;
  }
  auto& constraints = system.constraints;
  constraints = ConstraintSet(model.nodeCount(), model.constraints, system.frames, system.fixed);
  system.offset = constraints.offset(model.constraints.constant);
  if (!system.offset.isZero(0)) {
    system.offsetForces.resize(3 * model.nodeCount());
    SymmetricProduct(system.stiffness, team).multiply(system.offset.data(), system.offsetForces.data());
    for (const auto& pair : outside) {
      system.offsetForces.segment<3>(3 * pair.nodeA) += pair.block * system.offset.segment<3>(3 * pair.nodeB);
      system.offsetForces.segment<3>(3 * pair.nodeB) += pair.block.transpose() * system.offset.segment<3>(3 * pair.nodeA);
    }
  }
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

/**
 * Keeps only the diagonal of restrained rows and columns, which stays as it was so that scales remain alike. What couples
 * them with free ones is set aside: prescribed displacements act through it.
 */
void eliminateRestrained(LinearSystem& system, ThreadTeam& team) {
  auto& matrix = system.stiffness;
  const auto& fixed = system.fixed;
  std::vector<std::vector<CoupledBlock>> couplings(team.size());
  team.run([&](int share) {
    const auto begin = static_cast<int>(static_cast<std::int64_t>(matrix.rows) * share / team.size());
    const auto end = static_cast<int>(static_cast<std::int64_t>(matrix.rows) * (share + 1) / team.size());
    for (int row = begin; row < end; row++)
      for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++) {
        const int column = matrix.column[p];
        BlockMap block(matrix.block(p));
        Eigen::Matrix3d coupling = Eigen::Matrix3d::Zero();
        bool couples = false;
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++) {
            const bool rowFixed = fixed[3 * row + i] != 0, columnFixed = fixed[3 * column + j] != 0;
            if ((!rowFixed && !columnFixed) || (row == column && i == j)) continue;
            if (rowFixed != columnFixed && block(i, j) != 0) {
              coupling(i, j) = block(i, j);
              couples = true;
            }
            block(i, j) = 0;
          }
        if (couples) couplings[share].push_back({row, column, coupling});
      }
  });
  for (const auto& found : couplings) system.restrainedCoupling.insert(system.restrainedCoupling.end(), found.begin(), found.end());
}

}  // namespace

Vector gravityForces(const StaticModel& model) {
  ThreadTeam alone(1);
  return BodyForces(model, alone).of(LoadCase::of(model));
}

LinearSystem assembleStiffness(const StaticModel& model, ThreadTeam& team, RunControl& control) {
  LinearSystem system;
  const int n = model.nodeCount();
  control.report({Stage::assemble, 0});
  system.frames = FrameTable(n, model.frames);
  system.stiffness = SymmetricBlockMatrix::ofMesh(n, model.elements, tet10::NODES, team);
  control.check();
  addElements(model, system.frames, system.stiffness, team, control);
  const auto outside = addSupports(model, system.frames, system.stiffness);
  system.fixed.assign(3 * static_cast<std::size_t>(n), 0);
  for (const int dof : model.fixedDofs) system.fixed[dof] = 1;
  applyConstraints(model, outside, system, team, control);
  holdUnusedNodes(system);
  eliminateRestrained(system, team);
  return system;
}

RightHandSide rightHandSide(const StaticModel& model, const LinearSystem& system, const LoadCase& load,
                            const BodyForces& bodyForces, ThreadTeam& team, const RunControl& control) {
  const int n = model.nodeCount();
  RightHandSide side;
  side.prescribed = Vector::Zero(3 * n);
  for (std::size_t i = 0; i < model.fixedDofs.size(); i++) side.prescribed[model.fixedDofs[i]] = load.fixedValues[i];

  side.load = bodyForces.of(load) + Eigen::Map<const Vector>(load.forces.data(), 3 * n);
  if (!load.temperatureChange.empty()) side.load += thermalForces(model, load.temperatureChange, team, control);
  system.frames.toLocal(side.load);
  if (!system.constraints.empty()) {
    system.constraints.requireConsistent(model.constraints.constant, side.prescribed);
    if (system.offsetForces.size() > 0) side.load -= system.offsetForces;
    system.constraints.reduce(side.load);
  }
  for (const auto& pair : system.restrainedCoupling) {
    side.load.segment<3>(3 * pair.nodeA) -= pair.block * side.prescribed.segment<3>(3 * pair.nodeB);
    if (pair.nodeA != pair.nodeB)
      side.load.segment<3>(3 * pair.nodeB) -= pair.block.transpose() * side.prescribed.segment<3>(3 * pair.nodeA);
  }
  for (int dof = 0; dof < 3 * n; dof++)
    if (system.fixed[dof]) side.load[dof] = 0;
  return side;
}

LinearSystem assemble(const StaticModel& model, ThreadTeam& team, RunControl& control) {
  LinearSystem system = assembleStiffness(model, team, control);
  auto side = rightHandSide(model, system, LoadCase::of(model), BodyForces(model, team), team, control);
  system.load = std::move(side.load);
  system.prescribed = std::move(side.prescribed);
  return system;
}

}  // namespace artificer
