#include "mesher/topology_ties.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <BRep_Tool.hxx>
#include <TopExp.hxx>
#include <TopoDS.hxx>

#include "common/errors.hpp"
#include "mesher/projection.hpp"

namespace artificer::mesher {

namespace {

constexpr std::size_t SAMPLES = 4;

[[noreturn]] void lost(const char* what) {
  throw CoreError("meshing-failed", std::string("A ") + what + " of the mesh could not be found on the geometry.",
                  "Repair the geometry.");
}

/** Up to SAMPLES entries spread over the list. */
template <typename Item>
std::vector<const Item*> spread(const std::vector<const Item*>& all) {
  std::vector<const Item*> chosen;
  const std::size_t step = std::max<std::size_t>(1, all.size() / SAMPLES);
  for (std::size_t i = 0; i < all.size() && chosen.size() < SAMPLES; i += step) chosen.push_back(all[i]);
  return chosen;
}

/** Whether the nodes of these triangles lie on the face. */
bool lieOnFace(const std::vector<const LinearMesh::Triangle*>& triangles, const LinearMesh& mesh, const TopoDS_Face& face,
               double tolerance) {
  const FaceProjector projector(face);
  for (const auto* triangle : triangles)
    for (int k = 0; k < 3; k++) {
      const gp_Pnt& point = mesh.points[triangle->node[k]];
      if (projector.value(triangle->uv[k]).Distance(point) > tolerance && projector.distance(point) > tolerance) return false;
    }
  return true;
}

bool lieOnEdge(const std::vector<const LinearMesh::Segment*>& segments, const LinearMesh& mesh, const TopoDS_Edge& edge,
               double tolerance) {
  if (BRep_Tool::Degenerated(edge)) return false;
  const EdgeProjector projector(edge);
  for (const auto* segment : segments)
    for (int k = 0; k < 2; k++) {
      const gp_Pnt& point = mesh.points[segment->node[k]];
      if (projector.value(segment->parameter[k]).Distance(point) > tolerance && projector.distance(point) > tolerance)
        return false;
    }
  return true;
}

/** For each claimed number, the number in `whole` of the piece that its items lie on. */
template <typename Item>
std::map<int, int> settle(const std::map<int, std::vector<const Item*>>& claims, const TopTools_IndexedMapOfShape& local,
                          const TopTools_IndexedMapOfShape& whole, const char* what,
                          const std::function<bool(const std::vector<const Item*>&, const TopoDS_Shape&)>& fits) {
  std::map<int, int> settled;
  for (const auto& [claim, items] : claims) {
    const auto samples = spread(items);
    int found = -1;
    if (claim >= 0 && claim < local.Extent() && fits(samples, local(claim + 1))) found = claim + 1;
    for (int i = 1; i <= local.Extent() && found < 0; i++)
      if (fits(samples, local(i))) found = i;
    if (found < 0) lost(what);
    settled[claim] = whole.FindIndex(local(found)) - 1;
  }
  return settled;
}

}  // namespace

void tieToGeometry(const Geometry& geometry, const std::vector<int>& group, const TopoDS_Shape& meshed, LinearMesh& mesh) {
  TopTools_IndexedMapOfShape faces, edges;
  TopExp::MapShapes(meshed, TopAbs_FACE, faces);
  TopExp::MapShapes(meshed, TopAbs_EDGE, edges);
  // Netgen writes parameters with six digits and meshes within the geometry's own tolerances.
  double tolerance = 1e-4 * geometry.diagonal;

  std::map<int, std::vector<const LinearMesh::Triangle*>> trianglesOf;
  for (const auto& triangle : mesh.triangles) trianglesOf[triangle.face].push_back(&triangle);
  const auto faceOf = settle<LinearMesh::Triangle>(
      trianglesOf, faces, geometry.faces, "face", [&](const auto& samples, const TopoDS_Shape& face) {
        return lieOnFace(samples, mesh, TopoDS::Face(face), std::max(tolerance, 2 * BRep_Tool::Tolerance(TopoDS::Face(face))));
      });
  std::map<int, std::vector<const LinearMesh::Segment*>> segmentsOf;
  for (const auto& segment : mesh.segments) segmentsOf[segment.edge].push_back(&segment);
  const auto edgeOf = settle<LinearMesh::Segment>(
      segmentsOf, edges, geometry.edges, "edge", [&](const auto& samples, const TopoDS_Shape& edge) {
        return lieOnEdge(samples, mesh, TopoDS::Edge(edge), std::max(tolerance, 2 * BRep_Tool::Tolerance(TopoDS::Edge(edge))));
      });

  for (auto& triangle : mesh.triangles) triangle.face = faceOf.at(triangle.face);
  for (auto& segment : mesh.segments) segment.edge = edgeOf.at(segment.edge);
  for (auto& tetrahedron : mesh.tetrahedra) {
    if (tetrahedron.solid < 0 || tetrahedron.solid >= static_cast<int>(group.size())) lost("solid");
    tetrahedron.solid = group[tetrahedron.solid];
  }
}

}  // namespace artificer::mesher
