#include "heat/scalar_multigrid.hpp"

#include <algorithm>

#include "multigrid/largest_eigenvalue.hpp"
#include "sparse/ordering.hpp"

namespace artificer {

namespace {
constexpr int SMOOTHING_DEGREE = 3;
/** The smoother damps the eigenvalues in [largest / ratio, largest]; the coarse level takes the rest. */
constexpr double SMOOTHING_RATIO = 15;
}  // namespace

ScalarMultigrid::ScalarMultigrid(const HeatModel& model, const ScalarMatrix& matrix, const std::vector<char>& fixed,
                                 ThreadTeam& team, const RunControl& control)
    : matrix_(matrix), fixed_(fixed), team_(team) {
  findParents(model);
  const ScalarMatrix coarse = galerkinProduct(model);
  control.check();
  auto symbolic = std::make_shared<SymbolicFactor>(analyse(*coarse.pattern, nestedDissection(*coarse.pattern, control)));
  coarse_ = std::make_unique<ScalarCholesky>(coarse, std::move(symbolic), team, control);

  const int n = matrix_.rows();
  inverseDiagonal_.resize(n);
  for (int row = 0; row < n; row++) inverseDiagonal_[row] = 1 / matrix_.diagonal(row);
  largest_ = largestScaledEigenvalue<Vector>(
      n,
      [&](const Vector& x, Vector& y) {
        control.check();
        y.setZero();
        addProduct(matrix_, x.data(), y.data(), team_);
      },
      [&](const Vector& x, Vector& y) { y = inverseDiagonal_.cwiseProduct(x); });
}

void ScalarMultigrid::findParents(const HeatModel& model) {
  std::vector<int> coarseNumber(model.nodeCount(), -1);
  for (int e = 0; e < model.elementCount(); e++)
    for (int a = 0; a < tet10::CORNERS; a++) coarseNumber[model.element(e)[a]] = 0;
  parents_.assign(model.nodeCount(), {-1, -1});
  for (int node = 0; node < model.nodeCount(); node++)
    if (coarseNumber[node] == 0) {
      coarseNumber[node] = coarseCount_++;
      parents_[node] = {coarseNumber[node], coarseNumber[node]};
    }
  for (int e = 0; e < model.elementCount(); e++) {
    const int* nodes = model.element(e);
    for (int k = 0; k < tet10::EDGES; k++)
      parents_[nodes[4 + k]] = {coarseNumber[nodes[tet10::EDGE_CORNERS[k][0]]],
                                coarseNumber[nodes[tet10::EDGE_CORNERS[k][1]]]};
  }
}

ScalarMatrix ScalarMultigrid::galerkinProduct(const HeatModel& model) const {
  NodeSets sets;
  std::vector<int> group;
  for (int e = 0; e < model.elementCount(); e++) {
    group.clear();
    for (int a = 0; a < tet10::CORNERS; a++) group.push_back(parents_[model.element(e)[a]][0]);
    sets.add(group.data(), tet10::CORNERS);
  }
  for (int i = 0; i < model.contactCount(); i++) {
    group.clear();
    for (int p = model.contactOffsets[i]; p < model.contactOffsets[i + 1]; p++)
      for (int parent : parents_[model.contactNodes[p]])
        if (parent >= 0 && std::find(group.begin(), group.end(), parent) == group.end()) group.push_back(parent);
    sets.add(group.data(), static_cast<int>(group.size()));
  }
  ScalarMatrix coarse(patternOf(coarseCount_, sets, team_));
  // Every entry goes to the (up to four) pairs of its nodes' parents with weight 1/4; fixed nodes take no part.
  const auto& fine = *matrix_.pattern;
  for (int row = 0; row < fine.rows; row++) {
    if (fixed_[row] || parents_[row][0] < 0) continue;
    for (auto p = fine.rowStart[row]; p < fine.rowStart[row + 1]; p++) {
      const int column = fine.column[p];
      const double value = 0.25 * matrix_.values[p];
      if (value == 0) continue;
      for (int a : parents_[row])
        for (int b : parents_[column])
          // The mirrored entry adds to (b, a): together they meet both orders, of which the lower triangle keeps one.
          if (column == row) {
            if (a >= b) coarse.add(a, b, value);
          } else {
            coarse.add(a, b, a == b ? 2 * value : value);
          }
    }
  }
  for (int i = 0; i < coarseCount_; i++) {
    double& diagonal = coarse.values[coarse.pattern->rowStart[i + 1] - 1];
    if (diagonal == 0) diagonal = 1;
  }
  return coarse;
}

void ScalarMultigrid::smooth(const Vector& b, Vector& x) {
  const double low = largest_ / SMOOTHING_RATIO, centre = (largest_ + low) / 2, half = (largest_ - low) / 2;
  const double sigma = centre / half;
  double rho = 1 / sigma;
  direction_ = inverseDiagonal_.cwiseProduct(b) / centre;
  x = direction_;
  product_.resize(b.size());
  for (int k = 1; k < SMOOTHING_DEGREE; k++) {
    const double next = 1 / (2 * sigma - rho);
    product_.setZero();
    addProduct(matrix_, x.data(), product_.data(), team_);
    direction_ = next * rho * direction_ + (2 * next / half) * inverseDiagonal_.cwiseProduct(b - product_);
    x += direction_;
    rho = next;
  }
}

void ScalarMultigrid::apply(const Vector& r, Vector& z) {
  smooth(r, z);
  const auto subtractProduct = [&](const Vector& x) {
    product_.setZero(r.size());
    addProduct(matrix_, x.data(), product_.data(), team_);
    residual_ -= product_;
  };
  residual_ = r;
  subtractProduct(z);
  coarseResidual_.setZero(coarseCount_);
  for (int node = 0; node < matrix_.rows(); node++) {
    if (fixed_[node] || parents_[node][0] < 0) continue;
    for (int parent : parents_[node]) coarseResidual_[parent] += 0.5 * residual_[node];
  }
  coarse_->solve(coarseResidual_.data(), coarseResidual_.data());
  correction_.setZero(r.size());
  for (int node = 0; node < matrix_.rows(); node++)
    if (!fixed_[node] && parents_[node][0] >= 0)
      correction_[node] = 0.5 * (coarseResidual_[parents_[node][0]] + coarseResidual_[parents_[node][1]]);
  z += correction_;
  subtractProduct(correction_);
  smooth(residual_, correction_);
  z += correction_;
}

}  // namespace artificer
