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

}  // namespace

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

void elementStiffness(const ElementGeometry& geometry, const Material& material, ElementMatrix& stiffness) {
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

  const double lambda = material.lambda(), mu = material.shearModulus();
  for (int b = 0; b < tet10::NODES; b++)
    for (int a = b; a < tet10::NODES; a++) {
      const Eigen::Matrix3d g = products.block<3, 3>(3 * a, 3 * b);
      Eigen::Matrix3d k = lambda * g + mu * g.transpose();
      k.diagonal().array() += mu * g.trace();
      stiffness.block<3, 3>(3 * a, 3 * b) = k;
      if (a != b) stiffness.block<3, 3>(3 * b, 3 * a) = k.transpose();
    }
}

Tensor stressOf(const Material& material, const Tensor& strain, double temperatureChange) {
  const double lambda = material.lambda(), mu = material.shearModulus();
  const double thermal = material.thermalExpansion * temperatureChange;
  const double volumetric = strain[0] + strain[1] + strain[2] - 3 * thermal;
  Tensor stress;
  for (int i = 0; i < 3; i++) stress[i] = lambda * volumetric + 2 * mu * (strain[i] - thermal);
  for (int i = 3; i < 6; i++) stress[i] = mu * strain[i];
  return stress;
}

Tensor strainFromStress(const Material& material, const Tensor& stress, double temperatureChange) {
  const double e = material.youngsModulus, nu = material.poissonsRatio;
  const double trace = stress[0] + stress[1] + stress[2], thermal = material.thermalExpansion * temperatureChange;
  Tensor strain;
  for (int i = 0; i < 3; i++) strain[i] = ((1 + nu) * stress[i] - nu * trace) / e + thermal;
  for (int i = 3; i < 6; i++) strain[i] = stress[i] / material.shearModulus();
  return strain;
}

Tensor strainOf(const tet10::Gradients& gradients, const tet10::Coordinates& displacement) {
  const Eigen::Matrix3d h = displacement.transpose() * gradients;  // du_i/dx_j
  Tensor strain;
  strain << h(0, 0), h(1, 1), h(2, 2), h(0, 1) + h(1, 0), h(1, 2) + h(2, 1), h(2, 0) + h(0, 2);
  return strain;
}

double complementaryEnergy(const Material& material, const Tensor& s) {
  const double nu = material.poissonsRatio;
  const double direct = s[0] * s[0] + s[1] * s[1] + s[2] * s[2] - 2 * nu * (s[0] * s[1] + s[1] * s[2] + s[2] * s[0]);
  const double shear = 2 * (1 + nu) * (s[3] * s[3] + s[4] * s[4] + s[5] * s[5]);
  return (direct + shear) / material.youngsModulus;
}

}  // namespace artificer
