#pragma once

#include <span>
#include <vector>

#include "mesh/tet10.hpp"

namespace artificer {

struct ElementQuality {
  /** Minimum of det J over its mean, over the sampled points: <= 0 is inverted, 1 is ideal. */
  double scaledJacobian;
  /** mm^3 */
  double volume;
};

/** Samples det J at the ten nodes and the four integration points. */
ElementQuality elementQuality(const tet10::Coordinates& x);

struct MeshQuality {
  std::vector<double> scaledJacobian;
  double minimumScaledJacobian = 1;
  std::vector<int> invertedElements;
  double volume = 0;
};

/** @param nodes 3n coordinates, mm; @param elements 10m valid node indices. */
MeshQuality meshQuality(std::span<const double> nodes, std::span<const int> elements);

}  // namespace artificer
