#pragma once

#include "common/run_control.hpp"
#include "constraints/constraint_set.hpp"
#include "elasticity/frames.hpp"
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

  /** All displacements, local axes, from the solution of the reduced equations. */
  Vector displacements(const Vector& solution) const {
    Vector u = solution + prescribed;
    if (constraints.empty()) return u;
    constraints.expand(u);
    return u + offset;
  }
};

LinearSystem assemble(const StaticModel& model, ThreadTeam& team, RunControl& control);

/** Consistent nodal forces of gravity (27-point rule), N, global axes. */
Vector gravityForces(const StaticModel& model);

}  // namespace artificer
