#include "recovery/free_surface.hpp"

#include <algorithm>
#include <numeric>

namespace artificer {

namespace {

struct Side {
  std::array<int, 3> corners;  // mesh nodes, ascending
  int element, side;
};

/** Sides that only one element has: the boundary of the whole mesh. */
std::vector<Side> boundarySides(const StaticModel& model) {
  // Sides are sorted by a 64-bit key first: comparing triples is what takes the time.
  const std::uint64_t n = model.nodeCount();
  std::vector<std::pair<std::uint64_t, int>> keys(4 * static_cast<std::size_t>(model.elementCount()));
  const auto cornersOf = [&](int index) {
    const int* nodes = model.element(index / 4);
    const auto& side = tet10::SIDE_NODES[index % 4];
    std::array<int, 3> corners{nodes[side[0]], nodes[side[1]], nodes[side[2]]};
    std::sort(corners.begin(), corners.end());
    return corners;
  };
  for (std::size_t i = 0; i < keys.size(); i++) {
    const auto corners = cornersOf(static_cast<int>(i));
    keys[i] = {corners[0] * n + corners[1], static_cast<int>(i)};
  }
  std::sort(keys.begin(), keys.end());
  std::vector<Side> boundary;
  for (std::size_t first = 0; first < keys.size();) {
    std::size_t last = first;
    while (last < keys.size() && keys[last].first == keys[first].first) last++;
    for (std::size_t i = first; i < last; i++) {
      const auto corners = cornersOf(keys[i].second);
      const auto alike = std::count_if(keys.begin() + first, keys.begin() + last,
                                       [&](const auto& key) { return cornersOf(key.second)[2] == corners[2]; });
      if (alike == 1) boundary.push_back({corners, keys[i].second / 4, keys[i].second % 4});
    }
    first = last;
  }
  return boundary;
}

FreePoint pointOn(const Eigen::Matrix<double, 6, 3>& x, double a, double b) {
  const double c = 1 - a - b;
  Eigen::Matrix<double, 6, 1> shape, alongA, alongB;
  shape << c * (2 * c - 1), a * (2 * a - 1), b * (2 * b - 1), 4 * c * a, 4 * a * b, 4 * b * c;
  alongA << 1 - 4 * c, 4 * a - 1, 0, 4 * (c - a), 4 * b, -4 * b;
  alongB << 1 - 4 * c, 0, 4 * b - 1, -4 * a, 4 * a, 4 * (c - b);
  const Eigen::Vector3d u = x.transpose() * alongA, v = x.transpose() * alongB;
  return {x.transpose() * shape, u.cross(v).normalized()};
}

}  // namespace

FreeSurface findFreeSurface(const StaticModel& model, const BodyNodes& bodyNodes) {
  return findFreeSurface(model, bodyNodes, {&model.forces});
}

FreeSurface findFreeSurface(const StaticModel& model, const BodyNodes& bodyNodes,
                            const std::vector<const std::vector<double>*>& forces) {
  std::vector<char> restrained(model.nodeCount(), 0), supported(model.nodeCount(), 0);
  std::vector<std::uint64_t> loaded(model.nodeCount(), 0);
  const std::uint64_t everywhere = forces.size() < 64 ? (std::uint64_t{1} << forces.size()) - 1 : ~std::uint64_t{0};
  for (const int dof : model.fixedDofs) restrained[dof / 3] = 1;
  for (const auto& added : model.addedStiffness) supported[added.nodeA] = supported[added.nodeB] = 1;
  for (std::size_t c = 0; c < forces.size(); c++)
    for (std::size_t i = 0; i < forces[c]->size(); i++)
      if ((*forces[c])[i] != 0) loaded[i / 3] |= std::uint64_t{1} << c;

  std::vector<char> constrained(model.nodeCount(), 0);
  for (const int node : model.constraints.node) constrained[node] = 1;

  FreeSurface surface;
  std::vector<std::array<int, 3>> owners;
  for (const auto& boundary : boundarySides(model)) {
    const auto& side = tet10::SIDE_NODES[boundary.side];
    const int* nodes = model.element(boundary.element);
    const auto all = [&](const std::vector<char>& is, int from) {
      return std::all_of(side + from, side + 6, [&](int k) { return is[nodes[k]] != 0; });
    };
    const std::uint64_t loadedIn = loaded[nodes[side[3]]] & loaded[nodes[side[4]]] & loaded[nodes[side[5]]];
    if (all(restrained, 0) || all(supported, 0) || loadedIn == everywhere || all(constrained, 3)) continue;
    surface.loadedIn.push_back(loadedIn);
    Eigen::Matrix<double, 6, 3> x;
    for (int k = 0; k < 6; k++)
      x.row(k) = Eigen::Map<const Eigen::RowVector3d>(&model.nodes[3 * static_cast<std::size_t>(nodes[side[k]])]);
    for (const auto& [a, b] : {std::pair(1.0 / 6, 1.0 / 6), std::pair(2.0 / 3, 1.0 / 6), std::pair(1.0 / 6, 2.0 / 3)})
      surface.points.push_back(pointOn(x, a, b));
    const int* own = bodyNodes.element(boundary.element);
    owners.push_back({own[side[0]], own[side[1]], own[side[2]]});
  }
  surface.start.assign(bodyNodes.count() + 1, 0);
  for (const auto& corners : owners)
    for (const int corner : corners) surface.start[corner + 1]++;
  std::partial_sum(surface.start.begin(), surface.start.end(), surface.start.begin());
  surface.facet.resize(surface.start.back());
  std::vector<int> next(surface.start.begin(), surface.start.end() - 1);
  for (std::size_t facet = 0; facet < owners.size(); facet++)
    for (const int corner : owners[facet]) surface.facet[next[corner]++] = static_cast<int>(facet);
  return surface;
}

}  // namespace artificer
