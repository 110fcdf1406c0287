#pragma once

#include "mesher/geometry.hpp"
#include "mesher/linear_mesh.hpp"

namespace artificer::mesher {

/**
 * Turns Netgen's numbers of solids, faces and edges into those of the whole geometry, and does not take them on trust:
 * samples of every face and edge are evaluated on the geometry, and where they do not lie on what they claim to, the
 * piece they do lie on is sought. Throws CoreError 'meshing-failed' when there is none.
 */
void tieToGeometry(const Geometry& geometry, const std::vector<int>& group, const TopoDS_Shape& meshed, LinearMesh& mesh);

}  // namespace artificer::mesher
