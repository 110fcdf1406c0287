#pragma once

#include "nonlinear/load_stepping.hpp"
#include "recovery/stress_recovery.hpp"

namespace artificer {

struct NonlinearOptions {
  Method method = Method::automatic;
  int threads = 0;  // 0: the number of cores
  LoadSteps steps;
  int mostFrames = 50;
};

/** A state on the way: loads applied so far, and what they did. */
struct LoadFrame {
  double loadFactor;
  std::vector<double> displacement;  // 3n, mm
  std::vector<double> vonMises;      // n, MPa
};

/** The meanings are those of NonlinearSolution in index.d.ts. */
struct NonlinearSolution {
  StopReason reason = StopReason::complete;
  std::string explanation;
  double loadFactor = 0;
  std::vector<double> displacement, reactions, externalForces;
  std::vector<double> constraintForces;  // one an equation, as of a static solution
  RecoveredFields fields;
  std::vector<LoadFrame> frames;
  std::vector<double> curveLoadFactor, curveDisplacement, curveEnergy;
  std::vector<StepAttempt> attempts;
  double externalWork = 0, storedEnergy = 0, largestStrain = 0;
  Method method = Method::direct;
  int iterations = 0, linearIterations = 0, degreesOfFreedom = 0;
  double relativeResidual = 0, solveSeconds = 0, recoverSeconds = 0;
};

/** Where a solution stands: Newton's iteration `iteration` of load step `step` (from 1), which leads to `loadFactor`. */
struct NonlinearProgress {
  Stage stage = Stage::assemble;
  double fraction = 0;
  int step = -1, iteration = -1;
  double loadFactor = -1, relativeResidual = -1;
};

/**
 * Throws CoreError as solveStatic does; a load that cannot be carried is told in the solution, not thrown.
 * @param control only to cancel: each of its many linear solves would report from 0 to 1
 * @param onProgress called at most every 50 ms, and at every new step
 */
NonlinearSolution solveNonlinear(const NonlinearModel& model, const NonlinearOptions& options, RunControl& control,
                                 const std::function<void(const NonlinearProgress&)>& onProgress);

/** Bytes expected at the peak, from the size of the mesh alone. */
double estimateNonlinearMemory(double nodeCount, double elementCount, Method method);

/**
 * What the equations say at a displacement, for checks of the tangent against differences. Global axes. Where there are
 * constraints the dependent components of displacement and direction follow from the others, and forces are those on these.
 */
struct TangentProbe {
  Vector internalForces, externalForces, tangentProduct;
  double storedEnergy = 0;
};
TangentProbe probeTangent(const NonlinearModel& model, const Vector& displacement, const Vector& direction,
                          double loadFactor);

}  // namespace artificer
