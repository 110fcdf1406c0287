#pragma once

#include <vector>

#include "common/run_control.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** A 3x3 block between two nodes (either order); its transpose belongs to (nodeB, nodeA). */
struct CoupledBlock {
  int nodeA, nodeB;
  Eigen::Matrix3d block;
};

/** A sparse matrix T of 3x3 blocks by rows, of which most are multiples of the identity and cost no more than that. */
class BlockTransformation {
 public:
  BlockTransformation() = default;
  BlockTransformation(int rows, int columns) : columns_(columns) { start_.reserve(rows + 1); }

  struct Term {
    int column;
    int matrix;  // which of the kept matrices, or -1 for scale * identity
    double scale;
  };

  /** Rows are appended in order: terms first, then `endRow`. */
  void add(int column, double scale) { terms_.push_back({column, -1, scale}); }
  void add(int column, const Eigen::Matrix3d& factor);
  void endRow() { start_.push_back(static_cast<std::int64_t>(terms_.size())); }

  int rows() const { return static_cast<int>(start_.size()) - 1; }
  int columns() const { return columns_; }
  const Term* begin(int row) const { return terms_.data() + start_[row]; }
  const Term* end(int row) const { return terms_.data() + start_[row + 1]; }
  Eigen::Matrix3d factor(const Term& term) const {
    return term.matrix < 0 ? Eigen::Matrix3d(term.scale * Eigen::Matrix3d::Identity()) : matrices_[term.matrix];
  }
  /** sum += block * T_jb */
  void addProduct(const Eigen::Matrix3d& block, const Term& right, Eigen::Matrix3d& sum) const;
  /** sum += T_ia^T * block */
  void addTransposedProduct(const Term& left, const Eigen::Matrix3d& block, BlockMap sum) const;

  /** y += T x */
  void multiplyAdd(const Vector& x, Vector& y, ThreadTeam& team) const;
  /** y = T^T x */
  void multiplyTransposed(const Vector& x, Vector& y) const;

 private:
  int columns_ = 0;
  std::vector<std::int64_t> start_{0};
  std::vector<Term> terms_;
  std::vector<Eigen::Matrix3d> matrices_;
};

/**
 * T^T (A + further) T with its own pattern (Gustavson 1978): symmetric, and positive definite where A is and T has full
 * column rank. Every column of T keeps a diagonal block, be it zero. `further` may couple rows outside A's pattern.
 */
SymmetricBlockMatrix congruence(const SymmetricBlockMatrix& matrix, const std::vector<CoupledBlock>& further,
                                const BlockTransformation& transformation, ThreadTeam& team,
                                const RunControl& control);

}  // namespace artificer
