#include "elasticity/static_solver.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "elasticity/assembly.hpp"
#include "elasticity/numbering.hpp"
#include "elasticity/rigid_motion.hpp"
#include "multigrid/conjugate_gradient.hpp"
#include "sparse/ordering.hpp"

namespace artificer {

namespace {

/** Below this the factorisation takes no longer than setting up the multigrid (measured: bench.mjs --thresholds). */
constexpr int DIRECT_BELOW_DOFS = 30000;

/** The numbers a linear solve yields. */
struct LinearSolution {
  Vector x;
  Method method = Method::direct;
  int iterations = 0;
  double relativeResidual = 0;
  std::vector<double> history;
  double factoriseSeconds = 0, solveSeconds = 0;
};

/**
 * Normwise backward error |r| / (|K| |x| + |f|) (Rigal and Gaches 1967). In very slender models |K| |x| is so much larger
 * than |f| that no vector of doubles has a small residual relative to f; this one then says that x is as good as they get.
 */
double backwardError(const LinearSystem& system, const Vector& residual, const Vector& x) {
  const auto& matrix = system.stiffness;
  Vector rowSum = Vector::Zero(x.size());
  for (int row = 0; row < matrix.rows; row++)
    for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++) {
      const Eigen::Matrix3d block = ConstBlockMap(matrix.block(p)).cwiseAbs();
      rowSum.segment<3>(3 * row) += block.rowwise().sum();
      if (matrix.column[p] != row) rowSum.segment<3>(3 * matrix.column[p]) += block.colwise().sum().transpose();
    }
  const double scale = rowSum.maxCoeff() * x.cwiseAbs().maxCoeff() + system.load.cwiseAbs().maxCoeff();
  return scale > 0 ? residual.cwiseAbs().maxCoeff() / scale : 0;
}

/** A backward error no larger than this is round-off. */
constexpr double ROUND_OFF = 1e-14;
/** Whatever the backward error, a residual above this leaves no digit worth showing. */
constexpr double LARGEST_RESIDUAL = 1e-2;

/** Factorises and refines until the true residual meets the tolerance or stops falling. */
void solveDirect(const LinearSystem& system, SymmetricProduct& product, const SolveOptions& options, ThreadTeam& team,
                 RunControl& control, LinearSolution& solution) {
  Stopwatch watch;
  control.report({Stage::factorise, 0.12});
  auto symbolic = analyse(system.stiffness, nestedDissection(system.stiffness, control));
  control.report({Stage::factorise, 0.2});
  MultifrontalCholesky factor(system.stiffness, std::move(symbolic), team, control, [&](double done) {
    control.report({Stage::factorise, 0.2 + 0.6 * done});
  });
  solution.factoriseSeconds += watch.lap();
  control.report({Stage::solve, 0.8});

  solution.method = Method::direct;
  const double loadNorm = system.load.norm();
  solution.x.setZero(system.load.size());
  solution.relativeResidual = loadNorm == 0 ? 0 : 1;
  Vector residual = system.load, step(system.load.size()), image(system.load.size());
  const double target = std::min(options.tolerance, 1e-10);  // refinement is cheap next to the factorisation
  for (int sweep = 0; sweep < 5 && solution.relativeResidual > target; sweep++) {
    control.check();
    factor.solve(residual.data(), step.data());
    const Vector improved = solution.x + step;
    product.multiply(improved.data(), image.data());
    Vector newResidual = system.load - image;
    const double relative = newResidual.norm() / loadNorm;
    if (!(relative < solution.relativeResidual)) break;
    const bool stalled = relative > 0.5 * solution.relativeResidual;
    solution.x = improved;
    residual.swap(newResidual);
    solution.relativeResidual = relative;
    solution.history.push_back(relative);
    control.report({Stage::solve, 0.85, sweep + 1, relative});
    if (stalled) break;
  }
  solution.solveSeconds += watch.lap();
  const double backward = backwardError(system, residual, solution.x);
  if (!solution.x.allFinite() || !(backward < 1e-10) || solution.relativeResidual > LARGEST_RESIDUAL)
    throw CoreError("singular", "The equations have no reliable solution: the model is free to move, or nearly so.");
  if (solution.relativeResidual > options.tolerance && backward > ROUND_OFF)
    throw CoreError("not-converged", "The residual stayed at " + std::to_string(solution.relativeResidual) +
                                         ": the model is too badly conditioned for this tolerance.");
}

/** True when the tolerance was met; otherwise the solution is left for the direct method. */
bool solveMultigrid(const StaticModel& model, const LinearSystem& system, SymmetricProduct& product,
                    const SolveOptions& options, ThreadTeam& team, RunControl& control, LinearSolution& solution) {
  Stopwatch watch;
  control.report({Stage::factorise, 0.12});
  PMultigrid preconditioner(model, system, product, team, control);
  solution.factoriseSeconds += watch.lap();
  IterationLimits limits;
  limits.tolerance = options.tolerance;
  // Averages of whole faces couple all of their nodes, which costs iterations: still fewer than a factorisation would take.
  if (!system.constraints.empty()) limits.iterations = limits.hopeless = 200;
  if (options.method == Method::multigrid) limits.iterations = limits.hopeless = 2000;
  auto result = conjugateGradient(product, preconditioner, system.load, solution.x, limits, control);
  solution.solveSeconds += watch.lap();
  solution.method = Method::multigrid;
  solution.iterations = result.iterations;
  solution.relativeResidual = result.relativeResidual;
  solution.history = std::move(result.history);
  return result.converged;
}

LinearSolution solveLinear(const StaticModel& model, const LinearSystem& system, const SolveOptions& options,
                           ThreadTeam& team, RunControl& control) {
  LinearSolution solution;
  SymmetricProduct product(system.stiffness, team);
  const bool useMultigrid = options.method == Method::multigrid ||
                            (options.method == Method::automatic && 3 * model.nodeCount() >= DIRECT_BELOW_DOFS);
  if (useMultigrid) {
    if (solveMultigrid(model, system, product, options, team, control, solution)) return solution;
    if (options.method == Method::multigrid)
      throw CoreError("not-converged", "The iteration stopped at a relative residual of " +
                                           std::to_string(solution.relativeResidual) + ".",
                      "Use the direct method.");
  }
  solveDirect(system, product, options, team, control, solution);
  return solution;
}

/**
 * K u - f at restrained degrees of freedom, from the element stresses themselves and without what constraints put there;
 * global axes, zero elsewhere. Also gives the constraints' multipliers.
 */
Vector reactionsOf(const StaticModel& model, const LinearSystem& system, const Vector& displacement,
                   const Vector& internalForces, std::vector<double>& constraintForces) {
  Vector reactions = internalForces - gravityForces(model) -
                     Eigen::Map<const Vector>(model.forces.data(), static_cast<Eigen::Index>(model.forces.size()));
  for (const auto& added : model.addedStiffness) {
    reactions.segment<3>(3 * added.nodeA) += added.block * displacement.segment<3>(3 * added.nodeB);
    if (added.nodeA != added.nodeB)
      reactions.segment<3>(3 * added.nodeB) += added.block.transpose() * displacement.segment<3>(3 * added.nodeA);
  }
  system.frames.toLocal(reactions);
  if (!system.constraints.empty()) {
    constraintForces = system.constraints.multipliers(reactions);
    Vector forces = ConstraintSet::forces(model.constraints, constraintForces, model.nodeCount());
    system.frames.toLocal(forces);
    reactions -= forces;
  }
  std::vector<char> restrained(3 * static_cast<std::size_t>(model.nodeCount()), 0);
  for (int dof : model.fixedDofs) restrained[dof] = 1;
  for (Eigen::Index dof = 0; dof < reactions.size(); dof++)
    if (!restrained[dof]) reactions[dof] = 0;
  system.frames.toGlobal(reactions);
  return reactions;
}

/** Puts values of `width` a node (or element) back in the caller's order. */
template <typename Values>
std::vector<double> inCallerOrder(const Values& values, const std::vector<int>& callerIndex, int width) {
  std::vector<double> ordered(values.size());
  for (std::size_t i = 0; i < callerIndex.size(); i++)
    std::copy_n(values.data() + width * i, width, ordered.data() + width * static_cast<std::size_t>(callerIndex[i]));
  return ordered;
}

}  // namespace

StaticSolution solveStatic(const StaticModel& callerModel, const SolveOptions& options, RunControl& control) {
  Stopwatch watch;
  StaticSolution solution;
  const int cores = std::max(1u, std::thread::hardware_concurrency());
  ThreadTeam team(std::clamp(options.threads > 0 ? options.threads : cores, 1, 64));

  validate(callerModel);
  requireHeldInPlace(callerModel);
  const auto renumbered = renumber(callerModel);
  const StaticModel& model = renumbered.model;
  Vector displacement;
  Vector reactions;
  {
    const LinearSystem system = assemble(model, team, control);
    solution.assembleSeconds = watch.lap();
    auto linear = solveLinear(model, system, options, team, control);
    watch.lap();
    displacement = system.displacements(linear.x);
    system.frames.toGlobal(displacement);
    solution.method = linear.method;
    solution.iterations = linear.iterations;
    solution.relativeResidual = linear.relativeResidual;
    solution.residualHistory = std::move(linear.history);
    solution.factoriseSeconds = linear.factoriseSeconds;
    solution.solveSeconds = linear.solveSeconds;
    solution.degreesOfFreedom = static_cast<int>(std::count(system.fixed.begin(), system.fixed.end(), 0));
    solution.fields = recover(model, displacement, team, control);
    reactions =
        reactionsOf(model, system, displacement, solution.fields.internalForces, solution.constraintForces);
  }
  auto& fields = solution.fields;
  const auto& nodeOf = renumbered.nodeOf;
  solution.displacement = inCallerOrder(displacement, nodeOf, 3);
  solution.reactions = inCallerOrder(reactions, nodeOf, 3);
  fields.stress = inCallerOrder(fields.stress, nodeOf, 6);
  fields.strain = inCallerOrder(fields.strain, nodeOf, 6);
  fields.vonMises = inCallerOrder(fields.vonMises, nodeOf, 1);
  fields.principal = inCallerOrder(fields.principal, nodeOf, 3);
  fields.stressSpread = inCallerOrder(fields.stressSpread, nodeOf, 1);
  fields.stressError = inCallerOrder(fields.stressError, nodeOf, 1);
  fields.elementError = inCallerOrder(fields.elementError, renumbered.elementOf, 1);
  solution.recoverSeconds = watch.lap();
  control.report({Stage::recover, 1});
  return solution;
}

double estimateMemory(double nodeCount, double elementCount, Method method) {
  const double model = 2 * (nodeCount * 3 * 8 * 3 + elementCount * 10 * 4);
  const double matrix = nodeCount * 14.5 * (72 + 4);
  const double recovery = elementCount * 4 * 128 + nodeCount * 8 * 40;
  // Coefficients fitted to the runs of bench.mjs: three-dimensional nested dissection fills like n^(4/3).
  const double factor = 8 * 62 * std::pow(nodeCount, 4.0 / 3);
  const double smoother = nodeCount * 28 * 40;
  const double coarse = 8 * 62 * std::pow(nodeCount / 7.5, 4.0 / 3);
  const bool direct = method == Method::direct || (method == Method::automatic && 3 * nodeCount < DIRECT_BELOW_DOFS);
  return model + matrix + std::max(recovery, direct ? factor : smoother + coarse + nodeCount * 24 * 10);
}

}  // namespace artificer
