#include "mesher/second_order.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include <BRep_Tool.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Vertex.hxx>

#include "common/errors.hpp"
#include "mesh/quality.hpp"
#include "mesh/tet10.hpp"
#include "mesher/projection.hpp"

namespace artificer::mesher {

namespace {

/** Below this scaled Jacobian an element's midside nodes are moved towards their chords. */
constexpr double SMALLEST_JACOBIAN = 0.1;
/** A midside node farther from its chord's middle than this share of the chord is not believed. */
constexpr double LARGEST_SAGITTA = 0.5;
constexpr int STRAIGHTENING_ROUNDS = 8;

using Key = unsigned long long;
Key keyOf(int a, int b) {
  return (static_cast<Key>(std::min(a, b)) << 32) | static_cast<unsigned>(std::max(a, b));
}
gp_Pnt middleOf(const gp_Pnt& a, const gp_Pnt& b) {
  return {(a.X() + b.X()) / 2, (a.Y() + b.Y()) / 2, (a.Z() + b.Z()) / 2};
}

/** Where each midside node lies on the geometry: on an edge where a segment says so, else on a face. */
class Midsides {
 public:
  Midsides(const Geometry& geometry, const LinearMesh& linear) : linear_(linear) {
    std::map<int, std::unique_ptr<EdgeProjector>> edges;
    for (const auto& segment : linear.segments) {
      auto& projector = edges[segment.edge];
      if (!projector) projector = std::make_unique<EdgeProjector>(TopoDS::Edge(geometry.edges(segment.edge + 1)));
      const auto [a, b] = segment.node;
      const gp_Pnt middle = middleOf(linear.points[a], linear.points[b]);
      place(a, b, projector->projectBetween(middle, segment.parameter[0], segment.parameter[1]));
    }
    std::map<int, std::unique_ptr<FaceProjector>> faces;
    for (const auto& triangle : linear.triangles) {
      auto& projector = faces[triangle.face];
      if (!projector) projector = std::make_unique<FaceProjector>(TopoDS::Face(geometry.faces(triangle.face + 1)));
      if (projector->isPlane()) continue;
      for (int k = 0; k < 3; k++) {
        const int a = triangle.node[k], b = triangle.node[(k + 1) % 3];
        if (at_.contains(keyOf(a, b))) continue;
        const gp_Pnt middle = middleOf(linear.points[a], linear.points[b]);
        gp_Pnt nearest;
        const double reach = LARGEST_SAGITTA * linear.points[a].Distance(linear.points[b]);
        if (projector->project(middle, projector->between(triangle.uv[k], triangle.uv[(k + 1) % 3]), reach, nearest))
          place(a, b, nearest);
      }
    }
  }

  gp_Pnt of(int a, int b) const {
    const auto found = at_.find(keyOf(a, b));
    return found == at_.end() ? middleOf(linear_.points[a], linear_.points[b]) : found->second;
  }

 private:
  void place(int a, int b, const gp_Pnt& point) {
    const gp_Pnt middle = middleOf(linear_.points[a], linear_.points[b]);
    if (point.Distance(middle) <= LARGEST_SAGITTA * linear_.points[a].Distance(linear_.points[b]))
      at_.emplace(keyOf(a, b), point);
  }
  const LinearMesh& linear_;
  std::unordered_map<Key, gp_Pnt> at_;
};

/** Moves midside nodes of bad elements half way to their chords, round by round; answers with the elements concerned. */
int straighten(std::vector<double>& nodes, const std::vector<int>& elements, std::size_t firstElement) {
  std::set<std::size_t> touched;
  const std::size_t count = elements.size() / tet10::NODES;
  for (int round = 0; round <= STRAIGHTENING_ROUNDS; round++) {
    std::vector<std::size_t> bad;
    for (std::size_t e = firstElement; e < count; e++) {
      const auto quality = elementQuality(tet10::gather(nodes.data(), &elements[tet10::NODES * e]));
      if (quality.scaledJacobian < SMALLEST_JACOBIAN) bad.push_back(e);
    }
    if (bad.empty()) break;
    if (round == STRAIGHTENING_ROUNDS) {
      for (const auto e : bad)
        if (elementQuality(tet10::gather(nodes.data(), &elements[tet10::NODES * e])).scaledJacobian <= 0)
          throw CoreError("inverted-elements", "The mesh has elements that are inside out.",
                          "Try a smaller element size, or repair the geometry.");
      break;
    }
    const bool all = round == STRAIGHTENING_ROUNDS - 1;  // the last resort is a straight side
    for (const auto e : bad) {
      touched.insert(e);
      const int* element = &elements[tet10::NODES * e];
      for (int edge = 0; edge < tet10::EDGES; edge++) {
        const int a = element[tet10::EDGE_CORNERS[edge][0]], b = element[tet10::EDGE_CORNERS[edge][1]];
        const int middle = element[tet10::CORNERS + edge];
        for (int axis = 0; axis < 3; axis++) {
          double& x = nodes[3 * static_cast<std::size_t>(middle) + axis];
          const double chord = (nodes[3 * static_cast<std::size_t>(a) + axis] + nodes[3 * static_cast<std::size_t>(b) + axis]) / 2;
          x = all ? chord : (x + chord) / 2;
        }
      }
    }
  }
  return static_cast<int>(touched.size());
}

}  // namespace

void appendSecondOrder(const Geometry& geometry, const LinearMesh& linear, VolumeMesh& whole) {
  const Midsides midsides(geometry, linear);
  // Only nodes that an element uses are kept: Netgen leaves points of its surface mesh behind.
  std::vector<int> number(linear.points.size(), -1);
  const auto add = [&](const gp_Pnt& point) {
    const int node = static_cast<int>(whole.nodes.size() / 3);
    for (const double x : {point.X(), point.Y(), point.Z()}) whole.nodes.push_back(x / geometry.scale);
    return node;
  };
  const auto corner = [&](int point) {
    if (number[point] < 0) number[point] = add(linear.points[point]);
    return number[point];
  };
  std::unordered_map<Key, int> middles;
  const auto middle = [&](int a, int b) {
    const auto [found, isNew] = middles.try_emplace(keyOf(a, b), 0);
    if (isNew) found->second = add(midsides.of(a, b));
    return found->second;
  };

  const std::size_t firstElement = whole.elementSolid.size();
  for (const auto& tetrahedron : linear.tetrahedra) {
    auto node = tetrahedron.node;
    const gp_Vec u(linear.points[node[0]], linear.points[node[1]]), v(linear.points[node[0]], linear.points[node[2]]),
        w(linear.points[node[0]], linear.points[node[3]]);
    // Netgen's tetrahedra are left-handed by our convention.
    if (u.Crossed(v).Dot(w) < 0) std::swap(node[1], node[2]);
    for (const int point : node) whole.elements.push_back(corner(point));
    for (const auto& [a, b] : tet10::EDGE_CORNERS) whole.elements.push_back(middle(node[a], node[b]));
    whole.elementSolid.push_back(tetrahedron.solid);
  }
  whole.straightened += straighten(whole.nodes, whole.elements, firstElement);

  // Facets are turned outward by the element behind them, whatever way the face's own normal points.
  std::map<std::array<int, 3>, std::array<int, 6>> sides;
  const auto sorted = [](int a, int b, int c) {
    std::array<int, 3> key{a, b, c};
    std::sort(key.begin(), key.end());
    return key;
  };
  for (std::size_t e = firstElement; e < whole.elementSolid.size(); e++) {
    const int* element = &whole.elements[tet10::NODES * e];
    for (const auto& side : tet10::SIDE_NODES) {
      std::array<int, 6> nodes{};
      for (int k = 0; k < 6; k++) nodes[k] = element[side[k]];
      // A side that two elements share is kept once: the first solid's view of an inner face.
      sides.try_emplace(sorted(nodes[0], nodes[1], nodes[2]), nodes);
    }
  }
  std::set<std::array<int, 3>> done;
  for (const auto& triangle : linear.triangles) {
    const auto& [a, b, c] = triangle.node;
    if (number[a] < 0 || number[b] < 0 || number[c] < 0)
      throw CoreError("meshing-failed", "A surface of the mesh has no volume behind it.", "Repair the geometry.");
    const auto key = sorted(number[a], number[b], number[c]);
    if (!done.insert(key).second) continue;
    const auto side = sides.find(key);
    if (side == sides.end())
      throw CoreError("meshing-failed", "A surface of the mesh has no volume behind it.", "Repair the geometry.");
    whole.facets.insert(whole.facets.end(), side->second.begin(), side->second.end());
    whole.facetFace.push_back(triangle.face);
  }

  // Nodes of edges, gathered as (edge, node) pairs and made into lists by finishTopology.
  std::map<int, std::set<int>> ofEdge;
  for (const auto& segment : linear.segments) {
    const auto [a, b] = segment.node;
    if (number[a] < 0 || number[b] < 0) continue;
    auto& nodes = ofEdge[segment.edge];
    nodes.insert(number[a]);
    nodes.insert(number[b]);
    if (const auto found = middles.find(keyOf(a, b)); found != middles.end()) nodes.insert(found->second);
  }
  const int edges = geometry.edges.Extent();
  std::vector<int> offsets(static_cast<std::size_t>(edges) + 1, 0), merged;
  for (int edge = 0; edge < edges; edge++) {
    std::set<int> nodes = ofEdge[edge];
    if (!whole.edgeOffsets.empty())
      nodes.insert(whole.edgeNodes.begin() + whole.edgeOffsets[edge], whole.edgeNodes.begin() + whole.edgeOffsets[edge + 1]);
    merged.insert(merged.end(), nodes.begin(), nodes.end());
    offsets[static_cast<std::size_t>(edge) + 1] = static_cast<int>(merged.size());
  }
  whole.edgeOffsets = std::move(offsets);
  whole.edgeNodes = std::move(merged);
}

void finishTopology(const Geometry& geometry, VolumeMesh& whole) {
  const double tolerance = 1e-6 * geometry.diagonal / geometry.scale;
  whole.vertexNodes.assign(static_cast<std::size_t>(geometry.vertices.Extent()), -1);
  for (int v = 0; v < geometry.vertices.Extent(); v++) {
    const TopoDS_Vertex vertex = TopoDS::Vertex(geometry.vertices(v + 1));
    const gp_Pnt point = BRep_Tool::Pnt(vertex);
    double best = std::max(tolerance, 2 * BRep_Tool::Tolerance(vertex) / geometry.scale);
    best *= best;
    // Every vertex of a solid ends an edge (or is where one was too short to mesh): the edges' nodes are few.
    for (const int node : whole.edgeNodes) {
      double squared = 0;
      for (int axis = 0; axis < 3; axis++) {
        const double gap = whole.nodes[3 * static_cast<std::size_t>(node) + axis] - point.Coord(axis + 1) / geometry.scale;
        squared += gap * gap;
      }
      if (squared <= best) {
        best = squared;
        whole.vertexNodes[static_cast<std::size_t>(v)] = node;
      }
    }
  }
}

}  // namespace artificer::mesher
