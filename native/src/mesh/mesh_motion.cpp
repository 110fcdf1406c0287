#include "mesh/mesh_motion.hpp"

#include <algorithm>

#include "mesh/tet10.hpp"

namespace artificer {

namespace {

/** Number of each corner node among the corners, -1 at midside nodes and at nodes of no element. */
std::vector<int> cornerNumbers(std::size_t nodeCount, std::span<const int> elements) {
  std::vector<int> number(nodeCount, -1);
  int next = 0;
  for (std::size_t first = 0; first < elements.size(); first += tet10::NODES)
    for (int k = 0; k < tet10::CORNERS; k++)
      if (number[elements[first + k]] < 0) number[elements[first + k]] = next++;
  return number;
}

GraphLaplacian laplacianOf(std::span<const double> nodes, std::span<const int> elements) {
  const auto number = cornerNumbers(nodes.size() / 3, elements);
  std::vector<GraphLaplacian::Link> links;
  links.reserve(elements.size() / tet10::NODES * tet10::EDGES);
  for (std::size_t first = 0; first < elements.size(); first += tet10::NODES)
    for (const auto& [a, b] : tet10::EDGE_CORNERS) {
      const int i = elements[first + a], j = elements[first + b];
      double squared = 0;
      for (int axis = 0; axis < 3; axis++) {
        const double gap = nodes[3 * static_cast<std::size_t>(i) + axis] - nodes[3 * static_cast<std::size_t>(j) + axis];
        squared += gap * gap;
      }
      links.push_back({number[i], number[j], 1 / squared});
    }
  const int count = 1 + *std::max_element(number.begin(), number.end());
  return GraphLaplacian(count, std::move(links));
}

}  // namespace

MeshMotion::MeshMotion(std::span<const double> nodes, std::span<const int> elements, std::span<const char> surface)
    : surface_(surface.begin(), surface.end()), laplacian_(laplacianOf(nodes, elements)) {
  const auto number = cornerNumbers(nodes.size() / 3, elements);
  corners_.resize(laplacian_.points());
  heldCorner_.assign(laplacian_.points(), 0);
  for (std::size_t node = 0; node < number.size(); node++) {
    if (number[node] < 0) continue;
    corners_[number[node]] = static_cast<int>(node);
    heldCorner_[number[node]] = surface_[node];
  }
  std::vector<char> seen(number.size(), 0);
  for (std::size_t first = 0; first < elements.size(); first += tet10::NODES)
    for (int k = 0; k < tet10::EDGES; k++) {
      const int node = elements[first + 4 + k];
      if (surface_[node] || seen[node]) continue;
      seen[node] = 1;
      middles_.push_back({node, elements[first + tet10::EDGE_CORNERS[k][0]], elements[first + tet10::EDGE_CORNERS[k][1]]});
    }
}

void MeshMotion::extend(std::span<double> movement) const {
  std::vector<double> values(3 * corners_.size());
  for (std::size_t i = 0; i < corners_.size(); i++)
    for (int axis = 0; axis < 3; axis++) values[3 * i + axis] = movement[3 * static_cast<std::size_t>(corners_[i]) + axis];
  laplacian_.extend(heldCorner_, values);
  for (std::size_t i = 0; i < corners_.size(); i++)
    for (int axis = 0; axis < 3; axis++) movement[3 * static_cast<std::size_t>(corners_[i]) + axis] = values[3 * i + axis];
  for (const auto& [node, a, b] : middles_)
    for (int axis = 0; axis < 3; axis++)
      movement[3 * static_cast<std::size_t>(node) + axis] = (movement[3 * static_cast<std::size_t>(a) + axis] +
                                                             movement[3 * static_cast<std::size_t>(b) + axis]) / 2;
}

void MeshMotion::gather(std::span<double> gradient) const {
  for (const auto& [node, a, b] : middles_)
    for (int axis = 0; axis < 3; axis++) {
      double& value = gradient[3 * static_cast<std::size_t>(node) + axis];
      gradient[3 * static_cast<std::size_t>(a) + axis] += value / 2;
      gradient[3 * static_cast<std::size_t>(b) + axis] += value / 2;
      value = 0;
    }
  std::vector<double> values(3 * corners_.size());
  for (std::size_t i = 0; i < corners_.size(); i++)
    for (int axis = 0; axis < 3; axis++) values[3 * i + axis] = gradient[3 * static_cast<std::size_t>(corners_[i]) + axis];
  laplacian_.gather(heldCorner_, values);
  for (std::size_t i = 0; i < corners_.size(); i++)
    for (int axis = 0; axis < 3; axis++) gradient[3 * static_cast<std::size_t>(corners_[i]) + axis] = values[3 * i + axis];
}

}  // namespace artificer
