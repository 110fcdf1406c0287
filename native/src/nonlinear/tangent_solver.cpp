#include "nonlinear/tangent_solver.hpp"

#include "multigrid/conjugate_gradient.hpp"
#include "sparse/ordering.hpp"

namespace artificer {

namespace {

/** Below this the factorisation takes no longer than setting up the multigrid, as in statics. */
constexpr int DIRECT_BELOW_DOFS = 30000;
/** Of the linear solves within Newton's iteration: small enough that it converges as if they were exact. */
constexpr double LINEAR_TOLERANCE = 1e-8;

}  // namespace

TangentSolver::TangentSolver(const Equilibrium& equilibrium, Method method)
    : equilibrium_(equilibrium),
      multigridOnly_(method == Method::multigrid),
      useMultigrid_(multigridOnly_ ||
                    (method == Method::automatic && 3 * equilibrium.model().base.nodeCount() >= DIRECT_BELOW_DOFS)),
      system_(equilibrium.emptySystem()),
      product_(system_.stiffness, equilibrium.team()) {}

bool TangentSolver::prepare(const Vector& displacement, double loadFactor, const PointStresses& stress,
                            const std::function<void(double)>& onProgress) {
  Stopwatch watch;
  factor_.reset();
  multigrid_.reset();
  equilibrium_.assembleTangent(displacement, loadFactor, stress, system_);
  largestDiagonal_ = 0;
  for (int row = 0; row < system_.stiffness.rows; row++)
    for (int axis = 0; axis < 3; axis++) {
      const double value = system_.stiffness.diagonal(row)[4 * axis];
      largestDiagonal_ = std::max(largestDiagonal_, std::abs(value));
      if (!(value > 0)) return false;
    }
  bool definite = true;
  if (useMultigrid_) {
    try {
      multigrid_ = std::make_unique<PMultigrid>(equilibrium_.model().base, system_, product_, equilibrium_.team(),
                                                equilibrium_.control());
    } catch (const CoreError& error) {
      // The coarse matrix is the fine one on a subspace: where it is not definite, neither is the fine one.
      if (error.code() != "singular") throw;
      definite = false;
    }
  } else {
    definite = factorise(onProgress);
  }
  seconds_ += watch.seconds();
  return definite;
}

bool TangentSolver::factorise(const std::function<void(double)>& onProgress) {
  if (!symbolic_) symbolic_ = analyse(system_.stiffness, nestedDissection(system_.stiffness, equilibrium_.control()));
  try {
    factor_ = std::make_unique<MultifrontalCholesky>(system_.stiffness, *symbolic_, equilibrium_.team(),
                                                     equilibrium_.control(), onProgress);
  } catch (const CoreError& error) {
    if (error.code() != "singular") throw;
    return false;
  }
  return true;
}

bool TangentSolver::solve(Vector rhs, Vector& x) {
  Stopwatch watch;
  for (Eigen::Index dof = 0; dof < rhs.size(); dof++)
    if (system_.fixed[dof]) rhs[dof] = 0;
  x.resize(rhs.size());
  if (multigrid_) {
    IterationLimits limits;
    limits.tolerance = LINEAR_TOLERANCE;
    if (multigridOnly_) limits.iterations = limits.hopeless = 2000;
    const auto result = conjugateGradient(product_, *multigrid_, rhs, x, limits, equilibrium_.control());
    linearIterations_ += result.iterations;
    if (!result.converged) {
      // Thin or nearly unstable: the factorisation tells which, and takes over for the rest of the way.
      multigrid_.reset();
      if (multigridOnly_) return false;
      useMultigrid_ = false;
      if (!factorise({})) return false;
    }
  }
  if (factor_) {
    factor_->solve(rhs.data(), x.data());
    // One sweep of refinement, which is cheap next to the factorisation.
    Vector image(x.size()), correction(x.size());
    product_.multiply(x.data(), image.data());
    const Vector residual = rhs - image;
    factor_->solve(residual.data(), correction.data());
    x += correction;
  }
  seconds_ += watch.seconds();
  return x.allFinite();
}

}  // namespace artificer
