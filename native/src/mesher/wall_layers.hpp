#pragma once

#include <cstddef>
#include <vector>

#include "mesher/geometry.hpp"
#include "mesher/linear_mesh.hpp"

namespace artificer::mesher {

/** A place where one element alone stands between two opposite faces. Lengths are scaled. */
struct SingleLayer {
  gp_Pnt at;
  double thickness;
};

struct WallLayers {
  /** Edges that were divided because they reached from one face of a wall to the other. */
  int divided = 0;
  /** What still does, for want of room or because the halves would have been distorted. */
  std::vector<SingleLayer> single;
  /** Whether the number of elements was the reason. */
  bool full = false;
};

/**
 * Gives every wall two elements through its thickness: an edge of the mesh that reaches through the material from one face to
 * the opposite one is halved, and with it every element around it, so that no element touches both sides. Edges along the
 * rim are halved too, their middles placed on the geometry. The elements' sides along the wall keep their size.
 * Halving the longest first keeps angles well (M.-C. Rivara, Int. J. Numer. Meth. Engng 20 (1984) 745).
 * @param mesh tied to the geometry already; @param mostElements the mesh gets no more than about this many
 */
WallLayers divideThroughWalls(const Geometry& geometry, LinearMesh& mesh, std::size_t mostElements);

}  // namespace artificer::mesher
