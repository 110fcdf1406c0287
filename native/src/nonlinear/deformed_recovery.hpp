#pragma once

#include "nonlinear/equilibrium.hpp"
#include "recovery/stress_recovery.hpp"

namespace artificer {

/**
 * Cauchy stress and true (logarithmic) strain at the nodes of the deformed body, and the error of the stress estimated as
 * in statics. `strainEnergy` is the stored one; `internalForces` stay as they are in the state.
 */
RecoveredFields recoverDeformed(const NonlinearModel& model, const Vector& displacement, double loadFactor,
                                const Vector& externalForces, ThreadTeam& team, RunControl& control);

/** Only the von Mises stress at the nodes, n values, MPa: averages of the elements' own. */
std::vector<double> deformedVonMises(const NonlinearModel& model, const Vector& displacement, double loadFactor,
                                     ThreadTeam& team, RunControl& control);

}  // namespace artificer
