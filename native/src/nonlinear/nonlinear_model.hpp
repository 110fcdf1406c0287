#pragma once

#include <array>

#include "elasticity/static_model.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** A 6-node side under a pressure that stays normal to it as it moves and stretches (a follower load). */
struct PressureFacet {
  std::array<int, 6> nodes;  // corners, then midsides 01, 12, 20; outward
  double pressure;           // MPa, pushes against the outward normal
};

/**
 * A static model whose displacements may be large. At load factor t from 0 to 1, t times the model's forces, gravity
 * (dead loads: they keep direction and size), pressures (follower loads), prescribed displacements and temperature change
 * act; elastic supports keep their axes. Constraint equations hold at any displacement, as they stand: it is for those who
 * write them to write none that would be true for small rotations only.
 */
struct NonlinearModel {
  StaticModel base;
  std::vector<PressureFacet> pressures;
};

/** Nodal forces of the pressures on the facets as displaced, N, for a load factor of 1 (7-point rule, degree 5). */
Vector pressureForces(const NonlinearModel& model, const Vector& displacement);

/**
 * The change of a facet's pressure forces with its displacements, times -1, made symmetric: its unsymmetric part comes
 * from the rim of the loaded surface alone, and vanishes where that is closed or held (Schweizerhof and Ramm 1984).
 */
using FacetMatrix = Eigen::Matrix<double, 18, 18>;
FacetMatrix pressureStiffness(const PressureFacet& facet, const StaticModel& model, const Vector& displacement,
                              bool symmetric = true);

}  // namespace artificer
