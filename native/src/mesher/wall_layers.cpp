#include "mesher/wall_layers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <unordered_map>

#include "mesh/tet10.hpp"
#include "mesher/edge_halving.hpp"

namespace artificer::mesher {

namespace {

/** Faces whose outward normals enclose more than this angle (135 degrees) lie opposite each other. */
const double OPPOSITE = -std::sqrt(0.5);
/** An edge leaves a face inwards when it makes at least this sine with it: flatter ones run along the face. */
constexpr double INWARD = 0.02;
/** Halving may lay open further edges from face to face: where a rib is as wide as thick, one after the other. */
constexpr int PASSES = 3;

/** The mean outward normal of one face of a solid at a node. */
struct Normal {
  int solid, face;
  gp_XYZ direction;
};

struct WallEdge {
  int a, b;
  double length, thickness;
  int elements;  // around it
};

/** Elements that halving all edges of a wall adds, over the elements around these edges: those with four halves are six after. */
constexpr double GROWTH = 1.2;
/** Walls whose thicknesses lie within this factor are divided together or not at all. */
constexpr double ALIKE = 1.5;

/** Outward normals at each node on the surface of its solid, from the tetrahedra behind the surface's triangles. */
std::vector<std::vector<Normal>> outwardNormals(const LinearMesh& mesh) {
  std::map<std::array<int, 3>, int> faceOfTriple;
  for (const auto& triangle : mesh.triangles) {
    auto triple = triangle.node;
    std::sort(triple.begin(), triple.end());
    faceOfTriple.emplace(triple, triangle.face);
  }
  std::vector<char> onSurface(mesh.points.size(), 0);
  for (const auto& triangle : mesh.triangles)
    for (const int node : triangle.node) onSurface[node] = 1;

  std::vector<std::vector<Normal>> normals(mesh.points.size());
  for (const auto& tetrahedron : mesh.tetrahedra)
    for (int inner = 0; inner < 4; inner++) {
      std::array<int, 3> side;
      for (int k = 0; k < 3; k++) side[k] = tetrahedron.node[(inner + 1 + k) % 4];
      if (!onSurface[side[0]] || !onSurface[side[1]] || !onSurface[side[2]]) continue;
      const gp_XYZ first = mesh.points[side[0]].XYZ();
      gp_XYZ area = (mesh.points[side[1]].XYZ() - first).Crossed(mesh.points[side[2]].XYZ() - first);
      if (area.Dot(mesh.points[tetrahedron.node[inner]].XYZ() - first) > 0) area.Reverse();
      std::sort(side.begin(), side.end());
      const auto face = faceOfTriple.find(side);
      if (face == faceOfTriple.end()) continue;
      for (const int node : side) {
        auto& list = normals[node];
        const auto known = std::find_if(list.begin(), list.end(), [&](const Normal& one) {
          return one.solid == tetrahedron.solid && one.face == face->second;
        });
        if (known == list.end()) list.push_back({tetrahedron.solid, face->second, area});
        else known->direction += area;
      }
    }
  for (auto& list : normals)
    for (auto& one : list)
      if (const double length = one.direction.Modulus(); length > 0) one.direction /= length;
  return normals;
}

/** Thickness of the wall that this edge reaches through from face to face; 0 where it does not. */
double wallThrough(const LinearMesh& mesh, const std::vector<std::vector<Normal>>& normals, int solid, int a, int b) {
  const gp_XYZ along = mesh.points[b].XYZ() - mesh.points[a].XYZ();
  const double length = along.Modulus();
  double thickness = 0;
  for (const auto& from : normals[a])
    for (const auto& to : normals[b]) {
      if (from.solid != solid || to.solid != solid || from.direction.Dot(to.direction) > OPPOSITE) continue;
      const double leaving = -along.Dot(from.direction), arriving = along.Dot(to.direction);
      if (leaving > INWARD * length && arriving > INWARD * length) thickness = std::max(thickness, (leaving + arriving) / 2);
    }
  return thickness;
}

/** All edges of the mesh that reach through a wall, longest first. */
std::vector<WallEdge> wallEdges(const LinearMesh& mesh) {
  const auto normals = outwardNormals(mesh);
  std::unordered_map<std::uint64_t, WallEdge> found;
  for (const auto& tetrahedron : mesh.tetrahedra)
    for (const auto& [i, k] : tet10::EDGE_CORNERS) {
      const int a = std::min(tetrahedron.node[i], tetrahedron.node[k]), b = std::max(tetrahedron.node[i], tetrahedron.node[k]);
      if (normals[a].empty() || normals[b].empty()) continue;
      const std::uint64_t key = static_cast<std::uint64_t>(a) << 32 | static_cast<std::uint32_t>(b);
      auto known = found.find(key);
      if (known == found.end())
        known = found.emplace(key, WallEdge{a, b, mesh.points[a].Distance(mesh.points[b]), 0, 0}).first;
      auto& edge = known->second;
      edge.elements++;
      // Between two solids each has its own say.
      edge.thickness = std::max(edge.thickness, wallThrough(mesh, normals, tetrahedron.solid, a, b));
    }
  std::vector<WallEdge> edges;
  for (const auto& [key, edge] : found)
    if (edge.thickness > 0) edges.push_back(edge);
  // Ties by number: the same geometry always gets the same mesh.
  std::sort(edges.begin(), edges.end(), [](const WallEdge& x, const WallEdge& y) {
    return x.length != y.length ? x.length > y.length : x.a != y.a ? x.a < y.a : x.b < y.b;
  });
  return edges;
}

/** The edges of as many walls as there is room for, the thickest first; they stay in their order. */
std::vector<WallEdge> affordable(const std::vector<WallEdge>& edges, double room) {
  const auto kindOf = [](const WallEdge& edge) { return static_cast<int>(std::floor(std::log(edge.thickness) / std::log(ALIKE))); };
  std::map<int, double, std::greater<>> cost;
  for (const auto& edge : edges) cost[kindOf(edge)] += GROWTH * edge.elements;
  std::map<int, bool> chosen;
  for (const auto& [kind, elements] : cost)
    if ((chosen[kind] = elements <= room)) room -= elements;
  std::vector<WallEdge> kept;
  std::copy_if(edges.begin(), edges.end(), std::back_inserter(kept), [&](const WallEdge& edge) { return chosen[kindOf(edge)]; });
  return kept;
}

}  // namespace

WallLayers divideThroughWalls(const Geometry& geometry, LinearMesh& mesh, std::size_t mostElements) {
  WallLayers layers;
  std::vector<WallEdge> edges = wallEdges(mesh);
  for (int pass = 0; pass < PASSES && !edges.empty(); pass++) {
    const auto chosen = affordable(edges, static_cast<double>(mostElements) - static_cast<double>(mesh.tetrahedra.size()));
    layers.full = layers.full || chosen.size() < edges.size();
    EdgeHalving halving(geometry, mesh);
    int divided = 0;
    for (const auto& edge : chosen) divided += halving.halve(edge.a, edge.b);
    layers.divided += divided;
    if (divided == 0) break;
    edges = wallEdges(mesh);
  }
  for (const auto& edge : edges)
    layers.single.push_back({gp_Pnt((mesh.points[edge.a].XYZ() + mesh.points[edge.b].XYZ()) / 2), edge.thickness});
  return layers;
}

}  // namespace artificer::mesher
