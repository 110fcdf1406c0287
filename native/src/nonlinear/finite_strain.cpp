#include "nonlinear/finite_strain.hpp"

#include <cmath>

namespace artificer {

FiniteMaterial finiteMaterial(const StaticModel& model, int element, int gaussPoint, double loadFactor) {
  const PointMaterial material = materialAt(model, element, gaussShapes()[gaussPoint]);
  return {material.elasticity.stiffness(), loadFactor * material.thermalStrain};
}

FinitePoint finitePoint(const tet10::Gradients& gradients, const tet10::Coordinates& displacement,
                        const FiniteMaterial& material) {
  FinitePoint point;
  const Eigen::Matrix3d h = displacement.transpose() * gradients;  // du_i/dX_J
  point.deformationGradient = Eigen::Matrix3d::Identity() + h;
  point.volumeRatio = point.deformationGradient.determinant();
  // From H and not from F^T F - I, which would lose the digits of small strains.
  const Eigen::Matrix3d e = 0.5 * (h + h.transpose() + h.transpose() * h);
  point.greenStrain << e(0, 0), e(1, 1), e(2, 2), 2 * e(0, 1), 2 * e(1, 2), 2 * e(2, 0);
  point.stress = material.stiffness * (point.greenStrain - material.thermalStrain);
  return point;
}

StrainDisplacement strainDisplacement(const tet10::Gradients& gradients, const Eigen::Matrix3d& f) {
  StrainDisplacement b;
  for (int a = 0; a < tet10::NODES; a++) {
    const double x = gradients(a, 0), y = gradients(a, 1), z = gradients(a, 2);
    for (int k = 0; k < 3; k++) {
      auto column = b.col(3 * a + k);
      column[0] = f(k, 0) * x;
      column[1] = f(k, 1) * y;
      column[2] = f(k, 2) * z;
      column[3] = f(k, 0) * y + f(k, 1) * x;
      column[4] = f(k, 1) * z + f(k, 2) * y;
      column[5] = f(k, 2) * x + f(k, 0) * z;
    }
  }
  return b;
}

void addTangent(const tet10::Gradients& gradients, const Eigen::Matrix3d& deformationGradient, const Matrix6& stiffness,
                const Tensor& stress, double weight, ElementMatrix& tangent) {
  const StrainDisplacement b = strainDisplacement(gradients, deformationGradient);
  const StrainDisplacement weighted = weight * (stiffness * b);
  tangent.noalias() += b.transpose() * weighted;
  const Eigen::Matrix<double, tet10::NODES, tet10::NODES> initial =
      weight * gradients * stressMatrix(stress) * gradients.transpose();
  for (int a = 0; a < tet10::NODES; a++)
    for (int c = 0; c < tet10::NODES; c++) tangent.block<3, 3>(3 * a, 3 * c).diagonal().array() += initial(a, c);
}

Tensor cauchyStress(const FinitePoint& point) {
  const auto& f = point.deformationGradient;
  const Eigen::Matrix3d sigma = f * stressMatrix(point.stress) * f.transpose() / point.volumeRatio;
  Tensor stress;
  stress << sigma(0, 0), sigma(1, 1), sigma(2, 2), sigma(0, 1), sigma(1, 2), sigma(2, 0);
  return stress;
}

Tensor trueStrain(const FinitePoint& point) {
  // ln V = R ln U R^T, with ln U = ln(I + 2 E) / 2 by the principal axes of E: log1p keeps the digits of small strains.
  const Tensor& e = point.greenStrain;
  Eigen::Matrix3d green;
  green << e[0], e[3] / 2, e[5] / 2, e[3] / 2, e[1], e[4] / 2, e[5] / 2, e[4] / 2, e[2];
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(green);
  Eigen::Matrix3d log = Eigen::Matrix3d::Zero();
  for (int i = 0; i < 3; i++) {
    const double value = solver.eigenvalues()[i];
    const Eigen::Vector3d turned = point.deformationGradient * solver.eigenvectors().col(i);
    log += 0.5 * std::log1p(2 * value) * turned * turned.transpose() / turned.squaredNorm();
  }
  Tensor strain;
  strain << log(0, 0), log(1, 1), log(2, 2), 2 * log(0, 1), 2 * log(1, 2), 2 * log(2, 0);
  return strain;
}

}  // namespace artificer
