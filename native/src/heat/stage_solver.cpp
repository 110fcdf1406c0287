#include "heat/stage_solver.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "heat/scalar_multigrid.hpp"
#include "sparse/ordering.hpp"

namespace artificer {

namespace {
/** An old factorisation is renewed once it takes more iterations than this. */
constexpr int PATIENCE = 12;
constexpr int MOST_LINEAR_ITERATIONS = 300;
/** Round-off of the flows at a node, relative to its conductance times the largest temperature. */
constexpr double ROUND_OFF = 4e-15;
}  // namespace

int directHeatNodes(bool transient) { return transient ? 400000 : 150000; }

StageSolver::StageSolver(const HeatSystem& system, std::vector<char> fixed, bool transient, const StageLimits& limits,
                         RunControl& control)
    : system_(system), fixed_(std::move(fixed)), transient_(transient),
      linear_(system.linearFlow() && (!transient || system.linearContent())), limits_(limits), control_(control) {
  const bool small = system.model().nodeCount() <= directHeatNodes(transient);
  method_ = limits.method != HeatMethod::automatic ? limits.method : small ? HeatMethod::direct : HeatMethod::multigrid;
}

Vector StageSolver::residual(const Vector& temperature, double time, double factor, const Vector* known,
                             double* scale) const {
  const Vector out = system_.outflow(temperature, time, control_);
  const Vector in = system_.loads(time);
  Vector r = factor * (out - in);
  double whole = factor * (out.norm() + in.norm());
  if (transient_) {
    const Vector gained = system_.content(temperature, control_) - *known;
    r += gained;
    whole += gained.norm();
  }
  if (scale != nullptr) *scale = whole;
  for (Eigen::Index node = 0; node < r.size(); node++)
    if (fixed_[node]) r[node] = 0;
  return r;
}

void StageSolver::linearise(const Vector& temperature, double factor) {
  if (linear_ && tangentFactor_ == factor) return;
  system_.linearise(temperature, tangent_, control_);
  if (transient_) {
    for (auto& value : tangent_.symmetric.values) value *= factor;
    for (auto& value : tangent_.lowerExtra) value *= factor;
    for (auto& value : tangent_.upperExtra) value *= factor;
    system_.addCapacity(temperature, 1, tangent_.symmetric, control_);
  }
  tangent_.symmetric.eliminate(fixed_);
  if (tangent_.skew()) {
    const auto& pattern = *system_.pattern();
    for (int row = 0; row < pattern.rows; row++)
      for (auto p = pattern.rowStart[row]; p < pattern.rowStart[row + 1]; p++)
        if (fixed_[row] || fixed_[pattern.column[p]]) tangent_.lowerExtra[p] = tangent_.upperExtra[p] = 0;
  }
  tangentFactor_ = factor;
  stale_ = true;
}

void StageSolver::factorise() {
  Stopwatch watch;
  preconditioner_.reset();  // the old one first: two would double the peak of memory
  if (method_ == HeatMethod::direct) {
    const auto& pattern = *system_.pattern();
    if (!symbolic_) symbolic_ = std::make_shared<SymbolicFactor>(analyse(pattern, nestedDissection(pattern, control_)));
    preconditioner_ = std::make_unique<ScalarCholesky>(tangent_.symmetric, symbolic_, system_.team(), control_);
  } else {
    preconditioner_ =
        std::make_unique<ScalarMultigrid>(system_.model(), tangent_.symmetric, fixed_, system_.team(), control_);
  }
  factorisedFactor_ = tangentFactor_;
  stale_ = false;
  factorisations_++;
  factoriseSeconds_ += watch.seconds();
}

int StageSolver::solveLinear(const Vector& r, Vector& step, double tolerance) {
  // A factorisation made for another step size is no use: the new one costs less than the iterations.
  const double change = factorisedFactor_ > 0 ? tangentFactor_ / factorisedFactor_ : 0;
  if (!preconditioner_ || (stale_ && linear_) || !(change > 0.7 && change < 1.4)) factorise();
  const bool exact = !stale_ && method_ == HeatMethod::direct && !tangent_.skew();
  if (exact) {
    preconditioner_->apply(r, step);
    return 1;
  }
  const Operator product = [this](const Vector& x, Vector& y) {
    y.setZero(x.size());
    addProduct(tangent_.symmetric, x.data(), y.data(), system_.team());
    if (tangent_.skew())
      addProduct(*system_.pattern(), tangent_.lowerExtra, tangent_.upperExtra, x.data(), y.data(), system_.team());
  };
  const auto iterate = [&](int most) {
    return tangent_.skew()
               ? generalisedMinimalResiduals(product, *preconditioner_, r, step, tolerance, most, control_)
               : conjugateGradients(product, *preconditioner_, r, step, tolerance, most, control_);
  };
  auto result = iterate(stale_ ? PATIENCE : MOST_LINEAR_ITERATIONS);
  int iterations = result.iterations;
  if (!result.converged && stale_) {
    factorise();
    if (method_ == HeatMethod::direct && !tangent_.skew()) {
      preconditioner_->apply(r, step);
      return iterations + 1;
    }
    result = iterate(MOST_LINEAR_ITERATIONS);
    iterations += result.iterations;
  }
  if (!result.converged && method_ == HeatMethod::multigrid && limits_.method == HeatMethod::automatic) {
    method_ = HeatMethod::direct;  // thin or badly shaped elements: the factorisation does not mind
    factorise();
    result = iterate(MOST_LINEAR_ITERATIONS);
    iterations += result.iterations;
  }
  if (!result.converged && result.relativeResidual > 0.1)
    throw CoreError("not-converged", "The linear equations of heat stopped at a relative residual of " +
                                         std::to_string(result.relativeResidual) + ".",
                    "Use the direct method.");
  return iterations;
}

void StageSolver::correct(const Vector& r, Vector& z) {
  Vector free = r;
  for (Eigen::Index node = 0; node < free.size(); node++)
    if (fixed_[node]) free[node] = 0;
  // Where nothing has happened yet no equation had to be solved, and there is no factorisation.
  if (!preconditioner_ || (stale_ && linear_)) factorise();
  preconditioner_->apply(free, z);
}

Vector StageSolver::solveTransposed(const Vector& temperature, const Vector& right, double tolerance) {
  linearise(temperature, 1);
  Vector free = right, solution = Vector::Zero(right.size());
  for (Eigen::Index node = 0; node < free.size(); node++)
    if (fixed_[node]) free[node] = 0;
  if (free.norm() == 0) return solution;
  const auto transpose = [this] { std::swap(tangent_.lowerExtra, tangent_.upperExtra); };
  transpose();
  solveLinear(free, solution, tolerance);
  transpose();
  return solution;
}

void StageSolver::giveUp(const Vector& r, const Vector& temperature, const StageResult& result, const char* why) const {
  Eigen::Index worst = 0;
  r.cwiseAbs().maxCoeff(&worst);
  const double* x = &system_.model().nodes[3 * static_cast<std::size_t>(worst)];
  std::ostringstream message;
  message << "The temperatures did not converge: " << why << " after " << result.newtonIterations
          << " iterations, with " << 100 * result.relativeResidual << " % of the heat unbalanced, most of it near ("
          << x[0] << ", " << x[1] << ", " << x[2] << ") mm at " << temperature[worst] << " degC.";
  throw CoreError("not-converged", message.str(),
                  "Check emissivities, ambient temperatures and the tables of conductivity near that temperature.");
}

StageResult StageSolver::solve(Vector& temperature, double time, double factor, const Vector* known) {
  StageResult result;
  double scale = 0;
  Vector r = residual(temperature, time, factor, known, &scale);
  double size = r.norm();
  Vector step;
  for (;;) {
    control_.check();
    linearise(temperature, factor);
    double conductance = 0;
    for (int row = 0; row < tangent_.symmetric.rows(); row++)
      conductance = std::max(conductance, tangent_.symmetric.diagonal(row));
    const double floor = ROUND_OFF * conductance * std::max(1.0, temperature.cwiseAbs().maxCoeff()) *
                         std::sqrt(static_cast<double>(temperature.size()));
    result.relativeResidual = scale > 0 ? size / scale : 0;
    if (result.newtonIterations > 0) result.history.push_back(result.relativeResidual);
    if (onIteration) onIteration(result.newtonIterations, result.relativeResidual);
    if (!std::isfinite(size)) giveUp(r, temperature, result, "the heat is no longer a number");
    // At least one correction, so that a first guess that is nearly right is still improved to the full.
    if ((size <= limits_.tolerance * scale || size <= floor) && (result.newtonIterations > 0 || size == 0)) break;
    if (result.newtonIterations >= limits_.newtonIterations) giveUp(r, temperature, result, "no end was in sight");

    const double wanted = linear_ ? std::max(1e-14, 0.1 * limits_.tolerance * scale / std::max(size, 1e-300)) : 1e-4;
    result.linearIterations += solveLinear(-r, step, std::clamp(wanted, 1e-12, 1e-3));
    result.newtonIterations++;

    double share = 1;
    bool better = false;
    for (int attempt = 0; attempt < 12 && !better; attempt++, share /= 2) {
      const Vector trial = temperature + share * step;
      if (!system_.linearFlow() && trial.minCoeff() <= -KELVIN_OFFSET) continue;  // below absolute zero
      double trialScale = 0;
      Vector trialResidual = residual(trial, time, factor, known, &trialScale);
      const double trialSize = trialResidual.norm();
      if (trialSize < (1 - 1e-4 * share) * size || trialSize <= limits_.tolerance * trialScale) {
        temperature = trial;
        r.swap(trialResidual);
        size = trialSize;
        scale = trialScale;
        better = true;
      }
    }
    if (better) continue;
    if (size <= 100 * floor || size <= 100 * limits_.tolerance * scale) break;  // as good as doubles get
    giveUp(r, temperature, result, "no step along Newton's direction brought it closer");
  }
  return result;
}

}  // namespace artificer
