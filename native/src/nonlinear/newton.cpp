#include "nonlinear/newton.hpp"

#include <algorithm>
#include <cmath>

namespace artificer {

namespace {

/** Out-of-balance forces below this share of stiffness times displacement are what doubles leave of an exact solution. */
constexpr double ROUND_OFF = 1e-13;
/** From this iteration on a correction must lower the energy's slope, or it is shortened; before, slender parts would stall. */
constexpr int LINE_SEARCH_FROM = 5;
/** Share of the slope at the start that a line search accepts at its end (Crisfield 1991, 9.2). */
constexpr double SLOPE_LEFT = 0.8;

}  // namespace

Newton::Balance Newton::balanceOf(const Vector& displacement, const InternalState& internal, double loadFactor) const {
  Vector external = equilibrium_.externalForces(displacement, loadFactor);
  Balance balance;
  balance.outOfBalance = external - internal.forces;
  equilibrium_.frames().toLocal(balance.outOfBalance);
  equilibrium_.constraints().reduce(balance.outOfBalance);
  double reaction = 0;
  const auto& fixed = equilibrium_.fixed();
  for (Eigen::Index dof = 0; dof < external.size(); dof++) {
    if (!fixed[dof]) continue;
    reaction += balance.outOfBalance[dof] * balance.outOfBalance[dof];
    balance.outOfBalance[dof] = 0;
  }
  const double atWork = std::max(external.norm(), std::sqrt(reaction));
  const double norm = balance.outOfBalance.norm();
  balance.relative = atWork > 0 ? norm / atWork : (norm > 0 ? 1 : 0);
  balance.roundOff = norm <= ROUND_OFF * tangent_.largestDiagonal() * displacement.cwiseAbs().maxCoeff();
  return balance;
}

/**
 * Halves a correction that turns elements inside out; late in the iteration also seeks the point where the
 * out-of-balance forces do no work along it (secants). Leaves the displacement, and what it does, at the end found.
 */
double Newton::lineSearch(const Vector& from, const Vector& step, const Vector& localStep, double slopeAtStart,
                          double loadFactor, Vector& displacement, InternalState& internal, Balance& balance) const {
  const auto go = [&](double factor) {
    displacement = from + factor * step;
    internal = equilibrium_.internal(displacement, loadFactor);
    balance = balanceOf(displacement, internal, loadFactor);
  };
  double factor = 1;
  go(factor);
  for (int halvings = 0; !(internal.smallestVolumeRatio > 0) && halvings < 5; halvings++) go(factor *= 0.5);
  if (slopeAtStart == 0) return factor;
  double low = 0, slopeLow = slopeAtStart;
  double slope = balance.outOfBalance.dot(localStep);
  for (int trial = 0; trial < 4 && std::abs(slope) > SLOPE_LEFT * std::abs(slopeAtStart); trial++) {
    if ((slope > 0) == (slopeAtStart > 0)) break;  // it has not gone past the balance: the full correction is kept
    const double secant = low + (factor - low) * slopeLow / (slopeLow - slope);
    go(factor = std::clamp(secant, low + 0.1 * (factor - low), low + 0.9 * (factor - low)));
    slope = balance.outOfBalance.dot(localStep);
    if ((slope > 0) == (slopeAtStart > 0)) break;
  }
  return factor;
}

bool Newton::findVelocity(EquilibriumState& state, const Watch& watch) {
  const auto onProgress = [&](double done) { watch(0, -1, done); };
  if (!tangent_.prepare(state.displacement, state.loadFactor, state.internal.stress, onProgress)) return false;
  Vector rate = equilibrium_.loadRate(state.displacement);
  equilibrium_.frames().toLocal(rate);
  equilibrium_.constraints().reduce(rate);
  rate += tangent_.heldLoad();
  Vector velocity;
  if (!tangent_.solve(std::move(rate), velocity)) return false;
  equilibrium_.constraints().expand(velocity);
  velocity += equilibrium_.held();
  equilibrium_.frames().toGlobal(velocity);
  state.velocity = std::move(velocity);
  return true;
}

NewtonResult Newton::advance(const EquilibriumState& from, double loadFactor, const Watch& watch) {
  NewtonResult result;
  const double loadStep = loadFactor - from.loadFactor;
  const auto fail = [&](StepFailure failure) {
    result.failure = failure;
    return result;
  };
  // The first iteration is a step along the tangent at the start, which is known there.
  Vector step = loadStep * from.velocity, displacement = from.displacement + step;
  PointStresses predicted = from.internal.stress;
  equilibrium_.addPredictedStress(from.displacement, step, 1, loadStep, predicted);
  InternalState internal = equilibrium_.internal(displacement, loadFactor);
  Balance balance = balanceOf(displacement, internal, loadFactor);
  result.history.push_back({balance.relative, 1, 1});
  watch(0, balance.relative, 0);

  double firstEnergy = 0;
  for (int iteration = 1; iteration <= limits_.iterations; iteration++) {
    if (!std::isfinite(balance.relative)) return fail(StepFailure::notConverged);
    const auto onProgress = [&](double done) { watch(iteration, -1, done); };
    if (!tangent_.prepare(displacement, loadFactor, predicted, onProgress)) return fail(StepFailure::notDefinite);
    Vector correction;
    if (!tangent_.solve(balance.outOfBalance, correction)) return fail(StepFailure::notDefinite);
    const double energy = std::abs(correction.dot(balance.outOfBalance));
    firstEnergy = std::max(firstEnergy, energy);
    step = correction;
    equilibrium_.constraints().expand(step);
    equilibrium_.frames().toGlobal(step);

    const Vector start = displacement;
    predicted = internal.stress;
    const double slope = iteration >= LINE_SEARCH_FROM ? balance.outOfBalance.dot(correction) : 0;
    const double factor =
        lineSearch(start, step, correction, slope, loadFactor, displacement, internal, balance);
    if (!(internal.smallestVolumeRatio > 0)) return fail(StepFailure::inverted);
    equilibrium_.addPredictedStress(start, step, factor, 0, predicted);

    const double moved = (displacement - from.displacement).norm();
    const NewtonIteration norms{balance.relative, firstEnergy > 0 ? energy / firstEnergy : 0,
                                moved > 0 ? factor * step.norm() / moved : 0};
    result.history.push_back(norms);
    watch(iteration, balance.relative, 0);
    // In balance, and the correction that led there was small by its size or by its work.
    const bool inBalance = norms.residual <= limits_.tolerance || balance.roundOff;
    const bool settled = norms.correction <= 1e-3 || norms.energy <= limits_.tolerance;
    if (inBalance && settled) {
      result.state = {loadFactor, std::move(displacement), std::move(internal), {}};
      return result;
    }
    if (iteration >= 8 && norms.residual > 0.5 * result.history[iteration - 4].residual)
      return fail(StepFailure::notConverged);
  }
  return fail(StepFailure::notConverged);
}

}  // namespace artificer
