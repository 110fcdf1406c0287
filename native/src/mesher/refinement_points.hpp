#pragma once

#include <vector>

#include "mesher/geometry.hpp"
#include "mesher/options.hpp"

namespace artificer::mesher {

/** An upper bound of the element size at a point, scaled. */
struct SizeAtPoint {
  gp_Pnt point;
  double size;
};

/** Spreads refinements (already scaled) over points no farther apart than their size. Throws 'bad-options'. */
std::vector<SizeAtPoint> refinementPoints(const Geometry& geometry, const std::vector<Refinement>& refinements);

}  // namespace artificer::mesher
