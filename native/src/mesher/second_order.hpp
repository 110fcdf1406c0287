#pragma once

#include "mesher/geometry.hpp"
#include "mesher/linear_mesh.hpp"
#include "mesher/volume_mesh.hpp"

namespace artificer::mesher {

/**
 * Adds midside nodes on the true geometry to a straight-sided mesh, straightens what that would invert, and appends the
 * result to `whole`. Throws CoreError 'inverted-elements' when an element stays inverted even with straight sides.
 */
void appendSecondOrder(const Geometry& geometry, const LinearMesh& linear, VolumeMesh& whole);

/** Fills the node lists of edges and vertices, once all groups have been appended. */
void finishTopology(const Geometry& geometry, VolumeMesh& whole);

}  // namespace artificer::mesher
