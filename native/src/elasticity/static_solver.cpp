#include "elasticity/static_solver.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <thread>

#include "elasticity/numbering.hpp"
#include "elasticity/rigid_motion.hpp"

namespace artificer {

namespace {

/** Cases that are recovered together: more would save little and take memory. */
constexpr std::size_t RECOVERED_TOGETHER = 5;

/**
 * K u - f at restrained degrees of freedom, from the element stresses themselves and without what constraints put there;
 * global axes, zero elsewhere. Also gives the constraints' multipliers.
 */
Vector reactionsOf(const StaticModel& model, const LinearSystem& system, const BodyForces& bodyForces,
                   const LoadCase& load, const Vector& displacement, const Vector& internalForces,
                   std::vector<double>& constraintForces) {
  Vector reactions = internalForces - bodyForces.of(load) -
                     Eigen::Map<const Vector>(load.forces.data(), static_cast<Eigen::Index>(load.forces.size()));
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

double sumOf(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

LoadCase combined(const std::vector<LoadCase>& cases, const std::vector<double>& factors) {
  LoadCase sum;
  const auto add = [](std::vector<double>& to, double factor, const std::vector<double>& from) {
    if (!from.empty()) to.resize(from.size(), 0.0);
    for (std::size_t i = 0; i < from.size(); i++) to[i] += factor * from[i];
  };
  for (std::size_t i = 0; i < factors.size(); i++) {
    add(sum.forces, factors[i], cases[i].forces);
    add(sum.fixedValues, factors[i], cases[i].fixedValues);
    add(sum.temperatureChange, factors[i], cases[i].temperatureChange);
    sum.gravity += factors[i] * cases[i].gravity;
    sum.accelerationGradient += factors[i] * cases[i].accelerationGradient;
  }
  return sum;
}

LinearSolution combined(const std::vector<LinearSolution>& solutions, const std::vector<double>& factors) {
  LinearSolution sum;
  sum.x = Vector::Zero(solutions.front().x.size());
  sum.method = solutions.front().method;
  for (std::size_t i = 0; i < factors.size(); i++) {
    sum.x += factors[i] * solutions[i].x;
    sum.relativeResidual = std::max(sum.relativeResidual, solutions[i].relativeResidual);
  }
  return sum;
}

StaticSolution fill(const RenumberedModel& renumbered, const Vector& displacement, const Vector& reactions,
                    LinearSolution& linear, RecoveredFields& fields) {
  StaticSolution solution;
  const auto& nodeOf = renumbered.nodeOf;
  solution.displacement = inCallerOrder(displacement, nodeOf, 3);
  solution.reactions = inCallerOrder(reactions, nodeOf, 3);
  solution.fields = std::move(fields);
  auto& own = solution.fields;
  own.internalForces.resize(0);
  own.stress = inCallerOrder(own.stress, nodeOf, 6);
  own.strain = inCallerOrder(own.strain, nodeOf, 6);
  own.vonMises = inCallerOrder(own.vonMises, nodeOf, 1);
  own.principal = inCallerOrder(own.principal, nodeOf, 3);
  own.stressSpread = inCallerOrder(own.stressSpread, nodeOf, 1);
  own.stressError = inCallerOrder(own.stressError, nodeOf, 1);
  own.elementError = inCallerOrder(own.elementError, renumbered.elementOf, 1);
  solution.method = linear.method;
  solution.iterations = linear.iterations;
  solution.relativeResidual = linear.relativeResidual;
  solution.residualHistory = std::move(linear.history);
  return solution;
}

int threadsOf(const SolveOptions& options) {
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  return std::clamp(options.threads > 0 ? options.threads : cores, 1, 64);
}

}  // namespace

PreparedSystem::PreparedSystem(const StaticModel& callersModel, const SolveOptions& options, RunControl& control)
    : options_(options), control_(control), team_(threadsOf(options)), renumbered_(renumber(callersModel)),
      system_(assembleStiffness(renumbered_.model, team_, control)), bodyForces_(renumbered_.model, team_),
      solver_(renumbered_.model, system_, options_, team_, control) {
  assembleSeconds_ = watch_.lap();
}

std::vector<StaticSolution> PreparedSystem::solve(const std::vector<const LoadCase*>& callersCases,
                                                  const Combinations& combinations) {
  watch_.lap();
  const StaticModel& model = renumbered_.model;
  std::vector<LoadCase> cases;
  std::vector<RightHandSide> sides;
  for (const auto* load : callersCases) {
    cases.push_back(renumbered_.renumbered(*load));
    sides.push_back(rightHandSide(model, system_, cases.back(), bodyForces_, team_, control_));
  }
  double assembleSeconds = std::exchange(assembleSeconds_, 0.0) + watch_.lap();
  const double setUpBefore = solver_.setUpSeconds(), solveBefore = solver_.solveSeconds();
  std::vector<const Vector*> loads;
  for (const auto& side : sides) loads.push_back(&side.load);
  auto linear = solver_.solve(loads);
  for (const auto& factors : combinations) {
    cases.push_back(combined(cases, factors));
    linear.push_back(combined(linear, factors));
    sides.push_back({Vector(), Vector::Zero(linear.back().x.size())});
    for (std::size_t i = 0; i < factors.size(); i++) sides.back().prescribed += factors[i] * sides[i].prescribed;
  }
  watch_.lap();

  std::vector<StaticSolution> solutions;
  const int unknowns = static_cast<int>(std::count(system_.fixed.begin(), system_.fixed.end(), 0));
  for (std::size_t first = 0; first < cases.size(); first += RECOVERED_TOGETHER) {
    control_.report({Stage::recover, 0.9 + 0.1 * static_cast<double>(first) / static_cast<double>(cases.size())});
    const std::size_t last = std::min(first + RECOVERED_TOGETHER, cases.size());
    std::vector<Vector> displacements(last - first);
    std::vector<CaseDisplacement> wanted;
    for (std::size_t i = first; i < last; i++) {
      const double offsets = i < callersCases.size() ? 1 : sumOf(combinations[i - callersCases.size()]);
      displacements[i - first] = system_.displacements(linear[i].x, sides[i].prescribed, offsets);
      system_.frames.toGlobal(displacements[i - first]);
      wanted.push_back({cases[i], displacements[i - first]});
    }
    auto fields = recover(model, wanted, team_, control_);
    for (std::size_t i = first; i < last; i++) {
      std::vector<double> constraintForces;
      const Vector reactions = reactionsOf(model, system_, bodyForces_, cases[i], displacements[i - first],
                                           fields[i - first].internalForces, constraintForces);
      solutions.push_back(fill(renumbered_, displacements[i - first], reactions, linear[i], fields[i - first]));
      solutions.back().constraintForces = std::move(constraintForces);
      solutions.back().degreesOfFreedom = unknowns;
    }
  }
  const double recoverSeconds = watch_.lap();
  for (auto& solution : solutions) {
    solution.assembleSeconds = assembleSeconds;
    solution.factoriseSeconds = solver_.setUpSeconds() - setUpBefore;
    solution.solveSeconds = solver_.solveSeconds() - solveBefore;
    solution.recoverSeconds = recoverSeconds;
  }
  return solutions;
}

std::vector<StaticSolution> solveStaticCases(const StaticModel& model, const std::vector<LoadCase>& cases,
                                             const Combinations& combinations, const SolveOptions& options,
                                             RunControl& control) {
  validate(model);
  for (std::size_t i = 0; i < cases.size(); i++) validate(model, cases[i], "load case " + std::to_string(i + 1) + ": ");
  for (const auto& factors : combinations) {
    if (factors.size() != cases.size()) throw CoreError("bad-model", "a combination must hold one factor a load case");
    for (const double factor : factors)
      if (!std::isfinite(factor)) throw CoreError("bad-model", "a combination holds a factor that is not a finite number");
  }
  if (!combinations.empty())
    for (const auto& load : cases)
      if (!shareStiffness(model, cases.front(), load))
        throw CoreError("bad-model", "Cases whose temperatures give the materials another stiffness cannot be combined.");
  requireHeldInPlace(model);
  std::vector<StaticSolution> solutions(cases.size());
  std::vector<char> solved(cases.size(), 0);
  std::size_t done = 0;
  for (std::size_t leader = 0; leader < cases.size(); leader++) {
    if (solved[leader]) continue;
    std::vector<std::size_t> group;
    std::vector<const LoadCase*> loads;
    for (std::size_t i = leader; i < cases.size(); i++)
      if (!solved[i] && shareStiffness(model, cases[leader], cases[i])) {
        group.push_back(i);
        loads.push_back(&cases[i]);
        solved[i] = 1;
      }
    control.within(static_cast<double>(done) / static_cast<double>(cases.size()),
                   static_cast<double>(done + group.size()) / static_cast<double>(cases.size()));
    StaticModel own = model;
    own.temperatureChange = cases[leader].temperatureChange;
    auto found = PreparedSystem(own, options, control).solve(loads, combinations);
    for (std::size_t i = 0; i < group.size(); i++) solutions[group[i]] = std::move(found[i]);
    for (std::size_t i = group.size(); i < found.size(); i++) solutions.push_back(std::move(found[i]));
    done += group.size();
  }
  control.within(0, 1);
  control.report({Stage::recover, 1});
  return solutions;
}

StaticSolution solveStatic(const StaticModel& model, const SolveOptions& options, RunControl& control) {
  return std::move(solveStaticCases(model, {LoadCase::of(model)}, {}, options, control).front());
}

double estimateMemory(double nodeCount, double elementCount, Method method, int cases) {
  const double model = 2 * (nodeCount * 3 * 8 * 3 + elementCount * 10 * 4);
  const double matrix = nodeCount * 14.5 * (72 + 4);
  const double together = std::min<double>(cases, RECOVERED_TOGETHER);
  const double recovery = elementCount * 4 * (48 + 80 * together) + nodeCount * 8 * (10 + 30 * together);
  // Coefficients fitted to the runs of bench.mjs: three-dimensional nested dissection fills like n^(4/3).
  const double factor = 8 * 62 * std::pow(nodeCount, 4.0 / 3);
  const double smoother = nodeCount * 28 * 40;
  const double coarse = 8 * 62 * std::pow(nodeCount / 7.5, 4.0 / 3);
  const bool direct = method == Method::direct || (method == Method::automatic && prefersDirect(3 * nodeCount));
  // Vectors of an iteration, as wide as its block; and of each case what is kept of it: loads, displacements, results.
  const double width = paddedWidth(static_cast<int>(std::min<double>(cases, WIDEST)));
  const double vectors = nodeCount * 24 * width * (direct ? 5 : 11);
  const double kept = (cases - 1) * (nodeCount * 8 * (3 * 6 + 23) + elementCount * 8);
  return model + matrix + kept + std::max(recovery, vectors + (direct ? factor : smoother + coarse));
}

}  // namespace artificer
