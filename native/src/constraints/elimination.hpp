#pragma once

#include <utility>
#include <vector>

#include "constraints/equations.hpp"
#include "elasticity/frames.hpp"

namespace artificer {

/** (index, factor), ascending by index. */
using SparseTerms = std::vector<std::pair<int, double>>;

/**
 * u[dependent] = sum of masters + sum of constants: masters name degrees of freedom that depend on nothing, constants name
 * equations of the caller and how much of each one's right-hand side goes in.
 */
struct ResolvedRow {
  int dependent = -1;
  SparseTerms masters;
  SparseTerms constants;
};

struct ResolvedEquations {
  std::vector<ResolvedRow> rows;
  /** What is left of equations that repeat others, or that hold prescribed values alone: masters must sum to constants. */
  std::vector<ResolvedRow> checks;
};

/**
 * Gauss-Jordan elimination: one degree of freedom of every equation is written in terms of others that no equation
 * eliminates, so that chains of constraints are resolved whatever their order. The pivot is taken from the first term's node
 * where its coefficient is not small beside the largest, otherwise it is the largest; prescribed degrees of freedom are never
 * pivots. All in the local axes of framed nodes.
 *
 * @param fixed per degree of freedom; the result does not depend on the values prescribed there.
 */
ResolvedEquations resolve(int nodeCount, const ConstraintEquations& equations, const FrameTable& frames,
                          const std::vector<char>& fixed);

}  // namespace artificer
