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

  const SymbolicFactor& symbolic() const { return symbolic_; }

 private:
  struct Workspace;
  void splitTree();
  void factoriseSupernode(const SymmetricBlockMatrix& matrix, int s, Workspace& workspace, ThreadTeam* team,
                          const RunControl& control);
  void forward(int s, double* y, double* outside, Vector& scratch) const;
  void backward(int s, double* y, Vector& scratch) const;

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
  std::vector<Vector> outside_;  // per member: what subtrees hand up in a forward solve
  Vector work_;
};

}  // namespace artificer
