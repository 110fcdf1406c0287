#pragma once

#include "eigen/multi_vector.hpp"
#include "elasticity/static_model.hpp"

namespace artificer {

/**
 * Fills in what constraint equations make of the unknowns beyond the elements (bulges of a mortar, reference points, stretches)
 * when the elements move as given: by least squares of the equations' defects, which is exact wherever they can be met. So a
 * motion of bonded bodies as one is recognised as such, whatever helps to bond them.
 *
 * @param partOf negative for nodes of no element
 * @param motions displacements by column, 3 a node, global axes; rows of nodes of no element are written
 */
void completeMotions(const StaticModel& model, const std::vector<int>& partOf, MultiVector& motions);

}  // namespace artificer
