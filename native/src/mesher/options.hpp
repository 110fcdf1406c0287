#pragma once

#include <optional>
#include <string>
#include <vector>

#include <gp_Pnt.hxx>

namespace artificer::mesher {

/** A wish for smaller elements at a face, an edge or a vertex of the geometry, or around a point. */
struct Refinement {
  enum class Place { face, edge, vertex, point };
  Place place = Place::point;
  int index = -1;  // of the face, edge or vertex
  gp_Pnt point;
  double size = 0;    // mm
  double radius = 0;  // mm around a vertex or point; 0: just there
};

struct Options {
  double maxSize = 0;              // mm; 0: a twelfth of the diagonal
  double minSize = 0;              // mm
  double grading = 0.3;            // 0: uniform, 1: as fast as possible
  double elementsPerCurvature = 2; // elements along a radius of curvature
  double elementsPerEdge = 1;
  int optimisationSteps = 3;
  double mostElements = 1e6;       // walls are given two elements through unless the mesh would get more than this; 0: never
  std::vector<Refinement> refinements;
  int seed = 0;                    // accepted for the record: the mesher draws nothing at random
};

/** Reads the options file. Throws CoreError 'bad-options'. */
Options readOptions(const std::string& path);

}  // namespace artificer::mesher
