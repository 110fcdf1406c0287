#include "mesher/edge_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <GCPnts_AbscissaPoint.hxx>
#include <gp_Vec.hxx>

namespace artificer::mesher {

namespace {

constexpr double LENGTH_TOLERANCE = 1e-11;
constexpr int SAMPLES = 64;

/** On lines and circles the parameter is the length already, up to a factor. */
bool isEven(const BRepAdaptor_Curve& curve) { return curve.GetType() == GeomAbs_Line || curve.GetType() == GeomAbs_Circle; }

double lengthBetween(const BRepAdaptor_Curve& curve, double first, double last) {
  return GCPnts_AbscissaPoint::Length(curve, first, last, LENGTH_TOLERANCE);
}

}  // namespace

EdgeMap::EdgeMap(const TopoDS_Edge& from, const TopoDS_Edge& to, bool reversed)
    : from_(from), to_(to), reversed_(reversed),
      fromLength_(isEven(from_) ? 1 : lengthBetween(from_, from_.FirstParameter(), from_.LastParameter())),
      toLength_(isEven(to_) ? 1 : lengthBetween(to_, to_.FirstParameter(), to_.LastParameter())) {}

double EdgeMap::nearestParameter(const BRepAdaptor_Curve& curve, const gp_Pnt& point) {
  const double first = curve.FirstParameter(), last = curve.LastParameter();
  double best = first, nearest = std::numeric_limits<double>::infinity();
  for (int i = 0; i <= SAMPLES; i++) {
    const double t = first + (last - first) * i / SAMPLES;
    const double distance = curve.Value(t).SquareDistance(point);
    if (distance >= nearest) continue;
    nearest = distance;
    best = t;
  }
  // Newton on (C - P) . C' = 0, kept between the neighbouring samples.
  const double reach = (last - first) / SAMPLES;
  const double low = std::max(first, best - reach), high = std::min(last, best + reach);
  double t = best;
  for (int step = 0; step < 50; step++) {
    gp_Pnt at;
    gp_Vec tangent, bend;
    curve.D2(t, at, tangent, bend);
    const gp_Vec gap(point, at);
    const double slope = tangent.Dot(tangent) + gap.Dot(bend);
    const double next = std::clamp(t - gap.Dot(tangent) / (slope > 0 ? slope : tangent.Dot(tangent)), low, high);
    const bool still = std::abs(next - t) < 1e-15 * (1 + std::abs(t));
    t = next;
    if (still) break;
  }
  return t;
}

gp_Vec EdgeMap::movementOf(const gp_Pnt& point) const {
  const double t = nearestParameter(from_, point);
  const double first = from_.FirstParameter(), last = from_.LastParameter();
  double share = isEven(from_) ? (t - first) / (last - first) : lengthBetween(from_, first, t) / fromLength_;
  if (reversed_) share = 1 - share;
  const double toFirst = to_.FirstParameter(), toLast = to_.LastParameter();
  double parameter = toFirst + share * (toLast - toFirst);
  if (!isEven(to_) && share > 0 && share < 1) {
    // Newton on the length itself: the library's own search stops too early for derivatives of positions.
    for (int step = 0; step < 30; step++) {
      gp_Pnt at;
      gp_Vec tangent;
      to_.D1(parameter, at, tangent);
      const double miss = share * toLength_ - lengthBetween(to_, toFirst, parameter);
      if (std::abs(miss) < 1e-13 * toLength_ || !(tangent.Magnitude() > 0)) break;
      parameter = std::clamp(parameter + miss / tangent.Magnitude(), toFirst, toLast);
    }
  }
  return gp_Vec(from_.Value(t), to_.Value(parameter));
}

}  // namespace artificer::mesher
