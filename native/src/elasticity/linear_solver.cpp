#include "elasticity/linear_solver.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sparse/ordering.hpp"

namespace artificer {

namespace {

/** Measured: bench.mjs --thresholds. */
constexpr int DIRECT_BELOW_DOFS = 30000;
/**
 * Iterations that are worth trying before a factorisation. On a solid part of a million degrees of freedom the factorisation
 * took as long as about 360 of them, and 14 GB against 2; its time grows with the square of the size, theirs with the size.
 */
int iterationsWorthAFactor(double degreesOfFreedom) { return std::max(60, static_cast<int>(degreesOfFreedom / 3000)); }
/** A backward error no larger than this is round-off. */
constexpr double ROUND_OFF = 1e-14;
/** Whatever the backward error, a residual above this leaves no digit worth showing. */
constexpr double LARGEST_RESIDUAL = 1e-2;

double largestRowSum(const SymmetricBlockMatrix& matrix) {
  Vector rowSum = Vector::Zero(3 * static_cast<Eigen::Index>(matrix.rows));
  for (int row = 0; row < matrix.rows; row++)
    for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++) {
      const Eigen::Matrix3d block = ConstBlockMap(matrix.block(p)).cwiseAbs();
      rowSum.segment<3>(3 * row) += block.rowwise().sum();
      if (matrix.column[p] != row) rowSum.segment<3>(3 * matrix.column[p]) += block.colwise().sum().transpose();
    }
  return rowSum.maxCoeff();
}

/** Blocks of even size that fit the fast kernels: [first, last) of `count`. */
std::vector<std::pair<std::size_t, std::size_t>> blocksOf(std::size_t count) {
  const std::size_t blocks = (count + WIDEST - 1) / WIDEST;
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  for (std::size_t block = 0; block < blocks; block++)
    ranges.emplace_back(count * block / blocks, count * (block + 1) / blocks);
  return ranges;
}

VectorBlock gather(const std::vector<const Vector*>& loads, const std::vector<std::size_t>& wanted, std::size_t first,
                   std::size_t last) {
  VectorBlock block = VectorBlock::Zero(loads[wanted[first]]->size(), paddedWidth(static_cast<int>(last - first)));
  for (std::size_t i = first; i < last; i++) block.col(static_cast<Eigen::Index>(i - first)) = *loads[wanted[i]];
  return block;
}

}  // namespace

bool prefersDirect(double degreesOfFreedom) { return degreesOfFreedom < DIRECT_BELOW_DOFS; }

LinearSolver::LinearSolver(const StaticModel& model, const LinearSystem& system, const SolveOptions& options,
                           ThreadTeam& team, RunControl& control)
    : model_(model), system_(system), options_(options), team_(team), control_(control),
      product_(system.stiffness, team) {}

std::vector<LinearSolution> LinearSolver::solve(const std::vector<const Vector*>& loads) {
  std::vector<LinearSolution> solutions(loads.size());
  std::vector<std::size_t> unsolved(loads.size());
  std::iota(unsolved.begin(), unsolved.end(), 0);
  const bool useMultigrid =
      options_.method == Method::multigrid ||
      (options_.method == Method::automatic && factor_ == nullptr && !prefersDirect(3.0 * model_.nodeCount()));
  if (useMultigrid) solveMultigrid(loads, solutions, unsolved);
  if (!unsolved.empty()) {
    if (options_.method == Method::multigrid)
      throw CoreError("not-converged", "The iteration stopped at a relative residual of " +
                                           std::to_string(solutions[unsolved.front()].relativeResidual) + ".",
                      "Use the direct method.");
    preconditioner_.reset();  // its memory is for the factor
    solveDirect(loads, unsolved, solutions);
  }
  return solutions;
}

void LinearSolver::solveMultigrid(const std::vector<const Vector*>& loads, std::vector<LinearSolution>& solutions,
                                  std::vector<std::size_t>& unsolved) {
  Stopwatch watch;
  if (!preconditioner_) {
    control_.report({Stage::factorise, 0.12});
    preconditioner_ = std::make_unique<PMultigrid>(model_, system_, product_, team_, control_);
    setUpSeconds_ += watch.lap();
  }
  IterationLimits limits;
  limits.tolerance = options_.tolerance;
  limits.iterations = iterationsWorthAFactor(3.0 * model_.nodeCount());
  limits.hopeless = 2 * limits.iterations;
  // Averages of whole faces couple all of their nodes, which costs iterations: still fewer than a factorisation would take.
  if (!system_.constraints.empty()) limits.iterations = limits.hopeless = std::max(200, limits.iterations);
  if (options_.method == Method::multigrid) limits.iterations = limits.hopeless = std::max(2000, limits.iterations);
  const std::vector<std::size_t> wanted = unsolved;
  unsolved.clear();
  const auto ranges = blocksOf(wanted.size());
  for (std::size_t block = 0; block < ranges.size() && unsolved.empty(); block++) {
    const auto [first, last] = ranges[block];
    VectorBlock x;
    const VectorBlock load = gather(loads, wanted, first, last);
    std::vector<IterationResult> results(last - first);
    // Iterations run from 0.3 to 0.9 of the whole, on the logarithm of the residual.
    const auto fraction = [&](double relative) {
      const double done = std::log(std::max(relative, limits.tolerance)) / std::log(limits.tolerance);
      return 0.3 + 0.6 * (static_cast<double>(block) + std::clamp(done, 0.0, 1.0)) / static_cast<double>(ranges.size());
    };
    conjugateGradient(product_, *preconditioner_, load, x, limits, control_, team_, results, fraction);
    for (std::size_t i = first; i < last; i++) {
      auto& solution = solutions[wanted[i]];
      auto& result = results[i - first];
      solution.x = x.col(static_cast<Eigen::Index>(i - first));
      solution.method = Method::multigrid;
      solution.iterations = result.iterations;
      solution.relativeResidual = result.relativeResidual;
      solution.history = std::move(result.history);
      if (!result.converged) unsolved.push_back(wanted[i]);
    }
    // Where one load is hopeless the matrix is: the others are not tried.
    if (!unsolved.empty())
      for (std::size_t i = last; i < wanted.size(); i++) unsolved.push_back(wanted[i]);
  }
  solveSeconds_ += watch.lap();
}

void LinearSolver::factorise() {
  Stopwatch watch;
  control_.report({Stage::factorise, 0.12});
  auto symbolic = analyse(system_.stiffness, nestedDissection(system_.stiffness, control_));
  control_.report({Stage::factorise, 0.2});
  factor_ = std::make_unique<MultifrontalCholesky>(system_.stiffness, std::move(symbolic), team_, control_,
                                                   [&](double done) {
                                                     control_.report({Stage::factorise, 0.2 + 0.6 * done});
                                                   });
  largestRowSum_ = largestRowSum(system_.stiffness);
  setUpSeconds_ += watch.lap();
}

/** Refines until the true residuals meet the tolerance or stop falling. */
void LinearSolver::solveDirect(const std::vector<const Vector*>& loads, const std::vector<std::size_t>& wanted,
                               std::vector<LinearSolution>& solutions) {
  if (!factor_) factorise();
  Stopwatch watch;
  control_.report({Stage::solve, 0.8});
  const double target = std::min(options_.tolerance, 1e-10);  // refinement is cheap next to the factorisation
  const auto ranges = blocksOf(wanted.size());
  for (std::size_t block = 0; block < ranges.size(); block++) {
    const auto [first, last] = ranges[block];
    const int count = static_cast<int>(last - first);
    const VectorBlock load = gather(loads, wanted, first, last);
    VectorBlock x = VectorBlock::Zero(load.rows(), load.cols()), residual = load, image;
    std::vector<char> done(count, 0);
    std::vector<double> relative(count, 1);
    for (int k = 0; k < count; k++) {
      solutions[wanted[first + k]].history.clear();
      if (load.col(k).isZero(0)) {
        relative[k] = 0;
        done[k] = 1;
      }
    }
    for (int sweep = 0; sweep < 5 && std::count(done.begin(), done.end(), 0) > 0; sweep++) {
      control_.check();
      VectorBlock improved = residual;
      factor_->solve(improved);
      improved += x;
      product_.multiply(improved, image);
      double worst = 0;
      for (int k = 0; k < count; k++) {
        if (done[k]) continue;
        const Vector newResidual = load.col(k) - image.col(k);
        const double newRelative = newResidual.norm() / load.col(k).norm();
        if (!(newRelative < relative[k])) {
          done[k] = 1;
          continue;
        }
        if (newRelative > 0.5 * relative[k] || newRelative <= target) done[k] = 1;
        x.col(k) = improved.col(k);
        residual.col(k) = newResidual;
        relative[k] = newRelative;
        worst = std::max(worst, newRelative);
        solutions[wanted[first + k]].history.push_back(newRelative);
      }
      if (worst > 0) control_.report({Stage::solve, 0.85, sweep + 1, worst});
    }
    for (int k = 0; k < count; k++) {
      auto& solution = solutions[wanted[first + k]];
      solution.x = x.col(k);
      solution.method = Method::direct;
      solution.relativeResidual = relative[k];
      // Normwise backward error |r| / (|K| |x| + |f|) (Rigal and Gaches 1967). In very slender models |K| |x| is so much
      // larger than |f| that no vector of doubles has a small residual relative to f; it then says that x is as good as
      // they get.
      const double scale = largestRowSum_ * solution.x.cwiseAbs().maxCoeff() + load.col(k).cwiseAbs().maxCoeff();
      const double backward = scale > 0 ? residual.col(k).cwiseAbs().maxCoeff() / scale : 0;
      if (!solution.x.allFinite() || !(backward < 1e-10) || solution.relativeResidual > LARGEST_RESIDUAL)
        throw CoreError("singular", "The equations have no reliable solution: the model is free to move, or nearly so.");
      if (solution.relativeResidual > options_.tolerance && backward > ROUND_OFF)
        throw CoreError("not-converged", "The residual stayed at " + std::to_string(solution.relativeResidual) +
                                             ": the model is too badly conditioned for this tolerance.");
    }
  }
  solveSeconds_ += watch.lap();
}

}  // namespace artificer
