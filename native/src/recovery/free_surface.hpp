#pragma once

#include <cstdint>
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

  std::vector<std::uint64_t> loadedIn;  // per facet: a bit for each case in which it is loaded

  /** Whether a facet of case `c` at a body node is free. */
  bool touches(int bodyNode, int c) const {
    for (int p = start[bodyNode]; p < start[bodyNode + 1]; p++)
      if (!(loadedIn[facet[p]] >> c & 1)) return true;
    return false;
  }
  bool touches(int bodyNode) const { return start[bodyNode + 1] > start[bodyNode]; }
};

/**
 * Finds the boundary facets that are neither loaded, restrained nor elastically supported. A facet counts as restrained or
 * supported when all six nodes are, and as loaded when its three midside nodes are (a consistent load of a traction leaves
 * none of them out), or bonded or coupled when constraint equations use those three: neighbours of such facets keep their
 * freedom.
 */
FreeSurface findFreeSurface(const StaticModel& model, const BodyNodes& bodyNodes);
/** The same for at most MOST_CASES cases, whose forces are given: facets that are free in any of them. */
FreeSurface findFreeSurface(const StaticModel& model, const BodyNodes& bodyNodes,
                            const std::vector<const std::vector<double>*>& forces);
constexpr int MOST_CASES = 64;

}  // namespace artificer
