#pragma once

#include <string>

#include "mesher/linear_mesh.hpp"

namespace artificer::mesher {

/**
 * Reads Netgen's own format: the only way its public interface gives the faces, edges and solids that elements belong to.
 * Solids, faces and edges are still in Netgen's numbering (made 0-based). Throws CoreError 'meshing-failed'.
 */
LinearMesh readVolFile(const std::string& path);

}  // namespace artificer::mesher
