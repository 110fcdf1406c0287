#pragma once

#include "elasticity/linear_solver.hpp"
#include "elasticity/numbering.hpp"
#include "recovery/stress_recovery.hpp"

namespace artificer {

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

/** Each a list of factors, one for every case. */
using Combinations = std::vector<std::vector<double>>;

/**
 * A model made ready for many load cases: assembled once, with the preconditioner or the factor kept. The model must have
 * been validated. The control must outlive it.
 */
class PreparedSystem {
 public:
  PreparedSystem(const StaticModel& callersModel, const SolveOptions& options, RunControl& control);
  PreparedSystem(const PreparedSystem&) = delete;

  /**
   * One solution a case, then one a combination, in the caller's numbering. The seconds of each are those of all of them
   * together. Combinations are sums of the cases' displacements, recovered like any other: they cost no solve. Throws
   * CoreError.
   */
  std::vector<StaticSolution> solve(const std::vector<const LoadCase*>& callersCases,
                                    const Combinations& combinations = {});

  /** In this system's own numbering: for whoever solves with the same matrix for other ends (adjoints, modes). */
  const RenumberedModel& renumbered() const { return renumbered_; }
  const LinearSystem& system() const { return system_; }
  LinearSolver& solver() { return solver_; }
  ThreadTeam& team() { return team_; }

 private:
  Stopwatch watch_;
  SolveOptions options_;
  RunControl& control_;
  ThreadTeam team_;
  RenumberedModel renumbered_;
  LinearSystem system_;
  BodyForces bodyForces_;
  LinearSolver solver_;
  double assembleSeconds_ = 0;
};

/**
 * Validates, prepares and solves; cases whose temperatures give the materials another stiffness are prepared apart, and can
 * then not be combined.
 */
std::vector<StaticSolution> solveStaticCases(const StaticModel& model, const std::vector<LoadCase>& cases,
                                             const Combinations& combinations, const SolveOptions& options,
                                             RunControl& control);

/** The model's own case. Throws CoreError. */
StaticSolution solveStatic(const StaticModel& model, const SolveOptions& options, RunControl& control);

/** Bytes expected at the peak, from the size of the mesh and the number of load cases alone. */
double estimateMemory(double nodeCount, double elementCount, Method method, int cases = 1);

}  // namespace artificer
