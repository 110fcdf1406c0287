#pragma once

#include <memory>

#include "sparse/block_matrix.hpp"

namespace artificer {

/** Rows and columns of the lower triangle alone: the values of scalar matrices that share it are kept beside it. */
using ScalarPattern = SymmetricBlockMatrix;

/** Sets of nodes that couple with one another: set i is nodes[start[i] .. start[i + 1]]. */
struct NodeSets {
  std::vector<std::int64_t> start{0};
  std::vector<int> nodes;

  void add(const int* first, int count) {
    nodes.insert(nodes.end(), first, first + count);
    start.push_back(static_cast<std::int64_t>(nodes.size()));
  }
};

std::shared_ptr<const ScalarPattern> patternOf(int nodeCount, const NodeSets& sets, ThreadTeam& team);

/** A symmetric matrix with one number an entry. */
struct ScalarMatrix {
  std::shared_ptr<const ScalarPattern> pattern;
  std::vector<double> values;

  explicit ScalarMatrix(std::shared_ptr<const ScalarPattern> shared = nullptr)
      : pattern(std::move(shared)), values(pattern ? pattern->column.size() : 0, 0.0) {}

  int rows() const { return pattern->rows; }
  double diagonal(int row) const { return values[pattern->rowStart[row + 1] - 1]; }
  /** Adds to entry (a, b) and its mirror image, which must be in the pattern. */
  void add(int a, int b, double value) { values[pattern->find(std::max(a, b), std::min(a, b))] += value; }
  /** Keeps only the diagonal of the rows and columns that are fixed; a node of no element gets a one there. */
  void eliminate(const std::vector<char>& fixed);
};

/** y += A x for the lower triangle `lower` and the upper one `upper` (the same for a symmetric matrix). */
void addProduct(const ScalarPattern& pattern, const std::vector<double>& lower, const std::vector<double>& upper,
                const double* x, double* y, ThreadTeam& team);

inline void addProduct(const ScalarMatrix& matrix, const double* x, double* y, ThreadTeam& team) {
  addProduct(*matrix.pattern, matrix.values, matrix.values, x, y, team);
}

}  // namespace artificer
