#pragma once

#include <span>
#include <vector>

#include "mesh/graph_laplacian.hpp"

namespace artificer {

/**
 * How the inside of a quadratic mesh follows its surface: corners by a graph Laplacian on the edges of the tetrahedra (weights
 * 1 / length^2), midside nodes off the surface half way between their corners. A linear map from the surface's movement to
 * that of all nodes, with its transpose, which brings derivatives by all nodes to the surface.
 */
class MeshMotion {
 public:
  /** @param surface one value a node: not zero where the node's movement is given */
  MeshMotion(std::span<const double> nodes, std::span<const int> elements, std::span<const char> surface);

  /** Fills in the movement (3n) of the nodes inside from that of the surface's. */
  void extend(std::span<double> movement) const;
  /** Adds what lies on inner nodes (3n) to the surface's nodes, and leaves zero inside. */
  void gather(std::span<double> gradient) const;

 private:
  struct Middle {
    int node, a, b;
  };
  std::vector<char> surface_;
  std::vector<char> heldCorner_;
  std::vector<int> corners_;  // nodes
  std::vector<Middle> middles_;  // off the surface
  GraphLaplacian laplacian_;
};

}  // namespace artificer
