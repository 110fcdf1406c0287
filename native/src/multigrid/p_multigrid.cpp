#include "multigrid/p_multigrid.hpp"

#include <algorithm>
#include <cmath>

#include "multigrid/constrained_prolongation.hpp"
#include "sparse/ordering.hpp"

namespace artificer {

PMultigrid::PMultigrid(const StaticModel& model, const LinearSystem& system, SymmetricProduct& product, ThreadTeam& team,
                       RunControl& control)
    : system_(system), product_(product), team_(team) {
  findParents(model);
  {
    const auto coarseMatrix =
        system.constraints.empty() ? galerkinProduct(model) : constrainedGalerkinProduct(control);
    control.report({Stage::factorise, 0.15});
    auto symbolic = analyse(coarseMatrix, nestedDissection(coarseMatrix, control));
    control.report({Stage::factorise, 0.2});
    coarse_ = std::make_unique<MultifrontalCholesky>(coarseMatrix, std::move(symbolic), team, control, [&](double done) {
      control.report({Stage::factorise, 0.2 + 0.1 * done});
    });
  }
  smoother_ = std::make_unique<ChebyshevSmoother>(system.stiffness, team, control);
}

void PMultigrid::findParents(const StaticModel& model) {
  const int n = model.nodeCount();
  std::vector<int> coarseNumber(n, -1);
  for (int e = 0; e < model.elementCount(); e++)
    for (int a = 0; a < tet10::CORNERS; a++) coarseNumber[model.element(e)[a]] = 0;
  if (!system_.constraints.empty()) {
    std::vector<char> used(n, 0);
    for (const int node : model.elements) used[node] = 1;
    for (int node = 0; node < n; node++)
      if (!used[node]) coarseNumber[node] = 0;
  }
  for (int node = 0; node < n; node++)
    if (coarseNumber[node] == 0) {
      coarseNumber[node] = coarseCount_++;
      fineOf_.push_back(node);
    }
  parents_.assign(n, {-1, -1});
  for (int i = 0; i < coarseCount_; i++) parents_[fineOf_[i]] = {i, i};
  for (int e = 0; e < model.elementCount(); e++) {
    const int* nodes = model.element(e);
    for (int k = 0; k < tet10::EDGES; k++)
      parents_[nodes[4 + k]] = {coarseNumber[nodes[tet10::EDGE_CORNERS[k][0]]],
                                coarseNumber[nodes[tet10::EDGE_CORNERS[k][1]]]};
  }
  coarseFixed_.resize(3 * static_cast<std::size_t>(coarseCount_));
  for (int i = 0; i < coarseCount_; i++)
    for (int axis = 0; axis < 3; axis++) coarseFixed_[3 * i + axis] = system_.fixed[3 * fineOf_[i] + axis];
}

SymmetricBlockMatrix PMultigrid::galerkinProduct(const StaticModel& model) {
  std::vector<int> corners(static_cast<std::size_t>(tet10::CORNERS) * model.elementCount());
  for (int e = 0; e < model.elementCount(); e++)
    for (int a = 0; a < tet10::CORNERS; a++)
      corners[static_cast<std::size_t>(tet10::CORNERS) * e + a] = parents_[model.element(e)[a]][0];
  auto coarse = SymmetricBlockMatrix::ofMesh(coarseCount_, corners, tet10::CORNERS, team_);

  // Every fine block goes to the (up to four) pairs of its nodes' parents with weight 1/4. Restrained degrees of freedom
  // take no part. Each member of the team fills its own range of coarse rows.
  const auto& fine = system_.stiffness;
  const auto& frames = system_.frames;
  team_.run([&](int share) {
    const int first = static_cast<int>(static_cast<std::int64_t>(coarseCount_) * share / team_.size());
    const int last = static_cast<int>(static_cast<std::int64_t>(coarseCount_) * (share + 1) / team_.size());
    const auto add = [&](int fineRow, int fineColumn, const Eigen::Matrix3d& block, int row, int column) {
      if (row < column || row < first || row >= last) return;
      const auto position = coarse.find(row, column);
      Eigen::Matrix3d term = 0.25 * block;
      if (!frames.empty()) {
        // From the axes of the fine nodes to those of the coarse ones.
        term = (frames.axesOrIdentity(fineOf_[row]) * frames.axesOrIdentity(fineRow).transpose()) * term *
               (frames.axesOrIdentity(fineColumn) * frames.axesOrIdentity(fineOf_[column]).transpose());
      }
      BlockMap target(coarse.block(position));
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
          if (!coarseFixed_[3 * row + i] && !coarseFixed_[3 * column + j]) target(i, j) += term(i, j);
    };
    for (int row = 0; row < fine.rows; row++) {
      const auto& rowParents = parents_[row];
      if (rowParents[0] < 0) continue;
      for (auto p = fine.rowStart[row]; p < fine.rowStart[row + 1]; p++) {
        const int column = fine.column[p];
        Eigen::Matrix3d block = ConstBlockMap(fine.block(p));
        if (column == row)  // a restrained diagonal is only there for the scale
          for (int axis = 0; axis < 3; axis++)
            if (system_.fixed[3 * row + axis]) block(axis, axis) = 0;
        for (int a : rowParents)
          for (int b : parents_[column]) {
            add(row, column, block, a, b);
            if (column != row) add(column, row, block.transpose(), b, a);
          }
      }
    }
  });
  for (int i = 0; i < coarseCount_; i++) {
    BlockMap diagonal(coarse.diagonal(i));
    for (int axis = 0; axis < 3; axis++)
      if (diagonal(axis, axis) == 0) diagonal(axis, axis) = 1;
  }
  return coarse;
}

SymmetricBlockMatrix PMultigrid::constrainedGalerkinProduct(const RunControl& control) {
  prolongation_ = constrainedProlongation(system_, parents_, fineOf_);
  auto coarse = congruence(system_.stiffness, {}, prolongation_, team_, control);
  for (int i = 0; i < coarseCount_; i++) {
    BlockMap diagonal(coarse.diagonal(i));
    for (int axis = 0; axis < 3; axis++)
      if (coarseFixed_[3 * i + axis] || diagonal(axis, axis) == 0) diagonal(axis, axis) = 1;
  }
  return coarse;
}

namespace {

/** The three values of all vectors at a node. */
template <int Width>
using NodeValues = Eigen::Matrix<double, 3, Width, Width == 1 ? Eigen::ColMajor : Eigen::RowMajor>;
template <int Width>
Eigen::Map<NodeValues<Width>> at(double* values, int node) {
  return Eigen::Map<NodeValues<Width>>(values + static_cast<std::size_t>(3 * Width) * node);
}
template <int Width>
Eigen::Map<const NodeValues<Width>> at(const double* values, int node) {
  return Eigen::Map<const NodeValues<Width>>(values + static_cast<std::size_t>(3 * Width) * node);
}

}  // namespace

template <int Width>
void PMultigrid::restrictTo(const double* fine, double* coarse) const {
  std::fill_n(coarse, static_cast<std::size_t>(3 * Width) * coarseCount_, 0.0);
  if (!system_.constraints.empty()) {
    for (int row = 0; row < prolongation_.rows(); row++)
      for (auto term = prolongation_.begin(row); term != prolongation_.end(row); ++term)
        at<Width>(coarse, term->column) += prolongation_.factor(*term).transpose() * at<Width>(fine, row);
    return;
  }
  const auto& frames = system_.frames;
  for (int node = 0; node < system_.stiffness.rows; node++) {
    if (parents_[node][0] < 0) continue;
    NodeValues<Width> half = 0.5 * at<Width>(fine, node);
    if (frames.has(node)) half = (frames.axes(node).transpose() * half).eval();
    for (const int parent : parents_[node]) at<Width>(coarse, parent) += half;
  }
  for (int i = 0; i < coarseCount_; i++) {
    auto values = at<Width>(coarse, i);
    if (frames.has(fineOf_[i])) values = (frames.axes(fineOf_[i]) * values).eval();
    for (int axis = 0; axis < 3; axis++)
      if (coarseFixed_[3 * i + axis]) values.row(axis).setZero();
  }
}

template <int Width>
void PMultigrid::prolongTo(const double* coarse, double* fine) const {
  const auto& frames = system_.frames;
  const bool constrained = !system_.constraints.empty();
  const auto global = [&](int i) -> NodeValues<Width> {
    if (!frames.has(fineOf_[i])) return at<Width>(coarse, i);
    return frames.axes(fineOf_[i]).transpose() * at<Width>(coarse, i);
  };
  team_.forRange(system_.stiffness.rows, [&](std::int64_t begin, std::int64_t end) {
    for (int node = static_cast<int>(begin); node < end; node++) {
      auto values = at<Width>(fine, node);
      values.setZero();
      if (constrained) {
        for (auto term = prolongation_.begin(node); term != prolongation_.end(node); ++term)
          values += prolongation_.factor(*term) * at<Width>(coarse, term->column);
        continue;
      }
      const auto& [a, b] = parents_[node];
      if (a < 0) continue;
      values = 0.5 * (global(a) + global(b));
      if (frames.has(node)) values = (frames.axes(node) * values).eval();
      for (int axis = 0; axis < 3; axis++)
        if (system_.fixed[3 * node + axis]) values.row(axis).setZero();
    }
  });
}

void PMultigrid::apply(const Vector& r, Vector& z) {
  z.resize(r.size());
  applyWide<1>(r.data(), z.data());
}

void PMultigrid::apply(const VectorBlock& r, VectorBlock& z) {
  z.resize(r.rows(), r.cols());
  withWidth(r.cols(), [&](auto width) { applyWide<width>(r.data(), z.data()); });
}

template <int Width>
void PMultigrid::applyWide(const double* r, double* z) {
  // Smooth, correct on the coarse level, smooth again. The residual after the coarse correction is taken in double
  // precision: the correction is large and nearly in the kernel of what single precision can tell from zero.
  const std::int64_t dofs = 3 * static_cast<std::int64_t>(system_.stiffness.rows);
  using Row = Eigen::Array<double, 1, Width>;
  std::vector<Row, Eigen::aligned_allocator<Row>> largest(team_.size(), Row::Zero());
  team_.run([&](int member) {
    Row most = Row::Zero();
    for (auto i = dofs * member / team_.size(); i < dofs * (member + 1) / team_.size(); i++)
      for (int k = 0; k < Width; k++) most[k] = std::max(most[k], std::abs(r[i * Width + k]));
    largest[member] = most;
  });
  double scale[Width], inverse[Width];
  for (int k = 0; k < Width; k++) {
    scale[k] = 0;
    for (const auto& most : largest) scale[k] = std::max(scale[k], most[k]);
    if (!(scale[k] > 0)) scale[k] = 1;
    inverse[k] = 1 / scale[k];
  }
  floatResidual_.resize(dofs, Width);
  correction_.resize(dofs, Width);
  coarseResidual_.resize(3 * coarseCount_, Width);
  const auto overAll = [&](const auto& work) {
    team_.forRange(dofs, [&](std::int64_t begin, std::int64_t end) {
      for (auto i = begin; i < end; i++)
        for (int k = 0; k < Width; k++) work(i * Width + k, k);
    });
  };

  float* low = floatResidual_.data();
  overAll([&](std::int64_t i, int k) { low[i] = static_cast<float>(r[i] * inverse[k]); });
  smoother_->smooth(floatResidual_, floatSolution_);
  smoother_->multiply(floatSolution_, floatProduct_);
  double* correction = correction_.data();
  const float *solution = floatSolution_.data(), *product = floatProduct_.data();
  // The residual waits where the correction will be.
  overAll([&](std::int64_t i, int k) {
    z[i] = scale[k] * static_cast<double>(solution[i]);
    correction[i] = r[i] - scale[k] * static_cast<double>(product[i]);
  });
  restrictTo<Width>(correction, coarseResidual_.data());
  coarse_->solve(coarseResidual_);
  // z + correction is kept in z; the residual is had again from r and the two products.
  prolongTo<Width>(coarseResidual_.data(), correction);
  product_.multiply(correction_, productOf_);
  const double* image = productOf_.data();
  overAll([&](std::int64_t i, int k) {
    low[i] = static_cast<float>((r[i] - scale[k] * static_cast<double>(product[i]) - image[i]) * inverse[k]);
    z[i] += correction[i];
  });
  smoother_->smooth(floatResidual_, floatSolution_);
  solution = floatSolution_.data();
  overAll([&](std::int64_t i, int k) { z[i] += scale[k] * static_cast<double>(solution[i]); });
}

}  // namespace artificer
