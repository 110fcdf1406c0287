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

/** Values of the shape functions at the Gauss points. */
const std::array<tet10::Shape, tet10::GAUSS_POINTS>& gaussShapes();

/**
 * Stiffness of one element, N/mm; degree of freedom 3*node + axis. 4-point integration, as CalculiX's C3D10 has. The
 * material is taken at the Gauss points' own temperatures.
 */
void elementStiffness(const StaticModel& model, int e, const ElementGeometry& geometry, ElementMatrix& stiffness);

/** Forces that would hold back the thermal expansion: integral of B^T D thermal strain, at the stiffness's own points. */
tet10::Coordinates thermalForces(const StaticModel& model, const std::vector<double>& temperatureChange, int e,
                                 const ElementGeometry& geometry);

/** The tensor as a matrix. */
Eigen::Matrix3d stressMatrix(const Tensor& stress);

/** Strain at a point with the given gradients, of the element's displacements. */
Tensor strainOf(const tet10::Gradients& gradients, const tet10::Coordinates& displacement);

}  // namespace artificer
