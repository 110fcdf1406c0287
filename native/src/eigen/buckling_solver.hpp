#pragma once

#include <atomic>

#include "eigen/nodal_matrix.hpp"
#include "elasticity/static_solver.hpp"

namespace artificer {

struct BucklingOptions {
  SolveOptions solve;
  /** Pairs found so far: written while the iteration goes on, for whoever shows its progress. */
  mutable std::atomic<int> converged{0};
  /** Positive factors wanted. */
  int modeCount = 5;
  /** Negative factors wanted, nearest to zero: those of the loads reversed. */
  int negativeCount = 1;
  /** 3n, mm: the static state that the factors multiply. */
  std::vector<double> displacement;
  /** What connections under that state add to its stress stiffness, at nodes of the caller's order. */
  std::vector<NodeBlock> blocks;
  /** 3n, mm: a state that is there already and stays as it is, such as that of tightened bolts; empty for none. */
  std::vector<double> prestressDisplacement;
  std::vector<NodeBlock> prestressBlocks;
};

/** The meanings are those of BucklingSolution in index.d.ts. */
struct BucklingSolution {
  std::vector<double> factors, shapes, residuals, errorEstimates, negativeFactors, negativeShapes;
  Method method = Method::direct;
  int iterations = 0, degreesOfFreedom = 0;
  bool countedByInertia = false;
  double assembleSeconds = 0, factoriseSeconds = 0, solveSeconds = 0, recoverSeconds = 0;
};

/**
 * Linear buckling: (K + factor Kg) x = 0 with the geometric stiffness Kg of the given state's stress. Factors beyond ten
 * thousand times the smallest are left out. The stress of a state that stays as it is counts to K: its temperatures do not,
 * they belong to the other. Throws CoreError: 'singular' where the model is not held or that state alone buckles it,
 * 'not-converged'.
 */
BucklingSolution solveBuckling(const StaticModel& model, const BucklingOptions& options, RunControl& control);

}  // namespace artificer
