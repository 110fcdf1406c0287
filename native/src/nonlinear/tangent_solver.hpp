#pragma once

#include <memory>
#include <optional>

#include "elasticity/static_solver.hpp"
#include "multifrontal/cholesky.hpp"
#include "multigrid/p_multigrid.hpp"
#include "nonlinear/equilibrium.hpp"

namespace artificer {

/**
 * Solves with one tangent after the other: they share their pattern, so the order of elimination and the shape of the
 * factor are found once. Large tangents go to the multigrid until it fails, from then on to the factorisation.
 */
class TangentSolver {
 public:
  TangentSolver(const Equilibrium& equilibrium, Method method);

  /** False when the tangent is not positive definite: the state is not one of stable equilibrium. */
  bool prepare(const Vector& displacement, double loadFactor, const PointStresses& stress,
               const std::function<void(double)>& onProgress);

  /**
   * x = K^-1 rhs for the tangent at hand, local axes; the rhs counts at free degrees of freedom, and x is zero at the others
   * (dependent ones too). False: not definite.
   */
  bool solve(Vector rhs, Vector& x);

  /** -K times the rate of the displacements that are held, at free degrees of freedom. */
  const Vector& heldLoad() const { return system_.load; }
  double largestDiagonal() const { return largestDiagonal_; }
  Method method() const { return useMultigrid_ ? Method::multigrid : Method::direct; }
  int linearIterations() const { return linearIterations_; }
  double seconds() const { return seconds_; }

 private:
  bool factorise(const std::function<void(double)>& onProgress);

  const Equilibrium& equilibrium_;
  bool multigridOnly_, useMultigrid_;
  LinearSystem system_;
  SymmetricProduct product_;
  std::optional<SymbolicFactor> symbolic_;
  std::unique_ptr<MultifrontalCholesky> factor_;
  std::unique_ptr<PMultigrid> multigrid_;
  double largestDiagonal_ = 0, seconds_ = 0;
  int linearIterations_ = 0;
};

}  // namespace artificer
