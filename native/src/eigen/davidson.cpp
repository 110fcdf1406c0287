#include "eigen/davidson.hpp"

#include <algorithm>
#include <cmath>

#include "eigen/multi_vector.hpp"

namespace artificer {

namespace {

/** A direction that loses all but this part of its length when the basis is taken out of it brings nothing new. */
constexpr double NOTHING_NEW = 1e-11;
/** Eigenvalues of the scaled Gram matrix under this belong to directions that the block holds twice. */
constexpr double HELD_TWICE = 1e-10;
/** Residual to which pairs beyond the wanted ones are brought in the search for missed ones. */
constexpr double PROBE_TOLERANCE = 0.1;

class Davidson {
 public:
  Davidson(const EigenProblem& problem, Eigen::Index rows, const DavidsonOptions& options, ThreadTeam& team,
           const RunControl& control)
      : problem_(problem), options_(options), team_(team), control_(control) {
    const auto room = std::min<Eigen::Index>(options.largestBasis, rows);
    basis_.resize(rows, room);
    imageA_.resize(rows, room);
    imageB_.resize(rows, room);
    projected_.setZero(room, room);
  }

  DavidsonResult run(const MultiVector& start, const std::function<void(const DavidsonProgress&)>& onProgress,
                     const std::function<MultiVector(int)>& randomBlock);

 private:
  int room() const { return static_cast<int>(basis_.cols()); }
  void expand(MultiVector directions);
  void project();
  void restart(int keep);
  MultiVector residualsOf(const std::vector<int>& pairs) const;
  bool isDone(int pair) const;

  const EigenProblem& problem_;
  const DavidsonOptions& options_;
  ThreadTeam& team_;
  const RunControl& control_;
  int size_ = 0;
  MultiVector basis_, imageA_, imageB_;
  MultiVector projected_;             // V^T A V
  Vector values_;                     // Ritz values, descending
  MultiVector coefficients_;          // Ritz vectors in the basis
  MultiVector previous_;              // coefficients of the targets of the step before
  Vector doneValue_, doneResidual_;   // of pairs that are done: their value then
};

/** Makes the directions orthonormal by B, to the basis and among themselves, and adds what is new in them. */
void Davidson::expand(MultiVector w) {
  const auto n = w.rows();
  const auto v = [&] { return basis_.leftCols(size_); };
  const auto bv = [&] { return imageB_.leftCols(size_); };
  Vector before = w.colwise().norm();
  for (int pass = 0; pass < 2 && size_ > 0; pass++) addProduct(v(), -innerProducts(bv(), w, team_), w, team_);
  std::vector<int> kept;
  for (int j = 0; j < w.cols(); j++)
    if (w.col(j).norm() > NOTHING_NEW * before[j] && before[j] > 0) kept.push_back(j);
  kept.resize(std::min<std::size_t>(kept.size(), room() - size_));
  if (kept.empty()) return;
  w = w(Eigen::all, kept).eval();
  w.colwise().normalize();
  control_.check();
  MultiVector bw(n, w.cols());
  problem_.multiplyB(w, bw);

  for (int pass = 0; pass < 2; pass++) {
    if (pass == 1 && size_ > 0) {
      const MultiVector overlap = innerProducts(bv(), w, team_);
      addProduct(v(), -overlap, w, team_);
      addProduct(bv(), -overlap, bw, team_);
    }
    const MultiVector gram = innerProducts(w, bw, team_);
    if (!(gram.diagonal().minCoeff() > 0))
      throw CoreError("singular", "The stiffness is not positive definite.");
    const Vector scale = gram.diagonal().cwiseSqrt().cwiseInverse();
    Eigen::SelfAdjointEigenSolver<MultiVector> solver(scale.asDiagonal() * gram * scale.asDiagonal());
    int first = 0;
    while (first < w.cols() && !(solver.eigenvalues()[first] > HELD_TWICE)) first++;
    if (first == w.cols()) return;
    const auto count = w.cols() - first;
    const MultiVector mix = scale.asDiagonal() * solver.eigenvectors().rightCols(count) *
                            solver.eigenvalues().tail(count).cwiseSqrt().cwiseInverse().asDiagonal();
    rotate(w, mix, team_);
    rotate(bw, mix, team_);
    w.conservativeResize(Eigen::NoChange, count);
    bw.conservativeResize(Eigen::NoChange, count);
  }

  const auto count = static_cast<int>(w.cols());
  MultiVector aw(n, count);
  control_.check();
  problem_.multiplyA(w, aw);
  basis_.middleCols(size_, count) = w;
  imageA_.middleCols(size_, count) = aw;
  imageB_.middleCols(size_, count) = bw;
  const MultiVector column = innerProducts(basis_.leftCols(size_ + count), aw, team_);
  projected_.block(0, size_, size_ + count, count) = column;
  projected_.block(size_, 0, count, size_ + count) = column.transpose();
  size_ += count;
}

void Davidson::project() {
  const MultiVector h = projected_.topLeftCorner(size_, size_);
  Eigen::SelfAdjointEigenSolver<MultiVector> solver(0.5 * (h + h.transpose()));
  values_ = solver.eigenvalues().reverse();
  coefficients_ = solver.eigenvectors().rowwise().reverse();
}

void Davidson::restart(int keep) {
  keep = std::min(keep, size_);
  MultiVector kept(size_, keep + previous_.cols());
  kept.leftCols(keep) = coefficients_.leftCols(keep);
  kept.rightCols(previous_.cols()).setZero();
  const auto rows = std::min<Eigen::Index>(previous_.rows(), size_);
  kept.rightCols(previous_.cols()).topRows(rows) = previous_.topRows(rows);
  // Ritz vectors are orthonormal; of the directions of the step before, only what is new in them is kept.
  int count = keep;
  for (auto j = static_cast<Eigen::Index>(keep); j < kept.cols(); j++) {
    Vector column = kept.col(j);
    const double before = column.norm();
    for (int pass = 0; pass < 2; pass++)
      column -= kept.leftCols(count) * (kept.leftCols(count).transpose() * column).eval();
    if (column.norm() > 1e-6 * before && before > 0) kept.col(count++) = column.normalized();
  }
  const MultiVector mix = kept.leftCols(count);
  rotate(basis_.leftCols(size_), mix, team_);
  rotate(imageA_.leftCols(size_), mix, team_);
  rotate(imageB_.leftCols(size_), mix, team_);
  projected_.topLeftCorner(count, count) =
      (mix.transpose() * projected_.topLeftCorner(size_, size_) * mix).eval();
  size_ = count;
  previous_.resize(size_, 0);
  project();
}

MultiVector Davidson::residualsOf(const std::vector<int>& pairs) const {
  const MultiVector y = coefficients_(Eigen::all, pairs);
  MultiVector r = MultiVector::Zero(basis_.rows(), static_cast<Eigen::Index>(pairs.size()));
  addProduct(imageA_.leftCols(size_), y, r, team_);
  addProduct(imageB_.leftCols(size_), -(y * values_(pairs).asDiagonal()), r, team_);
  return r;
}

/** A pair stays done while its value does not move: another that comes in before it shifts the values of all behind. */
bool Davidson::isDone(int pair) const {
  if (pair >= doneValue_.size() || std::isnan(doneValue_[pair]) || pair >= values_.size()) return false;
  const double tolerance = std::max(1e-11, 100 * options_.tolerance * options_.tolerance);
  return std::abs(values_[pair] - doneValue_[pair]) <= tolerance * std::abs(doneValue_[pair]);
}

DavidsonResult Davidson::run(const MultiVector& start, const std::function<void(const DavidsonProgress&)>& onProgress,
                             const std::function<MultiVector(int)>& randomBlock) {
  const int largest = static_cast<int>(basis_.rows());
  const int wanted = std::min(options_.wanted, largest);
  doneValue_ = Vector::Constant(room(), std::nan(""));
  doneResidual_ = Vector::Constant(room(), std::nan(""));
  for (Eigen::Index j = 0; j < start.cols(); j += options_.block)
    expand(start.middleCols(j, std::min<Eigen::Index>(options_.block, start.cols() - j)));
  project();

  DavidsonResult result;
  int probesLeft = options_.probes;
  bool probing = false;
  double worst = 1;
  while (true) {
    control_.check();
    // What to work on: the first wanted pairs that are not done; in the search for missed ones, those behind them.
    std::vector<int> targets;
    const int end = std::min(wanted, size_);
    for (int i = 0; i < end && static_cast<int>(targets.size()) < options_.block; i++)
      if (!isDone(i)) targets.push_back(i);
    const bool searching = targets.empty() && probing;
    if (searching)
      for (int i = end; i < std::min(size_, end + 2); i++)
        if (!isDone(i)) targets.push_back(i);
    if (targets.empty()) {
      probing = false;
      if (size_ >= largest || probesLeft-- <= 0) {
        result.converged = size_ >= wanted;
        break;
      }
      probing = true;
      if (size_ + options_.block > room()) restart(std::min(wanted + 2, room() - options_.block));
      doneValue_.tail(room() - wanted).setConstant(std::nan(""));
      expand(randomBlock(options_.block / 2 + 1));
      project();
      continue;
    }
    if (result.iterations >= options_.iterations) break;
    result.iterations++;

    MultiVector r = residualsOf(targets), w(r.rows(), r.cols());
    problem_.precondition(r, w);
    const double biggest = std::max(std::abs(values_[0]), std::abs(values_[size_ - 1]));
    std::vector<int> open;
    worst = 0;
    for (std::size_t j = 0; j < targets.size(); j++) {
      const double value = values_[targets[j]], norm = std::sqrt(std::max(0.0, r.col(j).dot(w.col(j))));
      const bool tooSmall = result.iterations >= 6 && value + 3 * norm < options_.floor * biggest;
      const double relative = norm / std::abs(value);
      const bool done = tooSmall || relative <= (searching ? PROBE_TOLERANCE : options_.tolerance);
      if (done) {
        doneValue_[targets[j]] = value;
        doneResidual_[targets[j]] = relative;
      } else {
        open.push_back(static_cast<int>(j));
        worst = std::max(worst, relative);
      }
    }
    int converged = 0;
    for (int i = 0; i < end; i++) converged += isDone(i);
    if (onProgress) onProgress({result.iterations, converged, worst});
    if (open.empty()) continue;
    const MultiVector directions = w(Eigen::all, open);
    std::vector<int> openTargets;
    for (int j : open) openTargets.push_back(targets[j]);
    const MultiVector now = coefficients_(Eigen::all, openTargets);
    if (size_ + static_cast<int>(open.size()) > room()) {
      const int most = room() - 2 * static_cast<int>(open.size());
      restart(std::clamp(wanted + options_.block, 1, std::max(most, wanted)));
      previous_.resize(size_, 0);
    } else {
      previous_ = now;
    }
    const int sizeBefore = size_;
    expand(directions);
    project();
    if (size_ == sizeBefore) break;  // nothing new can be found: round-off has been reached
  }

  const int count = std::min(wanted, size_);
  result.values = values_.head(count);
  result.vectors = MultiVector::Zero(basis_.rows(), count);
  addProduct(basis_.leftCols(size_), coefficients_.leftCols(count), result.vectors, team_);
  result.residuals.resize(count);
  for (int i = 0; i < count; i++) result.residuals[i] = isDone(i) ? doneResidual_[i] : worst;
  return result;
}

}  // namespace

DavidsonResult largestPairs(const EigenProblem& problem, const MultiVector& start, const DavidsonOptions& options,
                            ThreadTeam& team, const RunControl& control,
                            const std::function<void(const DavidsonProgress&)>& onProgress,
                            const std::function<MultiVector(int)>& randomBlock) {
  return Davidson(problem, start.rows(), options, team, control).run(start, onProgress, randomBlock);
}

}  // namespace artificer
