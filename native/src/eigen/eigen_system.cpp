#include "eigen/eigen_system.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "eigen/further_unknowns.hpp"
#include "multigrid/conjugate_gradient.hpp"
#include "sparse/ordering.hpp"

namespace artificer {

namespace {

/** Below this a factor is made faster than the multigrid iterates (measured: bench modes). */
constexpr int DIRECT_BELOW_DOFS = 60000;

/** Share of a motion's energy, relative to holding every node by its own diagonal, below which nothing resists it. */
constexpr double UNRESISTED = 1e-12;

StaticModel withoutPrescribed(const StaticModel& model) {
  StaticModel homogeneous = model;
  std::fill(homogeneous.fixedValues.begin(), homogeneous.fixedValues.end(), 0.0);
  std::fill(homogeneous.constraints.constant.begin(), homogeneous.constraints.constant.end(), 0.0);
  return homogeneous;
}

/** Number of the connected part each node belongs to; -1 for nodes of no element. */
std::vector<int> connectedParts(const StaticModel& model, int& count) {
  const int n = model.nodeCount();
  std::vector<int> parent(n), part(n, -1);
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (int e = 0; e < model.elementCount(); e++)
    for (int a = 1; a < tet10::NODES; a++) parent[root(model.element(e)[a])] = root(model.element(e)[0]);
  std::vector<int> numberOfRoot(n, -1);
  count = 0;
  for (int node : model.elements) {
    int& number = numberOfRoot[root(node)];
    if (number < 0) number = count++;
    part[node] = number;
  }
  return part;
}

}  // namespace

EigenSystem::EigenSystem(const StaticModel& model, ThreadTeam& team, RunControl& control)
    : team_(team), control_(control), renumbered_(renumber(withoutPrescribed(model))),
      system_(assemble(renumbered_.model, team, control)) {
  product_ = std::make_unique<SymmetricProduct>(system_.stiffness, team);
  if (!system_.constraints.empty()) {
    meshPattern_ = SymmetricBlockMatrix::ofMesh(this->model().nodeCount(), this->model().elements, tet10::NODES, team);
    LargeVector<double>().swap(meshPattern_.values);
  }
}

Vector EigenSystem::displacements(const MultiVector& x, Eigen::Index column) const {
  Vector u = x.col(column);
  if (!system_.constraints.empty()) system_.constraints.expand(u);
  system_.frames.toGlobal(u);
  return u;
}

int EigenSystem::freeUnknowns() const {
  return static_cast<int>(std::count(system_.fixed.begin(), system_.fixed.end(), 0));
}

Vector EigenSystem::fromCaller(const std::vector<double>& values) const {
  Vector ordered(static_cast<Eigen::Index>(values.size()));
  for (std::size_t i = 0; i < nodeOf().size(); i++)
    for (int axis = 0; axis < 3; axis++) ordered[3 * i + axis] = values[3 * static_cast<std::size_t>(nodeOf()[i]) + axis];
  return ordered;
}

std::vector<NodeBlock> EigenSystem::fromCaller(const std::vector<NodeBlock>& blocks) const {
  if (blocks.empty()) return {};
  std::vector<int> newNumber(nodeOf().size());
  for (std::size_t i = 0; i < nodeOf().size(); i++) newNumber[nodeOf()[i]] = static_cast<int>(i);
  std::vector<NodeBlock> ordered;
  for (const auto& [node, block] : blocks) ordered.push_back({newNumber[node], block});
  return ordered;
}

void EigenSystem::toCaller(const Vector& values, double* out) const {
  for (std::size_t i = 0; i < nodeOf().size(); i++)
    for (int axis = 0; axis < 3; axis++) out[3 * static_cast<std::size_t>(nodeOf()[i]) + axis] = values[3 * i + axis];
}

std::vector<double> EigenSystem::elementsToCaller(const std::vector<double>& values) const {
  std::vector<double> ordered(values.size());
  for (std::size_t e = 0; e < values.size(); e++) ordered[renumbered_.elementOf[e]] = values[e];
  return ordered;
}

void EigenSystem::clearRestrained(MultiVector& x) const {
  for (Eigen::Index j = 0; j < x.cols(); j++)
    for (Eigen::Index dof = 0; dof < x.rows(); dof++)
      if (system_.fixed[dof]) x(dof, j) = 0;
}

void EigenSystem::multiplyStiffness(const MultiVector& x, MultiVector& y) {
  for (Eigen::Index j = 0; j < x.cols(); j++) product_->multiply(x.col(j).data(), y.col(j).data());
}

void EigenSystem::multiplyNodal(const NodalMatrix& matrix, double factor, const MultiVector& x, MultiVector& y) const {
  const auto& frames = system_.frames;
  const auto& constraints = system_.constraints;
  team_.forEach(x.cols(), [&](std::int64_t j) {
    if (frames.empty() && constraints.empty()) {
      matrix.multiply(x.col(j).data(), y.col(j).data());
    } else {
      Vector turned = displacements(x, j), image(x.rows());
      matrix.multiply(turned.data(), image.data());
      frames.toLocal(image);
      if (!constraints.empty()) constraints.reduce(image);
      y.col(j) = image;
    }
    for (Eigen::Index dof = 0; dof < x.rows(); dof++) y(dof, j) = system_.fixed[dof] ? 0 : factor * y(dof, j);
  });
}

MultiVector EigenSystem::randomBlock(int count) {
  MultiVector block(unknowns(), count);
  for (Eigen::Index i = 0; i < block.size(); i++) {
    random_ = random_ * 1664525u + 1013904223u;
    block.data()[i] = static_cast<double>(random_ >> 8) / (1 << 24) - 0.5;
  }
  clearRestrained(block);
  return block;
}

InverseStiffness::InverseStiffness(EigenSystem& system, Method method) : system_(system) {
  auto& control = system.control();
  auto& linear = system.system();
  control.report({Stage::factorise, 0.1});
  if (method == Method::multigrid) {
    product_ = std::make_unique<SymmetricProduct>(linear.stiffness, system.team());
    multigrid_ = std::make_unique<PMultigrid>(system.model(), linear, *product_, system.team(), control);
    return;
  }
  auto symbolic = analyse(linear.stiffness, nestedDissection(linear.stiffness, control));
  factor_ = std::make_unique<MultifrontalCholesky>(linear.stiffness, std::move(symbolic), system.team(), control,
                                                   [&](double done) { control.report({Stage::factorise, 0.1 + 0.2 * done}); });
}

void InverseStiffness::apply(const MultiVector& r, MultiVector& z) {
  system_.control().check();
  if (factor_) {
    factor_->solve(r.data(), z.data(), static_cast<int>(r.cols()));
    return;
  }
  Vector from, to(r.rows());
  for (Eigen::Index j = 0; j < r.cols(); j++) {
    system_.control().check();
    from = r.col(j);
    multigrid_->apply(from, to);
    z.col(j) = to;
  }
}

Vector InverseStiffness::solve(const Vector& f) {
  Vector x(f.size());
  if (factor_) {
    factor_->solve(f.data(), x.data());
    return x;
  }
  IterationLimits limits;
  limits.iterations = limits.hopeless = 500;
  const auto result = conjugateGradient(*product_, *multigrid_, f, x, limits, system_.control());
  if (!result.converged)
    throw CoreError("not-converged", "The static solution did not converge.", "Use the direct method.");
  return x;
}

StaticModel withoutExpansion(const StaticModel& model) {
  StaticModel inert = model;
  for (auto& material : inert.materials) {
    auto rows = material.rows();
    for (auto& row : rows) row.constants.expansion.setZero();
    material = Material(std::move(rows), material.density(), material.axes());
  }
  return inert;
}

Method eigenMethod(Method asked, int nodeCount) {
  if (asked != Method::automatic) return asked;
  return 3 * nodeCount < DIRECT_BELOW_DOFS ? Method::direct : Method::multigrid;
}

namespace {

/** Six motions of every connected part, and what unknowns beyond the elements make of each by the equations. */
MultiVector candidateMotions(const EigenSystem& system) {
  const StaticModel& model = system.model();
  const auto& linear = system.system();
  int parts = 0;
  const auto partOf = connectedParts(model, parts);
  // A hundred loose parts would be six hundred motions: nobody asks for modes of a heap of shavings.
  if (parts > (linear.constraints.empty() ? 20 : 60))
    throw CoreError("bad-model", "The model falls into " + std::to_string(parts) + " parts that share no nodes.",
                    "Make one body of them, or study them one by one.");

  const Eigen::Map<const Eigen::Matrix<double, 3, Eigen::Dynamic>> points(model.nodes.data(), 3, model.nodeCount());
  std::vector<Eigen::Vector3d> centre(parts, Eigen::Vector3d::Zero());
  std::vector<int> count(parts, 0);
  for (int node = 0; node < model.nodeCount(); node++) {
    if (partOf[node] < 0) continue;
    centre[partOf[node]] += points.col(node);
    count[partOf[node]]++;
  }
  const auto size = (points.rowwise().maxCoeff() - points.rowwise().minCoeff()).norm();
  MultiVector motions = MultiVector::Zero(system.unknowns(), 6 * parts);
  for (int node = 0; node < model.nodeCount(); node++) {
    const int part = partOf[node];
    if (part < 0) continue;
    const Eigen::Vector3d arm = (points.col(node) - centre[part] / count[part]) / size;
    for (int axis = 0; axis < 3; axis++) {
      motions.block<3, 1>(3 * node, 6 * part + axis) = Eigen::Vector3d::Unit(axis);
      motions.block<3, 1>(3 * node, 6 * part + 3 + axis) = Eigen::Vector3d::Unit(axis).cross(arm);
    }
  }
  if (!linear.constraints.empty()) completeMotions(model, partOf, motions);
  for (int node = 0; node < model.nodeCount() && !linear.frames.empty(); node++)
    if (linear.frames.has(node))
      motions.middleRows<3>(3 * node) = (linear.frames.axes(node) * motions.middleRows<3>(3 * node)).eval();
  // What constraints make of the others is theirs to say.
  for (int dof = 0; dof < motions.rows() && !linear.constraints.empty(); dof++)
    if (linear.constraints.isDependent(dof)) motions.row(dof).setZero();
  return motions;
}

}  // namespace

MultiVector unresistedMotions(EigenSystem& system) {
  const auto& linear = system.system();
  MultiVector motions = candidateMotions(system);
  std::vector<Eigen::Index> moving;
  for (Eigen::Index j = 0; j < motions.cols(); j++)
    if (!motions.col(j).isZero(0)) moving.push_back(j);
  motions = motions(Eigen::all, moving).eval();
  Vector diagonal(system.unknowns());
  for (int node = 0; node < linear.stiffness.rows; node++)
    for (int axis = 0; axis < 3; axis++) diagonal[3 * node + axis] = linear.stiffness.diagonal(node)[4 * axis];
  // Restrained rows of K hold their diagonal alone, so that a motion which a restraint stops has energy there.
  MultiVector image = diagonal.asDiagonal() * motions;
  const MultiVector norm = motions.transpose() * image;
  system.multiplyStiffness(motions, image);
  const MultiVector energy = motions.transpose() * image;
  Eigen::GeneralizedSelfAdjointEigenSolver<MultiVector> solver(energy, norm);
  std::vector<Eigen::Index> unresisted;
  for (Eigen::Index k = 0; k < motions.cols(); k++)
    if (std::abs(solver.eigenvalues()[k]) < UNRESISTED) unresisted.push_back(k);
  MultiVector found = motions * solver.eigenvectors()(Eigen::all, unresisted);
  system.clearRestrained(found);
  return found;
}

}  // namespace artificer
