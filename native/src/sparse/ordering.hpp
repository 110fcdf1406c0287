#pragma once

#include <vector>

#include "common/run_control.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/**
 * Fill-reducing order of a matrix's block rows by nested dissection (METIS; Karypis and Kumar 1998): `order[k]` is the
 * row eliminated k-th. METIS itself cannot be interrupted, so it runs on a thread that is left behind when cancelled.
 */
std::vector<int> nestedDissection(const SymmetricBlockMatrix& matrix, const RunControl& control);

}  // namespace artificer
