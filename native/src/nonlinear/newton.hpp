#pragma once

#include "nonlinear/tangent_solver.hpp"

namespace artificer {

struct NewtonLimits {
  double tolerance = 1e-6;  // of the out-of-balance forces, relative to the forces at work
  int iterations = 12;
};

/** One iteration: the norms that are watched, each relative (see `NewtonStep::converged`). */
struct NewtonIteration {
  double residual, energy, correction;
};

enum class StepFailure { none, notDefinite, inverted, notConverged, jumped };

/** A state of equilibrium. Displacements in global axes, mm. */
struct EquilibriumState {
  double loadFactor = 0;
  Vector displacement;
  InternalState internal;
  /** Change of the displacements with the load factor along the path of equilibrium, mm. */
  Vector velocity;
};

struct NewtonResult {
  StepFailure failure = StepFailure::none;
  EquilibriumState state;
  std::vector<NewtonIteration> history;
};

/**
 * Newton-Raphson from a state of equilibrium to another load factor. The geometric part of the tangent takes its stress
 * from the linear prediction of the last correction (mixed integration point scheme; Magisano, Leonetti, Garcea 2017),
 * which converges to the same state, as fast in the end, but lets slender parts turn much further in one step.
 */
class Newton {
 public:
  using Watch = std::function<void(int iteration, double residual, double factorised)>;
  Newton(const Equilibrium& equilibrium, TangentSolver& tangent, const NewtonLimits& limits)
      : equilibrium_(equilibrium), tangent_(tangent), limits_(limits) {}

  NewtonResult advance(const EquilibriumState& from, double loadFactor, const Watch& watch);

  /** Finds the velocity of a converged state. False: its tangent is not positive definite, so it is not stable. */
  bool findVelocity(EquilibriumState& state, const Watch& watch);

 private:
  struct Balance {
    Vector outOfBalance;  // external minus internal forces on the independent unknowns, local axes, zero at restrained ones
    double relative = 0;  // its norm over that of the forces at work
    bool roundOff = false;
  };
  Balance balanceOf(const Vector& displacement, const InternalState& internal, double loadFactor) const;
  double lineSearch(const Vector& from, const Vector& step, const Vector& localStep, double slopeAtStart,
                    double loadFactor, Vector& displacement, InternalState& internal, Balance& balance) const;

  const Equilibrium& equilibrium_;
  TangentSolver& tangent_;
  NewtonLimits limits_;
};

}  // namespace artificer
