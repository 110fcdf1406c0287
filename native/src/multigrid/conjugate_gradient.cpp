#include "multigrid/conjugate_gradient.hpp"

#include <cmath>

namespace artificer {

namespace {

/** Fraction of the whole solution: iterations run from 0.3 to 0.9, on the logarithm of the residual. */
double fractionOf(double relative, double tolerance) {
  const double done = std::log(std::max(relative, tolerance)) / std::log(tolerance);
  return 0.3 + 0.6 * std::clamp(done, 0.0, 1.0);
}

}  // namespace

IterationResult conjugateGradient(SymmetricProduct& matrix, PMultigrid& preconditioner, const Vector& load, Vector& x,
                                  const IterationLimits& limits, RunControl& control) {
  IterationResult result;
  const double loadNorm = load.norm();
  x.setZero(load.size());
  if (loadNorm == 0) {
    result.converged = true;
    result.relativeResidual = 0;
    return result;
  }
  Vector r = load, z(load.size()), direction(load.size()), image(load.size()), previous(load.size());
  const auto trueResidual = [&] {
    matrix.multiply(x.data(), image.data());
    r = load - image;
    return r.norm() / loadNorm;
  };
  double rz = 0;
  bool restart = true;
  for (int restarts = 0; result.iterations < limits.iterations;) {
    control.check();
    preconditioner.apply(r, z);
    const double rzNew = r.dot(z);
    if (restart) {
      direction = z;
    } else {
      const double beta = (rzNew - previous.dot(z)) / rz;  // Polak-Ribiere
      direction = z + beta * direction;
    }
    restart = false;
    rz = rzNew;
    matrix.multiply(direction.data(), image.data());
    const double curvature = direction.dot(image);
    if (!(curvature > 0) || !std::isfinite(rz)) break;
    // With a flexible preconditioner r.z is the search direction's own slope only to its precision: use r.d.
    const double alpha = r.dot(direction) / curvature;
    previous = r;
    x += alpha * direction;
    r -= alpha * image;
    result.iterations++;
    double relative = r.norm() / loadNorm;
    result.history.push_back(relative);
    control.report({Stage::solve, fractionOf(relative, limits.tolerance), result.iterations, relative});
    if (relative <= limits.tolerance) {
      relative = trueResidual();
      result.history.back() = relative;
      if (relative <= limits.tolerance) {
        result.converged = true;
        break;
      }
      if (++restarts > 5) break;
      restart = true;  // go on from the true residual
    }
    if (result.iterations >= 25 && result.iterations % 5 == 0) {
      const double perIteration = std::log(relative) / result.iterations;
      if (!(perIteration < 0) || std::log(limits.tolerance) / perIteration > limits.hopeless) break;
    }
  }
  result.relativeResidual = trueResidual();
  result.converged = result.relativeResidual <= limits.tolerance;
  return result;
}

}  // namespace artificer
