#pragma once

#include <functional>

#include "common/run_control.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** Vectors side by side, one a column. */
using MultiVector = Eigen::MatrixXd;
/** y = F x for every column; y has the right size. */
using BlockOperator = std::function<void(const MultiVector& x, MultiVector& y)>;

/** A x = theta B x with A symmetric and B symmetric positive definite on the space that the start vectors span. */
struct EigenProblem {
  BlockOperator multiplyA, multiplyB;
  /** Something near B^-1, symmetric and positive definite. Where it is B^-1 itself the method is block Lanczos. */
  BlockOperator precondition;
};

struct DavidsonOptions {
  int wanted = 10;
  /** Directions added at once. */
  int block = 6;
  /** Vectors kept at most (each three times: as it is, and multiplied by A and by B). */
  int largestBasis = 40;
  /** Relative residual in the energy norm at which a pair is done: the relative error of theta is about its square. */
  double tolerance = 1e-5;
  int iterations = 120;
  /** A pair whose theta stays below this interests nobody: it counts as done. */
  double floor = 0;
  /** Random blocks that search for a missed pair before the end; 0 where a count by inertia follows. */
  int probes = 1;
};

struct DavidsonProgress {
  int iteration, converged;
  /** Largest residual among the wanted pairs that are not done. */
  double residual;
};

struct DavidsonResult {
  /** Descending. */
  Vector values;
  /** Columns x with x^T B x = 1, and their products. */
  MultiVector vectors;
  /** sqrt(r^T P r) / theta of each pair, r = A x - theta B x, P the preconditioner. */
  Vector residuals;
  int iterations = 0;
  bool converged = false;
};

/**
 * The pairs with the largest theta, by the block Davidson method with thick restarts that also keep the directions of the
 * step before (Stathopoulos and Saad 1998; Stathopoulos and McCombs 2010). Pairs that are repeated or close are found
 * because whole blocks are iterated; when all are done, random vectors are let in, and the iteration goes on until none of
 * them brings a pair that had been missed. @param start columns to begin with (at least `wanted`).
 * Throws 'singular' where B turns out not to be positive definite, 'cancelled'.
 */
DavidsonResult largestPairs(const EigenProblem& problem, const MultiVector& start, const DavidsonOptions& options,
                            ThreadTeam& team, const RunControl& control,
                            const std::function<void(const DavidsonProgress&)>& onProgress,
                            const std::function<MultiVector(int)>& randomBlock);

}  // namespace artificer
