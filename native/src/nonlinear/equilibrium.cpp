#include "nonlinear/equilibrium.hpp"

#include <algorithm>
#include <limits>

namespace artificer {

namespace {

/** Adds `block` to block (a, b) of a matrix that keeps its lower triangle; what has no place there goes to `outside`. */
void addBlock(SymmetricBlockMatrix& matrix, int a, int b, const Eigen::Matrix3d& block,
              std::vector<CoupledBlock>& outside) {
  const auto position = matrix.find(std::max(a, b), std::min(a, b));
  if (position < 0) {
    outside.push_back({a, b, block});
    return;
  }
  BlockMap target(matrix.block(position));
  if (a >= b) target += block;
  else target += block.transpose();
}

void turnToFrames(ElementMatrix& tangent, const int* nodes, const FrameTable& frames) {
  for (int a = 0; a < tet10::NODES; a++) {
    if (!frames.has(nodes[a])) continue;
    const Eigen::Matrix3d& axes = frames.axes(nodes[a]);
    tangent.middleRows<3>(3 * a) = (axes * tangent.middleRows<3>(3 * a)).eval();
    tangent.middleCols<3>(3 * a) = (tangent.middleCols<3>(3 * a) * axes.transpose()).eval();
  }
}

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

/** Largest magnitude of the principal values of a Green-Lagrange strain, bounded from above (Frobenius norm). */
double strainMagnitude(const Tensor& e) {
  return std::sqrt(e.head<3>().squaredNorm() + 0.5 * e.tail<3>().squaredNorm());
}

}  // namespace

Equilibrium::Equilibrium(const NonlinearModel& model, ThreadTeam& team, RunControl& control)
    : model_(model), team_(team), control_(control), frames_(model.base.nodeCount(), model.base.frames) {
  const auto& base = model.base;
  const int n = base.nodeCount();
  deadForces_ = gravityForces(base) + Eigen::Map<const Vector>(base.forces.data(), 3 * n);
  held_ = Vector::Zero(3 * n);
  std::vector<char> restrained(3 * static_cast<std::size_t>(n), 0);
  for (std::size_t i = 0; i < base.fixedDofs.size(); i++) {
    restrained[base.fixedDofs[i]] = 1;
    held_[base.fixedDofs[i]] = base.fixedValues[i];
  }
  constraints_ = ConstraintSet(n, base.constraints, frames_, restrained);
  fixed_.assign(3 * static_cast<std::size_t>(n), 1);
  // A node of no element has no stiffness unless equations give it that of others: it is held where it is.
  for (const int node : base.elements)
    for (int axis = 0; axis < 3; axis++) fixed_[3 * static_cast<std::size_t>(node) + axis] = 0;
  for (const int node : base.constraints.node)
    for (int axis = 0; axis < 3; axis++) fixed_[3 * static_cast<std::size_t>(node) + axis] = 0;
  for (std::size_t dof = 0; dof < fixed_.size(); dof++)
    if (restrained[dof] || constraints_.isDependent(static_cast<int>(dof))) fixed_[dof] = 1;
  if (constraints_.empty()) return;
  constraints_.requireConsistent(base.constraints.constant, held_);
  constraints_.expand(held_);
  held_ += constraints_.offset(base.constraints.constant);
  elementPattern_ = SymmetricBlockMatrix::ofMesh(n, base.elements, tet10::NODES, team);
}

/** Calls visit(share, element, its nodes, coordinates' geometry) for all elements; shares are contiguous. */
template <typename Visit>
void Equilibrium::forElements(Visit visit) const {
  const auto& base = model_.base;
  const int m = base.elementCount();
  team_.run([&](int share) {
    const int first = static_cast<int>(static_cast<std::int64_t>(m) * share / team_.size());
    const int last = static_cast<int>(static_cast<std::int64_t>(m) * (share + 1) / team_.size());
    for (int e = first; e < last; e++) {
      if (e % 1024 == 0) control_.check();
      const int* nodes = base.element(e);
      visit(share, e, nodes, elementGeometry(tet10::gather(base.nodes.data(), nodes)));
    }
  });
}

InternalState Equilibrium::internal(const Vector& displacement, double loadFactor) const {
  const auto& base = model_.base;
  InternalState state;
  state.stress.resize(static_cast<std::size_t>(tet10::GAUSS_POINTS) * base.elementCount());
  struct Share {
    Vector forces;
    double energy = 0, volumeRatio = std::numeric_limits<double>::infinity(), strain = 0;
  };
  std::vector<Share> shares(team_.size());
  for (auto& share : shares) share.forces.setZero(displacement.size());
  forElements([&](int index, int e, const int* nodes, const ElementGeometry& geometry) {
    Share& share = shares[index];
    const auto u = tet10::gather(displacement.data(), nodes);
    tet10::Coordinates forces = tet10::Coordinates::Zero();
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const auto material = finiteMaterial(base, e, q, loadFactor);
      const auto point = finitePoint(geometry.gradients[q], u, material);
      state.stress[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q] = point.stress;
      forces += geometry.weight[q] * geometry.gradients[q] * stressMatrix(point.stress) * point.deformationGradient.transpose();
      share.energy += 0.5 * geometry.weight[q] * point.stress.dot(point.greenStrain - material.thermalStrain);
      share.volumeRatio = std::min(share.volumeRatio, point.volumeRatio);
      share.strain = std::max(share.strain, strainMagnitude(point.greenStrain));
    }
    for (int a = 0; a < tet10::NODES; a++) share.forces.segment<3>(3 * nodes[a]) += forces.row(a).transpose();
  });
  state.forces = std::move(shares[0].forces);
  state.storedEnergy = shares[0].energy;
  state.smallestVolumeRatio = shares[0].volumeRatio;
  state.largestStrain = shares[0].strain;
  for (std::size_t share = 1; share < shares.size(); share++) {
    state.forces += shares[share].forces;
    state.storedEnergy += shares[share].energy;
    state.smallestVolumeRatio = std::min(state.smallestVolumeRatio, shares[share].volumeRatio);
    state.largestStrain = std::max(state.largestStrain, shares[share].strain);
  }
  for (const auto& added : base.addedStiffness) {
    const Eigen::Vector3d a = displacement.segment<3>(3 * added.nodeA), b = displacement.segment<3>(3 * added.nodeB);
    state.forces.segment<3>(3 * added.nodeA) += added.block * b;
    if (added.nodeA != added.nodeB) state.forces.segment<3>(3 * added.nodeB) += added.block.transpose() * a;
    state.storedEnergy += (added.nodeA != added.nodeB ? 1.0 : 0.5) * a.dot(added.block * b);
  }
  return state;
}

Vector Equilibrium::externalForces(const Vector& displacement, double loadFactor) const {
  if (model_.pressures.empty()) return loadFactor * deadForces_;
  return loadFactor * (deadForces_ + pressureForces(model_, displacement));
}

Vector Equilibrium::loadRate(const Vector& displacement) const {
  const auto& base = model_.base;
  Vector rate = externalForces(displacement, 1);
  if (base.temperatureChange.empty()) return rate;
  std::vector<Vector> shares(team_.size());
  for (auto& share : shares) share.setZero(displacement.size());
  forElements([&](int index, int e, const int* nodes, const ElementGeometry& geometry) {
    const auto u = tet10::gather(displacement.data(), nodes);
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const auto material = finiteMaterial(base, e, q, 1);
      const auto point = finitePoint(geometry.gradients[q], u, material);
      const tet10::Coordinates forces = geometry.weight[q] * geometry.gradients[q] *
                                        stressMatrix(material.stiffness * material.thermalStrain) *
                                        point.deformationGradient.transpose();
      for (int a = 0; a < tet10::NODES; a++) shares[index].segment<3>(3 * nodes[a]) += forces.row(a).transpose();
    }
  });
  for (const auto& share : shares) rate += share;
  return rate;
}

LinearSystem Equilibrium::emptySystem() const {
  LinearSystem system;
  system.frames = frames_;
  system.fixed = fixed_;
  if (constraints_.empty()) {
    system.stiffness = SymmetricBlockMatrix::ofMesh(model_.base.nodeCount(), model_.base.elements, tet10::NODES, team_);
    return system;
  }
  // The pattern follows from the equations and from what couples nodes of different elements, not from numbers.
  system.constraints = constraints_;
  std::vector<CoupledBlock> outside;
  for (const auto& added : model_.base.addedStiffness)
    if (elementPattern_.find(std::max(added.nodeA, added.nodeB), std::min(added.nodeA, added.nodeB)) < 0)
      outside.push_back({added.nodeA, added.nodeB, added.block});
  system.stiffness = constraints_.reduce(elementPattern_, outside, team_, control_);
  return system;
}

void Equilibrium::assembleTangent(const Vector& displacement, double loadFactor, const PointStresses& stress,
                                  LinearSystem& system, bool keepRestrained) const {
  const auto& base = model_.base;
  SymmetricBlockMatrix ofElements;  // only where constraints make another matrix of it
  if (!constraints_.empty()) ofElements = elementPattern_;
  SymmetricBlockMatrix& matrix = constraints_.empty() ? system.stiffness : ofElements;
  std::vector<CoupledBlock> outside;
  std::fill(matrix.values.begin(), matrix.values.end(), 0.0);
  const int shares = team_.size();
  // Each member owns a range of rows, and no sum depends on the number of threads.
  team_.run([&](int share) {
    const int first = static_cast<int>(static_cast<std::int64_t>(base.nodeCount()) * share / shares);
    const int last = static_cast<int>(static_cast<std::int64_t>(base.nodeCount()) * (share + 1) / shares);
    const auto owned = [&](int node) { return node >= first && node < last; };
    ElementMatrix tangent;
    for (int e = 0; e < base.elementCount(); e++) {
      if (e % 1024 == 0) control_.check();
      const int* nodes = base.element(e);
      if (std::none_of(nodes, nodes + tet10::NODES, owned)) continue;
      const auto geometry = elementGeometry(tet10::gather(base.nodes.data(), nodes));
      const auto u = tet10::gather(displacement.data(), nodes);
      tangent.setZero();
      for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
        const auto material = finiteMaterial(base, e, q, loadFactor);
        const auto point = finitePoint(geometry.gradients[q], u, material);
        addTangent(geometry.gradients[q], point.deformationGradient, material.stiffness,
                   stress[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q], geometry.weight[q], tangent);
      }
      if (!frames_.empty()) turnToFrames(tangent, nodes, frames_);
      for (int a = 0; a < tet10::NODES; a++) {
        if (!owned(nodes[a])) continue;
        for (int b = 0; b < tet10::NODES; b++) {
          if (nodes[b] > nodes[a]) continue;
          BlockMap target(matrix.block(matrix.find(nodes[a], nodes[b])));
          target += tangent.block<3, 3>(3 * a, 3 * b);
        }
      }
    }
  });
  const auto inFrames = [&](int a, int b, const Eigen::Matrix3d& block) -> Eigen::Matrix3d {
    return frames_.axesOrIdentity(a) * block * frames_.axesOrIdentity(b).transpose();
  };
  for (const auto& added : base.addedStiffness)
    addBlock(matrix, added.nodeA, added.nodeB, inFrames(added.nodeA, added.nodeB, added.block), outside);
  for (const auto& facet : model_.pressures) {
    const FacetMatrix stiffness = loadFactor * pressureStiffness(facet, base, displacement);
    for (int a = 0; a < 6; a++)
      for (int b = 0; b < 6; b++)
        if (facet.nodes[a] >= facet.nodes[b])
          addBlock(matrix, facet.nodes[a], facet.nodes[b],
                   inFrames(facet.nodes[a], facet.nodes[b], stiffness.block<3, 3>(3 * a, 3 * b)), outside);
  }
  if (constraints_.empty() && !outside.empty())
    throw CoreError("bad-model", "A stiffness couples nodes that share no element.");
  system.load = Vector::Zero(displacement.size());
  if (!keepRestrained && !held_.isZero(0)) {
    SymmetricProduct(matrix, team_).multiply(held_.data(), system.load.data());
    for (const auto& pair : outside) {
      system.load.segment<3>(3 * pair.nodeA) += pair.block * held_.segment<3>(3 * pair.nodeB);
      if (pair.nodeA != pair.nodeB)
        system.load.segment<3>(3 * pair.nodeB) += pair.block.transpose() * held_.segment<3>(3 * pair.nodeA);
    }
    constraints_.reduce(system.load);
    for (Eigen::Index dof = 0; dof < system.load.size(); dof++) system.load[dof] *= fixed_[dof] ? 0 : -1;
  }
  if (!constraints_.empty()) system.stiffness = constraints_.reduce(matrix, outside, team_, control_);
  for (int node = 0; node < system.stiffness.rows; node++) {
    BlockMap diagonal(system.stiffness.diagonal(node));
    for (int axis = 0; axis < 3; axis++)
      if (diagonal(axis, axis) == 0) diagonal(axis, axis) = 1;
  }
  if (!keepRestrained) eliminateRestrained(system, team_);
}

void Equilibrium::addPredictedStress(const Vector& displacement, const Vector& step, double factor, double loadStep,
                                     PointStresses& stress) const {
  const auto& base = model_.base;
  forElements([&](int, int e, const int* nodes, const ElementGeometry& geometry) {
    const auto u = tet10::gather(displacement.data(), nodes);
    const auto du = tet10::gather(step.data(), nodes);
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const Eigen::Matrix3d f = Eigen::Matrix3d::Identity() + u.transpose() * geometry.gradients[q];
      const Eigen::Matrix3d de = f.transpose() * (du.transpose() * geometry.gradients[q]);  // its symmetric part counts
      Tensor strain;
      strain << de(0, 0), de(1, 1), de(2, 2), de(0, 1) + de(1, 0), de(1, 2) + de(2, 1), de(2, 0) + de(0, 2);
      const auto material = finiteMaterial(base, e, q, loadStep);
      stress[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q] +=
          material.stiffness * (factor * strain - material.thermalStrain);
    }
  });
}

}  // namespace artificer
