#include "mesher/refinement_points.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepTopAdaptor_FClass2d.hxx>
#include <BRep_Tool.hxx>
#include <GCPnts_AbscissaPoint.hxx>
#include <TopoDS.hxx>

#include "common/errors.hpp"

namespace artificer::mesher {

namespace {

constexpr int MOST_STEPS = 400;  // along one direction

int stepsFor(double length, double size) { return std::clamp(static_cast<int>(std::ceil(length / size)), 2, MOST_STEPS); }

const TopoDS_Shape& shapeAt(const TopTools_IndexedMapOfShape& map, int index, const char* kind) {
  if (index < 0 || index >= map.Extent())
    throw CoreError("bad-options", std::string("A refinement names ") + kind + " " + std::to_string(index) +
                                       ", but the geometry has " + std::to_string(map.Extent()) + ".");
  return map(index + 1);
}

void onEdge(const TopoDS_Edge& edge, double size, std::vector<SizeAtPoint>& points) {
  if (BRep_Tool::Degenerated(edge)) return;
  const BRepAdaptor_Curve curve(edge);
  const double first = curve.FirstParameter(), last = curve.LastParameter();
  const int steps = stepsFor(GCPnts_AbscissaPoint::Length(curve), size);
  for (int i = 0; i <= steps; i++) points.push_back({curve.Value(first + (last - first) * i / steps), size});
}

void onFace(const TopoDS_Face& face, double size, std::vector<SizeAtPoint>& points) {
  const BRepAdaptor_Surface surface(face);
  const double u0 = surface.FirstUParameter(), u1 = surface.LastUParameter();
  const double v0 = surface.FirstVParameter(), v1 = surface.LastVParameter();
  // Lengths of the longest of three parameter lines either way.
  const auto length = [&](bool alongU) {
    double longest = 0;
    for (const double across : {0.0, 0.5, 1.0}) {
      gp_Pnt previous;
      double sum = 0;
      for (int i = 0; i <= 16; i++) {
        const double along = i / 16.0;
        const gp_Pnt at = alongU ? surface.Value(u0 + (u1 - u0) * along, v0 + (v1 - v0) * across)
                                 : surface.Value(u0 + (u1 - u0) * across, v0 + (v1 - v0) * along);
        if (i > 0) sum += previous.Distance(at);
        previous = at;
      }
      longest = std::max(longest, sum);
    }
    return longest;
  };
  const int uSteps = stepsFor(length(true), size), vSteps = stepsFor(length(false), size);
  BRepTopAdaptor_FClass2d inside(face, 1e-7);
  for (int i = 0; i <= uSteps; i++)
    for (int j = 0; j <= vSteps; j++) {
      const gp_Pnt2d uv(u0 + (u1 - u0) * i / uSteps, v0 + (v1 - v0) * j / vSteps);
      if (inside.Perform(uv) != TopAbs_OUT) points.push_back({surface.Value(uv.X(), uv.Y()), size});
    }
}

void aroundPoint(const gp_Pnt& centre, double radius, double size, std::vector<SizeAtPoint>& points) {
  points.push_back({centre, size});
  if (radius <= 0) return;
  const int steps = std::min(20, static_cast<int>(std::ceil(radius / size)));
  const double step = radius / steps;
  for (int i = -steps; i <= steps; i++)
    for (int j = -steps; j <= steps; j++)
      for (int k = -steps; k <= steps; k++)
        if (i * i + j * j + k * k <= steps * steps)
          points.push_back({gp_Pnt(centre.X() + i * step, centre.Y() + j * step, centre.Z() + k * step), size});
}

}  // namespace

std::vector<SizeAtPoint> refinementPoints(const Geometry& geometry, const std::vector<Refinement>& refinements) {
  std::vector<SizeAtPoint> points;
  for (const auto& wish : refinements) {
    switch (wish.place) {
      case Refinement::Place::face: onFace(TopoDS::Face(shapeAt(geometry.faces, wish.index, "face")), wish.size, points); break;
      case Refinement::Place::edge: onEdge(TopoDS::Edge(shapeAt(geometry.edges, wish.index, "edge")), wish.size, points); break;
      case Refinement::Place::vertex:
        aroundPoint(BRep_Tool::Pnt(TopoDS::Vertex(shapeAt(geometry.vertices, wish.index, "vertex"))), wish.radius, wish.size, points);
        break;
      case Refinement::Place::point: aroundPoint(wish.point, wish.radius, wish.size, points); break;
    }
  }
  return points;
}

}  // namespace artificer::mesher
