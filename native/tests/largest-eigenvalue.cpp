/** Prints what `largestScaledEigenvalue` says of diagonal matrices whose largest eigenvalue is known: see the test beside it. */
#include <cstdio>
#include <cstdlib>

#include "multigrid/largest_eigenvalue.hpp"

/**
 * Eigenvalues from 0 to `top`, evenly, and one `outlier`. With `units`, those rows are in units so much smaller than that of
 * held ones between them, which are those of the unit matrix; D takes the units out again.
 */
template <typename Values>
double estimate(Eigen::Index size, double top, double outlier, double units) {
  using Scalar = typename Values::Scalar;
  Values eigenvalue(size, 1), unit(size, 1);
  for (Eigen::Index i = 0; i < size; i++) {
    eigenvalue(i) = static_cast<Scalar>(top * static_cast<double>(i + 1) / static_cast<double>(size));
    const bool held = units != 1 && i % 2 == 0;
    if (held) eigenvalue(i) = 1;
    unit(i) = static_cast<Scalar>(held ? 1 : units);
  }
  eigenvalue(size / 3) = static_cast<Scalar>(outlier);
  return artificer::largestScaledEigenvalue<Values>(
      size,
      [&](const Values& x, Values& y) {
        for (Eigen::Index i = 0; i < size; i++) y(i) = eigenvalue(i) * unit(i) * x(i);
      },
      [&](const Values& x, Values& y) {
        for (Eigen::Index i = 0; i < size; i++) y(i) = x(i) / unit(i);
      });
}

int main(int, char** arguments) {
  const Eigen::Index size = std::atol(arguments[1]);
  const double top = std::atof(arguments[2]), outlier = std::atof(arguments[3]), units = std::atof(arguments[4]);
  std::printf("[%.17g, %.17g]\n", estimate<Eigen::VectorXd>(size, top, outlier, units),
              estimate<Eigen::VectorXf>(size, top, outlier, units));
}
