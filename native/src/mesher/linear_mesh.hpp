#pragma once

#include <array>
#include <vector>

#include <gp_Pnt.hxx>
#include <gp_Pnt2d.hxx>

namespace artificer::mesher {

/** The straight-sided mesh of one group of solids, with every boundary piece tied to the geometry (0-based indices). */
struct LinearMesh {
  struct Tetrahedron {
    std::array<int, 4> node;
    int solid;
  };
  struct Triangle {
    std::array<int, 3> node;
    int face;
    std::array<gp_Pnt2d, 3> uv;  // near parameters on the face, to start projections from
  };
  struct Segment {
    std::array<int, 2> node;
    int edge;
    std::array<double, 2> parameter;  // near parameters on the edge's curve
  };
  std::vector<gp_Pnt> points;
  std::vector<Tetrahedron> tetrahedra;
  std::vector<Triangle> triangles;
  std::vector<Segment> segments;
};

/**
 * Drops points that no tetrahedron uses (Netgen leaves some of its surface mesh behind). Throws CoreError
 * 'meshing-failed' when a triangle of the surface uses such a point.
 */
void keepUsedPoints(LinearMesh& mesh);

}  // namespace artificer::mesher
