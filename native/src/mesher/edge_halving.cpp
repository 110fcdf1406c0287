#include "mesher/edge_halving.hpp"

#include <algorithm>
#include <cmath>

#include <TopoDS.hxx>

namespace artificer::mesher {

namespace {

/** A half whose volume is less than this part of the half that straight halving gives is distorted. */
constexpr double SOUND = 0.4;
/** A foot farther from the middle than this part of the edge is not believed. */
constexpr double REACH = 0.3;

template <typename Item>
int placeOf(const Item& item, int node) {
  const auto found = std::find(item.node.begin(), item.node.end(), node);
  return found == item.node.end() ? -1 : static_cast<int>(found - item.node.begin());
}

}  // namespace

EdgeHalving::EdgeHalving(const Geometry& geometry, LinearMesh& mesh)
    : geometry_(geometry), mesh_(mesh), tetrahedraOf_(mesh.points.size()), trianglesOf_(mesh.points.size()) {
  for (std::size_t i = 0; i < mesh.tetrahedra.size(); i++)
    for (const int node : mesh.tetrahedra[i].node) tetrahedraOf_[node].push_back(static_cast<int>(i));
  for (std::size_t i = 0; i < mesh.triangles.size(); i++)
    for (const int node : mesh.triangles[i].node) trianglesOf_[node].push_back(static_cast<int>(i));
  for (std::size_t i = 0; i < mesh.segments.size(); i++)
    segmentsOf_[keyOf(mesh.segments[i].node[0], mesh.segments[i].node[1])].push_back(static_cast<int>(i));
}

EdgeHalving::Key EdgeHalving::keyOf(int a, int b) {
  return static_cast<Key>(std::min(a, b)) << 32 | static_cast<std::uint32_t>(std::max(a, b));
}

FaceProjector& EdgeHalving::faceOf(int face) {
  auto& projector = faces_[face];
  if (!projector) projector = std::make_unique<FaceProjector>(TopoDS::Face(geometry_.faces(face + 1)));
  return *projector;
}

double EdgeHalving::volumeOf(const LinearMesh::Tetrahedron& tetrahedron) const {
  const gp_XYZ origin = mesh_.points[tetrahedron.node[0]].XYZ();
  const auto edge = [&](int k) { return mesh_.points[tetrahedron.node[k]].XYZ() - origin; };
  return edge(1).Crossed(edge(2)).Dot(edge(3)) / 6;
}

template <typename Item>
std::vector<int> EdgeHalving::holding(const std::vector<Item>& items, const std::vector<std::vector<int>>& ofNode, int a,
                                      int b) const {
  std::vector<int> found;
  for (const int index : ofNode[a])
    if (placeOf(items[index], a) >= 0 && placeOf(items[index], b) >= 0) found.push_back(index);
  return found;
}

bool EdgeHalving::middleOf(int a, int b, const std::vector<int>& triangles, gp_Pnt& middle) {
  const gp_Pnt chord((mesh_.points[a].XYZ() + mesh_.points[b].XYZ()) / 2);
  const double reach = REACH * mesh_.points[a].Distance(mesh_.points[b]);
  middle = chord;
  if (const auto segments = segmentsOf_.find(keyOf(a, b)); segments != segmentsOf_.end()) {
    const auto& segment = mesh_.segments[segments->second.front()];
    const EdgeProjector projector(TopoDS::Edge(geometry_.edges(segment.edge + 1)));
    middle = projector.projectBetween(chord, segment.parameter[0], segment.parameter[1]);
  } else if (!triangles.empty()) {
    const auto& triangle = mesh_.triangles[triangles.front()];
    auto& projector = faceOf(triangle.face);
    const auto& uvA = triangle.uv[placeOf(triangle, a)];
    const auto& uvB = triangle.uv[placeOf(triangle, b)];
    if (!projector.isPlane() && !projector.project(chord, projector.between(uvA, uvB), reach, middle)) return false;
  }
  return middle.Distance(chord) <= reach;
}

bool EdgeHalving::staysSound(int a, int b, const std::vector<int>& tetrahedra, const gp_Pnt& middle) const {
  for (const int index : tetrahedra) {
    const auto& whole = mesh_.tetrahedra[index];
    const double half = volumeOf(whole) / 2;
    for (const int replaced : {a, b}) {
      std::array<gp_XYZ, 4> corner;
      for (int k = 0; k < 4; k++) corner[k] = mesh_.points[whole.node[k]].XYZ();
      corner[placeOf(whole, replaced)] = middle.XYZ();
      const double volume =
          (corner[1] - corner[0]).Crossed(corner[2] - corner[0]).Dot(corner[3] - corner[0]) / 6;
      if (!(volume / half >= SOUND)) return false;
    }
  }
  return true;
}

bool EdgeHalving::halve(int a, int b) {
  const auto tetrahedra = holding(mesh_.tetrahedra, tetrahedraOf_, a, b);
  if (tetrahedra.empty()) return false;
  const auto triangles = holding(mesh_.triangles, trianglesOf_, a, b);
  gp_Pnt middle;
  if (!middleOf(a, b, triangles, middle) || !staysSound(a, b, tetrahedra, middle)) return false;

  const int m = static_cast<int>(mesh_.points.size());
  mesh_.points.push_back(middle);
  tetrahedraOf_.emplace_back();
  trianglesOf_.emplace_back();
  for (const int index : tetrahedra) {
    auto other = mesh_.tetrahedra[index];
    other.node[placeOf(other, a)] = m;
    auto& kept = mesh_.tetrahedra[index];
    kept.node[placeOf(kept, b)] = m;
    tetrahedraOf_[m].push_back(index);
    for (const int node : other.node) tetrahedraOf_[node].push_back(static_cast<int>(mesh_.tetrahedra.size()));
    mesh_.tetrahedra.push_back(other);
  }
  for (const int index : triangles) {
    auto other = mesh_.triangles[index];
    const int atA = placeOf(other, a), atB = placeOf(other, b);
    const gp_Pnt2d uv = faceOf(other.face).between(other.uv[atA], other.uv[atB]);
    other.node[atA] = m;
    other.uv[atA] = uv;
    auto& kept = mesh_.triangles[index];
    kept.node[atB] = m;
    kept.uv[atB] = uv;
    trianglesOf_[m].push_back(index);
    for (const int node : other.node) trianglesOf_[node].push_back(static_cast<int>(mesh_.triangles.size()));
    mesh_.triangles.push_back(other);
  }
  if (auto segments = segmentsOf_.extract(keyOf(a, b)); !segments.empty())
    for (const int index : segments.mapped()) {
      auto other = mesh_.segments[index];
      auto& kept = mesh_.segments[index];
      const double parameter = (other.parameter[0] + other.parameter[1]) / 2;
      const int atA = placeOf(other, a), atB = placeOf(other, b);
      other.node[atA] = m;
      other.parameter[atA] = parameter;
      kept.node[atB] = m;
      kept.parameter[atB] = parameter;
      segmentsOf_[keyOf(a, m)].push_back(index);
      segmentsOf_[keyOf(m, b)].push_back(static_cast<int>(mesh_.segments.size()));
      mesh_.segments.push_back(other);
    }
  return true;
}

}  // namespace artificer::mesher
