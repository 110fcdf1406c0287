#pragma once

#include "heat/scalar_cholesky.hpp"

namespace artificer {

/** y = A x */
using Operator = std::function<void(const Vector& x, Vector& y)>;

struct KrylovResult {
  bool converged = false;
  int iterations = 0;
  double relativeResidual = 1;
  std::vector<double> history;
};

/** Preconditioned conjugate gradients from a zero start; the residual is that of the recurrence. */
KrylovResult conjugateGradients(const Operator& matrix, Preconditioner& preconditioner, const Vector& load, Vector& x,
                                double tolerance, int mostIterations, const RunControl& control);

/** Restarted GMRES, preconditioned from the right (Saad and Schultz 1986), from a zero start. */
KrylovResult generalisedMinimalResiduals(const Operator& matrix, Preconditioner& preconditioner, const Vector& load,
                                         Vector& x, double tolerance, int mostIterations, const RunControl& control);

}  // namespace artificer
