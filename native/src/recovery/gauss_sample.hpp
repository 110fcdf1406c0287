#pragma once

#include "elasticity/element_stiffness.hpp"

namespace artificer {

/** Stress at one integration point. */
struct GaussSample {
  Eigen::Vector3d point;
  double weight;   // mm^3
  Tensor stress;   // MPa
};

}  // namespace artificer
