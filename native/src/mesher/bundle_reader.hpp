#pragma once

#include <string>
#include <vector>

namespace artificer::mesher {

/** What of a mesh bundle the morphing needs; the meanings are those of MeshBundleArrays in index.d.ts. */
struct SurfaceBundle {
  std::vector<double> nodes;  // mm
  std::vector<int> facets, facetFace;
  std::vector<std::vector<int>> edgeNodes, vertexNodes;
};

/** Reads a bundle that bundle_writer.cpp or the application wrote. Throws CoreError 'bad-mesh'. */
SurfaceBundle readSurfaceBundle(const std::string& path);

}  // namespace artificer::mesher
