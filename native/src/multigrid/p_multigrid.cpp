#include "multigrid/p_multigrid.hpp"

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
  smoother_ = std::make_unique<ChebyshevSmoother>(system.stiffness, team);
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

void PMultigrid::restrictTo(const Vector& fine, Vector& coarse) const {
  if (!system_.constraints.empty()) {
    prolongation_.multiplyTransposed(fine, coarse);
    return;
  }
  Vector global;
  const Vector* source = &fine;
  if (!system_.frames.empty()) {
    global = fine;
    system_.frames.toGlobal(global);
    source = &global;
  }
  coarse.setZero(3 * coarseCount_);
  for (int node = 0; node < system_.stiffness.rows; node++) {
    if (parents_[node][0] < 0) continue;
    const Eigen::Vector3d half = 0.5 * source->segment<3>(3 * node);
    for (int parent : parents_[node]) coarse.segment<3>(3 * parent) += half;
  }
  for (int i = 0; i < coarseCount_; i++) {
    if (system_.frames.has(fineOf_[i]))
      coarse.segment<3>(3 * i) = (system_.frames.axes(fineOf_[i]) * coarse.segment<3>(3 * i)).eval();
    for (int axis = 0; axis < 3; axis++)
      if (coarseFixed_[3 * i + axis]) coarse[3 * i + axis] = 0;
  }
}

void PMultigrid::prolongAdd(const Vector& coarseLocal, Vector& fine) const {
  if (!system_.constraints.empty()) {
    prolongation_.multiplyAdd(coarseLocal, fine, team_);
    return;
  }
  Vector turned;
  const Vector* coarse = &coarseLocal;
  if (!system_.frames.empty()) {
    turned = coarseLocal;
    for (int i = 0; i < coarseCount_; i++)
      if (system_.frames.has(fineOf_[i]))
        turned.segment<3>(3 * i) = (system_.frames.axes(fineOf_[i]).transpose() * turned.segment<3>(3 * i)).eval();
    coarse = &turned;
  }
  team_.forRange(system_.stiffness.rows, [&](std::int64_t begin, std::int64_t end) {
    for (auto node = begin; node < end; node++) {
      const auto& [a, b] = parents_[node];
      if (a < 0) continue;
      Eigen::Vector3d value = 0.5 * (coarse->segment<3>(3 * a) + coarse->segment<3>(3 * b));
      if (system_.frames.has(static_cast<int>(node))) value = (system_.frames.axes(static_cast<int>(node)) * value).eval();
      for (int axis = 0; axis < 3; axis++)
        if (!system_.fixed[3 * node + axis]) fine[3 * node + axis] += value[axis];
    }
  });
}

void PMultigrid::apply(const Vector& r, Vector& z) {
  // Smooth, correct on the coarse level, smooth again. The residual after the coarse correction is taken in double
  // precision: the correction is large and nearly in the kernel of what single precision can tell from zero.
  const double scale = r.cwiseAbs().maxCoeff();
  z.setZero(r.size());
  if (scale == 0) return;
  floatResidual_ = (r / scale).cast<float>();
  smoother_->smooth(floatResidual_, floatSolution_);
  floatProduct_.resize(r.size());
  smoother_->multiply(floatSolution_.data(), floatProduct_.data());
  z = scale * floatSolution_.cast<double>();
  residual_ = r - scale * floatProduct_.cast<double>();

  restrictTo(residual_, coarseResidual_);
  coarse_->solve(coarseResidual_.data(), coarseResidual_.data());
  correction_.setZero(r.size());
  prolongAdd(coarseResidual_, correction_);
  productOf_.resize(r.size());
  product_.multiply(correction_.data(), productOf_.data());
  residual_ -= productOf_;
  z += correction_;

  floatResidual_ = (residual_ / scale).cast<float>();
  smoother_->smooth(floatResidual_, floatSolution_);
  z += scale * floatSolution_.cast<double>();
}

}  // namespace artificer
