#pragma once

#include "common/run_control.hpp"
#include "heat/heat_model.hpp"
#include "heat/scalar_matrix.hpp"

namespace artificer {

/** Heat per node that a load brings for a unit of its magnitude, as nodes and values. */
struct SparseVector {
  std::vector<int> nodes;
  std::vector<double> values;
  double sum() const;
  double dot(const Vector& x) const;
  void addTo(Vector& y, double factor) const;
};

/** The linearised flow of heat: -d(net heat)/d(temperature), and what is not symmetric of it where conductivity varies. */
struct HeatTangent {
  ScalarMatrix symmetric;
  std::vector<double> lowerExtra, upperExtra;  // empty where conductivity does not depend on temperature
  bool skew() const { return !lowerExtra.empty(); }
};

/**
 * The equations of heat on a mesh, semi-discrete: d/dt content(T) = net(T, t). Conduction is integrated with four points an
 * element, capacity with 27 (consistent, not lumped: lumping a quadratic tetrahedron gives its corners negative mass),
 * surfaces with seven.
 */
class HeatSystem {
 public:
  HeatSystem(const HeatModel& model, bool transient, ThreadTeam& team, RunControl& control);

  const HeatModel& model() const { return model_; }
  ThreadTeam& team() const { return team_; }
  const std::shared_ptr<const ScalarPattern>& pattern() const { return pattern_; }
  /** Whether the flow (the content) of heat is linear in temperature. */
  bool linearFlow() const { return varyingConduction_.empty() && !radiates_; }
  bool linearContent() const { return varyingCapacity_.empty(); }

  /** What loads bring at a time whatever the temperatures are, mW a node (convection: film times ambient). */
  Vector loads(double time) const;
  /** Heat that leaves each node by conduction, contact, convection (film times own temperature) and radiation, mW. */
  Vector outflow(const Vector& temperature, double time, const RunControl& control) const;
  /** `tangent` gets the derivative of `outflow`. */
  void linearise(const Vector& temperature, HeatTangent& tangent, const RunControl& control) const;

  /** Heat content of each node against 0 degC, mJ; only of a transient system. */
  Vector content(const Vector& temperature, const RunControl& control) const;
  /** Adds factor times the derivative of the content to a matrix of this pattern. */
  void addCapacity(const Vector& temperature, double factor, ScalarMatrix& matrix, const RunControl& control) const;

  /** Heat into the body through each surface condition, and from each source, mW. */
  std::vector<double> surfaceHeat(const Vector& temperature, double time) const;
  std::vector<double> sourceHeat(double time) const;
  double nodalHeat() const;

 private:
  struct Radiator {
    int surface;
    std::vector<double> areas;  // triangle6::POINTS a facet
  };
  void addLinearConduction(RunControl& control);
  void addLinearCapacity(RunControl& control);
  void addSurfaces();
  void addSources();
  void addContacts();
  template <typename Visit>
  void forRadiationPoints(const Radiator& radiator, const Vector& temperature, Visit visit) const;
  double ambientOf(const SurfaceCondition& surface, double time) const {
    return surface.ambient * model_.historyAt(surface.history, time);
  }

  const HeatModel& model_;
  ThreadTeam& team_;
  std::shared_ptr<const ScalarPattern> pattern_;
  ScalarMatrix flow_;      // what is linear of conduction, convection and contact
  ScalarMatrix capacity_;  // what is linear of heat capacity
  std::vector<int> varyingConduction_, varyingCapacity_;  // elements
  std::vector<TableIntegral> enthalpy_;                   // per material, mJ/tonne
  std::vector<SparseVector> surfaceShape_, sourceShape_;
  std::vector<Radiator> radiators_;
  bool radiates_ = false;
};

/** The conductivity tensor of a material at a temperature and, if asked for, its derivative by temperature. */
Eigen::Matrix3d conductivityOf(const HeatMaterial& material, double temperature, Eigen::Matrix3d* slope = nullptr);

}  // namespace artificer
