#include "elasticity/element_stiffness.hpp"

namespace artificer {

namespace {

const std::array<tet10::Gradients, tet10::GAUSS_POINTS>& gaussGradients() {
  static const std::array<tet10::Gradients, tet10::GAUSS_POINTS> gradients = [] {
    std::array<tet10::Gradients, tet10::GAUSS_POINTS> built;
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) built[q] = tet10::localGradients(tet10::gaussPoint(q));
    return built;
  }();
  return gradients;
}

void isotropicStiffness(const ElementGeometry& geometry, const Elasticity& elasticity, ElementMatrix& stiffness) {
  // With G_ab = sum of w grad N_a (x) grad N_b, isotropy gives K_ab = lambda G_ab + mu (G_ab^T + tr(G_ab) I):
  // one rank-4 product does nearly all the arithmetic.
  Eigen::Matrix<double, tet10::DOFS, tet10::GAUSS_POINTS> stacked, weighted;
  for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
    for (int a = 0; a < tet10::NODES; a++)
      for (int axis = 0; axis < 3; axis++) stacked(3 * a + axis, q) = geometry.gradients[q](a, axis);
    weighted.col(q) = geometry.weight[q] * stacked.col(q);
  }
  ElementMatrix products;
  for (int column = 0; column < tet10::DOFS; column++)
    products.col(column) = weighted.col(0) * stacked(column, 0) + weighted.col(1) * stacked(column, 1) +
                           weighted.col(2) * stacked(column, 2) + weighted.col(3) * stacked(column, 3);

  const double lambda = elasticity.lambda(), mu = elasticity.shearModulus();
  for (int b = 0; b < tet10::NODES; b++)
    for (int a = b; a < tet10::NODES; a++) {
      const Eigen::Matrix3d g = products.block<3, 3>(3 * a, 3 * b);
      Eigen::Matrix3d k = lambda * g + mu * g.transpose();
      k.diagonal().array() += mu * g.trace();
      stiffness.block<3, 3>(3 * a, 3 * b) = k;
      if (a != b) stiffness.block<3, 3>(3 * b, 3 * a) = k.transpose();
    }
}

/** B of strain = B u at one point. */
Eigen::Matrix<double, 6, tet10::DOFS> strainMatrix(const tet10::Gradients& g) {
  Eigen::Matrix<double, 6, tet10::DOFS> b = Eigen::Matrix<double, 6, tet10::DOFS>::Zero();
  for (int a = 0; a < tet10::NODES; a++) {
    for (int axis = 0; axis < 3; axis++) b(axis, 3 * a + axis) = g(a, axis);
    b(3, 3 * a) = b(4, 3 * a + 2) = g(a, 1);
    b(3, 3 * a + 1) = b(5, 3 * a + 2) = g(a, 0);
    b(4, 3 * a + 1) = b(5, 3 * a) = g(a, 2);
  }
  return b;
}

void addGeneralStiffness(const tet10::Gradients& gradients, double weight, const Matrix6& d, ElementMatrix& stiffness) {
  const auto b = strainMatrix(gradients);
  const Eigen::Matrix<double, 6, tet10::DOFS> stressOf = weight * d * b;
  stiffness.noalias() += b.transpose() * stressOf;
}

}  // namespace

const std::array<tet10::Shape, tet10::GAUSS_POINTS>& gaussShapes() {
  static const std::array<tet10::Shape, tet10::GAUSS_POINTS> shapes = [] {
    std::array<tet10::Shape, tet10::GAUSS_POINTS> built;
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) built[q] = tet10::shape(tet10::gaussPoint(q));
    return built;
  }();
  return shapes;
}

ElementGeometry elementGeometry(const tet10::Coordinates& x) {
  ElementGeometry geometry;
  for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
    const auto& local = gaussGradients()[q];
    const Eigen::Matrix3d jacobian = tet10::jacobian(x, local);
    geometry.gradients[q].noalias() = local * jacobian.inverse();
    geometry.weight[q] = jacobian.determinant() * tet10::GAUSS_WEIGHT;
  }
  return geometry;
}

void elementStiffness(const StaticModel& model, int e, const ElementGeometry& geometry, ElementMatrix& stiffness) {
  const bool varies = model.materialOf(e).dependsOnTemperature() && !model.temperatureChange.empty();
  const PointMaterial first = materialAt(model, e, gaussShapes()[0]);
  if (!varies && first.elasticity.isIsotropic()) {
    isotropicStiffness(geometry, first.elasticity, stiffness);
    return;
  }
  stiffness.setZero();
  Matrix6 d = first.elasticity.stiffness();
  for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
    if (varies && q > 0) d = materialAt(model, e, gaussShapes()[q]).elasticity.stiffness();
    addGeneralStiffness(geometry.gradients[q], geometry.weight[q], d, stiffness);
  }
}

tet10::Coordinates thermalForces(const StaticModel& model, const std::vector<double>& temperatureChange, int e,
                                 const ElementGeometry& geometry) {
  tet10::Coordinates forces = tet10::Coordinates::Zero();
  for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
    const PointMaterial material = materialAt(model, temperatureChange, e, gaussShapes()[q]);
    const Eigen::Matrix3d held = stressMatrix(material.elasticity.stress(material.thermalStrain));
    forces += geometry.weight[q] * geometry.gradients[q] * held;
  }
  return forces;
}

Eigen::Matrix3d stressMatrix(const Tensor& s) {
  Eigen::Matrix3d sigma;
  sigma << s[0], s[3], s[5], s[3], s[1], s[4], s[5], s[4], s[2];
  return sigma;
}

Tensor strainOf(const tet10::Gradients& gradients, const tet10::Coordinates& displacement) {
  const Eigen::Matrix3d h = displacement.transpose() * gradients;  // du_i/dx_j
  Tensor strain;
  strain << h(0, 0), h(1, 1), h(2, 2), h(0, 1) + h(1, 0), h(1, 2) + h(2, 1), h(2, 0) + h(0, 2);
  return strain;
}

}  // namespace artificer
