#pragma once

#include "mesher/geometry.hpp"
#include "mesher/linear_mesh.hpp"
#include "mesher/options.hpp"

namespace artificer::mesher {

/** Netgen's parameters for one attempt; lengths are scaled. */
struct Attempt {
  double maxSize, minSize, grading, elementsPerCurvature, elementsPerEdge;
  int surfaceSteps, volumeSteps;
};

/**
 * Meshes one group of solids with Netgen. Progress is reported between `from` and `to`.
 * Throws CoreError 'meshing-failed'; may also abort or crash the process, which the caller of the program handles.
 */
LinearMesh meshGroup(const Geometry& geometry, const std::vector<int>& group, const Attempt& attempt,
                     const std::vector<Refinement>& refinements, double from, double to);

}  // namespace artificer::mesher
