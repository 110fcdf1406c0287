#pragma once

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <gp_Pnt.hxx>
#include <gp_Pnt2d.hxx>

namespace artificer::mesher {

/** Nearest points on a face's surface: closed forms for the elementary surfaces, Gauss-Newton for the others. */
class FaceProjector {
 public:
  explicit FaceProjector(const TopoDS_Face& face) : surface_(face, false) {}

  gp_Pnt value(const gp_Pnt2d& uv) const { return surface_.Value(uv.X(), uv.Y()); }

  /**
   * @param near parameters close to the answer; @param reach the farthest the answer may lie from `point`.
   * False when no answer within reach was found.
   */
  bool project(const gp_Pnt& point, const gp_Pnt2d& near, double reach, gp_Pnt& nearest) const;

  /** Parameters half way between two points of the surface, mindful of its periods. */
  gp_Pnt2d between(const gp_Pnt2d& a, const gp_Pnt2d& b) const;

  /** Distance from a point to the (unbounded) surface, without any hint; slow. */
  double distance(const gp_Pnt& point) const;

  bool isPlane() const { return surface_.GetType() == GeomAbs_Plane; }
  /** Whether the foot is found in closed form, without a hint. */
  bool isElementary() const { return surface_.GetType() <= GeomAbs_Torus; }

 private:
  bool closedForm(const gp_Pnt& point, gp_Pnt& nearest) const;
  bool search(const gp_Pnt& point, gp_Pnt& nearest) const;
  bool newton(const gp_Pnt& point, gp_Pnt2d uv, gp_Pnt& nearest) const;
  BRepAdaptor_Surface surface_;
};

/** Nearest points on an edge's curve. */
class EdgeProjector {
 public:
  explicit EdgeProjector(const TopoDS_Edge& edge) : curve_(edge) {}

  gp_Pnt value(double parameter) const { return curve_.Value(parameter); }
  /** The point between two parameters whose foot `point` is; the parameters' middle where there is none. */
  gp_Pnt projectBetween(const gp_Pnt& point, double first, double last) const;
  double distance(const gp_Pnt& point) const;

 private:
  BRepAdaptor_Curve curve_;
};

}  // namespace artificer::mesher
