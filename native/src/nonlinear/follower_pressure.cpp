#include "nonlinear/nonlinear_model.hpp"

#include <cmath>

namespace artificer {

namespace {

/** Radon's 7-point rule of degree 5 on the triangle (Stroud 1971, T2:5-1): barycentric coordinates and weights (sum 1/2). */
struct TriangleRule {
  struct Point {
    Eigen::Matrix<double, 6, 1> shape, alongA, alongB;
    double weight;
  };
  std::array<Point, 7> points;

  TriangleRule() {
    const double root = std::sqrt(15.0);
    const double near = (6 + root) / 21, far = (6 - root) / 21;
    points[0] = at(1.0 / 3, 1.0 / 3, 9.0 / 80);
    const double heavy = (155 + root) / 2400, light = (155 - root) / 2400;
    points[1] = at(near, near, heavy);
    points[2] = at(1 - 2 * near, near, heavy);
    points[3] = at(near, 1 - 2 * near, heavy);
    points[4] = at(far, far, light);
    points[5] = at(1 - 2 * far, far, light);
    points[6] = at(far, 1 - 2 * far, light);
  }

  static Point at(double a, double b, double weight) {
    const double c = 1 - a - b;
    Point point;
    point.shape << c * (2 * c - 1), a * (2 * a - 1), b * (2 * b - 1), 4 * c * a, 4 * a * b, 4 * b * c;
    point.alongA << 1 - 4 * c, 4 * a - 1, 0, 4 * (c - a), 4 * b, -4 * b;
    point.alongB << 1 - 4 * c, 0, 4 * b - 1, -4 * a, 4 * a, 4 * (c - b);
    point.weight = weight;
    return point;
  }
};

const TriangleRule& triangleRule() {
  static const TriangleRule rule;
  return rule;
}

Eigen::Matrix<double, 6, 3> placeOf(const PressureFacet& facet, const StaticModel& model, const Vector& displacement) {
  Eigen::Matrix<double, 6, 3> x;
  for (int a = 0; a < 6; a++)
    for (int axis = 0; axis < 3; axis++) {
      const std::size_t dof = 3 * static_cast<std::size_t>(facet.nodes[a]) + axis;
      x(a, axis) = model.nodes[dof] + displacement[static_cast<Eigen::Index>(dof)];
    }
  return x;
}

Eigen::Matrix3d crossMatrix(const Eigen::Vector3d& v) {
  Eigen::Matrix3d matrix;
  matrix << 0, -v[2], v[1], v[2], 0, -v[0], -v[1], v[0], 0;
  return matrix;
}

}  // namespace

Vector pressureForces(const NonlinearModel& model, const Vector& displacement) {
  Vector forces = Vector::Zero(displacement.size());
  for (const auto& facet : model.pressures) {
    const auto x = placeOf(facet, model.base, displacement);
    for (const auto& point : triangleRule().points) {
      const Eigen::Vector3d a = x.transpose() * point.alongA, b = x.transpose() * point.alongB;
      const Eigen::Vector3d push = -facet.pressure * point.weight * a.cross(b);
      for (int node = 0; node < 6; node++) forces.segment<3>(3 * facet.nodes[node]) += point.shape[node] * push;
    }
  }
  return forces;
}

FacetMatrix pressureStiffness(const PressureFacet& facet, const StaticModel& model, const Vector& displacement,
                              bool symmetric) {
  // f_a = -p w N_a (x_,A x x_,B): df_a/du_b = -p w N_a (N_b,B [x_,A]x - N_b,A [x_,B]x), and the stiffness is minus that.
  const auto x = placeOf(facet, model, displacement);
  FacetMatrix stiffness = FacetMatrix::Zero();
  for (const auto& point : triangleRule().points) {
    const Eigen::Matrix3d a = crossMatrix(x.transpose() * point.alongA), b = crossMatrix(x.transpose() * point.alongB);
    for (int row = 0; row < 6; row++)
      for (int column = 0; column < 6; column++)
        stiffness.block<3, 3>(3 * row, 3 * column) +=
            facet.pressure * point.weight * point.shape[row] * (point.alongB[column] * a - point.alongA[column] * b);
  }
  if (!symmetric) return stiffness;
  return 0.5 * (stiffness + stiffness.transpose());
}

}  // namespace artificer
