#pragma once

#include "heat/steady_heat.hpp"

namespace artificer {

/** What a number of the steady temperatures changes by when nodes of the mesh move. */
struct HeatSensitivity {
  /** 3n, in the caller's node order: per mm, through the temperatures; coefficients of the surfaces held. */
  std::vector<double> byNodes;
  /** Integral of the adjoint temperature over each surface condition: what another 1 mW/mm^2 of flux there brings. */
  std::vector<double> surfaces;
};

/**
 * The adjoint method on the discrete equations outflow(T, X) = loads(X) of the free nodes: with K^T m = dJ/dT, K the tangent
 * (of radiation and of conductivity that varies, too) and m = 0 where the temperature is fixed,
 *   dJ/dX = d/dX [m . (loads - outflow)], the temperatures held.
 * Derivatives of the shape functions' gradients as in sensitivity/shape_derivative.hpp. All right sides share one set-up.
 * @param temperature n, degC: the solution; @param byTemperature n each: dJ/dT
 * Throws CoreError: 'bad-model', 'singular', 'not-followed' (contacts), 'not-converged'.
 */
std::vector<HeatSensitivity> heatSensitivities(const HeatModel& model, const std::vector<double>& temperature,
                                               const std::vector<std::vector<double>>& byTemperature,
                                               const HeatOptions& options, RunControl& control);

}  // namespace artificer
