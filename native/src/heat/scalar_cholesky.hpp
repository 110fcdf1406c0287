#pragma once

#include <functional>
#include <memory>

#include "common/run_control.hpp"
#include "heat/scalar_matrix.hpp"
#include "multifrontal/front_storage.hpp"

namespace artificer {

/** Something that takes a residual to a correction: an exact or an approximate inverse of a symmetric matrix. */
class Preconditioner {
 public:
  virtual ~Preconditioner() = default;
  virtual void apply(const Vector& r, Vector& z) = 0;
};

/**
 * Multifrontal Cholesky factorisation of a symmetric positive definite scalar matrix: the twin of MultifrontalCholesky with
 * one unknown a node. The symbolic part depends on the pattern alone and is shared by all matrices that have it.
 */
class ScalarCholesky : public Preconditioner {
 public:
  /** @param onProgress share of the arithmetic done, 0..1; called on the leading thread. Throws 'singular'. */
  ScalarCholesky(const ScalarMatrix& matrix, std::shared_ptr<const SymbolicFactor> symbolic, ThreadTeam& team,
                 const RunControl& control, const std::function<void(double)>& onProgress = {});

  /** x = A^-1 b; they may be the same. Not to be called from two threads at once. */
  void solve(const double* b, double* x);
  void apply(const Vector& r, Vector& z) override {
    z.resize(r.size());
    solve(r.data(), z.data());
  }

 private:
  struct Workspace;
  void factoriseSupernode(const ScalarMatrix& matrix, int s, int member, Workspace& workspace, ThreadTeam* team,
                          const RunControl& control);
  void forward(int s, double* y, double* outside, Vector& scratch) const;
  void backward(int s, double* y, Vector& scratch) const;

  std::shared_ptr<const SymbolicFactor> symbolic_;
  ThreadTeam& team_;
  TreeSplit split_;
  std::unique_ptr<FrontStorage> storage_;
  std::vector<Vector> outside_, scratch_;
  Vector work_;
};

}  // namespace artificer
