#include "heat/transient_heat.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "heat/heat_bounds.hpp"

namespace artificer {

namespace {

const double GAMMA = 1 - 1 / std::sqrt(2.0);
/**
 * The method's local error is 0.04044 dt^3 T'''; the second divided difference D of the heat flows at 0, gamma and 1 is
 * gamma dt^2 T''' (both by expansion for T' = lambda T): the error is this times dt times D.
 */
const double ERROR_CONSTANT = (3 * GAMMA * GAMMA - 2 * GAMMA * GAMMA * GAMMA - 1.0 / 6) / GAMMA;
/** Histories with more points than this are curves, which steps need not meet one by one. */
constexpr std::size_t FEW_POINTS = 64;
constexpr double SMALLEST_SHARE = 1e-9;

/** A whole step: state at its end and what went in meanwhile. */
struct StepResult {
  Vector temperature, content, firstFlow, lastFlow;
  HeatInflow inflow;  // mJ
  HeatInflow endRate; // mW
  double error = 0;   // root mean square, K
};

class Integrator {
 public:
  Integrator(const HeatModel& model, const TransientOptions& options, ThreadTeam& team, RunControl& control)
      : model_(model), options_(options), control_(control), system_(model, true, team, control), fixed_(fixedFlags(model)),
        solver_(system_, fixed_, true, limits(options), control),
        temperature_(Eigen::Map<const Vector>(model.initialTemperature.data(), model.nodeCount())) {
    content_ = system_.content(temperature_, control);
    for (const auto& history : model.histories)
      if (history.arguments.size() <= FEW_POINTS)
        events_.insert(events_.end(), history.arguments.begin(), history.arguments.end());
    std::sort(events_.begin(), events_.end());
  }

  void run(TransientHeatSolution& solution);
  const StageSolver& solver() const { return solver_; }
  const std::vector<char>& fixed() const { return fixed_; }
  const Vector& temperature() const { return temperature_; }
  /** mW into the body at fixed nodes at the end of the last step. */
  Vector fixedHeat() const;
  /** Called with each requested time and the temperatures then. */
  std::function<void(double, const Vector&)> onFrame;

 private:
  static StageLimits limits(const TransientOptions& options) {
    StageLimits limits;
    limits.method = options.heat.method;
    limits.tolerance = options.heat.tolerance;
    return limits;
  }
  HeatInflow inflowAt(const Vector& temperature, double time, const Vector& flow) const;
  StepResult step(double time, double length, bool estimate, TransientHeatSolution& solution);
  void advance(double time, double length, StepResult&& taken, TransientHeatSolution& solution);
  void keepFrames(double from, double to, const Vector& before, const Vector& after);
  double nextEvent(double time) const;
  void record(double time, const HeatInflow& rate, TransientHeatSolution& solution) const;

  const HeatModel& model_;
  const TransientOptions& options_;
  RunControl& control_;
  HeatSystem system_;
  std::vector<char> fixed_;
  StageSolver solver_;
  Vector temperature_, content_;
  Vector flow_;          // at the start of the step; empty where it is not known (the start, and after a jump)
  Vector earlier_;       // temperatures at the start of the step before, at earlierTime_
  double earlierTime_ = -1;
  double storedAtStart_ = 0;
  std::vector<double> events_;
  std::size_t nextFrame_ = 0;
};

HeatInflow Integrator::inflowAt(const Vector& temperature, double time, const Vector& flow) const {
  HeatInflow in{0, system_.surfaceHeat(temperature, time), system_.sourceHeat(time), system_.nodalHeat(), 0};
  // What a fixed node takes in and neither conduction nor loads account for comes from whatever fixes it.
  const Vector unexplained = flow + system_.outflow(temperature, time, control_) - system_.loads(time);
  for (int node = 0; node < model_.nodeCount(); node++)
    if (fixed_[node]) {
      in.fixed += unexplained[node];
      in.fixedGross += std::abs(unexplained[node]);
    }
  return in;
}

StepResult Integrator::step(double time, double length, bool estimate, TransientHeatSolution& solution) {
  const double factor = GAMMA * length, middle = time + factor, end = time + length;
  StepResult result;
  Vector known = content_;
  Vector first = temperature_;
  setFixed(model_, middle, first);
  auto stage = solver_.solve(first, middle, factor, &known);
  solution.newtonIterations += stage.newtonIterations;
  solution.linearIterations += stage.linearIterations;
  result.firstFlow = (system_.content(first, control_) - content_) / factor;

  known = content_ + (1 - GAMMA) * length * result.firstFlow;
  result.temperature = first;
  setFixed(model_, end, result.temperature);
  stage = solver_.solve(result.temperature, end, factor, &known);
  solution.newtonIterations += stage.newtonIterations;
  solution.linearIterations += stage.linearIterations;
  result.content = system_.content(result.temperature, control_);
  result.lastFlow = (result.content - known) / factor;

  if (estimate) {
    const Vector& start = flow_.size() > 0 ? flow_ : result.firstFlow;
    const Vector difference =
        (result.lastFlow - result.firstFlow) / (1 - GAMMA) - (result.firstFlow - start) / GAMMA;
    // Through the stage's matrix, which keeps what is stiff from drowning the rest (Hosea and Shampine 1996).
    Vector error;
    solver_.correct(ERROR_CONSTANT * length * difference, error);
    double squared = 0;
    int count = 0;
    for (int node = 0; node < model_.nodeCount(); node++)
      if (!fixed_[node]) {
        squared += error[node] * error[node];
        count++;
      }
    result.error = count > 0 ? std::sqrt(squared / count) : 0;
  }
  result.inflow.add(inflowAt(first, middle, result.firstFlow), (1 - GAMMA) * length);
  result.endRate = inflowAt(result.temperature, end, result.lastFlow);
  result.inflow.add(result.endRate, GAMMA * length);
  return result;
}

void Integrator::record(double time, const HeatInflow& rate, TransientHeatSolution& solution) const {
  solution.times.push_back(time);
  solution.lowest.push_back(temperature_.minCoeff());
  solution.highest.push_back(temperature_.maxCoeff());
  solution.storedHeat.push_back(content_.sum() - storedAtStart_);
  for (std::size_t probe = 0; probe + 1 < options_.probeOffsets.size(); probe++) {
    double value = 0;
    for (int p = options_.probeOffsets[probe]; p < options_.probeOffsets[probe + 1]; p++)
      value += options_.probeWeights[p] * temperature_[options_.probeNodes[p]];
    solution.probes.push_back(value);
  }
  auto& rates = solution.inflowRate;
  rates.push_back(rate.fixed);
  rates.insert(rates.end(), rate.surfaces.begin(), rate.surfaces.end());
  rates.insert(rates.end(), rate.sources.begin(), rate.sources.end());
  rates.push_back(rate.nodal);
}

/** Temperatures at requested times inside a step: a parabola through the last three ends of steps, a line where there are two. */
void Integrator::keepFrames(double from, double to, const Vector& before, const Vector& after) {
  const double slack = 1e-9 * options_.end;
  while (nextFrame_ < options_.outputTimes.size() && options_.outputTimes[nextFrame_] <= to + slack) {
    const double t = options_.outputTimes[nextFrame_++];
    if (t >= to - slack) {
      onFrame(t, after);
      continue;
    }
    const double share = (t - from) / (to - from);
    Vector between = before + share * (after - before);
    if (earlierTime_ >= 0) {
      const Vector curvature =
          ((after - before) / (to - from) - (before - earlier_) / (from - earlierTime_)) / (to - earlierTime_);
      between += (t - from) * (t - to) * curvature;
    }
    onFrame(t, between);
  }
}

double Integrator::nextEvent(double time) const {
  const auto next = std::upper_bound(events_.begin(), events_.end(), time + SMALLEST_SHARE * options_.end);
  return next == events_.end() || *next > options_.end ? options_.end : *next;
}

void Integrator::advance(double time, double length, StepResult&& taken, TransientHeatSolution& solution) {
  keepFrames(time, time + length, temperature_, taken.temperature);
  earlier_ = std::move(temperature_);
  earlierTime_ = time;
  temperature_ = std::move(taken.temperature);
  content_ = std::move(taken.content);
  flow_ = std::move(taken.lastFlow);
  solution.inflow.add(taken.inflow, 1);
  solution.steps++;
  record(time + length, taken.endRate, solution);
  control_.report({Stage::solve, 0.1 + 0.8 * (time + length) / options_.end, solution.steps});
}

void Integrator::run(TransientHeatSolution& solution) {
  storedAtStart_ = content_.sum();
  HeatInflow none;
  none.surfaces.assign(model_.surfaces.size(), 0.0);
  none.sources.assign(model_.sources.size(), 0.0);
  record(0, none, solution);
  while (nextFrame_ < options_.outputTimes.size() && options_.outputTimes[nextFrame_] <= 0) {
    onFrame(0, temperature_);
    nextFrame_++;
  }
  const double end = options_.end;
  HeatBounds bounds(model_, temperature_);
  const auto watchBounds = [&](double time) {
    solution.overshoot = std::max(solution.overshoot, bounds.excess(time, temperature_));
  };
  if (options_.step > 0) {
    const auto count = static_cast<std::int64_t>(std::max(1.0, std::ceil(end / options_.step - 1e-6)));
    const double length = end / static_cast<double>(count);
    for (std::int64_t i = 0; i < count; i++) {
      const double time = static_cast<double>(i) * length;
      advance(time, length, step(time, length, false, solution), solution);
      watchBounds(time + length);
    }
  } else {
    const double largest = options_.largestStep > 0 ? options_.largestStep : end / 20;
    double preferred = std::min(largest, end / 1024), time = 0;
    while (time < end * (1 - SMALLEST_SHARE)) {
      const double stop = nextEvent(time);
      // What is left before a jump or the end is shared out evenly rather than leaving a sliver.
      const double left = stop - time;
      double length = preferred >= left ? left : preferred > 0.5 * left ? 0.5 * left : preferred;
      StepResult taken = step(time, length, true, solution);
      bounds.include(time + length, taken.temperature);
      const double allowed = options_.stepTolerance * std::max(bounds.span(), 1e-6);
      const double share = taken.error / allowed;
      if (share > 1) {
        solution.rejected++;
        preferred = 0.5 * length;
        while (preferred > SMALLEST_SHARE * end && std::pow(preferred / length, 3) * share > 0.7) preferred *= 0.5;
        if (preferred <= SMALLEST_SHARE * end)
          throw CoreError("not-converged",
                          "The time step fell below a billionth of the whole time at " + std::to_string(time) +
                              " s without reaching the wanted accuracy.",
                          "Allow a larger error of the step, or use a fixed step.");
        continue;
      }
      advance(time, length, std::move(taken), solution);
      time += length;
      watchBounds(time);
      if (left - length < SMALLEST_SHARE * end) {
        flow_.resize(0);  // loads may jump here: what flowed before tells nothing of what flows after
        earlierTime_ = -1;
      }
      if (share < 0.05) preferred = std::min(largest, 2 * preferred);
    }
  }
  solution.stored = content_.sum() - storedAtStart_;
}

Vector Integrator::fixedHeat() const {
  Vector heat = flow_;
  if (heat.size() == 0) heat = Vector::Zero(model_.nodeCount());
  heat += system_.outflow(temperature_, options_.end, control_) - system_.loads(options_.end);
  for (int node = 0; node < model_.nodeCount(); node++)
    if (!fixed_[node]) heat[node] = 0;
  return heat;
}

void requireOptions(const HeatModel& model, const TransientOptions& options) {
  const auto refuse = [](const char* message) { throw CoreError("bad-model", message); };
  if (!(std::isfinite(options.end) && options.end > 0)) refuse("the end of the transient must be a positive time");
  if (!(std::isfinite(options.step) && options.step >= 0)) refuse("the time step must not be negative");
  if (options.step > 0 && options.end / options.step > 1e6) refuse("more than a million time steps are not taken");
  if (!(options.stepTolerance > 0 && options.stepTolerance < 1)) refuse("the error of a step must lie between 0 and 1");
  if (!std::is_sorted(options.outputTimes.begin(), options.outputTimes.end())) refuse("output times must ascend");
  for (double time : options.outputTimes)
    if (!(time >= 0 && time <= options.end * (1 + 1e-9))) refuse("an output time lies outside the transient");
  const auto& offsets = options.probeOffsets;
  if (offsets.empty() && options.probeNodes.empty()) return;
  if (offsets.empty() || offsets.front() != 0 || offsets.back() != static_cast<int>(options.probeNodes.size()) ||
      !std::is_sorted(offsets.begin(), offsets.end()) || options.probeWeights.size() != options.probeNodes.size())
    refuse("probes must hold a weight a node, and offsets that ascend");
  for (int node : options.probeNodes)
    if (node < 0 || node >= model.nodeCount()) refuse("a probe names a node outside the mesh");
}

}  // namespace

TransientHeatSolution solveTransientHeat(const HeatModel& callerModel, const TransientOptions& callerOptions,
                                         RunControl& control) {
  Stopwatch watch;
  TransientHeatSolution solution;
  const int cores = std::max(1u, std::thread::hardware_concurrency());
  ThreadTeam team(std::clamp(callerOptions.heat.threads > 0 ? callerOptions.heat.threads : cores, 1, 64));
  validate(callerModel, true);
  requireOptions(callerModel, callerOptions);
  const auto renumbered = renumber(callerModel);
  const HeatModel& model = renumbered.model;
  TransientOptions options = callerOptions;
  for (int& node : options.probeNodes) node = renumbered.newNumber[node];

  Integrator integrator(model, options, team, control);
  solution.assembleSeconds = watch.lap();
  double recovering = 0;
  integrator.onFrame = [&](double time, const Vector& temperature) {
    Stopwatch frame;
    solution.frameTimes.push_back(time);
    const auto values = callerOrder(temperature, renumbered.nodeOf);
    solution.frameTemperatures.insert(solution.frameTemperatures.end(), values.begin(), values.end());
    if (options.outputFlux) {
      const auto flux = callerOrder(recoverHeat(model, temperature, team, control).heatFlux, renumbered.nodeOf, 3);
      solution.frameFluxes.insert(solution.frameFluxes.end(), flux.begin(), flux.end());
    }
    recovering += frame.seconds();
  };
  integrator.run(solution);
  solution.method = integrator.solver().method();
  solution.factorisations = integrator.solver().factorisations();
  solution.factoriseSeconds = integrator.solver().factoriseSeconds();
  solution.solveSeconds = watch.lap() - solution.factoriseSeconds - recovering;
  const auto& fixed = integrator.fixed();
  solution.degreesOfFreedom = static_cast<int>(std::count(fixed.begin(), fixed.end(), 0));
  const double negligible = negligibleHeat(model, integrator.temperature()) * options.end;
  solution.balanceError = std::abs(solution.inflow.sum() - solution.stored) /
                          std::max({solution.inflow.gross(), std::abs(solution.stored), negligible});
  solution.beyondTables = leavesTables(model, integrator.temperature(), true);
  control.report({Stage::recover, 0.92});
  solution.fields = recoverHeat(model, integrator.temperature(), team, control).inOrder(renumbered.nodeOf, renumbered.elementOf);
  solution.temperature = callerOrder(integrator.temperature(), renumbered.nodeOf);
  solution.fixedHeat = callerOrder(integrator.fixedHeat(), renumbered.nodeOf);
  solution.recoverSeconds = watch.lap() + recovering;
  control.report({Stage::recover, 1});
  return solution;
}

}  // namespace artificer
