#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Dense>

#include "common/large_vector.hpp"
#include "common/thread_team.hpp"
#include "sparse/vector_block.hpp"

namespace artificer {

using Vector = Eigen::VectorXd;
using BlockMap = Eigen::Map<Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>;
using ConstBlockMap = Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>;

/**
 * A symmetric sparse matrix of 3x3 blocks (row-major), of which the lower triangle is kept by rows, columns ascending:
 * the last block of a row is its diagonal block. Half the memory, and half the traffic, of keeping all.
 */
struct SymmetricBlockMatrix {
  int rows = 0;
  std::vector<std::int64_t> rowStart;
  LargeVector<int> column;
  LargeVector<double> values;

  /** Builds the pattern of a mesh: nodes couple where they share an element. */
  static SymmetricBlockMatrix ofMesh(int nodeCount, const std::vector<int>& elements, int nodesPerElement,
                                     ThreadTeam& team);

  std::int64_t blocks() const { return static_cast<std::int64_t>(column.size()); }
  double* block(std::int64_t position) { return &values[9 * position]; }
  const double* block(std::int64_t position) const { return &values[9 * position]; }
  double* diagonal(int row) { return block(rowStart[row + 1] - 1); }
  const double* diagonal(int row) const { return block(rowStart[row + 1] - 1); }

  /** Position of block (row, column), column <= row; -1 where the pattern has none. */
  std::int64_t find(int row, int col) const;
};

/** y = A x with both triangles, on a team: each member owns a range of rows and hands over what falls outside it. */
class SymmetricProduct {
 public:
  SymmetricProduct(const SymmetricBlockMatrix& matrix, ThreadTeam& team);
  void multiply(const double* x, double* y);
  /** The same for several vectors; their number is one of those of `withWidth`. */
  void multiply(const VectorBlock& x, VectorBlock& y);

 private:
  template <int Width>
  void multiplyWide(const double* x, double* y);
  const SymmetricBlockMatrix& matrix_;
  ThreadTeam& team_;
  std::vector<int> firstRow_;                  // per member, and one past the end
  std::vector<int> lowestColumn_;              // per member
  std::vector<std::vector<double>> overflow_;  // contributions to rows before a member's own
};

}  // namespace artificer
