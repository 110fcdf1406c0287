#pragma once

#include <functional>

#include "multigrid/p_multigrid.hpp"

namespace artificer {

struct IterationLimits {
  double tolerance = 1e-8;
  int iterations = 60;
  /** Gives up early when the rate so far would need more than this many iterations. */
  int hopeless = 120;
};

struct IterationResult {
  bool converged = false;
  int iterations = 0;
  double relativeResidual = 1;  // of the true residual, not of the recurrence
  std::vector<double> history;
};

/**
 * Flexible preconditioned conjugate gradients for several right-hand sides in step: each goes its own way, matrix and
 * preconditioner are read once for all of them. Right-hand sides that have converged wait for the others.
 *
 * @param load one of the widths of `withWidth`; the first results.size() columns are wanted, the others zero
 */
void conjugateGradient(SymmetricProduct& matrix, PMultigrid& preconditioner, const VectorBlock& load, VectorBlock& x,
                       const IterationLimits& limits, RunControl& control, ThreadTeam& team,
                       std::vector<IterationResult>& results, const std::function<double(double)>& fraction);

/** Flexible preconditioned conjugate gradients (Notay 2000): the preconditioner is not quite linear in single precision. */
IterationResult conjugateGradient(SymmetricProduct& matrix, PMultigrid& preconditioner, const Vector& load, Vector& x,
                                  const IterationLimits& limits, RunControl& control);

}  // namespace artificer
