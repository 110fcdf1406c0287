#pragma once

#include "elasticity/static_model.hpp"

namespace artificer {

/** Gradients of the shape functions by x, y, z and the integration weight (det J included), at the 4 Gauss points. */
struct ElementGeometry {
  tet10::Gradients gradients[tet10::GAUSS_POINTS];
  double weight[tet10::GAUSS_POINTS];
};
ElementGeometry elementGeometry(const tet10::Coordinates& x);

using ElementMatrix = Eigen::Matrix<double, tet10::DOFS, tet10::DOFS>;

/** Stiffness of one element, N/mm; degree of freedom 3*node + axis. 4-point integration, as CalculiX's C3D10 has. */
void elementStiffness(const ElementGeometry& geometry, const Material& material, ElementMatrix& stiffness);

/** sigma = D (strain - thermal), components xx, yy, zz, xy, yz, zx, engineering shear. MPa. */
using Tensor = Eigen::Matrix<double, 6, 1>;
Tensor stressOf(const Material& material, const Tensor& strain, double temperatureChange);

/** Total strain that goes with a stress: C^-1 sigma and the thermal part. */
Tensor strainFromStress(const Material& material, const Tensor& stress, double temperatureChange);

/** Strain at a point with the given gradients, of the element's displacements. */
Tensor strainOf(const tet10::Gradients& gradients, const tet10::Coordinates& displacement);

/** sigma : C^-1 : sigma, twice the energy density, MPa. */
double complementaryEnergy(const Material& material, const Tensor& stress);

}  // namespace artificer
