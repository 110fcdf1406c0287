#pragma once

#include "common/run_control.hpp"
#include "constraints/constraint_set.hpp"
#include "elasticity/frames.hpp"
#include "elasticity/load_case.hpp"
#include "elasticity/static_model.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/**
 * K u = f with constraints and restraints put in: restrained and dependent rows and columns hold only their diagonal.
 * Local axes where framed.
 */
struct LinearSystem {
  SymmetricBlockMatrix stiffness;
  Vector load;             // f - K u_prescribed at free degrees of freedom, 0 at restrained ones
  Vector prescribed;       // 0 at free degrees of freedom
  std::vector<char> fixed; // per degree of freedom; dependent ones and those without any stiffness count as fixed
  FrameTable frames;
  ConstraintSet constraints;
  Vector offset;           // of the constraints, mm; empty without any
  Vector offsetForces;     // K offset; empty where the offset is zero
  /** Entries between free and restrained degrees of freedom, through which prescribed displacements act. */
  std::vector<CoupledBlock> restrainedCoupling;

  /** All displacements, local axes, from the solution of the reduced equations. */
  Vector displacements(const Vector& solution) const { return displacements(solution, prescribed); }
  /** @param offsets how often the constraints' offset counts: in sums of cases as often as their factors add up to */
  Vector displacements(const Vector& solution, const Vector& held, double offsets = 1) const {
    Vector u = solution + held;
    if (constraints.empty()) return u;
    constraints.expand(u);
    return u + offsets * offset;
  }
};

/** Right-hand side of one case, constraints and restraints put in; local axes. */
struct RightHandSide {
  Vector load;        // 0 at restrained degrees of freedom
  Vector prescribed;  // 0 at free ones
};

/** The system of the model with its own case as load and prescribed displacements. */
LinearSystem assemble(const StaticModel& model, ThreadTeam& team, RunControl& control);

/** The same without load and prescribed displacements: set up once for the right-hand sides of many cases. */
LinearSystem assembleStiffness(const StaticModel& model, ThreadTeam& team, RunControl& control);
RightHandSide rightHandSide(const StaticModel& model, const LinearSystem& system, const LoadCase& load,
                            const BodyForces& bodyForces, ThreadTeam& team, const RunControl& control);

/** Consistent nodal forces of the model's own accelerations (27-point rule), N, global axes. */
Vector gravityForces(const StaticModel& model);

}  // namespace artificer
