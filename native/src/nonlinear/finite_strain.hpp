#pragma once

#include "elasticity/element_stiffness.hpp"

namespace artificer {

/**
 * Total Lagrangian kinematics and St. Venant-Kirchhoff elasticity at one integration point (Bonet and Wood 2008,
 * chapters 4, 6 and 9): the second Piola-Kirchhoff stress is linear in the Green-Lagrange strain. Tensors as elsewhere:
 * xx, yy, zz, xy, yz, zx with engineering shear strains; gradients are by the coordinates of the undeformed body.
 */
struct FinitePoint {
  Eigen::Matrix3d deformationGradient;  // dx_i/dX_J
  double volumeRatio;                   // its determinant; not positive: turned inside out
  Tensor greenStrain;                   // E = (F^T F - I) / 2
  Tensor stress;                        // S, second Piola-Kirchhoff, MPa
};

using StrainDisplacement = Eigen::Matrix<double, 6, tet10::DOFS>;

/** What a material is at one integration point: D of S = D (E - thermalStrain), MPa. */
struct FiniteMaterial {
  Matrix6 stiffness;
  Tensor thermalStrain;
};
FiniteMaterial finiteMaterial(const StaticModel& model, int element, int gaussPoint, double loadFactor);

/** @param displacement of the element's nodes, mm */
FinitePoint finitePoint(const tet10::Gradients& gradients, const tet10::Coordinates& displacement,
                        const FiniteMaterial& material);

/** dE = B du: the change of the Green-Lagrange strain with the nodal displacements. */
StrainDisplacement strainDisplacement(const tet10::Gradients& gradients, const Eigen::Matrix3d& deformationGradient);

/** Adds weight (B^T D B + grad N_a . S grad N_b I) to an element's tangent; S is `stress`. */
void addTangent(const tet10::Gradients& gradients, const Eigen::Matrix3d& deformationGradient, const Matrix6& stiffness,
                const Tensor& stress, double weight, ElementMatrix& tangent);

/** Cauchy stress F S F^T / det F, MPa. */
Tensor cauchyStress(const FinitePoint& point);
/** True (logarithmic, Hencky) strain ln V, V^2 = F F^T, on the deformed axes; engineering shear. */
Tensor trueStrain(const FinitePoint& point);

}  // namespace artificer
