#pragma once

#include <functional>

#include "common/run_control.hpp"
#include "elasticity/assembly.hpp"

namespace artificer {

/** A symmetric 3x3 block at one node, global axes. */
struct NodeBlock {
  int node;
  Eigen::Matrix3d block;
};

/**
 * A symmetric matrix that couples equal directions of two nodes by one number, S_ab I_3: the mass and the geometric
 * stiffness of solids are of this kind. It shares the pattern of a matrix of 3x3 blocks and takes a ninth of its memory.
 * What connections add at their own unknowns are whole blocks, kept beside it.
 */
class NodalMatrix {
 public:
  explicit NodalMatrix(const SymmetricBlockMatrix& pattern) : pattern_(&pattern), values_(pattern.column.size(), 0.0) {}

  /** y = S x for 3n values, global axes. */
  void multiply(const double* x, double* y) const;

  const SymmetricBlockMatrix& pattern() const { return *pattern_; }
  std::vector<double>& values() { return values_; }
  const std::vector<double>& values() const { return values_; }
  /** Blocks at single nodes that are no multiples of the identity; none to begin with. */
  std::vector<NodeBlock>& blocks() { return blocks_; }
  const std::vector<NodeBlock>& blocks() const { return blocks_; }
  bool isZero() const;

 private:
  const SymmetricBlockMatrix* pattern_;
  std::vector<double> values_;
  std::vector<NodeBlock> blocks_;
};

/**
 * system.stiffness += factor S at free degrees of freedom, in the axes of the system's framed nodes and, where there are
 * constraint equations, reduced by them as the stiffness was.
 */
void addToStiffness(const NodalMatrix& matrix, double factor, LinearSystem& system, ThreadTeam& team,
                    const RunControl& control);

/** Consistent mass, tonne: exact for straight-sided elements (27-point rule). Works on the pattern of the mesh. */
NodalMatrix massMatrix(const StaticModel& model, const SymmetricBlockMatrix& pattern, ThreadTeam& team,
                       RunControl& control);

/**
 * Geometric (initial-stress) stiffness, N/mm: S_ab = integral of grad N_a . sigma grad N_b, with the stress of the given
 * displacement (3n, mm, global axes) and the model's temperature change at the stiffness's own integration points.
 * Source: Cook, Malkus, Plesha, Witt, Concepts and Applications of Finite Element Analysis (2002), section 18.
 */
NodalMatrix geometricStiffness(const StaticModel& model, const SymmetricBlockMatrix& pattern, const Vector& displacement,
                               ThreadTeam& team, RunControl& control);

}  // namespace artificer
