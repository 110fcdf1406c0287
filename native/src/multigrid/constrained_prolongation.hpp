#pragma once

#include <array>

#include "elasticity/assembly.hpp"

namespace artificer {

/**
 * From the linear (T4) space with the constraints put in to the reduced quadratic unknowns. A midside node lies between two
 * corners; a corner that depends on others is replaced by them, and these by their own corners. Nodes of no element are
 * unknowns of both spaces. Restrained and dependent degrees of freedom have no part in it.
 *
 * @param parents coarse numbers of the corners each node lies between (the same twice at a corner, -1 for neither)
 * @param fineOf fine number of each coarse node
 */
BlockTransformation constrainedProlongation(const LinearSystem& system, const std::vector<std::array<int, 2>>& parents,
                                            const std::vector<int>& fineOf);

}  // namespace artificer
