#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "multigrid/conjugate_gradient.hpp"

namespace artificer {

namespace {

using Row = Eigen::ArrayXd;

/** Scalar products of the columns; shares are fixed, so that sums come out the same every time. */
template <int Width>
Row dots(const VectorBlock& a, const VectorBlock& b, ThreadTeam& team) {
  Eigen::ArrayXXd sums = Eigen::ArrayXXd::Zero(Width, team.size());
  team.run([&](int member) {
    double sum[Width] = {};
    const auto begin = a.rows() * member / team.size(), end = a.rows() * (member + 1) / team.size();
    for (auto i = begin * Width; i < end * Width; i += Width)
      for (int k = 0; k < Width; k++) sum[k] += a.data()[i + k] * b.data()[i + k];
    for (int k = 0; k < Width; k++) sums(k, member) = sum[k];
  });
  return sums.rowwise().sum();
}

/** Scalar products of b with a and with c, in one pass. */
template <int Width>
std::pair<Row, Row> dotsOfTwo(const VectorBlock& a, const VectorBlock& b, const VectorBlock& c, ThreadTeam& team) {
  Eigen::ArrayXXd sums = Eigen::ArrayXXd::Zero(2 * Width, team.size());
  team.run([&](int member) {
    double withA[Width] = {}, withC[Width] = {};
    const auto begin = b.rows() * member / team.size(), end = b.rows() * (member + 1) / team.size();
    for (auto i = begin * Width; i < end * Width; i += Width)
      for (int k = 0; k < Width; k++) {
        withA[k] += a.data()[i + k] * b.data()[i + k];
        withC[k] += c.data()[i + k] * b.data()[i + k];
      }
    for (int k = 0; k < Width; k++) {
      sums(k, member) = withA[k];
      sums(Width + k, member) = withC[k];
    }
  });
  const Row all = sums.rowwise().sum();
  return {all.head(Width), all.tail(Width)};
}

/** x += a d and r -= a q, with a factor a column; the scalar products of the new r with itself. All in one pass. */
template <int Width>
Row advance(const Row& a, const VectorBlock& d, const VectorBlock& q, VectorBlock& x, VectorBlock& r, ThreadTeam& team) {
  Eigen::ArrayXXd sums = Eigen::ArrayXXd::Zero(Width, team.size());
  double factor[Width];
  for (int k = 0; k < Width; k++) factor[k] = a[k];
  team.run([&](int member) {
    double sum[Width] = {};
    const auto begin = r.rows() * member / team.size(), end = r.rows() * (member + 1) / team.size();
    for (auto i = begin * Width; i < end * Width; i += Width)
      for (int k = 0; k < Width; k++) {
        x.data()[i + k] += factor[k] * d.data()[i + k];
        const double left = r.data()[i + k] - factor[k] * q.data()[i + k];
        r.data()[i + k] = left;
        sum[k] += left * left;
      }
    for (int k = 0; k < Width; k++) sums(k, member) = sum[k];
  });
  return sums.rowwise().sum();
}

/** y = a x + b y, with a factor a column. */
template <int Width>
void combine(const Row& a, const VectorBlock& x, const Row& b, VectorBlock& y, ThreadTeam& team) {
  double forX[Width], forY[Width];
  for (int k = 0; k < Width; k++) {
    forX[k] = a[k];
    forY[k] = b[k];
  }
  team.forRange(x.rows(), [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin * Width; i < end * Width; i += Width)
      for (int k = 0; k < Width; k++) y.data()[i + k] = forX[k] * x.data()[i + k] + forY[k] * y.data()[i + k];
  });
}

template <int Width>
class Iteration {
 public:
  Iteration(SymmetricProduct& matrix, PMultigrid& preconditioner, const VectorBlock& load, VectorBlock& x,
            const IterationLimits& limits, ThreadTeam& team, std::vector<IterationResult>& results)
      : matrix_(matrix), preconditioner_(preconditioner), load_(load), x_(x), limits_(limits), team_(team),
        results_(results) {}

  void run(RunControl& control, const std::function<double(double)>& fraction) {
    const Row ones = Row::Ones(Width), zeros = Row::Zero(Width);
    const Row loadNorm = dots<Width>(load_, load_, team_).sqrt();
    const Row perLoad = (loadNorm > 0).select(1 / loadNorm.max(std::numeric_limits<double>::min()), zeros);
    Row usable = (loadNorm > 0).select(ones, zeros);  // columns that are not nothing, and have not broken down
    Row active = usable;
    x_.setZero(load_.rows(), Width);
    r_ = load_;
    direction_.setZero(load_.rows(), Width);
    image_.setZero(load_.rows(), Width);
    Row rz = ones, alpha = zeros;
    Row relative = active;
    bool restart = true;
    int iterations = 0;
    for (int restarts = 0; iterations < limits_.iterations && active.any();) {
      control.check();
      preconditioner_.apply(r_, z_);
      // Polak-Ribiere: the residual has changed by -alpha A d since. Columns that wait get a direction of zero.
      const auto [rzNew, imageZ] = dotsOfTwo<Width>(r_, z_, image_, team_);
      const Row beta = restart ? zeros : Row((active > 0).select(-alpha * imageZ / rz, zeros));
      combine<Width>(active, z_, beta, direction_, team_);
      restart = false;
      rz = (rzNew > 0).select(rzNew, ones);
      matrix_.multiply(direction_, image_);
      // With a flexible preconditioner r.z is the search direction's own slope only to its precision: use r.d.
      const auto [curvature, slope] = dotsOfTwo<Width>(image_, direction_, r_, team_);
      for (int k = 0; k < Width; k++)
        if (active[k] > 0 && (!(curvature[k] > 0) || !std::isfinite(rzNew[k]))) active[k] = usable[k] = 0;
      alpha = (active > 0).select(slope / curvature, zeros);
      const Row now = advance<Width>(alpha, direction_, image_, x_, r_, team_).sqrt() * perLoad;
      iterations++;
      for (std::size_t k = 0; k < results_.size(); k++) {
        if (!(active[k] > 0)) continue;
        relative[k] = now[k];
        if (results_[k].iterations > 0 && results_[k].history.back() <= limits_.tolerance) continue;
        results_[k].iterations = iterations;
        results_[k].history.push_back(now[k]);
      }
      const double slowest = (active > 0).select(relative, zeros).maxCoeff();
      control.report({Stage::solve, fraction(slowest), iterations, slowest});
      if (slowest <= limits_.tolerance) {
        relative = trueResiduals(perLoad);
        active = (relative > limits_.tolerance).select(usable, zeros);
        if (!active.any() || ++restarts > 5) break;
        restart = true;  // go on from the true residual
      } else {
        // Well below the tolerance a column only gathers round-off.
        active = (relative > 0.01 * limits_.tolerance).select(active, zeros);
      }
      if (iterations >= 25 && iterations % 5 == 0) {
        const double perIteration = std::log(slowest) / iterations;
        if (!(perIteration < 0) || std::log(limits_.tolerance) / perIteration > limits_.hopeless) break;
      }
    }
    relative = trueResiduals(perLoad);
    for (std::size_t k = 0; k < results_.size(); k++) {
      results_[k].relativeResidual = relative[k];
      results_[k].converged = relative[k] <= limits_.tolerance;
      if (!results_[k].history.empty()) results_[k].history.back() = relative[k];
    }
  }

 private:
  /** Leaves the true residual in r. */
  Row trueResiduals(const Row& perLoad) {
    matrix_.multiply(x_, image_);
    r_ = load_;
    combine<Width>(-Row::Ones(Width), image_, Row::Ones(Width), r_, team_);
    return dots<Width>(r_, r_, team_).sqrt() * perLoad;
  }

  SymmetricProduct& matrix_;
  PMultigrid& preconditioner_;
  const VectorBlock& load_;
  VectorBlock& x_;
  const IterationLimits& limits_;
  ThreadTeam& team_;
  std::vector<IterationResult>& results_;
  VectorBlock r_, z_, direction_, image_;
};

}  // namespace

void conjugateGradient(SymmetricProduct& matrix, PMultigrid& preconditioner, const VectorBlock& load, VectorBlock& x,
                       const IterationLimits& limits, RunControl& control, ThreadTeam& team,
                       std::vector<IterationResult>& results, const std::function<double(double)>& fraction) {
  withWidth(load.cols(), [&](auto width) {
    Iteration<width>(matrix, preconditioner, load, x, limits, team, results).run(control, fraction);
  });
}

}  // namespace artificer
