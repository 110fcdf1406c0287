#include "nonlinear/nonlinear_solver.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <thread>

#include "elasticity/numbering.hpp"
#include "elasticity/rigid_motion.hpp"
#include "nonlinear/deformed_recovery.hpp"

namespace artificer {

namespace {

void requireGood(const NonlinearModel& model, const LoadSteps& steps) {
  validate(model.base);
  for (const auto& facet : model.pressures) {
    if (!std::isfinite(facet.pressure)) throw CoreError("bad-model", "a pressure is not a finite number");
    for (const int node : facet.nodes)
      if (node < 0 || node >= model.base.nodeCount())
        throw CoreError("bad-model", "a facet under pressure names a node outside the mesh");
  }
  const bool ordered = steps.smallest > 0 && steps.smallest <= steps.first && steps.smallest <= steps.largest &&
                       steps.first <= 1 && steps.largest <= 1;
  if (!ordered) throw CoreError("bad-model", "load steps must satisfy 0 < smallest <= first, largest <= 1");
  if (steps.newton.iterations < 2) throw CoreError("bad-model", "Newton's method needs at least 2 iterations");
}

template <typename Values>
std::vector<double> inCallerOrder(const Values& values, const std::vector<int>& callerIndex, int width) {
  std::vector<double> ordered(values.size());
  for (std::size_t i = 0; i < callerIndex.size(); i++)
    std::copy_n(values.data() + width * i, width, ordered.data() + width * static_cast<std::size_t>(callerIndex[i]));
  return ordered;
}

std::string percent(double factor) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g %%", 100 * factor);
  return text;
}

std::string explain(const SteppingResult& result) {
  const std::string carried = percent(result.last.loadFactor);
  switch (result.reason) {
    case StopReason::complete: return "The whole load is carried.";
    case StopReason::limitPoint:
      return "The structure snaps or buckles: the " + carried +
             " of the load carried at the last step is the largest that was found. There is no stable shape near by for more.";
    case StopReason::invertedElements:
      return "Elements turn inside out beyond " + carried +
             " of the load: the material law or the mesh cannot follow such strains.";
    case StopReason::notConverged:
      return "The iteration does not converge beyond " + carried + " of the load, even with the smallest load step.";
  }
  return {};
}

double largestMovement(const Vector& displacement) {
  double largest = 0;
  for (Eigen::Index i = 0; i + 2 < displacement.size(); i += 3)
    largest = std::max(largest, displacement.segment<3>(i).norm());
  return largest;
}

/** Also gives the constraints' multipliers. */
Vector reactionsOf(const Equilibrium& equilibrium, const EquilibriumState& state, const Vector& external,
                   std::vector<double>& constraintForces) {
  const auto& base = equilibrium.model().base;
  Vector reactions = state.internal.forces - external;
  equilibrium.frames().toLocal(reactions);
  if (!equilibrium.constraints().empty()) {
    constraintForces = equilibrium.constraints().multipliers(reactions);
    Vector forces = ConstraintSet::forces(base.constraints, constraintForces, base.nodeCount());
    equilibrium.frames().toLocal(forces);
    reactions -= forces;
  }
  std::vector<char> restrained(reactions.size(), 0);
  for (const int dof : base.fixedDofs) restrained[dof] = 1;
  for (Eigen::Index dof = 0; dof < reactions.size(); dof++)
    if (!restrained[dof]) reactions[dof] = 0;
  equilibrium.frames().toGlobal(reactions);
  return reactions;
}

/** Passes on what is news: a new step or stage at once, the rest every 50 ms. */
class Reporter {
 public:
  explicit Reporter(const std::function<void(const NonlinearProgress&)>& onProgress) : onProgress_(onProgress) {}
  void operator()(const NonlinearProgress& progress) {
    if (!onProgress_) return;
    const auto now = std::chrono::steady_clock::now();
    const bool news = progress.step != step_ || progress.fraction >= 1 || progress.stage == Stage::recover;
    if (!news && now - last_ < std::chrono::milliseconds(50)) return;
    step_ = progress.step;
    last_ = now;
    onProgress_(progress);
  }

 private:
  const std::function<void(const NonlinearProgress&)>& onProgress_;
  std::chrono::steady_clock::time_point last_{};
  int step_ = -2;
};

/** Keeps every frame while there is room; then every second one, and so on, always with the last. */
class FrameKeeper {
 public:
  explicit FrameKeeper(int most) : most_(std::max(2, most)) {}
  bool wants() { return count_++ % stride_ == 0; }
  void add(std::vector<LoadFrame>& frames, LoadFrame frame) {
    frames.push_back(std::move(frame));
    if (static_cast<int>(frames.size()) <= most_) return;
    std::vector<LoadFrame> kept;
    for (std::size_t i = 0; i < frames.size(); i += 2) kept.push_back(std::move(frames[i]));
    frames = std::move(kept);
    stride_ *= 2;
  }

 private:
  int most_, stride_ = 1, count_ = 0;
};

}  // namespace

NonlinearSolution solveNonlinear(const NonlinearModel& callerModel, const NonlinearOptions& options, RunControl& control,
                                 const std::function<void(const NonlinearProgress&)>& onProgress) {
  Stopwatch watch;
  Reporter report(onProgress);
  NonlinearSolution solution;
  const int cores = std::max(1u, std::thread::hardware_concurrency());
  ThreadTeam team(std::clamp(options.threads > 0 ? options.threads : cores, 1, 64));
  report({Stage::assemble, 0});
  requireGood(callerModel, options.steps);
  requireHeldInPlace(callerModel.base);

  const auto renumbered = renumber(callerModel.base);
  const auto& nodeOf = renumbered.nodeOf;
  NonlinearModel model{renumbered.model, callerModel.pressures};
  std::vector<int> newNumber(nodeOf.size());
  for (std::size_t i = 0; i < nodeOf.size(); i++) newNumber[nodeOf[i]] = static_cast<int>(i);
  for (auto& facet : model.pressures)
    for (int& node : facet.nodes) node = newNumber[node];

  const Equilibrium equilibrium(model, team, control);
  solution.degreesOfFreedom =
      static_cast<int>(std::count(equilibrium.fixed().begin(), equilibrium.fixed().end(), 0));
  TangentSolver tangent(equilibrium, options.method);
  double reached = 0, residual = -1;
  FrameKeeper keeper(options.mostFrames);
  const auto frameOf = [&](const EquilibriumState& state) -> LoadFrame {
    return {state.loadFactor, inCallerOrder(state.displacement, nodeOf, 3),
            inCallerOrder(deformedVonMises(model, state.displacement, state.loadFactor, team, control), nodeOf, 1)};
  };
  auto stepping = raiseLoad(
      equilibrium, tangent, options.steps,
      [&](const StepProgress& progress) {
        if (progress.residual >= 0) residual = progress.residual;
        report({progress.factorised > 0 ? Stage::factorise : Stage::solve, 0.01 + 0.94 * reached, progress.step,
                progress.iteration, progress.loadFactor, residual});
      },
      [&](const EquilibriumState& state) {
        reached = state.loadFactor;
        solution.curveLoadFactor.push_back(state.loadFactor);
        solution.curveDisplacement.push_back(largestMovement(state.displacement));
        solution.curveEnergy.push_back(state.internal.storedEnergy);
        if (keeper.wants()) keeper.add(solution.frames, frameOf(state));
      });
  const auto& last = stepping.last;
  if (solution.frames.empty() || solution.frames.back().loadFactor != last.loadFactor)
    solution.frames.push_back(frameOf(last));
  solution.solveSeconds = watch.lap();

  report({Stage::recover, 0.95});
  solution.reason = stepping.reason;
  solution.explanation = explain(stepping);
  solution.loadFactor = last.loadFactor;
  solution.externalWork = stepping.externalWork;
  solution.storedEnergy = last.internal.storedEnergy;
  solution.largestStrain = last.internal.largestStrain;
  solution.method = tangent.method();
  solution.linearIterations = tangent.linearIterations();
  for (const auto& attempt : stepping.attempts) {
    solution.iterations += static_cast<int>(attempt.history.size()) - 1;
    if (attempt.failure == StepFailure::none) solution.relativeResidual = attempt.history.back().residual;
  }
  solution.attempts = std::move(stepping.attempts);
  const Vector external = equilibrium.externalForces(last.displacement, last.loadFactor);
  auto fields = recoverDeformed(model, last.displacement, last.loadFactor, external, team, control);
  fields.stress = inCallerOrder(fields.stress, nodeOf, 6);
  fields.strain = inCallerOrder(fields.strain, nodeOf, 6);
  fields.vonMises = inCallerOrder(fields.vonMises, nodeOf, 1);
  fields.principal = inCallerOrder(fields.principal, nodeOf, 3);
  fields.stressSpread = inCallerOrder(fields.stressSpread, nodeOf, 1);
  fields.elementError = inCallerOrder(fields.elementError, renumbered.elementOf, 1);
  solution.fields = std::move(fields);
  solution.displacement = inCallerOrder(last.displacement, nodeOf, 3);
  solution.externalForces = inCallerOrder(external, nodeOf, 3);
  solution.reactions = inCallerOrder(reactionsOf(equilibrium, last, external, solution.constraintForces), nodeOf, 3);
  solution.recoverSeconds = watch.lap();
  report({Stage::recover, 1});
  return solution;
}

double estimateNonlinearMemory(double nodeCount, double elementCount, Method method) {
  // Beside a static solution: the pattern's order kept between factorisations, stresses of three states, frames.
  return estimateMemory(nodeCount, elementCount, method) + nodeCount * 14.5 * 16 + elementCount * 4 * 48 * 4 +
         nodeCount * 8 * (3 * 12 + 4 * 50);
}

TangentProbe probeTangent(const NonlinearModel& model, const Vector& displacement, const Vector& direction,
                          double loadFactor) {
  validate(model.base);
  if (displacement.size() != 3 * model.base.nodeCount() || direction.size() != displacement.size())
    throw CoreError("bad-model", "displacement and direction must hold 3 values a node");
  ThreadTeam team(1);
  RunControl control;
  const Equilibrium equilibrium(model, team, control);
  TangentProbe probe;
  const auto& constraints = equilibrium.constraints();
  const auto& frames = equilibrium.frames();
  // With equations all is of the independent unknowns: the others follow in what comes in, and what goes out has none of them.
  const auto followed = [&](Vector values, const Vector& offset) {
    if (constraints.empty()) return values;
    frames.toLocal(values);
    constraints.expand(values);
    values += offset;
    frames.toGlobal(values);
    return values;
  };
  const auto reduced = [&](Vector forces) {
    if (constraints.empty()) return forces;
    frames.toLocal(forces);
    constraints.reduce(forces);
    frames.toGlobal(forces);
    return forces;
  };
  const Vector place = followed(displacement, loadFactor * constraints.offset(model.base.constraints.constant));
  const auto internal = equilibrium.internal(place, loadFactor);
  probe.internalForces = reduced(internal.forces);
  probe.storedEnergy = internal.storedEnergy;
  probe.externalForces = reduced(equilibrium.externalForces(place, loadFactor));
  LinearSystem system = equilibrium.emptySystem();
  equilibrium.assembleTangent(place, loadFactor, internal.stress, system, true);
  Vector local = direction;
  frames.toLocal(local);
  for (Eigen::Index dof = 0; dof < local.size(); dof++)
    if (constraints.isDependent(static_cast<int>(dof))) local[dof] = 0;
  probe.tangentProduct.resize(direction.size());
  SymmetricProduct(system.stiffness, team).multiply(local.data(), probe.tangentProduct.data());
  frames.toGlobal(probe.tangentProduct);
  return probe;
}

}  // namespace artificer
