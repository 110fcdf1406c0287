#pragma once

#include <vector>

#include "common/run_control.hpp"
#include "common/thread_team.hpp"
#include "recovery/body_nodes.hpp"
#include "recovery/extrapolation.hpp"
#include "recovery/gauss_sample.hpp"

namespace artificer {

/**
 * Superconvergent patch recovery (Zienkiewicz and Zhu 1992): around every corner node, quadratic stress fields are fitted to
 * the Gauss points near by, weighted towards the node; where the surface is free its vanishing traction joins the fit
 * (Wiberg, Abdulwahab, Ziukas 1994), which is what makes the stress at holes and fillets good. Midside nodes take the mean
 * of their corners' fields. `nodal` comes with the averaged extrapolations, which are kept
 * where a patch is too poor for a fit, or the elements disagree too much for a smooth one.
 */
void recoverSuperconvergent(const StaticModel& model, const BodyNodes& bodyNodes, const std::vector<GaussSample>& samples,
                            NodalRecovery& nodal, ThreadTeam& team, RunControl& control);

/** One case of several on one model; the references must outlive the call. */
struct CaseStress {
  const std::vector<double>& forces;  // 3n: loaded facets are not free
  const std::vector<GaussSample>& samples;
  NodalRecovery& nodal;
};

/** The same for several cases: patches are gathered and their equations factorised once for all. */
void recoverSuperconvergent(const StaticModel& model, const BodyNodes& bodyNodes, std::vector<CaseStress>& cases,
                            ThreadTeam& team, RunControl& control);

}  // namespace artificer
