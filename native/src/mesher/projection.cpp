#include "mesher/projection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <ElSLib.hxx>
#include <Extrema_ExtPC.hxx>
#include <Extrema_ExtPS.hxx>
#include <gp_Cone.hxx>
#include <gp_Cylinder.hxx>
#include <gp_Pln.hxx>
#include <gp_Sphere.hxx>
#include <gp_Torus.hxx>

namespace artificer::mesher {

namespace {

/** Nearest point of an elementary surface. */
template <typename Elementary>
gp_Pnt nearestOn(const Elementary& surface, const gp_Pnt& point) {
  double u, v;
  ElSLib::Parameters(surface, point, u, v);
  return ElSLib::Value(u, v, surface);
}

}  // namespace

bool FaceProjector::project(const gp_Pnt& point, const gp_Pnt2d& near, double reach, gp_Pnt& nearest) const {
  if (closedForm(point, nearest) || (newton(point, near, nearest) && nearest.Distance(point) <= reach) ||
      search(point, nearest))
    return nearest.Distance(point) <= reach;
  return false;
}

double FaceProjector::distance(const gp_Pnt& point) const {
  gp_Pnt nearest;
  if (closedForm(point, nearest) || search(point, nearest)) return nearest.Distance(point);
  return std::numeric_limits<double>::infinity();
}

bool FaceProjector::closedForm(const gp_Pnt& point, gp_Pnt& nearest) const {
  switch (surface_.GetType()) {
    case GeomAbs_Plane: nearest = nearestOn(surface_.Plane(), point); return true;
    case GeomAbs_Cylinder: nearest = nearestOn(surface_.Cylinder(), point); return true;
    case GeomAbs_Sphere: nearest = nearestOn(surface_.Sphere(), point); return true;
    case GeomAbs_Cone: nearest = nearestOn(surface_.Cone(), point); return true;
    case GeomAbs_Torus: nearest = nearestOn(surface_.Torus(), point); return true;
    default: return false;
  }
}

bool FaceProjector::search(const gp_Pnt& point, gp_Pnt& nearest) const {
  Extrema_ExtPS extrema(point, surface_, 1e-9, 1e-9);
  if (!extrema.IsDone()) return false;
  double best = std::numeric_limits<double>::infinity();
  for (int i = 1; i <= extrema.NbExt(); i++)
    if (extrema.SquareDistance(i) < best) {
      best = extrema.SquareDistance(i);
      nearest = extrema.Point(i).Value();
    }
  return std::isfinite(best);
}

bool FaceProjector::newton(const gp_Pnt& point, gp_Pnt2d uv, gp_Pnt& nearest) const {
  gp_Pnt at;
  gp_Vec du, dv;
  for (int step = 0; step < 30; step++) {
    surface_.D1(uv.X(), uv.Y(), at, du, dv);
    const gp_Vec gap(at, point);
    const double a = du.Dot(du), b = du.Dot(dv), c = dv.Dot(dv), f = du.Dot(gap), g = dv.Dot(gap);
    const double determinant = a * c - b * b;
    if (!(determinant > 1e-14 * std::max(a, c) * std::max(a, c))) return false;  // a pole or a crease
    const double su = (c * f - b * g) / determinant, sv = (a * g - b * f) / determinant;
    uv.SetCoord(uv.X() + su, uv.Y() + sv);
    const double moved = std::sqrt(std::abs(a * su * su + 2 * b * su * sv + c * sv * sv));
    if (moved < 1e-11 * (1 + std::abs(at.X()) + std::abs(at.Y()) + std::abs(at.Z()))) {
      nearest = surface_.Value(uv.X(), uv.Y());
      return true;
    }
  }
  return false;
}

gp_Pnt2d FaceProjector::between(const gp_Pnt2d& a, const gp_Pnt2d& b) const {
  const auto middle = [](double x, double y, bool periodic, double period) {
    if (periodic && std::abs(x - y) > period / 2) y += x > y ? period : -period;
    return (x + y) / 2;
  };
  return {middle(a.X(), b.X(), surface_.IsUPeriodic(), surface_.IsUPeriodic() ? surface_.UPeriod() : 0),
          middle(a.Y(), b.Y(), surface_.IsVPeriodic(), surface_.IsVPeriodic() ? surface_.VPeriod() : 0)};
}

gp_Pnt EdgeProjector::projectBetween(const gp_Pnt& point, double first, double last) const {
  // The foot is where (C(t) - P) . C'(t) changes sign from minus to plus; bisection with Newton steps inside the bracket.
  gp_Pnt at;
  gp_Vec tangent, bend;
  double low = std::min(first, last), high = std::max(first, last);
  const double middle = (low + high) / 2;
  const auto slope = [&](double t) {
    curve_.D1(t, at, tangent);
    return gp_Vec(point, at).Dot(tangent);
  };
  if (!(slope(low) < 0) || !(slope(high) > 0)) return curve_.Value(middle);
  double t = middle;
  for (int step = 0; step < 60 && high - low > 1e-14 * (std::abs(low) + std::abs(high) + 1e-300); step++) {
    curve_.D2(t, at, tangent, bend);
    const gp_Vec gap(point, at);
    const double value = gap.Dot(tangent), derivative = tangent.Dot(tangent) + gap.Dot(bend);
    (value < 0 ? low : high) = t;
    const double newton = derivative > 0 ? t - value / derivative : middle;
    const double next = newton > low && newton < high ? newton : (low + high) / 2;
    if (std::abs(next - t) < 1e-13 * (std::abs(t) + 1)) {
      t = next;
      break;
    }
    t = next;
  }
  return curve_.Value(t);
}

double EdgeProjector::distance(const gp_Pnt& point) const {
  double best = std::min(point.Distance(curve_.Value(curve_.FirstParameter())),
                         point.Distance(curve_.Value(curve_.LastParameter())));
  Extrema_ExtPC extrema(point, curve_);
  if (extrema.IsDone())
    for (int i = 1; i <= extrema.NbExt(); i++) best = std::min(best, std::sqrt(extrema.SquareDistance(i)));
  return best;
}

}  // namespace artificer::mesher
