#pragma once

#include <vector>

namespace artificer::mesher {

/** The second-order mesh of the whole geometry; coordinates in mm, indices 0-based. Node orders are those of index.d.ts. */
struct VolumeMesh {
  std::vector<double> nodes;      // 3n
  std::vector<int> elements;      // 10m
  std::vector<int> elementSolid;  // m
  std::vector<int> facets;        // 6f, outward
  std::vector<int> facetFace;     // f
  std::vector<int> edgeOffsets;   // edges + 1
  std::vector<int> edgeNodes;
  std::vector<int> vertexNodes;   // vertices; -1 where the mesh has no node
  /** Elements of which a midside node was moved towards its chord to keep the Jacobian positive. */
  int straightened = 0;
};

}  // namespace artificer::mesher
