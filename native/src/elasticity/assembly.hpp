#pragma once

#include "common/run_control.hpp"
#include "elasticity/frames.hpp"
#include "elasticity/static_model.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/** K u = f with the restraints put in: restrained rows and columns hold only their diagonal. Local axes where framed. */
struct LinearSystem {
  SymmetricBlockMatrix stiffness;
  Vector load;             // f - K u_prescribed at free degrees of freedom, 0 at restrained ones
  Vector prescribed;       // 0 at free degrees of freedom
  std::vector<char> fixed; // per degree of freedom; nodes of no element count as fixed
  FrameTable frames;
};

LinearSystem assemble(const StaticModel& model, ThreadTeam& team, RunControl& control);

/** Consistent nodal forces of gravity (27-point rule), N, global axes. */
Vector gravityForces(const StaticModel& model);

}  // namespace artificer
