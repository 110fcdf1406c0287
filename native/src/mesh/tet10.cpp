#include "mesh/tet10.hpp"

#include <cmath>

namespace artificer::tet10 {

const ConicalRule& conicalRule() {
  static const ConicalRule rule = [] {
    // Three-point Gauss rules on [0, 1] for the weights (1 - a)^2, (1 - b) and 1, which fold the cube into the tetrahedron
    // (Gauss-Jacobi; with plain Gauss-Legendre points the folded rule would be exact to degree 3 only).
    constexpr double A[3] = {0.07299402407314973216, 0.34700376603835188472, 0.70500220988849838312};
    constexpr double WEIGHT_A[3] = {0.15713636106488661332, 0.14624626925986602200, 0.02995070300858069801};
    constexpr double B[3] = {0.08858795951270394740, 0.40946686444073471086, 0.78765946176084705603};
    constexpr double WEIGHT_B[3] = {0.20093191373895963077, 0.22924110635958624669, 0.06982697990145412253};
    const double C[3] = {0.5 - std::sqrt(0.15), 0.5, 0.5 + std::sqrt(0.15)};
    constexpr double WEIGHT_C[3] = {5.0 / 18, 8.0 / 18, 5.0 / 18};
    ConicalRule built;
    int q = 0;
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        for (int k = 0; k < 3; k++, q++) {
          const double x = A[i], y = B[j] * (1 - x), z = C[k] * (1 - A[i]) * (1 - B[j]);
          built.point[q] = {1 - x - y - z, x, y, z};
          built.weight[q] = WEIGHT_A[i] * WEIGHT_B[j] * WEIGHT_C[k];
        }
    return built;
  }();
  return rule;
}

}  // namespace artificer::tet10
