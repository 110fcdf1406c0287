#pragma once

#include <vector>

#include "common/run_control.hpp"
#include "elasticity/element_stiffness.hpp"
#include "elasticity/load_case.hpp"
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

/** What is recovered of one load case; the references must outlive the call. */
struct CaseDisplacement {
  const LoadCase& load;
  const Vector& displacement;  // 3n, mm, global axes
};

/** Recovers several cases of one model at once: what depends on the mesh alone is done once for all. */
std::vector<RecoveredFields> recover(const StaticModel& model, const std::vector<CaseDisplacement>& cases,
                                     ThreadTeam& team, RunControl& control);

/** @param displacement 3n, mm, global axes */
RecoveredFields recover(const StaticModel& model, const Vector& displacement, ThreadTeam& team, RunControl& control);

double vonMises(const Tensor& stress);
/** Principal values, descending. */
Eigen::Vector3d principalValues(const Tensor& stress);

}  // namespace artificer
