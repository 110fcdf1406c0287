#pragma once

#include <memory>

#include "heat/heat_model.hpp"
#include "heat/scalar_cholesky.hpp"

namespace artificer {

/**
 * Two-level preconditioner for a scalar problem on quadratic tetrahedra: Chebyshev-Jacobi smoothing on the quadratic space
 * (Adams, Brezina, Hu, Tuminaro 2003), an exact solve on the linear (T4) space of the same mesh, whose matrix is the Galerkin
 * product (Sundar, Stadler, Biros 2015).
 */
class ScalarMultigrid : public Preconditioner {
 public:
  /** `matrix` has its fixed rows eliminated and must outlive this. Throws 'singular'. */
  ScalarMultigrid(const HeatModel& model, const ScalarMatrix& matrix, const std::vector<char>& fixed, ThreadTeam& team,
                  const RunControl& control);
  void apply(const Vector& r, Vector& z) override;

 private:
  void findParents(const HeatModel& model);
  ScalarMatrix galerkinProduct(const HeatModel& model) const;
  void smooth(const Vector& b, Vector& x);

  ScalarMatrix matrix_;
  const std::vector<char> fixed_;
  ThreadTeam& team_;
  int coarseCount_ = 0;
  std::vector<std::array<int, 2>> parents_;  // coarse nodes each node lies between (the same twice at a corner)
  Vector inverseDiagonal_;
  double largest_ = 1;
  std::unique_ptr<ScalarCholesky> coarse_;
  Vector product_, direction_, residual_, correction_, coarseResidual_;
};

}  // namespace artificer
