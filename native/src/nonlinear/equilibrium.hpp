#pragma once

#include "common/run_control.hpp"
#include "elasticity/assembly.hpp"
#include "nonlinear/finite_strain.hpp"
#include "nonlinear/nonlinear_model.hpp"

namespace artificer {

/** Stress at the 4 integration points of every element. */
using PointStresses = std::vector<Tensor>;

/** What a displacement does inside the body. Forces in global axes, N. */
struct InternalState {
  Vector forces;               // of the stress and of the elastic supports
  double storedEnergy = 0;     // N mm: of the strain beyond the thermal one, and of the supports
  double smallestVolumeRatio = 1;
  double largestStrain = 0;    // largest |principal Green-Lagrange strain|
  PointStresses stress;        // second Piola-Kirchhoff, MPa
};

/**
 * The equations of one model: forces and tangents at any displacement (3n, mm, global axes) and load factor. Constraint
 * equations are linear in the displacements from the undeformed place and stay so however far things move: u = T q + t offset.
 * Forces and tangents are brought to the independent unknowns q by T, as in statics.
 */
class Equilibrium {
 public:
  Equilibrium(const NonlinearModel& model, ThreadTeam& team, RunControl& control);

  InternalState internal(const Vector& displacement, double loadFactor) const;
  /** Dead and follower loads at the load factor. */
  Vector externalForces(const Vector& displacement, double loadFactor) const;
  /** Change of the out-of-balance forces with the load factor at a displacement that is held: loads and thermal strain. */
  Vector loadRate(const Vector& displacement) const;

  /**
   * The tangent of the independent unknowns at a displacement, with the geometric part of the given stresses. Restrained and
   * dependent rows and columns hold only their diagonal; local axes at framed nodes. `load` holds -K times the rate of the
   * displacements that are held.
   */
  void assembleTangent(const Vector& displacement, double loadFactor, const PointStresses& stress, LinearSystem& system,
                       bool keepRestrained = false) const;
  /** A system of the model's pattern, without numbers. */
  LinearSystem emptySystem() const;

  /**
   * Adds D (factor B(u) du - the thermal strain of `loadStep`) to the stresses: what the step would make of them, were the
   * strain linear in it.
   */
  void addPredictedStress(const Vector& displacement, const Vector& step, double factor, double loadStep,
                          PointStresses& stress) const;

  const NonlinearModel& model() const { return model_; }
  const FrameTable& frames() const { return frames_; }
  /** Displacements at load factor 1 of prescribed values and the equations' constants alone, local axes. */
  const Vector& held() const { return held_; }
  /** Restrained, dependent, or of no stiffness. */
  const std::vector<char>& fixed() const { return fixed_; }
  const ConstraintSet& constraints() const { return constraints_; }
  ThreadTeam& team() const { return team_; }
  RunControl& control() const { return control_; }

 private:
  template <typename Visit>
  void forElements(Visit visit) const;

  const NonlinearModel& model_;
  ThreadTeam& team_;
  RunControl& control_;
  FrameTable frames_;
  ConstraintSet constraints_;
  Vector deadForces_, held_;
  std::vector<char> fixed_;
  SymmetricBlockMatrix elementPattern_;  // only where there are constraints: their tangent has another pattern
};

}  // namespace artificer
