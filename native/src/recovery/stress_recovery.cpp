#include "recovery/stress_recovery.hpp"

#include <algorithm>
#include <cmath>

#include "recovery/body_nodes.hpp"
#include "recovery/extrapolation.hpp"
#include "recovery/superconvergent.hpp"

namespace artificer {

namespace {

/** Stress at the Gauss points of every element, and what follows from them directly. */
struct GaussPass {
  std::vector<GaussSample> samples;  // 4m
  Vector internalForces;
  double strainEnergy = 0;
};

GaussPass evaluateGaussPoints(const StaticModel& model, const Vector& displacement, ThreadTeam& team,
                              RunControl& control) {
  GaussPass pass;
  const int m = model.elementCount();
  pass.samples.resize(static_cast<std::size_t>(tet10::GAUSS_POINTS) * m);
  std::vector<Vector> forces(team.size());
  std::vector<double> energy(team.size(), 0.0);
  const auto& shapes = gaussShapes();

  team.run([&](int share) {
    forces[share].setZero(displacement.size());
    const int first = static_cast<int>(static_cast<std::int64_t>(m) * share / team.size());
    const int last = static_cast<int>(static_cast<std::int64_t>(m) * (share + 1) / team.size());
    for (int e = first; e < last; e++) {
      if (e % 4096 == 0) control.check();
      const int* nodes = model.element(e);
      const auto x = tet10::gather(model.nodes.data(), nodes);
      const auto u = tet10::gather(displacement.data(), nodes);
      const auto geometry = elementGeometry(x);
      for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
        const PointMaterial material = materialAt(model, e, shapes[q]);
        auto& sample = pass.samples[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q];
        sample.point = x.transpose() * shapes[q];
        sample.weight = geometry.weight[q];
        sample.stress = material.stressOf(strainOf(geometry.gradients[q], u));
        energy[share] += 0.5 * sample.weight * material.elasticity.complementaryEnergy(sample.stress);
        const tet10::Coordinates nodal = geometry.weight[q] * geometry.gradients[q] * stressMatrix(sample.stress);
        for (int a = 0; a < tet10::NODES; a++) forces[share].segment<3>(3 * nodes[a]) += nodal.row(a).transpose();
      }
    }
  });
  pass.internalForces = forces[0];
  pass.strainEnergy = energy[0];
  for (int share = 1; share < team.size(); share++) {
    pass.internalForces += forces[share];
    pass.strainEnergy += energy[share];
  }
  return pass;
}

/** Energy norm of the difference between the recovered and the raw stress (Zienkiewicz and Zhu 1987). */
void estimateError(const StaticModel& model, const GaussPass& pass, const BodyNodes& bodyNodes,
                   const std::vector<Tensor>& recovered, ThreadTeam& team, RecoveredFields& fields) {
  const int m = model.elementCount();
  fields.elementError.resize(m);
  const auto& shapes = gaussShapes();
  team.forRange(m, [&](std::int64_t begin, std::int64_t end) {
    for (auto e = begin; e < end; e++) {
      const int* own = bodyNodes.element(static_cast<int>(e));
      double squared = 0;
      for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
        const auto& sample = pass.samples[tet10::GAUSS_POINTS * e + q];
        Tensor difference = -sample.stress;
        for (int a = 0; a < tet10::NODES; a++) difference += shapes[q][a] * recovered[own[a]];
        const PointMaterial material = materialAt(model, static_cast<int>(e), shapes[q]);
        squared += sample.weight * material.elasticity.complementaryEnergy(difference);
      }
      fields.elementError[e] = std::sqrt(squared);
    }
  });
  double error = 0;
  for (double value : fields.elementError) error += value * value;
  const double whole = 2 * pass.strainEnergy + error;
  fields.relativeEnergyError = whole > 0 ? std::sqrt(error / whole) : 0;
}

}  // namespace

double vonMises(const Tensor& s) {
  const double a = s[0] - s[1], b = s[1] - s[2], c = s[2] - s[0];
  return std::sqrt(0.5 * (a * a + b * b + c * c) + 3 * (s[3] * s[3] + s[4] * s[4] + s[5] * s[5]));
}

Eigen::Vector3d principalValues(const Tensor& s) {
  Eigen::Matrix3d sigma;
  sigma << s[0], s[3], s[5], s[3], s[1], s[4], s[5], s[4], s[2];
  Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(sigma, Eigen::EigenvaluesOnly);
  return solver.eigenvalues().reverse();
}

RecoveredFields recover(const StaticModel& model, const Vector& displacement, ThreadTeam& team, RunControl& control) {
  control.report({Stage::recover, 0.9});
  RecoveredFields fields;
  auto pass = evaluateGaussPoints(model, displacement, team, control);
  const BodyNodes bodyNodes(model);
  control.report({Stage::recover, 0.93});
  auto recovered = averageExtrapolations(model, bodyNodes, pass.samples, control);
  recoverSuperconvergent(model, bodyNodes, pass.samples, recovered, team, control);
  control.report({Stage::recover, 0.98});
  estimateError(model, pass, bodyNodes, recovered.stress, team, fields);

  const int n = model.nodeCount();
  fields.stress.assign(6 * static_cast<std::size_t>(n), 0);
  fields.strain.assign(6 * static_cast<std::size_t>(n), 0);
  fields.vonMises.assign(n, 0);
  fields.principal.assign(3 * static_cast<std::size_t>(n), 0);
  fields.stressSpread.assign(n, 0);
  fields.stressError.assign(n, 0);
  std::vector<char> written(n, 0);
  for (int i = 0; i < bodyNodes.count(); i++) {
    // A node that two bodies share has two stresses: the one with the larger von Mises stress is shown.
    const int node = bodyNodes.node(i);
    const double equivalent = vonMises(recovered.stress[i]);
    fields.stressSpread[node] = std::max(fields.stressSpread[node], recovered.spread[i]);
    fields.stressError[node] = std::max(fields.stressError[node], recovered.error[i]);
    if (written[node] && equivalent <= fields.vonMises[node]) continue;
    written[node] = 1;
    fields.vonMises[node] = equivalent;
    std::copy_n(recovered.stress[i].data(), 6, &fields.stress[6 * static_cast<std::size_t>(node)]);
    const Tensor strain = materialAtNode(model, bodyNodes.material(i), node).strainOf(recovered.stress[i]);
    std::copy_n(strain.data(), 6, &fields.strain[6 * static_cast<std::size_t>(node)]);
  }
  team.forRange(n, [&](std::int64_t begin, std::int64_t end) {
    for (auto node = begin; node < end; node++) {
      const Eigen::Vector3d values = principalValues(Eigen::Map<const Tensor>(&fields.stress[6 * node]));
      std::copy_n(values.data(), 3, &fields.principal[3 * node]);
    }
  });
  fields.strainEnergy = pass.strainEnergy;
  fields.internalForces = std::move(pass.internalForces);
  return fields;
}

}  // namespace artificer
