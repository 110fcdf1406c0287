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

std::vector<GaussPass> evaluateGaussPoints(const StaticModel& model, const std::vector<CaseDisplacement>& cases,
                                           ThreadTeam& team, RunControl& control) {
  std::vector<GaussPass> passes(cases.size());
  const int m = model.elementCount();
  std::vector<std::vector<Vector>> forces(cases.size(), std::vector<Vector>(team.size()));
  std::vector<std::vector<double>> energy(cases.size(), std::vector<double>(team.size(), 0.0));
  for (auto& pass : passes) pass.samples.resize(static_cast<std::size_t>(tet10::GAUSS_POINTS) * m);
  const auto& shapes = gaussShapes();

  team.run([&](int share) {
    for (auto& own : forces) own[share].setZero(static_cast<Eigen::Index>(model.nodes.size()));
    const int first = static_cast<int>(static_cast<std::int64_t>(m) * share / team.size());
    const int last = static_cast<int>(static_cast<std::int64_t>(m) * (share + 1) / team.size());
    for (int e = first; e < last; e++) {
      if (e % 4096 == 0) control.check();
      const int* nodes = model.element(e);
      const auto x = tet10::gather(model.nodes.data(), nodes);
      const auto geometry = elementGeometry(x);
      for (std::size_t c = 0; c < cases.size(); c++) {
        const auto u = tet10::gather(cases[c].displacement.data(), nodes);
        for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
          const PointMaterial material = materialAt(model, cases[c].load.temperatureChange, e, shapes[q]);
          auto& sample = passes[c].samples[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q];
          sample.point = x.transpose() * shapes[q];
          sample.weight = geometry.weight[q];
          sample.stress = material.stressOf(strainOf(geometry.gradients[q], u));
          energy[c][share] += 0.5 * sample.weight * material.elasticity.complementaryEnergy(sample.stress);
          const tet10::Coordinates nodal = geometry.weight[q] * geometry.gradients[q] * stressMatrix(sample.stress);
          for (int a = 0; a < tet10::NODES; a++) forces[c][share].segment<3>(3 * nodes[a]) += nodal.row(a).transpose();
        }
      }
    }
  });
  for (std::size_t c = 0; c < cases.size(); c++) {
    passes[c].internalForces = std::move(forces[c][0]);
    passes[c].strainEnergy = energy[c][0];
    for (int share = 1; share < team.size(); share++) {
      passes[c].internalForces += forces[c][share];
      passes[c].strainEnergy += energy[c][share];
    }
  }
  return passes;
}

/** Energy norm of the difference between the recovered and the raw stress (Zienkiewicz and Zhu 1987). */
void estimateError(const StaticModel& model, const LoadCase& load, const GaussPass& pass, const BodyNodes& bodyNodes,
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
        const PointMaterial material = materialAt(model, load.temperatureChange, static_cast<int>(e), shapes[q]);
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

/** Nodal fields of one case. */
void fillNodes(const StaticModel& model, const LoadCase& load, const BodyNodes& bodyNodes,
               const NodalRecovery& recovered, ThreadTeam& team, RecoveredFields& fields) {
  const int n = model.nodeCount();
  fields.stress.assign(6 * static_cast<std::size_t>(n), 0);
  fields.strain.assign(6 * static_cast<std::size_t>(n), 0);
  fields.vonMises.assign(n, 0);
  fields.principal.assign(3 * static_cast<std::size_t>(n), 0);
  fields.stressSpread.assign(n, 0);
  fields.stressError.assign(n, 0);
  std::vector<int> shown(n, -1);
  for (int i = 0; i < bodyNodes.count(); i++) {
    // A node that two bodies share has two stresses: the one with the larger von Mises stress is shown.
    const int node = bodyNodes.node(i);
    const double equivalent = vonMises(recovered.stress[i]);
    fields.stressSpread[node] = std::max(fields.stressSpread[node], recovered.spread[i]);
    fields.stressError[node] = std::max(fields.stressError[node], recovered.error[i]);
    if (shown[node] >= 0 && equivalent <= fields.vonMises[node]) continue;
    shown[node] = i;
    fields.vonMises[node] = equivalent;
  }
  team.forRange(n, [&](std::int64_t begin, std::int64_t end) {
    for (int node = static_cast<int>(begin); node < end; node++) {
      if (shown[node] < 0) continue;
      const Tensor& stress = recovered.stress[shown[node]];
      std::copy_n(stress.data(), 6, &fields.stress[6 * static_cast<std::size_t>(node)]);
      const Tensor strain =
          materialAtNode(model, load.temperatureChange, bodyNodes.material(shown[node]), node).strainOf(stress);
      std::copy_n(strain.data(), 6, &fields.strain[6 * static_cast<std::size_t>(node)]);
      const Eigen::Vector3d values = principalValues(stress);
      std::copy_n(values.data(), 3, &fields.principal[3 * static_cast<std::size_t>(node)]);
    }
  });
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

std::vector<RecoveredFields> recover(const StaticModel& model, const std::vector<CaseDisplacement>& cases,
                                     ThreadTeam& team, RunControl& control) {
  auto passes = evaluateGaussPoints(model, cases, team, control);
  const BodyNodes bodyNodes(model);
  std::vector<NodalRecovery> recovered(cases.size());
  team.forEach(static_cast<std::int64_t>(cases.size()), [&](std::int64_t c) {
    recovered[c] = averageExtrapolations(model, bodyNodes, passes[c].samples, control);
  });
  control.check();
  std::vector<CaseStress> stresses;
  for (std::size_t c = 0; c < cases.size(); c++)
    stresses.push_back({cases[c].load.forces, passes[c].samples, recovered[c]});
  recoverSuperconvergent(model, bodyNodes, stresses, team, control);

  std::vector<RecoveredFields> fields(cases.size());
  for (std::size_t c = 0; c < cases.size(); c++) {
    control.check();
    estimateError(model, cases[c].load, passes[c], bodyNodes, recovered[c].stress, team, fields[c]);
    fillNodes(model, cases[c].load, bodyNodes, recovered[c], team, fields[c]);
    fields[c].strainEnergy = passes[c].strainEnergy;
    fields[c].internalForces = std::move(passes[c].internalForces);
  }
  return fields;
}

RecoveredFields recover(const StaticModel& model, const Vector& displacement, ThreadTeam& team, RunControl& control) {
  control.report({Stage::recover, 0.9});
  const LoadCase own = LoadCase::of(model);
  return std::move(recover(model, {{own, displacement}}, team, control).front());
}

}  // namespace artificer
