#pragma once

#include <string>
#include <vector>

#include "common/run_control.hpp"
#include "elasticity/static_model.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** What may differ between the cases that are solved with one stiffness. The meanings are StaticModel's. */
struct LoadCase {
  std::vector<double> forces;
  Eigen::Vector3d gravity = Eigen::Vector3d::Zero();
  Eigen::Matrix3d accelerationGradient = Eigen::Matrix3d::Zero();
  std::vector<double> fixedValues;
  std::vector<double> temperatureChange;

  /** The model's own case. */
  static LoadCase of(const StaticModel& model);
};

/** Throws CoreError 'bad-model', naming the case by `name`, unless it fits the model. */
void validate(const StaticModel& model, const LoadCase& load, const std::string& name);

/** Whether two cases may share one stiffness: always, unless a material depends on temperature and theirs differ. */
bool shareStiffness(const StaticModel& model, const LoadCase& a, const LoadCase& b);

/**
 * Consistent nodal forces of accelerations that are linear in space (27-point rule): integral of N_a rho (g + G x). The
 * integrals of N_a rho and N_a rho x are taken once for all cases.
 */
class BodyForces {
 public:
  /** Both must outlive it. The integrals are taken when a case first asks for them. */
  BodyForces(const StaticModel& model, ThreadTeam& team) : model_(model), team_(team) {}
  /** N, global axes, 3 a node. */
  Vector of(const LoadCase& load) const;

 private:
  void integrate() const;

  const StaticModel& model_;
  ThreadTeam& team_;
  mutable Eigen::Matrix<double, 4, Eigen::Dynamic> moments_;  // per node: mass, mass * x, y, z
};

/** Forces that would hold back the thermal expansion, N, global axes, 3 a node; zero without temperatures. */
Vector thermalForces(const StaticModel& model, const std::vector<double>& temperatureChange, ThreadTeam& team,
                     const RunControl& control);

}  // namespace artificer
