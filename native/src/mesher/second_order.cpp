#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include <BRep_Tool.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopTools_ListOfShape.hxx>
#include <TopoDS.hxx>

#include "common/errors.hpp"
#include "mesh/tet10.hpp"
#include "mesher/projection.hpp"
#include "mesher/quadratic_mesh.hpp"

namespace artificer::mesher {

namespace {

/** Builds one group's midside nodes and facets on top of a mesh that may hold other groups already. */
class SecondOrderBuilder {
 public:
  SecondOrderBuilder(const Geometry& geometry, const LinearMesh& linear, QuadraticMesh& mesh)
      : geometry_(geometry), linear_(linear), mesh_(mesh), firstNode_(static_cast<int>(mesh.nodes.size() / 3)),
        firstElement_(mesh.elementCount()) {}

  void build() {
    for (const auto& point : linear_.points) addNode(point);
    placeOnEdges();
    placeOnFaces();
    addElements();
    addFacets();
    listVertices();
  }

 private:
  using Key = std::uint64_t;
  static Key keyOf(int a, int b) {
    return static_cast<Key>(std::min(a, b)) << 32 | static_cast<std::uint32_t>(std::max(a, b));
  }

  int addNode(const gp_Pnt& point) {
    mesh_.nodes.insert(mesh_.nodes.end(), {point.X(), point.Y(), point.Z()});
    return static_cast<int>(mesh_.nodes.size() / 3) - 1;
  }

  gp_Pnt chordMiddle(int a, int b) const {
    return gp_Pnt((linear_.points[a].XYZ() + linear_.points[b].XYZ()) / 2);
  }

  int addCurved(Key key, const gp_Pnt& chord, const gp_Pnt& onGeometry) {
    const int node = addNode(onGeometry);
    midside_[key] = node;
    if (chord.Distance(onGeometry) > 1e-12 * geometry_.diagonal)
      mesh_.curved.push_back({node, {chord.X(), chord.Y(), chord.Z()}, {onGeometry.X(), onGeometry.Y(), onGeometry.Z()}, 1});
    return node;
  }

  /** A foot farther from the middle of the chord than this share of its length is not believed. */
  static constexpr double REACH = 0.6;

  void placeOnEdges() {
    std::map<int, std::unique_ptr<EdgeProjector>> projectors;
    for (const auto& segment : linear_.segments) {
      auto& projector = projectors[segment.edge];
      if (!projector) projector = std::make_unique<EdgeProjector>(TopoDS::Edge(geometry_.edges(segment.edge + 1)));
      const auto [a, b] = segment.node;
      auto& nodes = mesh_.edgeNodes[segment.edge];
      nodes.push_back(firstNode_ + a);
      nodes.push_back(firstNode_ + b);
      const Key key = keyOf(a, b);
      if (const auto known = midside_.find(key); known != midside_.end()) {
        nodes.push_back(known->second);
        continue;
      }
      const gp_Pnt chord = chordMiddle(a, b);
      gp_Pnt foot = projector->projectBetween(chord, segment.parameter[0], segment.parameter[1]);
      if (foot.Distance(chord) > REACH * linear_.points[a].Distance(linear_.points[b])) {
        mesh_.strayed++;
        foot = chord;
      }
      nodes.push_back(addCurved(key, chord, foot));
    }
  }

  void placeOnFaces() {
    std::map<int, std::unique_ptr<FaceProjector>> projectors;
    for (const auto& triangle : linear_.triangles) {
      auto& projector = projectors[triangle.face];
      if (!projector) projector = std::make_unique<FaceProjector>(TopoDS::Face(geometry_.faces(triangle.face + 1)));
      for (int k = 0; k < 3; k++) {
        const int a = triangle.node[k], b = triangle.node[(k + 1) % 3];
        const Key key = keyOf(a, b);
        if (midside_.contains(key)) continue;
        const gp_Pnt chord = chordMiddle(a, b);
        const double reach = REACH * linear_.points[a].Distance(linear_.points[b]);
        gp_Pnt foot;
        if (projector->isPlane()) {
          foot = chord;
        } else if (!projector->project(chord, projector->between(triangle.uv[k], triangle.uv[(k + 1) % 3]), reach, foot)) {
          mesh_.strayed++;
          foot = chord;
        }
        addCurved(key, chord, foot);
      }
    }
  }

  void addElements() {
    for (const auto& tetrahedron : linear_.tetrahedra) {
      auto corner = tetrahedron.node;
      const gp_XYZ origin = linear_.points[corner[0]].XYZ();
      const auto edge = [&](int k) { return linear_.points[corner[k]].XYZ() - origin; };
      if (edge(1).Crossed(edge(2)).Dot(edge(3)) < 0) std::swap(corner[1], corner[2]);
      for (const int node : corner) mesh_.elements.push_back(firstNode_ + node);
      for (const auto& [a, b] : tet10::EDGE_CORNERS) {
        const Key key = keyOf(corner[a], corner[b]);
        auto known = midside_.find(key);
        if (known == midside_.end()) known = midside_.emplace(key, addNode(chordMiddle(corner[a], corner[b]))).first;
        mesh_.elements.push_back(known->second);
      }
      mesh_.elementSolid.push_back(tetrahedron.solid);
    }
  }

  /** Takes each facet's nodes and orientation from the element behind it, so that they cannot disagree. */
  void addFacets() {
    std::map<std::array<int, 3>, int> faceOfTriple;
    for (const auto& triangle : linear_.triangles) {
      auto triple = triangle.node;
      std::sort(triple.begin(), triple.end());
      faceOfTriple.emplace(triple, triangle.face);
    }
    std::map<std::array<int, 3>, int> facetOfTriple;
    for (int e = firstElement_; e < mesh_.elementCount(); e++) {
      const int* nodes = &mesh_.elements[10 * static_cast<std::size_t>(e)];
      for (const auto& side : tet10::SIDE_NODES) {
        std::array<int, 3> triple{nodes[side[0]] - firstNode_, nodes[side[1]] - firstNode_, nodes[side[2]] - firstNode_};
        std::sort(triple.begin(), triple.end());
        const auto face = faceOfTriple.find(triple);
        if (face == faceOfTriple.end()) continue;
        const auto [known, isNew] = facetOfTriple.emplace(triple, static_cast<int>(mesh_.facetFace.size()));
        if (!isNew) {
          mesh_.facetOtherElement[known->second] = e;
          continue;
        }
        for (const int k : side) mesh_.facets.push_back(nodes[k]);
        mesh_.facetFace.push_back(face->second);
        mesh_.facetElement.push_back(e);
        mesh_.facetOtherElement.push_back(-1);
      }
    }
    if (facetOfTriple.size() != faceOfTriple.size())
      throw CoreError("meshing-failed", "Part of the surface mesh has no volume behind it.",
                      "Try a smaller element size, or repair the geometry.");
  }

  /** The nearest node of the edges that meet at each vertex, where it lies on the vertex. */
  void listVertices() {
    TopTools_IndexedDataMapOfShapeListOfShape edgesOfVertex;
    TopExp::MapShapesAndAncestors(geometry_.shape, TopAbs_VERTEX, TopAbs_EDGE, edgesOfVertex);
    std::map<int, std::vector<int>> groupNodes;  // of each edge, in this group
    for (const auto& segment : linear_.segments)
      for (const int node : segment.node) groupNodes[segment.edge].push_back(node);
    for (int v = 1; v <= geometry_.vertices.Extent(); v++) {
      const TopoDS_Shape& vertex = geometry_.vertices(v);
      const gp_Pnt point = BRep_Tool::Pnt(TopoDS::Vertex(vertex));
      const double tolerance = std::max(2 * BRep_Tool::Tolerance(TopoDS::Vertex(vertex)), 1e-6 * geometry_.diagonal);
      int nearest = -1;
      if (!edgesOfVertex.Contains(vertex)) continue;
      for (const auto& edge : edgesOfVertex.FindFromKey(vertex))
        for (const int node : groupNodes[geometry_.edges.FindIndex(edge) - 1])
          if (linear_.points[node].Distance(point) <= (nearest < 0 ? tolerance : linear_.points[nearest].Distance(point)))
            nearest = node;
      if (nearest < 0) continue;
      mesh_.vertexNodes[v - 1].push_back(firstNode_ + nearest);
      for (const auto& edge : edgesOfVertex.FindFromKey(vertex))  // a collapsed edge is its vertex
        if (BRep_Tool::Degenerated(TopoDS::Edge(edge)))
          mesh_.edgeNodes[geometry_.edges.FindIndex(edge) - 1].push_back(firstNode_ + nearest);
    }
  }

  const Geometry& geometry_;
  const LinearMesh& linear_;
  QuadraticMesh& mesh_;
  const int firstNode_, firstElement_;
  std::unordered_map<Key, int> midside_;
};

}  // namespace

void addSecondOrder(const Geometry& geometry, const LinearMesh& linear, QuadraticMesh& mesh) {
  mesh.edgeNodes.resize(geometry.edges.Extent());
  mesh.vertexNodes.resize(geometry.vertices.Extent());
  SecondOrderBuilder(geometry, linear, mesh).build();
  for (auto* lists : {&mesh.edgeNodes, &mesh.vertexNodes})
    for (auto& nodes : *lists) {
      std::sort(nodes.begin(), nodes.end());
      nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    }
}

}  // namespace artificer::mesher
