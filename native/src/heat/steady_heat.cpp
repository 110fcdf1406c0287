#include "heat/steady_heat.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

namespace artificer {

HeatInflow& HeatInflow::add(const HeatInflow& other, double factor) {
  surfaces.resize(other.surfaces.size(), 0.0);
  sources.resize(other.sources.size(), 0.0);
  fixed += factor * other.fixed;
  nodal += factor * other.nodal;
  fixedGross += factor * other.fixedGross;
  for (std::size_t i = 0; i < surfaces.size(); i++) surfaces[i] += factor * other.surfaces[i];
  for (std::size_t i = 0; i < sources.size(); i++) sources[i] += factor * other.sources[i];
  return *this;
}

double HeatInflow::sum() const {
  double total = fixed + nodal;
  for (double heat : surfaces) total += heat;
  for (double heat : sources) total += heat;
  return total;
}

double HeatInflow::gross() const {
  double total = fixedGross + std::abs(nodal);
  for (double heat : surfaces) total += std::abs(heat);
  for (double heat : sources) total += std::abs(heat);
  return total;
}

std::vector<char> fixedFlags(const HeatModel& model) {
  std::vector<char> fixed(model.nodeCount(), 0);
  for (int node : model.fixedNodes) fixed[node] = 1;
  // A node of no element takes no part.
  std::vector<char> used(model.nodeCount(), 0);
  for (int node : model.elements) used[node] = 1;
  for (int node = 0; node < model.nodeCount(); node++)
    if (!used[node]) fixed[node] = 1;
  return fixed;
}

void setFixed(const HeatModel& model, double time, Vector& temperature) {
  for (std::size_t i = 0; i < model.fixedNodes.size(); i++)
    temperature[model.fixedNodes[i]] =
        model.fixedTemperatures[i] * (model.fixedHistory.empty() ? 1 : model.historyAt(model.fixedHistory[i], time));
}

double negligibleHeat(const HeatModel& model, const Vector& temperature) {
  const Eigen::Map<const Eigen::Matrix<double, 3, Eigen::Dynamic>> points(model.nodes.data(), 3, model.nodeCount());
  const double size = (points.rowwise().maxCoeff() - points.rowwise().minCoeff()).maxCoeff();
  double conductivity = 0;
  for (const auto& material : model.materials)
    for (double value : material.conductivity.values) conductivity = std::max(conductivity, value);
  return 1e-9 * conductivity * size * std::max(1.0, temperature.cwiseAbs().maxCoeff());
}

bool leavesTables(const HeatModel& model, const Vector& temperature, bool transient) {
  for (int e = 0; e < model.elementCount(); e++) {
    const auto& material = model.materialOf(e);
    if (material.conductivity.constant() && (!transient || material.specificHeat.constant())) continue;
    for (int a = 0; a < tet10::NODES; a++) {
      const double t = temperature[model.element(e)[a]];
      if (!material.conductivity.covers(t) || (transient && !material.specificHeat.covers(t))) return true;
    }
  }
  return false;
}

namespace {

/** A first guess for Newton's method: the mean of the temperatures that the model names. */
double namedTemperature(const HeatModel& model) {
  double sum = 0;
  int count = 0;
  for (double t : model.fixedTemperatures) {
    sum += t;
    count++;
  }
  for (const auto& surface : model.surfaces)
    if (surface.kind != SurfaceKind::flux) {
      sum += surface.ambient;
      count++;
    }
  return count > 0 ? sum / count : 20;
}

}  // namespace

HeatSolution solveHeat(const HeatModel& callerModel, const HeatOptions& options, RunControl& control) {
  Stopwatch watch;
  HeatSolution solution;
  const int cores = std::max(1u, std::thread::hardware_concurrency());
  ThreadTeam team(std::clamp(options.threads > 0 ? options.threads : cores, 1, 64));
  validate(callerModel, false);
  requireTemperatureSet(callerModel);
  const auto renumbered = renumber(callerModel);
  const HeatModel& model = renumbered.model;
  const HeatSystem system(model, false, team, control);
  solution.assembleSeconds = watch.lap();

  const auto fixed = fixedFlags(model);
  Vector temperature = model.initialTemperature.empty()
                           ? Vector(Vector::Constant(model.nodeCount(), namedTemperature(model)))
                           : Vector(Eigen::Map<const Vector>(model.initialTemperature.data(), model.nodeCount()));
  setFixed(model, 0, temperature);
  {
    StageLimits limits;
    limits.method = options.method;
    limits.tolerance = options.tolerance;
    StageSolver solver(system, fixed, false, limits, control);
    control.report({Stage::factorise, 0.1});
    solver.onIteration = [&](int iteration, double relative) {
      const double done = std::log(std::clamp(relative, options.tolerance, 1.0)) / std::log(options.tolerance);
      control.report({Stage::solve, 0.3 + 0.55 * done, iteration, relative});
    };
    auto result = solver.solve(temperature, 0, 1, nullptr);
    solution.method = solver.method();
    solution.newtonIterations = result.newtonIterations;
    solution.linearIterations = result.linearIterations;
    solution.relativeResidual = result.relativeResidual;
    solution.residualHistory = std::move(result.history);
    solution.factoriseSeconds = solver.factoriseSeconds();
    solution.solveSeconds = watch.lap() - solution.factoriseSeconds;
  }
  solution.degreesOfFreedom = static_cast<int>(std::count(fixed.begin(), fixed.end(), 0));

  Vector fixedHeat = system.outflow(temperature, 0, control) - system.loads(0);
  for (int node = 0; node < model.nodeCount(); node++)
    if (!fixed[node]) fixedHeat[node] = 0;
  solution.inflow = {fixedHeat.sum(), system.surfaceHeat(temperature, 0), system.sourceHeat(0), system.nodalHeat(),
                     fixedHeat.cwiseAbs().sum()};
  solution.balanceError =
      std::abs(solution.inflow.sum()) / std::max(solution.inflow.gross(), negligibleHeat(model, temperature));
  solution.beyondTables = leavesTables(model, temperature, false);

  control.report({Stage::recover, 0.88});
  solution.fields = recoverHeat(model, temperature, team, control).inOrder(renumbered.nodeOf, renumbered.elementOf);
  solution.temperature = callerOrder(temperature, renumbered.nodeOf);
  solution.fixedHeat = callerOrder(fixedHeat, renumbered.nodeOf);
  solution.recoverSeconds = watch.lap();
  control.report({Stage::recover, 1});
  return solution;
}

double estimateHeatMemory(double nodeCount, double elementCount, HeatMethod method, bool transient) {
  const double model = 2 * (nodeCount * 3 * 8 + elementCount * 12 * 4);
  const double matrices = nodeCount * 14.5 * (4 + 8 * (transient ? 4 : 3));
  const double recovery = elementCount * 4 * 56 + nodeCount * 8 * 20;
  // As for elasticity, with one unknown a node instead of three: a ninth of the factor.
  const double factor = 8 * 62 / 9.0 * std::pow(nodeCount, 4.0 / 3) + nodeCount * 14.5 * 16;
  const double coarse = 8 * 62 / 9.0 * std::pow(nodeCount / 7.5, 4.0 / 3) + nodeCount * 14.5 * 12;
  const bool direct = method == HeatMethod::direct || (method == HeatMethod::automatic && nodeCount <= directHeatNodes(transient));
  return model + matrices + std::max(recovery, (direct ? factor : coarse) + nodeCount * 8 * 12);
}

}  // namespace artificer
