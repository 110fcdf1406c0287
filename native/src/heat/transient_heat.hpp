#pragma once

#include "heat/steady_heat.hpp"

namespace artificer {

struct TransientOptions {
  HeatOptions heat;
  double end = 0;        // s
  /** Fixed step, s (rounded down so that a whole number of steps meets the end); 0: the step follows the error. */
  double step = 0;
  /** Error allowed in one adaptive step, root mean square over the free nodes, as a share of the span of temperatures. */
  double stepTolerance = 1e-3;
  double largestStep = 0;  // of adaptive steps; 0: a twentieth of the end
  /** Times at which temperatures (and fluxes) are kept, ascending, in 0..end. */
  std::vector<double> outputTimes;
  bool outputFlux = true;
  /** Probes: temperature of probe i is the sum of weights * temperatures over nodes[offsets[i] .. offsets[i + 1]]. */
  std::vector<int> probeOffsets, probeNodes;
  std::vector<double> probeWeights;
};

/** The meanings are those of TransientHeatSolution in index.d.ts. */
struct TransientHeatSolution {
  std::vector<double> times;           // after each step, from 0
  std::vector<double> probes;          // one row of probes a time
  std::vector<double> lowest, highest; // degC, a time
  std::vector<double> storedHeat;      // mJ since the start, a time
  std::vector<double> inflowRate;      // mW: fixed, surfaces.., sources.., nodal; a row a time (0 at the start)
  std::vector<double> frameTimes, frameTemperatures, frameFluxes;
  HeatInflow inflow;                   // mJ over the whole time
  double stored = 0;                   // mJ
  double balanceError = 0;
  double overshoot = 0;                // K beyond the bounds that the maximum principle sets
  bool beyondTables = false;
  int steps = 0, rejected = 0, factorisations = 0, newtonIterations = 0, linearIterations = 0, degreesOfFreedom = 0;
  HeatMethod method = HeatMethod::direct;
  std::vector<double> temperature, fixedHeat;
  RecoveredHeat fields;                // at the end
  double assembleSeconds = 0, factoriseSeconds = 0, solveSeconds = 0, recoverSeconds = 0;
};

/**
 * Integrates content' = loads - outflow with the singly diagonally implicit Runge-Kutta method of order two (Alexander 1977,
 * gamma = 1 - 1/sqrt 2): L-stable and stiffly accurate, so that a suddenly applied temperature does not ring whatever the
 * step, and no derivative is needed where the start contradicts the boundary. Both stages share one matrix. The balance of
 * heat closes by construction, since both stages balance content, not its derivative. Adaptive steps are halved and doubled
 * only, so that factorisations last. Throws CoreError.
 */
TransientHeatSolution solveTransientHeat(const HeatModel& model, const TransientOptions& options, RunControl& control);

}  // namespace artificer
