#pragma once

#include <functional>
#include <memory>

#include "common/run_control.hpp"
#include "multifrontal/symbolic.hpp"

namespace artificer {

/**
 * Multifrontal Cholesky factorisation of a symmetric positive definite block matrix (Duff and Reid 1983; Liu 1992).
 * Subtrees of the elimination tree go to the team's members whole; above them the team shares each large front.
 */
class MultifrontalCholesky {
 public:
  /** @param onProgress share of the arithmetic done, 0..1; called on the leading thread. Throws 'singular'. */
  MultifrontalCholesky(const SymmetricBlockMatrix& matrix, SymbolicFactor symbolic, ThreadTeam& team,
                       const RunControl& control, const std::function<void(double)>& onProgress = {});

  /** x = A^-1 b; b and x may be the same. Not to be called from two threads at once. */
  void solve(const double* b, double* x);
  /** x = A^-1 x for all vectors of the block: the factor is read once. */
  void solve(VectorBlock& x);

  const SymbolicFactor& symbolic() const { return symbolic_; }

 private:
  struct Workspace;
  void splitTree();
  void factoriseSupernode(const SymmetricBlockMatrix& matrix, int s, Workspace& workspace, ThreadTeam* team,
                          const RunControl& control);
  /** Values of some rows of the vectors, `Columns` of them or, with Eigen::Dynamic, as many as there are. */
  template <int Columns>
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Columns, Columns == 1 ? Eigen::ColMajor : Eigen::RowMajor>;
  template <int Columns>
  void solveColumns(double* x, Eigen::Index columns);
  template <int Columns>
  void forward(int s, double* y, double* outside, Rows<Columns>& scratch) const;
  template <int Columns>
  void backward(int s, double* y, Rows<Columns>& scratch) const;

  SymbolicFactor symbolic_;
  ThreadTeam& team_;
  std::vector<std::vector<double>> panels_;   // per supernode: the factor's columns
  std::vector<std::vector<double>> updates_;  // per supernode: its Schur complement until the parent takes it
  /** Supernodes [first, last] of independent subtrees, heaviest first, and the supernodes above them all. */
  struct Subtree {
    int first, last;
    double work;
  };
  std::vector<Subtree> subtrees_;
  std::vector<int> top_;
  std::vector<std::vector<double>> outside_;  // per member: what subtrees hand up in a forward solve
  std::vector<double> work_;
};

}  // namespace artificer
