#pragma once

#include <vector>

#include "constraints/elimination.hpp"
#include "sparse/congruence.hpp"

namespace artificer {

/**
 * Constraint equations ready for use: u = T u_reduced + offset, exactly. The reduced problem has the same node count and
 * numbering; a dependent degree of freedom stays as a row that holds nothing but its diagonal and is to be treated like a
 * restrained one of value zero. T^T K T of a symmetric positive definite K is so too: stiffness, mass, geometric stiffness
 * and conductivity all go through `reduce`. Vectors and blocks are in the local axes of framed nodes, as assembled.
 *
 * The pivots depend on which degrees of freedom are fixed, not on the values there; restraints are put in after `reduce`,
 * by whatever puts them into an unconstrained system.
 */
class ConstraintSet {
 public:
  ConstraintSet() = default;
  /** @param fixed 3 a node; may be longer-lived or not, nothing refers to the arguments afterwards. */
  ConstraintSet(int nodeCount, const ConstraintEquations& equations, const FrameTable& frames,
                const std::vector<char>& fixed);

  bool empty() const { return resolved_.rows.empty() && resolved_.checks.empty(); }

  /** Whether a degree of freedom is given by others. False everywhere in an empty set. */
  bool isDependent(int dof) const { return !dependent_.empty() && dependent_[dof] != 0; }
  /** Whether any axis of a node is given by others. */
  bool touches(int node) const {
    return isDependent(3 * node) || isDependent(3 * node + 1) || isDependent(3 * node + 2);
  }

  /** T by nodes: the terms of a node's displacement, itself among them as far as some of its axes are free. */
  const BlockTransformation& transformation() const { return transformation_; }

  /** T^T (K + further) T with its own pattern. `further` may couple nodes outside K's pattern. */
  SymmetricBlockMatrix reduce(const SymmetricBlockMatrix& matrix, const std::vector<CoupledBlock>& further,
                              ThreadTeam& team, const RunControl& control) const;
  /** T^T f, in place: zero at dependent degrees of freedom. */
  void reduce(Vector& values) const;
  /** T u, in place: fills dependent degrees of freedom from the others (without the offset). */
  void expand(Vector& values) const;
  /** What is to be added to T u, for right-hand sides `constants` (one an equation), mm. */
  Vector offset(const std::vector<double>& constants) const;

  /**
   * Throws CoreError 'contradicting-constraints' where prescribed values and right-hand sides cannot all be true.
   * @param prescribed per degree of freedom, only read at fixed ones.
   */
  void requireConsistent(const std::vector<double>& constants, const Vector& prescribed) const;

  /**
   * Lagrange multipliers: the generalised force with which each equation acts on the structure is
   * coefficient * multiplier at each of its terms. @param residual K u - f at every degree of freedom (local axes).
   */
  std::vector<double> multipliers(const Vector& residual) const;

  /** Forces that equations with these multipliers put on all nodes, N, global axes. */
  static Vector forces(const ConstraintEquations& equations, const std::vector<double>& multipliers, int nodeCount);

 private:
  int nodeCount_ = 0, equationCount_ = 0;
  ResolvedEquations resolved_;
  std::vector<char> dependent_;  // per degree of freedom
  BlockTransformation transformation_;
};

}  // namespace artificer
