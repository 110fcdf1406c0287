#pragma once

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

/** Flexible preconditioned conjugate gradients (Notay 2000): the preconditioner is not quite linear in single precision. */
IterationResult conjugateGradient(SymmetricProduct& matrix, PMultigrid& preconditioner, const Vector& load, Vector& x,
                                  const IterationLimits& limits, RunControl& control);

}  // namespace artificer
