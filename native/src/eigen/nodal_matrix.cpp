#include "eigen/nodal_matrix.hpp"

#include <algorithm>

#include "common/errors.hpp"
#include "elasticity/element_stiffness.hpp"

namespace artificer {

namespace {

using PairMatrix = Eigen::Matrix<double, tet10::NODES, tet10::NODES>;

/** Adds `integrate(element)` of every element; each member of the team owns a range of rows. */
template <typename Integrate>
void addElements(const StaticModel& model, NodalMatrix& matrix, ThreadTeam& team, RunControl& control,
                 Integrate integrate) {
  const auto& pattern = matrix.pattern();
  const int shares = team.size();
  team.run([&](int share) {
    const int first = static_cast<int>(static_cast<std::int64_t>(model.nodeCount()) * share / shares);
    const int last = static_cast<int>(static_cast<std::int64_t>(model.nodeCount()) * (share + 1) / shares);
    const auto owned = [&](int node) { return node >= first && node < last; };
    for (int e = 0; e < model.elementCount(); e++) {
      if (e % 4096 == 0) control.check();
      const int* nodes = model.element(e);
      if (std::none_of(nodes, nodes + tet10::NODES, owned)) continue;
      const PairMatrix pairs = integrate(e);
      for (int a = 0; a < tet10::NODES; a++) {
        if (!owned(nodes[a])) continue;
        for (int b = 0; b < tet10::NODES; b++)
          if (nodes[b] <= nodes[a]) matrix.values()[pattern.find(nodes[a], nodes[b])] += pairs(a, b);
      }
    }
  });
}

/** Shape functions and their local gradients at the points of the mass's rule, which never change. */
struct MassRule {
  std::array<tet10::Shape, 27> shape;
  std::array<tet10::Gradients, 27> gradients;
  std::array<double, 27> weight;
};

const MassRule& massRule() {
  static const MassRule rule = [] {
    MassRule built;
    const auto& conical = tet10::conicalRule();
    for (std::size_t q = 0; q < built.weight.size(); q++) {
      built.shape[q] = tet10::shape(conical.point[q]);
      built.gradients[q] = tet10::localGradients(conical.point[q]);
      built.weight[q] = conical.weight[q];
    }
    return built;
  }();
  return rule;
}

PairMatrix elementMass(const StaticModel& model, int e) {
  const auto& rule = massRule();
  const auto x = tet10::gather(model.nodes.data(), model.element(e));
  PairMatrix mass = PairMatrix::Zero();
  for (std::size_t q = 0; q < rule.weight.size(); q++) {
    const double determinant = tet10::jacobian(x, rule.gradients[q]).determinant();
    mass += (determinant * rule.weight[q] * rule.shape[q]) * rule.shape[q].transpose();
  }
  return model.materialOf(e).density() * mass;
}

PairMatrix elementGeometricStiffness(const StaticModel& model, const Vector& displacement, int e) {
  const int* nodes = model.element(e);
  const auto geometry = elementGeometry(tet10::gather(model.nodes.data(), nodes));
  const auto u = tet10::gather(displacement.data(), nodes);
  PairMatrix result = PairMatrix::Zero();
  for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
    const Tensor stress = materialAt(model, e, gaussShapes()[q]).stressOf(strainOf(geometry.gradients[q], u));
    result += geometry.weight[q] * (geometry.gradients[q] * stressMatrix(stress)) * geometry.gradients[q].transpose();
  }
  return result;
}

}  // namespace

void NodalMatrix::multiply(const double* x, double* y) const {
  const auto& pattern = *pattern_;
  std::fill(y, y + 3 * static_cast<std::size_t>(pattern.rows), 0.0);
  for (int row = 0; row < pattern.rows; row++) {
    const double x0 = x[3 * row], x1 = x[3 * row + 1], x2 = x[3 * row + 2];
    const auto diagonal = pattern.rowStart[row + 1] - 1;
    double y0 = values_[diagonal] * x0, y1 = values_[diagonal] * x1, y2 = values_[diagonal] * x2;
    for (auto p = pattern.rowStart[row]; p < diagonal; p++) {
      const double s = values_[p];
      const double* z = x + 3 * static_cast<std::size_t>(pattern.column[p]);
      double* mirrored = y + 3 * static_cast<std::size_t>(pattern.column[p]);
      y0 += s * z[0];
      y1 += s * z[1];
      y2 += s * z[2];
      mirrored[0] += s * x0;
      mirrored[1] += s * x1;
      mirrored[2] += s * x2;
    }
    y[3 * row] += y0;
    y[3 * row + 1] += y1;
    y[3 * row + 2] += y2;
  }
  for (const auto& [node, block] : blocks_)
    Eigen::Map<Eigen::Vector3d>(y + 3 * static_cast<std::size_t>(node)) +=
        block * Eigen::Map<const Eigen::Vector3d>(x + 3 * static_cast<std::size_t>(node));
}

bool NodalMatrix::isZero() const {
  return std::all_of(values_.begin(), values_.end(), [](double v) { return v == 0; }) &&
         std::all_of(blocks_.begin(), blocks_.end(), [](const NodeBlock& at) { return at.block.isZero(0); });
}

void addToStiffness(const NodalMatrix& matrix, double factor, LinearSystem& system, ThreadTeam& team,
                    const RunControl& control) {
  const auto& pattern = matrix.pattern();
  const auto blockAt = [&](int row, std::int64_t p) -> Eigen::Matrix3d {
    const int column = pattern.column[p];
    Eigen::Matrix3d block = factor * matrix.values()[p] * Eigen::Matrix3d::Identity();
    if (row != column && (system.frames.has(row) || system.frames.has(column)))
      block = system.frames.axesOrIdentity(row) * block * system.frames.axesOrIdentity(column).transpose();
    return block;
  };
  auto& stiffness = system.stiffness;
  const auto add = [&](int row, int column, std::int64_t position, const Eigen::Matrix3d& block) {
    BlockMap target(stiffness.block(position));
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        if (!system.fixed[3 * row + i] && !system.fixed[3 * column + j]) target(i, j) += block(i, j);
  };
  std::vector<CoupledBlock> further;
  for (const auto& [node, block] : matrix.blocks()) {
    const Eigen::Matrix3d axes = system.frames.axesOrIdentity(node);
    further.push_back({node, node, factor * (axes * block * axes.transpose())});
  }
  if (system.constraints.empty()) {
    for (int row = 0; row < pattern.rows; row++)
      for (auto p = pattern.rowStart[row]; p < pattern.rowStart[row + 1]; p++) add(row, pattern.column[p], p, blockAt(row, p));
    for (const auto& at : further) add(at.nodeA, at.nodeA, pattern.rowStart[at.nodeA + 1] - 1, at.block);
    return;
  }
  SymmetricBlockMatrix whole;
  whole.rows = pattern.rows;
  whole.rowStart = pattern.rowStart;
  whole.column = pattern.column;
  whole.values.assign(9 * whole.column.size(), 0.0);
  for (int row = 0; row < whole.rows; row++)
    for (auto p = whole.rowStart[row]; p < whole.rowStart[row + 1]; p++) BlockMap(whole.block(p)) = blockAt(row, p);
  const auto reduced = system.constraints.reduce(whole, further, team, control);
  for (int row = 0; row < reduced.rows; row++)
    for (auto p = reduced.rowStart[row]; p < reduced.rowStart[row + 1]; p++) {
      const auto position = stiffness.find(row, reduced.column[p]);
      const Eigen::Matrix3d block = ConstBlockMap(reduced.block(p));
      if (position >= 0) add(row, reduced.column[p], position, block);
      else if (!block.isZero(0))
        throw CoreError("bad-model", "A mass or a stress stiffness couples what no stiffness couples.");
    }
}

NodalMatrix massMatrix(const StaticModel& model, const SymmetricBlockMatrix& pattern, ThreadTeam& team,
                       RunControl& control) {
  NodalMatrix mass(pattern);
  addElements(model, mass, team, control, [&](int e) { return elementMass(model, e); });
  return mass;
}

NodalMatrix geometricStiffness(const StaticModel& model, const SymmetricBlockMatrix& pattern, const Vector& displacement,
                               ThreadTeam& team, RunControl& control) {
  NodalMatrix matrix(pattern);
  addElements(model, matrix, team, control, [&](int e) { return elementGeometricStiffness(model, displacement, e); });
  return matrix;
}

}  // namespace artificer
