#pragma once

#include <vector>

#include "recovery/body_nodes.hpp"

namespace artificer {

/** A point where the surface bears no traction: stress times the outward normal is zero there. */
struct FreePoint {
  Eigen::Vector3d point, normal;
};

/** Free points, sorted by the corner body nodes of the facets they lie on. */
struct FreeSurface {
  std::vector<int> start;        // of each body node's list of facets
  std::vector<int> facet;        // facet numbers; points 3 * facet .. 3 * facet + 2
  std::vector<FreePoint> points;

  bool touches(int bodyNode) const { return start[bodyNode + 1] > start[bodyNode]; }
};

/**
 * Finds the boundary facets that are neither loaded, restrained nor elastically supported. A facet counts as restrained or
 * supported when all six nodes are, and as loaded when its three midside nodes are (a consistent load of a traction leaves
 * none of them out), or bonded or coupled when constraint equations use those three: neighbours of such facets keep their
 * freedom.
 */
FreeSurface findFreeSurface(const StaticModel& model, const BodyNodes& bodyNodes);

}  // namespace artificer
