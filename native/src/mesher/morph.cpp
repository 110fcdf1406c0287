#include "mesher/morph.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

#include <BRepAdaptor_Curve.hxx>
#include <BRep_Tool.hxx>
#include <ShapeAnalysis_Surface.hxx>
#include <TopExp.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Vertex.hxx>
#include <gp_Vec.hxx>

#include "common/errors.hpp"
#include "mesh/graph_laplacian.hpp"
#include "mesher/bundle_reader.hpp"
#include "mesher/bundle_writer.hpp"
#include "mesher/edge_map.hpp"
#include "mesher/geometry.hpp"
#include "mesher/json.hpp"
#include "mesher/messages.hpp"
#include "mesher/projection.hpp"

namespace artificer::mesher {

namespace {

struct Correspondence {
  std::vector<int> faces, edges, vertices;
};

[[noreturn]] void otherTopology(const std::string& what) {
  throw CoreError("other-topology", what, "The part is put together differently there: mesh it anew.");
}

std::vector<int> readNumbers(const Json& json, const char* name, int oldCount, int newCount) {
  const Json* found = json.find(name);
  if (found == nullptr) throw CoreError("bad-options", std::string(name) + " is missing");
  std::vector<int> numbers;
  for (const auto& item : found->array(name)) numbers.push_back(static_cast<int>(item.number(name)));
  if (static_cast<int>(numbers.size()) != oldCount)
    otherTopology(std::string("There are ") + std::to_string(oldCount) + " " + name + ", and counterparts of " +
                  std::to_string(numbers.size()) + ".");
  for (std::size_t i = 0; i < numbers.size(); i++)
    if (numbers[i] < 0 || numbers[i] >= newCount)
      otherTopology(std::string("One of the ") + name + " (" + std::to_string(i) + ") has no counterpart.");
  return numbers;
}

Correspondence readCorrespondence(const std::string& path, const Geometry& from, const Geometry& to) {
  std::ifstream file(path);
  if (!file) throw CoreError("bad-options", "The correspondence could not be read: " + path);
  std::stringstream text;
  text << file.rdbuf();
  const Json json = parseJson(text.str());
  if (!json.isObject()) throw CoreError("bad-options", "The correspondence must be a JSON object");
  return {readNumbers(json, "faces", from.faces.Extent(), to.faces.Extent()),
          readNumbers(json, "edges", from.edges.Extent(), to.edges.Extent()),
          readNumbers(json, "vertices", from.vertices.Extent(), to.vertices.Extent())};
}

/** Works in mm: the geometries are scaled each in its own way. */
class SurfaceMorph {
 public:
  SurfaceMorph(const Geometry& from, const Geometry& to, const Correspondence& map, const SurfaceBundle& mesh)
      : from_(from), to_(to), map_(map), mesh_(mesh), movement_(mesh.nodes.size(), 0), placed_(mesh.nodes.size() / 3, 0) {}

  void run() {
    moveVertices();
    sendProgress("edges", 0.2);
    moveEdges();
    sendProgress("faces", 0.4);
    spreadOverFaces();
    projectOnFaces();
  }

  std::vector<double> nodes() const {
    std::vector<double> moved = mesh_.nodes;
    for (std::size_t i = 0; i < moved.size(); i++) moved[i] += movement_[i];
    return moved;
  }
  const std::vector<int>& surface() const { return placed_; }
  double largest() const {
    double most = 0;
    for (std::size_t i = 0; i < movement_.size(); i += 3)
      most = std::max(most, std::hypot(movement_[i], movement_[i + 1], movement_[i + 2]));
    return most;
  }

 private:
  gp_Pnt pointOf(int node) const {
    return {mesh_.nodes[3 * static_cast<std::size_t>(node)], mesh_.nodes[3 * static_cast<std::size_t>(node) + 1],
            mesh_.nodes[3 * static_cast<std::size_t>(node) + 2]};
  }
  static gp_Pnt scaled(const gp_Pnt& point, double factor) { return gp_Pnt(point.XYZ() * factor); }
  void move(int node, const gp_XYZ& by) {
    for (int axis = 0; axis < 3; axis++) movement_[3 * static_cast<std::size_t>(node) + axis] = by.Coord(axis + 1);
    placed_[node] = 1;
  }

  void moveVertices() {
    for (std::size_t v = 0; v < mesh_.vertexNodes.size() && v < map_.vertices.size(); v++) {
      const gp_Pnt was = BRep_Tool::Pnt(TopoDS::Vertex(from_.vertices(static_cast<int>(v) + 1)));
      const gp_Pnt is = BRep_Tool::Pnt(TopoDS::Vertex(to_.vertices(map_.vertices[v] + 1)));
      for (const int node : mesh_.vertexNodes[v])
        move(node, is.XYZ() / to_.scale - was.XYZ() / from_.scale);
    }
  }

  /** Whether the new curve starts at the end that the old one's start became. */
  bool isReversed(const TopoDS_Edge& from, const TopoDS_Edge& to) const {
    // Vertices at the curve's own first and last parameters, whatever the edge's orientation.
    const TopoDS_Edge forwardFrom = TopoDS::Edge(from.Oriented(TopAbs_FORWARD));
    const TopoDS_Edge forwardTo = TopoDS::Edge(to.Oriented(TopAbs_FORWARD));
    const auto first = TopExp::FirstVertex(forwardFrom), last = TopExp::LastVertex(forwardFrom);
    const auto newFirst = TopExp::FirstVertex(forwardTo), newLast = TopExp::LastVertex(forwardTo);
    if (!first.IsNull() && !first.IsSame(last)) {
      const int wanted = map_.vertices[from_.vertices.FindIndex(first) - 1] + 1;
      const int end = map_.vertices[from_.vertices.FindIndex(last) - 1] + 1;
      const int start = to_.vertices.FindIndex(newFirst), stop = to_.vertices.FindIndex(newLast);
      if (start == wanted && stop == end) return false;
      if (start == end && stop == wanted) return true;
      otherTopology("An edge runs between other vertices than before.");
    }
    const BRepAdaptor_Curve was(from), is(to);
    gp_Pnt at;
    gp_Vec before, after;
    was.D1(was.FirstParameter(), at, before);
    is.D1(is.FirstParameter(), at, after);
    return before.Dot(after) < 0;
  }

  void moveEdges() {
    for (std::size_t e = 0; e < mesh_.edgeNodes.size() && e < map_.edges.size(); e++) {
      const auto from = TopoDS::Edge(from_.edges(static_cast<int>(e) + 1));
      const auto to = TopoDS::Edge(to_.edges(map_.edges[e] + 1));
      if (BRep_Tool::Degenerated(from) != BRep_Tool::Degenerated(to)) otherTopology("An edge has shrunk to a point.");
      if (BRep_Tool::Degenerated(from)) continue;
      std::optional<EdgeMap> map;
      for (const int node : mesh_.edgeNodes[e]) {
        if (placed_[node]) continue;
        if (!map) map.emplace(from, to, isReversed(from, to));
        const gp_Pnt was = scaled(pointOf(node), from_.scale);
        const gp_Vec by = map->movementOf(was);
        if (from_.scale == to_.scale) {
          move(node, by.XYZ() / from_.scale);
        } else {
          const gp_XYZ is = was.XYZ() + by.XYZ();
          move(node, is / to_.scale - pointOf(node).XYZ());
        }
      }
    }
  }

  /** Face nodes follow the rims of their faces: a graph Laplacian over the four small triangles of each facet. */
  void spreadOverFaces() {
    constexpr int SMALL[9][2] = {{0, 3}, {3, 1}, {1, 4}, {4, 2}, {2, 5}, {5, 0}, {3, 4}, {4, 5}, {5, 3}};
    std::vector<GraphLaplacian::Link> links;
    links.reserve(9 * mesh_.facetFace.size());
    for (std::size_t f = 0; f < mesh_.facetFace.size(); f++)
      for (const auto& [a, b] : SMALL) {
        const int i = mesh_.facets[6 * f + a], j = mesh_.facets[6 * f + b];
        links.push_back({i, j, 1 / pointOf(i).SquareDistance(pointOf(j))});
      }
    const GraphLaplacian laplacian(static_cast<int>(placed_.size()), std::move(links));
    const std::vector<char> held(placed_.begin(), placed_.end());
    laplacian.extend(held, movement_);
  }

  /** One face before and after, with what is needed to find feet on both. */
  struct FacePair {
    FacePair(const TopoDS_Face& before, const TopoDS_Face& after)
        : was(before), is(after), wasSurface(new ShapeAnalysis_Surface(BRep_Tool::Surface(before))),
          isSurface(new ShapeAnalysis_Surface(BRep_Tool::Surface(after))) {}
    FaceProjector was, is;
    Handle(ShapeAnalysis_Surface) wasSurface, isSurface;
  };

  gp_Pnt footOn(const FaceProjector& projector, const Handle(ShapeAnalysis_Surface)& surface, const gp_Pnt& point,
                double reach) const {
    gp_Pnt foot;
    const gp_Pnt2d near = projector.isElementary() ? gp_Pnt2d(0, 0) : surface->ValueOfUV(point, 1e-9);
    if (!projector.project(point, near, reach, foot))
      throw CoreError("strayed", "A node of the surface could not be found on the changed geometry.",
                      "Mesh the part anew.");
    return foot;
  }

  void projectOnFaces() {
    std::vector<std::unique_ptr<FacePair>> pairs(map_.faces.size());
    const double reach = 0.5;  // of the diagonal: a foot farther off is on another side
    for (std::size_t f = 0; f < mesh_.facetFace.size(); f++) {
      const int face = mesh_.facetFace[f];
      if (face < 0 || face >= static_cast<int>(pairs.size())) otherTopology("The mesh has a face that the part has not.");
      for (int k = 0; k < 6; k++) {
        const int node = mesh_.facets[6 * f + k];
        if (placed_[node]) continue;
        auto& pair = pairs[face];
        if (!pair)
          pair = std::make_unique<FacePair>(TopoDS::Face(from_.faces(face + 1)), TopoDS::Face(to_.faces(map_.faces[face] + 1)));
        const gp_XYZ at = pointOf(node).XYZ();
        const gp_XYZ by(movement_[3 * static_cast<std::size_t>(node)], movement_[3 * static_cast<std::size_t>(node) + 1],
                        movement_[3 * static_cast<std::size_t>(node) + 2]);
        // A midside node that was drawn back to its chord keeps its distance from the surface.
        const gp_XYZ foot =
            footOn(pair->was, pair->wasSurface, gp_Pnt(at * from_.scale), reach * from_.diagonal).XYZ() / from_.scale;
        const gp_XYZ target =
            footOn(pair->is, pair->isSurface, gp_Pnt((foot + by) * to_.scale), reach * to_.diagonal).XYZ() / to_.scale;
        move(node, target - foot);
      }
    }
  }

  const Geometry &from_, &to_;
  const Correspondence& map_;
  const SurfaceBundle& mesh_;
  std::vector<double> movement_;  // mm
  std::vector<int> placed_;
};

}  // namespace

std::string runMorphJob(const std::string& oldBrep, const std::string& meshPath, const std::string& newBrep,
                        const std::string& outPath, const std::string& correspondencePath) {
  sendProgress("read", 0);
  const Geometry from = readGeometry(oldBrep), to = readGeometry(newBrep);
  const SurfaceBundle mesh = readSurfaceBundle(meshPath);
  const Correspondence map = readCorrespondence(correspondencePath, from, to);
  SurfaceMorph morph(from, to, map, mesh);
  morph.run();
  std::ostringstream meta;
  meta.precision(12);
  meta << "{\"largestMovement_mm\":" << morph.largest() << "}";
  sendProgress("write", 0.95);
  writeArrays(outPath, morph.nodes(), morph.surface(), meta.str());
  return "{\"done\":true,\"fraction\":1,\"morph\":" + meta.str() + "}";
}

}  // namespace artificer::mesher
