#pragma once

#include <vector>

#include "common/run_control.hpp"
#include "heat/heat_model.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** Heat flux recovered from temperatures. Units as in index.d.ts. */
struct RecoveredHeat {
  std::vector<double> heatFlux;      // 3n, mW/mm^2
  std::vector<double> gradient;      // 3n, K/mm
  std::vector<double> fluxSpread;    // n, mW/mm^2: largest difference between the elements' own fluxes at the node
  std::vector<double> elementError;  // m, sqrt(mW K): energy norm of recovered minus raw flux
  double relativeEnergyError = 0;

  /** The same with nodes and elements numbered as the caller numbers them. */
  RecoveredHeat inOrder(const std::vector<int>& nodeOf, const std::vector<int>& elementOf) const;
};

/**
 * Superconvergent patch recovery (Zienkiewicz and Zhu 1992) of the heat flux: around every corner node of each body a
 * quadratic field is fitted to the Gauss points near by, weighted towards the node; midside nodes take the mean of their
 * corners' fields. The averaged extrapolations stay where elements disagree too much for a smooth field, or are too few.
 */
RecoveredHeat recoverHeat(const HeatModel& model, const Vector& temperature, ThreadTeam& team, RunControl& control);

}  // namespace artificer
