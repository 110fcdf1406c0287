#pragma once

#include <vector>

#include "elasticity/load_case.hpp"

namespace artificer {

/**
 * A copy of the model with nodes and elements sorted along a Morton curve, so that neighbours lie near one another in
 * memory. `nodeOf[i]` is the caller's number of node i, `elementOf` likewise.
 */
struct RenumberedModel {
  StaticModel model;
  std::vector<int> nodeOf;
  std::vector<int> elementOf;
  std::vector<int> fixedOf;  // likewise of the restrained degrees of freedom

  /** One of the caller's cases in the model's numbering. */
  LoadCase renumbered(const LoadCase& load) const;
};
RenumberedModel renumber(const StaticModel& model);

}  // namespace artificer
