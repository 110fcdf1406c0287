#pragma once

#include "common/run_control.hpp"
#include "recovery/stress_recovery.hpp"

namespace artificer {

enum class Method { automatic, multigrid, direct };

struct SolveOptions {
  Method method = Method::automatic;
  double tolerance = 1e-8;
  int threads = 0;  // 0: the number of cores
};

/** The meanings are those of StaticSolution in index.d.ts. */
struct StaticSolution {
  std::vector<double> displacement, reactions, constraintForces;
  RecoveredFields fields;
  Method method = Method::direct;
  int iterations = 0;
  double relativeResidual = 0;
  std::vector<double> residualHistory;
  int degreesOfFreedom = 0;
  double assembleSeconds = 0, factoriseSeconds = 0, solveSeconds = 0, recoverSeconds = 0;
};

/** Validates, renumbers, assembles, solves and recovers. Throws CoreError. */
StaticSolution solveStatic(const StaticModel& model, const SolveOptions& options, RunControl& control);

/** Bytes expected at the peak, from the size of the mesh alone. */
double estimateMemory(double nodeCount, double elementCount, Method method);

}  // namespace artificer
