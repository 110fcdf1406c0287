#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include <Eigen/Dense>

namespace artificer {

/**
 * The largest eigenvalue of D^-1 A, from below but for a tenth that is added: conjugate gradients from a fixed pseudo-random
 * start, so that results are the same from run to run, whose coefficients are Lanczos' tridiagonal matrix (Saad 2003, 6.7.3).
 * One badly shaped element has an eigenvalue well above all others, which a power iteration does not see for a hundred steps,
 * and beyond which a Chebyshev smoother makes errors larger.
 *
 * @param multiply (x, y): y = A x
 * @param scale (x, y): y = D^-1 x
 */
template <typename Values, typename Multiply, typename Scale>
double largestScaledEigenvalue(Eigen::Index size, const Multiply& multiply, const Scale& scale) {
  using Scalar = typename Values::Scalar;
  constexpr int STEPS = 20;
  Values residual(size, 1), scaled(size, 1), direction(size, 1), product(size, 1);
  std::uint32_t state = 12345;
  // Each row starts in its own unit, or soft rows would hide stiff ones.
  direction.setOnes();
  scale(direction, scaled);
  for (Eigen::Index i = 0; i < size; i++) {
    state = state * 1664525u + 1013904223u;
    const Scalar noise = static_cast<Scalar>(state >> 8) / (1 << 24) - Scalar(0.5), unit = std::abs(scaled(i));
    residual(i) = unit > 0 ? noise / std::sqrt(unit) : noise;
  }
  const auto dot = [](const Values& a, const Values& b) {
    double sum = 0;
    for (Eigen::Index i = 0; i < a.size(); i++) sum += static_cast<double>(a(i)) * b(i);
    return sum;
  };
  scale(residual, scaled);
  double energy = dot(residual, scaled), carried = 0;  // carried: of the step before, its share over its length
  const double negligible = 1e-10 * energy;
  direction = scaled;
  std::vector<double> diagonal, beside;
  for (int step = 0; step < STEPS && energy > negligible; step++) {
    multiply(direction, product);
    const double curvature = dot(direction, product);
    if (!(curvature > 0)) break;
    const double length = energy / curvature, before = energy;
    residual -= static_cast<Scalar>(length) * product;
    scale(residual, scaled);
    energy = dot(residual, scaled);
    const double share = energy / before;
    direction = scaled + static_cast<Scalar>(share) * direction;
    diagonal.push_back(1 / length + carried);
    beside.push_back(std::sqrt(share) / length);
    carried = share / length;
  }
  if (diagonal.empty()) return 1.1;
  const auto steps = static_cast<Eigen::Index>(diagonal.size());
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(Eigen::Map<Eigen::VectorXd>(diagonal.data(), steps),
                                Eigen::Map<Eigen::VectorXd>(beside.data(), steps - 1), Eigen::EigenvaluesOnly);
  return 1.1 * solver.eigenvalues()[steps - 1];
}

}  // namespace artificer
