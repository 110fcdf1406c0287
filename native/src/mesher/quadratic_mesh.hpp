#pragma once

#include <array>
#include <vector>

#include "mesher/geometry.hpp"
#include "mesher/linear_mesh.hpp"

namespace artificer::mesher {

/** The finished mesh of all solids; lengths in mm once `toMillimetres` was called. Orders as in index.d.ts. */
struct QuadraticMesh {
  std::vector<double> nodes;
  std::vector<int> elements;        // 10 each
  std::vector<int> elementSolid;
  std::vector<int> facets;          // 6 each, outward of facetElement
  std::vector<int> facetFace;
  std::vector<int> facetElement;
  std::vector<int> facetOtherElement;  // on the other side of a shared face; -1 on the outside
  std::vector<std::vector<int>> edgeNodes, vertexNodes;  // by edge and vertex of the geometry

  /** Midside nodes that lie on the geometry: where the middle of their edge is, and by how much they were drawn back. */
  struct CurvedNode {
    int node;
    std::array<double, 3> chord, onGeometry;
    double share = 1;  // 1: on the geometry, 0: on the chord
  };
  std::vector<CurvedNode> curved;
  int strayed = 0;  // midside nodes whose foot on the geometry was not found: left on the chord

  int elementCount() const { return static_cast<int>(elementSolid.size()); }
};

/** Adds a group's straight mesh to the whole, with midside nodes on the true geometry. */
void addSecondOrder(const Geometry& geometry, const LinearMesh& linear, QuadraticMesh& mesh);

}  // namespace artificer::mesher
