#pragma once

#include <vector>

#include "common/run_control.hpp"
#include "elasticity/element_stiffness.hpp"
#include "recovery/body_nodes.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** Strain and stress at one integration point. */
struct GaussSample {
  Eigen::Vector3d point;
  double weight;
  Tensor strain, stress;
};

/** Nodal values, one for every body node. */
struct NodalRecovery {
  std::vector<Tensor> stress, strain;
  std::vector<double> spread;  // max - min von Mises of the elements' own extrapolations, MPa
};

NodalRecovery recoverAtNodes(const StaticModel& model, const BodyNodes& bodyNodes,
                             const std::vector<GaussSample>& samples, ThreadTeam& team, RunControl& control);

}  // namespace artificer
