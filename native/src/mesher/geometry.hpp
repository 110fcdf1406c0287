#pragma once

#include <string>
#include <vector>

#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS_Shape.hxx>

namespace artificer::mesher {

/**
 * The geometry to mesh, scaled to a size that suits the mesher's absolute tolerances. The maps number its faces, edges
 * and vertices as TopExp::MapShapes does, and its solids as TopExp_Explorer does; scaling keeps that order.
 */
struct Geometry {
  TopoDS_Shape shape;
  double scale = 1;  // scaled length = scale * length in mm
  double diagonal = 0;  // of the scaled shape's bounding box
  TopTools_IndexedMapOfShape faces, edges, vertices;
  std::vector<TopoDS_Shape> solids;
  std::vector<double> solidVolume;  // scaled
  /** Solids that share a face belong to one group and mesh conformally; groups are not connected. */
  std::vector<std::vector<int>> groups;
};

/** Reads a BREP file (text or binary). Throws CoreError 'unreadable-geometry' or 'no-solid'. */
Geometry readGeometry(const std::string& path);

}  // namespace artificer::mesher
