#pragma once

#include "heat/flux_recovery.hpp"
#include "heat/stage_solver.hpp"

namespace artificer {

struct HeatOptions {
  HeatMethod method = HeatMethod::automatic;
  double tolerance = 1e-10;  // of the heat balance of the free nodes
  int threads = 0;           // 0: the number of cores
};

/** Heat that enters the body, by where it comes from, mW (mJ when summed over time). */
struct HeatInflow {
  double fixed = 0;               // through nodes of fixed temperature
  std::vector<double> surfaces;   // one a surface condition
  std::vector<double> sources;    // one a heat source
  double nodal = 0;
  double fixedGross = 0;          // the same through fixed nodes, with what flows in and what flows out added up

  HeatInflow& add(const HeatInflow& other, double factor);
  double sum() const;
  /** Sum of the magnitudes: what an imbalance is compared with. */
  double gross() const;
};

/** The meanings are those of HeatSolution in index.d.ts. */
struct HeatSolution {
  std::vector<double> temperature;
  std::vector<double> fixedHeat;  // n, mW into the body at nodes of fixed temperature
  RecoveredHeat fields;
  HeatInflow inflow;
  double balanceError = 0;
  bool beyondTables = false;
  HeatMethod method = HeatMethod::direct;
  int newtonIterations = 0, linearIterations = 0, degreesOfFreedom = 0;
  double relativeResidual = 0;
  std::vector<double> residualHistory;
  double assembleSeconds = 0, factoriseSeconds = 0, solveSeconds = 0, recoverSeconds = 0;
};

/** Validates, renumbers, assembles, solves and recovers. Throws CoreError. */
HeatSolution solveHeat(const HeatModel& model, const HeatOptions& options, RunControl& control);

/** A billionth of what temperatures of this size could drive across the body, mW: heat below this is round-off. */
double negligibleHeat(const HeatModel& model, const Vector& temperature);

/** Whether a temperature lies outside the table of a material that depends on it. */
bool leavesTables(const HeatModel& model, const Vector& temperature, bool transient);

/** Bytes expected at the peak, from the size of the mesh alone. */
double estimateHeatMemory(double nodeCount, double elementCount, HeatMethod method, bool transient);

/** Fixed nodes as flags, with their temperatures at a time put into `temperature`. */
std::vector<char> fixedFlags(const HeatModel& model);
void setFixed(const HeatModel& model, double time, Vector& temperature);

/** Puts values of `width` a node (or element) back in the caller's order. */
template <typename Values>
std::vector<double> callerOrder(const Values& values, const std::vector<int>& callerIndex, int width = 1) {
  std::vector<double> ordered(values.size());
  for (std::size_t i = 0; i < callerIndex.size(); i++)
    std::copy_n(values.data() + width * i, width, ordered.data() + width * static_cast<std::size_t>(callerIndex[i]));
  return ordered;
}

}  // namespace artificer
