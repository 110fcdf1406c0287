#pragma once

#include <BRepAdaptor_Curve.hxx>
#include <TopoDS_Edge.hxx>
#include <gp_Pnt.hxx>

namespace artificer::mesher {

/** Takes points of one edge to another edge, at the same share of its length. */
class EdgeMap {
 public:
  /** @param reversed the new curve runs from the end that the old one's start became */
  EdgeMap(const TopoDS_Edge& from, const TopoDS_Edge& to, bool reversed);

  /** How far the point of the old edge nearest to `point` moves. */
  gp_Vec movementOf(const gp_Pnt& point) const;

 private:
  /** Parameter of the curve's point that is nearest to `point`. */
  static double nearestParameter(const BRepAdaptor_Curve& curve, const gp_Pnt& point);
  BRepAdaptor_Curve from_, to_;
  bool reversed_;
  double fromLength_, toLength_;
};

}  // namespace artificer::mesher
