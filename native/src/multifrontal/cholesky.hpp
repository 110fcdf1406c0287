#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "common/run_control.hpp"
#include "multifrontal/front_storage.hpp"
#include "sparse/vector_block.hpp"

namespace artificer {

/** Which matrices are factorised, and whether the factor is kept. */
enum class FactorKind { positiveDefinite, inertiaOnly };

/**
 * Multifrontal Cholesky factorisation of a symmetric positive definite block matrix (Duff and Reid 1983; Liu 1992).
 * Subtrees of the elimination tree go to the team's members whole; above them the team shares each large front.
 */
class MultifrontalCholesky {
 public:
  /** @param onProgress share of the arithmetic done, 0..1; called on the leading thread. Throws 'singular'. */
  MultifrontalCholesky(const SymmetricBlockMatrix& matrix, SymbolicFactor symbolic, ThreadTeam& team,
                       const RunControl& control, const std::function<void(double)>& onProgress = {},
                       FactorKind kind = FactorKind::positiveDefinite);

  /** Of a matrix factorised for its inertia, which may be indefinite (1x1 pivots in the given order, L S L^T). */
  int negativePivots() const { return negativePivots_; }

  /**
   * x = A^-1 b for `count` right-hand sides, one after the other in memory; b and x may be the same. A factor is read once
   * for all of them. Not to be called from two threads at once.
   */
  void solve(const double* b, double* x, int count = 1);
  /** x = A^-1 x for all vectors of the block. */
  void solve(VectorBlock& x);

  const SymbolicFactor& symbolic() const { return symbolic_; }

 private:
  struct Workspace;
  void factoriseSupernode(const SymmetricBlockMatrix& matrix, int s, int member, Workspace& workspace, ThreadTeam* team,
                          const RunControl& control);
  using Columns = Eigen::MatrixXd;
  void forward(int s, Columns& y, Columns* outside, Columns& scratch) const;
  void backward(int s, Columns& y, Columns& scratch) const;

  SymbolicFactor symbolic_;
  ThreadTeam& team_;
  TreeSplit split_;
  std::unique_ptr<FrontStorage> storage_;
  std::vector<Columns> outside_;  // per member: what subtrees hand up in a forward solve
  Columns work_;
  FactorKind kind_;
  std::atomic<int> negativePivots_{0};
};

}  // namespace artificer
