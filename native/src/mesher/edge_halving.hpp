#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "mesher/geometry.hpp"
#include "mesher/linear_mesh.hpp"
#include "mesher/projection.hpp"

namespace artificer::mesher {

/** Halves edges of a mesh with all that is around them: tetrahedra, triangles of the surface, segments of the geometry's edges. */
class EdgeHalving {
 public:
  EdgeHalving(const Geometry& geometry, LinearMesh& mesh);

  /**
   * Puts a node in the middle of an edge, on the geometry where the edge lies on it. False, with nothing changed, when the edge
   * is no more, when its middle has no foot on the geometry, or when a half would be much flatter than the element it came of.
   */
  bool halve(int a, int b);

 private:
  using Key = std::uint64_t;
  static Key keyOf(int a, int b);
  template <typename Item>
  std::vector<int> holding(const std::vector<Item>& items, const std::vector<std::vector<int>>& ofNode, int a, int b) const;
  bool middleOf(int a, int b, const std::vector<int>& triangles, gp_Pnt& middle);
  bool staysSound(int a, int b, const std::vector<int>& tetrahedra, const gp_Pnt& middle) const;
  double volumeOf(const LinearMesh::Tetrahedron& tetrahedron) const;
  FaceProjector& faceOf(int face);

  const Geometry& geometry_;
  LinearMesh& mesh_;
  /** Numbers of the items at each node; some may have left it since. */
  std::vector<std::vector<int>> tetrahedraOf_, trianglesOf_;
  std::unordered_map<Key, std::vector<int>> segmentsOf_;
  std::unordered_map<int, std::unique_ptr<FaceProjector>> faces_;
};

}  // namespace artificer::mesher
