#pragma once

#include "elasticity/static_model.hpp"

namespace artificer {

/**
 * Throws CoreError 'singular' when a connected part of the model can move as a rigid body: its restraints and elastic
 * supports leave one of the six motions without resistance. Names the part and the motion. Models with constraint
 * equations are not judged here.
 */
void requireHeldInPlace(const StaticModel& model);

}  // namespace artificer
