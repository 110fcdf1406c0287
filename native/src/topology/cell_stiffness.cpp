#include <cmath>

#include "topology/layered_grid.hpp"

namespace artificer {

namespace {

/** Isotropic, Young's modulus 1: xx, yy, zz, xy, yz, zx; of plane stress xx, yy, xy. */
Eigen::MatrixXd elasticity(double poisson, bool plane) {
  if (plane) {
    Eigen::MatrixXd d = Eigen::MatrixXd::Zero(3, 3);
    const double factor = 1 / (1 - poisson * poisson);
    d(0, 0) = d(1, 1) = factor;
    d(0, 1) = d(1, 0) = factor * poisson;
    d(2, 2) = 1 / (2 * (1 + poisson));
    return d;
  }
  Eigen::MatrixXd d = Eigen::MatrixXd::Zero(6, 6);
  const double shear = 1 / (2 * (1 + poisson)), lame = poisson / ((1 + poisson) * (1 - 2 * poisson));
  d.topLeftCorner(3, 3).setConstant(lame);
  for (int i = 0; i < 3; i++) {
    d(i, i) += 2 * shear;
    d(3 + i, 3 + i) = shear;
  }
  return d;
}

/** Strain of a displacement in direction `axis` whose gradient is `gradient`. */
void addColumn(Eigen::MatrixXd& strain, int column, int axis, const Eigen::Vector3d& gradient, bool plane) {
  strain(axis, column) = gradient[axis];
  if (plane) {
    strain(2, column) = gradient[1 - axis];
    return;
  }
  // Rows 3, 4, 5 are xy, yz, zx: each joins an axis with the next one.
  strain(3 + axis, column) = gradient[(axis + 1) % 3];
  strain(3 + (axis + 2) % 3, column) = gradient[(axis + 2) % 3];
}

}  // namespace

Eigen::MatrixXd cellStiffness(const LayeredGridModel& model) {
  const bool plane = model.layers == 0;
  const int axes = plane ? 2 : 3, nodes = 1 << axes, own = axes * nodes, modes = model.bending ? axes * axes : 0;
  const Eigen::Vector3d half(model.cellX / 2, model.cellY / 2, plane ? 1 : model.depth / model.layers / 2);
  const Eigen::MatrixXd d = elasticity(model.poisson, plane);
  const double volume = half[0] * half[1] * (plane ? model.depth : half[2]);
  Eigen::MatrixXd full = Eigen::MatrixXd::Zero(own + modes, own + modes);
  const double gauss = 1 / std::sqrt(3.0);
  for (int point = 0; point < nodes; point++) {
    const auto sign = [&](int corner, int axis) { return (corner >> (axes - 1 - axis)) & 1 ? 1.0 : -1.0; };
    Eigen::MatrixXd strain = Eigen::MatrixXd::Zero(d.rows(), own + modes);
    for (int node = 0; node < nodes; node++) {
      Eigen::Vector3d gradient = Eigen::Vector3d::Zero();
      for (int axis = 0; axis < axes; axis++) {
        double value = sign(node, axis) / (2 * half[axis]);
        for (int other = 0; other < axes; other++)
          if (other != axis) value *= (1 + sign(node, other) * sign(point, other) * gauss) / 2;
        gradient[axis] = value;
      }
      for (int axis = 0; axis < axes; axis++) addColumn(strain, axes * node + axis, axis, gradient, plane);
    }
    for (int mode = 0; mode < modes; mode++) {
      // 1 - s^2 along one axis: its gradient is -2 s there.
      Eigen::Vector3d gradient = Eigen::Vector3d::Zero();
      gradient[mode / axes] = -2 * sign(point, mode / axes) * gauss / half[mode / axes];
      addColumn(strain, own + mode, mode % axes, gradient, plane);
    }
    full += volume * strain.transpose() * d * strain;
  }
  if (modes == 0) return full;
  const Eigen::MatrixXd coupling = full.topRightCorner(own, modes);
  return full.topLeftCorner(own, own) -
         coupling * full.bottomRightCorner(modes, modes).llt().solve(coupling.transpose());
}

}  // namespace artificer
