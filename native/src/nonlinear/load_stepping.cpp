#include "nonlinear/load_stepping.hpp"

#include <algorithm>
#include <cmath>

namespace artificer {

namespace {

/** More iterations than this make the next step smaller; fewer than EASY make it larger. */
constexpr int EASY = 5, HARD = 8;
constexpr double GROWTH = 1.5;
/**
 * On a smooth path the mean slope of a step lies between the slopes at its ends. A step that goes further than that has
 * left the path: the structure has snapped to another shape of equilibrium, which a test of stability would not see.
 */
constexpr double LONGEST_OF_SLOPES = 1.3;

bool hasJumped(const EquilibriumState& from, const EquilibriumState& to) {
  const double loadStep = to.loadFactor - from.loadFactor;
  const double expected = loadStep * std::max(from.velocity.norm(), to.velocity.norm());
  return (to.displacement - from.displacement).norm() > LONGEST_OF_SLOPES * expected;
}

/** Reactions and applied forces together do the work; along the path by Simpson's rule on a cubic between the two states. */
double workBetween(const Equilibrium& equilibrium, const EquilibriumState& from, const EquilibriumState& to) {
  const double h = to.loadFactor - from.loadFactor;
  const auto supportForces = [&](const EquilibriumState& state) {
    Vector forces = state.internal.forces - equilibrium.externalForces(state.displacement, state.loadFactor);
    equilibrium.frames().toLocal(forces);
    return forces;
  };
  // Where nothing is held the forces are in balance, but for what equations put on both of their sides.
  const Vector& held = equilibrium.held();
  const double moved = held.isZero(0) ? 0 : 0.5 * h * held.dot(supportForces(from) + supportForces(to));
  const Vector middle =
      0.5 * (from.displacement + to.displacement) + h / 8 * (from.velocity - to.velocity);
  const Vector slope = 1.5 / h * (to.displacement - from.displacement) - 0.25 * (from.velocity + to.velocity);
  const auto power = [&](const Vector& displacement, const Vector& velocity, double loadFactor) {
    return equilibrium.externalForces(displacement, loadFactor).dot(velocity);
  };
  return moved + h / 6 *
                     (power(from.displacement, from.velocity, from.loadFactor) +
                      4 * power(middle, slope, from.loadFactor + h / 2) +
                      power(to.displacement, to.velocity, to.loadFactor));
}

StopReason reasonOf(StepFailure failure) {
  switch (failure) {
    case StepFailure::notDefinite:
    case StepFailure::jumped: return StopReason::limitPoint;
    case StepFailure::inverted: return StopReason::invertedElements;
    default: return StopReason::notConverged;
  }
}

}  // namespace

SteppingResult raiseLoad(const Equilibrium& equilibrium, TangentSolver& tangent, const LoadSteps& steps,
                         const std::function<void(const StepProgress&)>& onProgress,
                         const std::function<void(const EquilibriumState&)>& onState) {
  SteppingResult result;
  Newton newton(equilibrium, tangent, steps.newton);
  EquilibriumState& state = result.last;
  const Eigen::Index size = equilibrium.held().size();
  state.displacement = Vector::Zero(size);
  state.internal = equilibrium.internal(state.displacement, 0);
  int step = 1;
  double target = 0;
  const Newton::Watch watch = [&](int iteration, double residual, double factorised) {
    onProgress({step, iteration, target, residual, factorised});
  };
  if (!newton.findVelocity(state, watch))
    throw CoreError("singular", "The stiffness matrix is singular: some part of the model is free to move.");
  onState(state);

  double length = std::min(steps.first, 1.0);
  bool sawInstability = false;
  while (state.loadFactor < 1) {
    target = state.loadFactor + length;
    if (target > 1 - 0.1 * length) target = 1;
    NewtonResult attempt = newton.advance(state, target, watch);
    const int iterations = static_cast<int>(attempt.history.size()) - 1;
    if (attempt.failure == StepFailure::none) {
      if (!newton.findVelocity(attempt.state, watch)) attempt.failure = StepFailure::notDefinite;
      else if (hasJumped(state, attempt.state)) attempt.failure = StepFailure::jumped;
    }
    result.attempts.push_back({target, attempt.failure, std::move(attempt.history)});
    if (attempt.failure == StepFailure::none) {
      result.externalWork += workBetween(equilibrium, state, attempt.state);
      state = std::move(attempt.state);
      onState(state);
      step++;
      if (iterations <= EASY) length = std::min({GROWTH * length, steps.largest});
      else if (iterations >= HARD) length *= 0.7;
      length = std::max(length, steps.smallest);
      continue;
    }
    const bool unstable = reasonOf(attempt.failure) == StopReason::limitPoint;
    sawInstability = sawInstability || unstable;
    const double tried = target - state.loadFactor;
    if (tried <= 1.01 * steps.smallest) {
      // Close to a limit point the iteration may fail to converge before the tangent is seen to lose its definiteness.
      result.reason = unstable || (sawInstability && attempt.failure == StepFailure::notConverged)
                          ? StopReason::limitPoint
                          : reasonOf(attempt.failure);
      break;
    }
    length = std::max(0.4 * tried, steps.smallest);
  }
  return result;
}

}  // namespace artificer
