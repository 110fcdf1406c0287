#pragma once

#include <memory>

#include "heat/heat_system.hpp"
#include "heat/krylov.hpp"

namespace artificer {

/** `automatic` factorises small problems and iterates on large ones. */
enum class HeatMethod { automatic, multigrid, direct };

struct StageLimits {
  HeatMethod method = HeatMethod::automatic;
  /** Residual heat of the free nodes over all heat that flows in the model. */
  double tolerance = 1e-10;
  int newtonIterations = 60;
};

struct StageResult {
  int newtonIterations = 0;
  int linearIterations = 0;
  double relativeResidual = 0;
  std::vector<double> history;  // relative residual after each Newton iteration
};

/**
 * Solves content(T) - known + factor (outflow(T, t) - loads(t)) = 0 at the free nodes by Newton's method with a line search;
 * a steady problem leaves the content out (factor 1). The factorisation is kept as long as it serves: for good while the
 * problem is linear and the factor stays, otherwise as a preconditioner until it has grown too old.
 */
class StageSolver {
 public:
  StageSolver(const HeatSystem& system, std::vector<char> fixed, bool transient, const StageLimits& limits,
              RunControl& control);

  /** `temperature` holds the fixed values at their nodes and a first guess elsewhere. Throws 'not-converged', 'singular'. */
  StageResult solve(Vector& temperature, double time, double factor, const Vector* known);

  /** The correction that the last linearisation answers a heat with: (C + factor K)^-1 r, 0 at fixed nodes. */
  void correct(const Vector& r, Vector& z);

  /** m of K^T m = right at the free nodes, zero at the others, K the derivative of the outflow at a temperature. */
  Vector solveTransposed(const Vector& temperature, const Vector& right, double tolerance);

  HeatMethod method() const { return method_; }
  int factorisations() const { return factorisations_; }
  double factoriseSeconds() const { return factoriseSeconds_; }
  /** Called with the Newton iteration and its relative residual. */
  std::function<void(int, double)> onIteration;

 private:
  Vector residual(const Vector& temperature, double time, double factor, const Vector* known, double* scale) const;
  void linearise(const Vector& temperature, double factor);
  void factorise();
  int solveLinear(const Vector& r, Vector& step, double tolerance);
  [[noreturn]] void giveUp(const Vector& r, const Vector& temperature, const StageResult& result, const char* why) const;

  const HeatSystem& system_;
  std::vector<char> fixed_;
  bool transient_, linear_;
  StageLimits limits_;
  RunControl& control_;
  HeatMethod method_;
  HeatTangent tangent_;
  double tangentFactor_ = -1, factorisedFactor_ = -1;
  bool stale_ = true;
  std::shared_ptr<const SymbolicFactor> symbolic_;
  std::unique_ptr<Preconditioner> preconditioner_;
  int factorisations_ = 0;
  double factoriseSeconds_ = 0;
};

/** Nodes up to which a problem of heat is factorised when the method is automatic; a transient one pays it back. */
int directHeatNodes(bool transient);

}  // namespace artificer
