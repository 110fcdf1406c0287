#pragma once

#include <memory>

#include "eigen/davidson.hpp"
#include "eigen/nodal_matrix.hpp"
#include "elasticity/numbering.hpp"
#include "elasticity/static_solver.hpp"
#include "multifrontal/cholesky.hpp"
#include "multigrid/p_multigrid.hpp"

namespace artificer {

/** What vibration and buckling share: the model in a good order, its equations, and products with blocks of vectors. */
class EigenSystem {
 public:
  /** Prescribed displacements count as zero. `model` must have been validated. */
  EigenSystem(const StaticModel& model, ThreadTeam& team, RunControl& control);
  EigenSystem(const EigenSystem&) = delete;

  const StaticModel& model() const { return renumbered_.model; }
  LinearSystem& system() { return system_; }
  const LinearSystem& system() const { return system_; }
  ThreadTeam& team() { return team_; }
  RunControl& control() { return control_; }
  Eigen::Index unknowns() const { return 3 * static_cast<Eigen::Index>(model().nodeCount()); }
  int freeUnknowns() const;

  /** A displacement of the caller, 3n in its order and global axes, in the order in use; axes stay global. */
  Vector fromCaller(const std::vector<double>& values) const;
  /** Blocks at nodes of the caller's order, likewise. */
  std::vector<NodeBlock> fromCaller(const std::vector<NodeBlock>& blocks) const;
  /** The other way. */
  void toCaller(const Vector& values, double* out) const;
  std::vector<double> elementsToCaller(const std::vector<double>& values) const;
  const std::vector<int>& nodeOf() const { return renumbered_.nodeOf; }

  /** y = K x with the restrained rows and columns left out; in the axes of the equations. */
  void multiplyStiffness(const MultiVector& x, MultiVector& y);
  /** y = factor S x likewise, T^T S T x where there are constraint equations. */
  void multiplyNodal(const NodalMatrix& matrix, double factor, const MultiVector& x, MultiVector& y) const;

  /** Random numbers that are the same from run to run; zero at restrained degrees of freedom. */
  MultiVector randomBlock(int count);

  /** The pattern of the mesh, without what constraints couple. */
  const SymmetricBlockMatrix& meshPattern() const { return meshPattern_.rows > 0 ? meshPattern_ : system_.stiffness; }
  /** All displacements in global axes, from a vector of the (reduced) equations. */
  Vector displacements(const MultiVector& x, Eigen::Index column) const;

  /** Zero where the degree of freedom is restrained. */
  void clearRestrained(MultiVector& x) const;

 private:
  ThreadTeam& team_;
  RunControl& control_;
  RenumberedModel renumbered_;
  LinearSystem system_;
  SymmetricBlockMatrix meshPattern_;  // only where constraints give the stiffness another
  std::unique_ptr<SymmetricProduct> product_;
  std::uint32_t random_ = 12345;
};

/** Applies the inverse of the system's stiffness, exactly (by its factor) or nearly (by the p-multigrid). */
class InverseStiffness {
 public:
  InverseStiffness(EigenSystem& system, Method method);
  void apply(const MultiVector& r, MultiVector& z);
  /** x = K^-1 f; by conjugate gradients where there is no factor. Throws 'not-converged'. */
  Vector solve(const Vector& f);
  bool isExact() const { return factor_ != nullptr; }

 private:
  EigenSystem& system_;
  std::unique_ptr<SymmetricProduct> product_;
  std::unique_ptr<MultifrontalCholesky> factor_;
  std::unique_ptr<PMultigrid> multigrid_;
};

/** The same model whose materials do not expand: stress there is that of the displacement alone, at the same temperatures. */
StaticModel withoutExpansion(const StaticModel& model);

/** The method that 'auto' stands for. */
Method eigenMethod(Method asked, int nodeCount);

/**
 * Motions of the model as a rigid body that neither restraints nor elements resist, as columns in the axes of the
 * equations, zero at restrained degrees of freedom: up to six for every part that neither elements nor constraints join.
 */
MultiVector unresistedMotions(EigenSystem& system);

}  // namespace artificer
