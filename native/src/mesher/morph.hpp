#pragma once

#include <string>

namespace artificer::mesher {

/**
 * Moves the surface nodes of a mesh from the geometry that it was made on to another of the same topology: vertices to
 * vertices, edge nodes to the same share of the edge's length, face nodes as their face's rim moves them, then to the nearest
 * point of the face. Reads {"faces": [...], "edges": [...], "vertices": [...]}: the number in the new geometry of each of the
 * old one's. Writes a bundle with `nodes` (those inside stay where they were) and `surface` (1 where a node was moved).
 * Returns the final JSON line. Throws CoreError: 'other-topology' where a piece has no counterpart, 'strayed' where a foot on
 * the new geometry was not found.
 */
std::string runMorphJob(const std::string& oldBrep, const std::string& meshPath, const std::string& newBrep,
                        const std::string& outPath, const std::string& correspondencePath);

}  // namespace artificer::mesher
