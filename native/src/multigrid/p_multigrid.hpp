#pragma once

#include <memory>

#include "elasticity/assembly.hpp"
#include "multifrontal/cholesky.hpp"
#include "multigrid/smoother.hpp"

namespace artificer {

/**
 * Two-level preconditioner for quadratic tetrahedra: smoothing on the quadratic space, an exact solve on the linear (T4)
 * space of the same mesh, whose matrix is the Galerkin product (Sundar, Stadler, Biros 2015). Where there are constraint
 * equations the linear space obeys them as far as it can, and its matrix is a general sparse product.
 */
class PMultigrid {
 public:
  PMultigrid(const StaticModel& model, const LinearSystem& system, SymmetricProduct& product, ThreadTeam& team,
             RunControl& control);

  /** z = M r, symmetric and positive definite up to the smoother's single precision. */
  void apply(const Vector& r, Vector& z);
  /** The same for several vectors at once; their number is one of those of `withWidth`. */
  void apply(const VectorBlock& r, VectorBlock& z);

 private:
  void findParents(const StaticModel& model);
  SymmetricBlockMatrix galerkinProduct(const StaticModel& model);
  SymmetricBlockMatrix constrainedGalerkinProduct(const RunControl& control);
  template <int Width>
  void applyWide(const double* r, double* z);
  template <int Width>
  void restrictTo(const double* fine, double* coarse) const;
  template <int Width>
  void prolongTo(const double* coarse, double* fine) const;

  const LinearSystem& system_;
  SymmetricProduct& product_;
  ThreadTeam& team_;
  int coarseCount_ = 0;
  std::vector<std::array<int, 2>> parents_;  // coarse nodes each fine node lies between (the same twice at a corner)
  std::vector<int> fineOf_;                  // fine number of each coarse node
  std::vector<char> coarseFixed_;
  BlockTransformation prolongation_;         // only where there are constraints
  std::unique_ptr<ChebyshevSmoother> smoother_;
  std::unique_ptr<MultifrontalCholesky> coarse_;
  VectorBlock coarseResidual_, correction_, productOf_;
  FloatVectorBlock floatResidual_, floatSolution_, floatProduct_;
};

}  // namespace artificer
