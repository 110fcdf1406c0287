#pragma once

#include <vector>

#include "common/run_control.hpp"
#include "elasticity/element_stiffness.hpp"
#include "elasticity/static_model.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** Fields recovered from a displacement, in the numbering of the model they were asked for. Units as in index.d.ts. */
struct RecoveredFields {
  std::vector<double> stress;        // 6n, MPa
  std::vector<double> strain;        // 6n
  std::vector<double> vonMises;      // n, MPa
  std::vector<double> principal;     // 3n, MPa, descending
  std::vector<double> stressSpread;  // n, MPa
  std::vector<double> stressError;   // n, MPa, estimated error of vonMises
  std::vector<double> elementError;  // m, sqrt(N mm)
  double relativeEnergyError = 0;
  double strainEnergy = 0;           // N mm, elastic part
  Vector internalForces;             // 3n, N, global axes: integral of B^T sigma
};

/** @param displacement 3n, mm, global axes */
RecoveredFields recover(const StaticModel& model, const Vector& displacement, ThreadTeam& team, RunControl& control);

double vonMises(const Tensor& stress);
/** Principal values, descending. */
Eigen::Vector3d principalValues(const Tensor& stress);

}  // namespace artificer
