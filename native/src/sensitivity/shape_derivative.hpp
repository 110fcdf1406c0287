#pragma once

#include <vector>

#include "elasticity/static_model.hpp"
#include "sparse/block_matrix.hpp"

/**
 * Exact derivatives of discrete quantities by the coordinates of the mesh's nodes, at fixed topology, element by element.
 *
 * With g_b = grad N_b at an integration point of weight w (det J included) and a movement V of the nodes,
 * dg_a = -(grad V)^T g_a and dw = w div V. A quantity s(grad u, ..., w) therefore has
 *   ds/dV_b = (ds/dw) w g_b - (sum over fields u of (ds/d grad u)^T grad u)^T g_b,   (grad u)_ij = du_i/dx_j.
 * Source: K. K. Choi and N.-H. Kim, Structural Sensitivity Analysis and Optimization 1 (2005), section 6.2; the second term
 * is Eshelby's. Displacement fields are 3n values, mm, global axes; results are 3n values in the caller's node order.
 */
namespace artificer {

/** d/dX of lambda . (K u - f_thermal): the internal virtual work of the elements, N mm. Elastic supports are not in it. */
Vector internalWorkGradient(const StaticModel& model, const Vector& displacement, const Vector& adjoint);

/**
 * d/dX of a . M b with the consistent mass matrix, tonne mm^2 (27-point rule). With a constant vector for b it is the work of
 * a body force; with the same unit vector for both it is the mass.
 */
Vector massWorkGradient(const StaticModel& model, const Vector& a, const Vector& b);
double massWork(const StaticModel& model, const Vector& a, const Vector& b);

/** A quantity with its explicit derivatives by displacement and by coordinates (the other held). */
struct Differentiated {
  double value = 0;
  Vector byDisplacement;
  Vector byNodes;
};

/** phi . K_sigma(u) phi: the work of the stress of `displacement` in the geometric stiffness, N mm. */
Differentiated geometricWork(const StaticModel& model, const Vector& displacement, const Vector& mode);

struct StressAggregate : Differentiated {
  double maximum = 0;  // of the integration points, MPa
  int element = -1;    // where that is
};

/**
 * Smooth upper bound of the von Mises stress at the integration points of all elements that are not left out: the p-norm
 * (sum sigma^p)^(1/p), MPa. It is at least the maximum, at most n^(1/p) times that, and tends to it with p
 * (P. Duysinx and O. Sigmund 1998).
 * @param leftOut one value an element, not zero where its stress is no property of the part; or empty
 */
StressAggregate stressAggregate(const StaticModel& model, const Vector& displacement, double exponent,
                                const std::vector<char>& leftOut);

}  // namespace artificer
