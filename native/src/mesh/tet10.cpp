#include "mesh/tet10.hpp"

#include <cmath>

namespace artificer::tet10 {

const ConicalRule& conicalRule() {
  static const ConicalRule rule = [] {
    const double gauss[3] = {-std::sqrt(0.6), 0, std::sqrt(0.6)};
    const double weights[3] = {5.0 / 9, 8.0 / 9, 5.0 / 9};
    ConicalRule built;
    int q = 0;
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        for (int k = 0; k < 3; k++, q++) {
          const double a = (1 + gauss[i]) / 2, b = (1 + gauss[j]) / 2, c = (1 + gauss[k]) / 2;
          const double x = a, y = b * (1 - a), z = c * (1 - a) * (1 - b);
          built.point[q] = {1 - x - y - z, x, y, z};
          built.weight[q] = weights[i] * weights[j] * weights[k] / 8 * (1 - a) * (1 - a) * (1 - b);
        }
    return built;
  }();
  return rule;
}

}  // namespace artificer::tet10
