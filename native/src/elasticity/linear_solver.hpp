#pragma once

#include <memory>

#include "common/run_control.hpp"
#include "elasticity/assembly.hpp"
#include "multifrontal/cholesky.hpp"
#include "multigrid/conjugate_gradient.hpp"

namespace artificer {

enum class Method { automatic, multigrid, direct };

struct SolveOptions {
  Method method = Method::automatic;
  double tolerance = 1e-8;
  int threads = 0;  // 0: the number of cores
};

/** Below this many degrees of freedom the factorisation takes no longer than setting up the multigrid. */
bool prefersDirect(double degreesOfFreedom);

/** The numbers a linear solve yields. */
struct LinearSolution {
  Vector x;
  Method method = Method::direct;
  int iterations = 0;
  double relativeResidual = 0;
  std::vector<double> history;
};

/**
 * A system made ready for many right-hand sides: the preconditioner or the factor is made at the first of them and kept.
 * Right-hand sides that come together are solved together, as many as fit a block, which costs little more than one.
 */
class LinearSolver {
 public:
  /** All arguments must outlive the solver. */
  LinearSolver(const StaticModel& model, const LinearSystem& system, const SolveOptions& options, ThreadTeam& team,
               RunControl& control);

  /**
   * One solution a load; zero is required at restrained degrees of freedom. What the iteration cannot solve goes to the
   * factorisation, unless the options forbid it. Throws CoreError 'not-converged', 'singular', 'cancelled'.
   */
  std::vector<LinearSolution> solve(const std::vector<const Vector*>& loads);

  double setUpSeconds() const { return setUpSeconds_; }
  double solveSeconds() const { return solveSeconds_; }

 private:
  void solveMultigrid(const std::vector<const Vector*>& loads, std::vector<LinearSolution>& solutions,
                      std::vector<std::size_t>& unsolved);
  void solveDirect(const std::vector<const Vector*>& loads, const std::vector<std::size_t>& wanted,
                   std::vector<LinearSolution>& solutions);
  void factorise();

  const StaticModel& model_;
  const LinearSystem& system_;
  const SolveOptions& options_;
  ThreadTeam& team_;
  RunControl& control_;
  SymmetricProduct product_;
  std::unique_ptr<PMultigrid> preconditioner_;
  std::unique_ptr<MultifrontalCholesky> factor_;
  double largestRowSum_ = 0;
  double setUpSeconds_ = 0, solveSeconds_ = 0;
};

}  // namespace artificer
