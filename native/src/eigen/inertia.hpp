#pragma once

#include "common/run_control.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/**
 * Number of negative eigenvalues of a symmetric block matrix: that of negative pivots of its factorisation L D L^T
 * (Sylvester's law of inertia). The factor is not kept. Restrained rows must hold a positive diagonal.
 */
int negativePivots(const SymmetricBlockMatrix& matrix, ThreadTeam& team, const RunControl& control);

}  // namespace artificer
