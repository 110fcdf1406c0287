#include "recovery/extrapolation.hpp"

#include <algorithm>
#include <limits>

#include "recovery/stress_recovery.hpp"

namespace artificer {

namespace {

/** A linear field through the 4 Gauss values, taken to the corners: own point's factor, and the others'. */
constexpr double OWN = 1.927050983124842272306880251548;
constexpr double OTHER = -0.309016994374947424102293417183;

/** Extrapolates stress from an element's Gauss points to its ten nodes. */
std::array<Tensor, tet10::NODES> extrapolate(const GaussSample* samples) {
  std::array<Tensor, tet10::NODES> nodal;
  for (int corner = 0; corner < tet10::CORNERS; corner++) {
    nodal[corner] = OWN * samples[corner].stress;
    for (int q = 0; q < tet10::GAUSS_POINTS; q++)
      if (q != corner) nodal[corner] += OTHER * samples[q].stress;
  }
  for (int k = 0; k < tet10::EDGES; k++)
    nodal[4 + k] = 0.5 * (nodal[tet10::EDGE_CORNERS[k][0]] + nodal[tet10::EDGE_CORNERS[k][1]]);
  return nodal;
}

}  // namespace

NodalRecovery averageExtrapolations(const StaticModel& model, const BodyNodes& bodyNodes,
                                    const std::vector<GaussSample>& samples, RunControl& control) {
  NodalRecovery result;
  const int count = bodyNodes.count();
  result.stress.assign(count, Tensor::Zero());
  std::vector<double> smallest(count, std::numeric_limits<double>::infinity()), largest(count, 0.0);
  std::vector<double> contributions(count, 0.0);
  for (int e = 0; e < model.elementCount(); e++) {
    if (e % 4096 == 0) control.check();
    const GaussSample* own = &samples[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e];
    const auto stress = extrapolate(own);
    for (int a = 0; a < tet10::NODES; a++) {
      const int i = bodyNodes.element(e)[a];
      result.stress[i] += stress[a];
      contributions[i] += 1;
      const double equivalent = vonMises(stress[a]);
      smallest[i] = std::min(smallest[i], equivalent);
      largest[i] = std::max(largest[i], equivalent);
    }
  }
  result.spread.resize(count);
  result.error.resize(count);
  for (int i = 0; i < count; i++) {
    result.stress[i] /= contributions[i];
    result.spread[i] = largest[i] - smallest[i];
    // Each side of the average, for where nothing better is known.
    result.error[i] = 0.5 * result.spread[i];
  }
  return result;
}

}  // namespace artificer
