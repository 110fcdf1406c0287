#pragma once

#include <vector>

#include "common/run_control.hpp"
#include "recovery/body_nodes.hpp"
#include "recovery/gauss_sample.hpp"

namespace artificer {

/** Nodal values, one for every body node. */
struct NodalRecovery {
  std::vector<Tensor> stress;
  std::vector<double> spread;  // max - min von Mises of the elements' own extrapolations, MPa
  std::vector<double> error;   // estimated error of the recovered stress as von Mises stress, MPa
};

/** Each element's linear field through its Gauss points, taken to its nodes and averaged there. */
NodalRecovery averageExtrapolations(const StaticModel& model, const BodyNodes& bodyNodes,
                                    const std::vector<GaussSample>& samples, RunControl& control);

}  // namespace artificer
