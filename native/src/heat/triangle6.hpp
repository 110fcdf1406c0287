#pragma once

#include <array>
#include <cmath>

#include <Eigen/Dense>

/** The 6-node triangle: corners 0-2, then midsides 01, 12, 20. */
namespace artificer::triangle6 {

inline constexpr int NODES = 6;
inline constexpr int POINTS = 7;

using Shape = Eigen::Matrix<double, NODES, 1>;

struct Point {
  Shape shape, alongA, alongB;
  double weight;  // of the local area 1/2
};

/** Radon's 7-point rule (1948), exact to degree 5. */
inline const std::array<Point, POINTS>& rule() {
  static const std::array<Point, POINTS> points = [] {
    const double root = std::sqrt(15.0);
    std::array<Point, POINTS> built;
    const auto make = [](double a, double b, double weight) {
      const double c = 1 - a - b;
      Point p;
      p.shape << c * (2 * c - 1), a * (2 * a - 1), b * (2 * b - 1), 4 * c * a, 4 * a * b, 4 * b * c;
      p.alongA << 1 - 4 * c, 4 * a - 1, 0, 4 * (c - a), 4 * b, -4 * b;
      p.alongB << 1 - 4 * c, 0, 4 * b - 1, -4 * a, 4 * a, 4 * (c - b);
      p.weight = weight / 2;
      return p;
    };
    built[0] = make(1.0 / 3, 1.0 / 3, 9.0 / 40);
    int q = 1;
    for (const double sign : {-1.0, 1.0}) {
      const double near = (6 + sign * root) / 21, far = 1 - 2 * near, weight = (155 + sign * root) / 1200;
      built[q++] = make(near, near, weight);
      built[q++] = make(far, near, weight);
      built[q++] = make(near, far, weight);
    }
    return built;
  }();
  return points;
}

/** Area, mm^2, that each integration point of a facet stands for. */
inline std::array<double, POINTS> areas(const double* nodes, const int* facet) {
  Eigen::Matrix<double, NODES, 3> x;
  for (int a = 0; a < NODES; a++)
    x.row(a) = Eigen::Map<const Eigen::RowVector3d>(nodes + 3 * static_cast<std::size_t>(facet[a]));
  std::array<double, POINTS> result;
  for (int q = 0; q < POINTS; q++) {
    const auto& point = rule()[q];
    const Eigen::Vector3d u = x.transpose() * point.alongA, v = x.transpose() * point.alongB;
    result[q] = u.cross(v).norm() * point.weight;
  }
  return result;
}

}  // namespace artificer::triangle6
