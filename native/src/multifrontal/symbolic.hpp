#pragma once

#include <vector>

#include "sparse/block_matrix.hpp"

namespace artificer {

/** A run of columns of the factor that share their row structure. All numbers count block rows in elimination order. */
struct Supernode {
  int firstColumn = 0;
  int columnCount = 0;
  std::vector<int> rows;      // below the columns, ascending
  int parent = -1;
  std::vector<int> children;
  double work = 0;            // floating-point operations of this front alone
};

/** Where a block of the matrix goes: below the diagonal of a pivot column, in elimination order. */
struct PivotEntry {
  int row;
  bool transposed;
  std::int64_t block;  // position in the matrix
};

/** What a Cholesky factorisation will look like, before any number is computed. */
struct SymbolicFactor {
  std::vector<int> order;      // order[k]: the row eliminated k-th
  std::vector<int> position;   // inverse of order
  std::vector<Supernode> supernodes;  // in postorder: children come before parents
  std::vector<std::int64_t> entryStart;  // entries of pivot column k: entries[entryStart[k] .. entryStart[k + 1]]
  std::vector<PivotEntry> entries;
  double factorEntries = 0;    // scalars kept in the factor
  double work = 0;

  /** Largest sum of update matrices alive at once in a postorder traversal, scalars. */
  double peakUpdateEntries() const;
};

/**
 * Elimination tree (Liu 1990), postorder, fundamental supernodes relaxed where a little fill buys larger dense blocks
 * (Ashcraft and Grimes 1989).
 */
SymbolicFactor analyse(const SymmetricBlockMatrix& matrix, std::vector<int> order);

}  // namespace artificer
