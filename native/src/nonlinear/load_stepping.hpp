#pragma once

#include <functional>
#include <string>

#include "nonlinear/newton.hpp"

namespace artificer {

struct LoadSteps {
  double first = 0.1, smallest = 1e-3, largest = 0.25;
  NewtonLimits newton;
};

enum class StopReason { complete, limitPoint, invertedElements, notConverged };

/** What became of one attempt at a step; those that failed were tried anew with a smaller one. */
struct StepAttempt {
  double loadFactor;
  StepFailure failure;
  std::vector<NewtonIteration> history;
};

struct SteppingResult {
  StopReason reason = StopReason::complete;
  EquilibriumState last;  // the last state of stable equilibrium
  std::vector<StepAttempt> attempts;
  double externalWork = 0;  // N mm, of loads and prescribed displacements along the path
};

struct StepProgress {
  int step, iteration;
  double loadFactor, residual, factorised;
};

/**
 * Raises the load factor from 0 to 1: steps shrink where they fail and grow where they are easy. Every state that is kept
 * has a positive definite tangent; `onState` sees each, the unloaded one too.
 */
SteppingResult raiseLoad(const Equilibrium& equilibrium, TangentSolver& tangent, const LoadSteps& steps,
                         const std::function<void(const StepProgress&)>& onProgress,
                         const std::function<void(const EquilibriumState&)>& onState);

}  // namespace artificer
