#include "nonlinear/deformed_recovery.hpp"

#include <algorithm>
#include <cmath>

#include "recovery/body_nodes.hpp"
#include "recovery/superconvergent.hpp"

namespace artificer {

namespace {

struct DeformedSamples {
  std::vector<GaussSample> stress, strain;  // 4m each, on the deformed body
  double energy = 0;                        // N mm
};

DeformedSamples sampleDeformed(const StaticModel& model, const Vector& displacement, double loadFactor, bool withStrain,
                               ThreadTeam& team, RunControl& control) {
  DeformedSamples samples;
  const int m = model.elementCount();
  samples.stress.resize(static_cast<std::size_t>(tet10::GAUSS_POINTS) * m);
  if (withStrain) samples.strain.resize(samples.stress.size());
  std::vector<double> energy(team.size(), 0.0);
  team.run([&](int share) {
    const int first = static_cast<int>(static_cast<std::int64_t>(m) * share / team.size());
    const int last = static_cast<int>(static_cast<std::int64_t>(m) * (share + 1) / team.size());
    for (int e = first; e < last; e++) {
      if (e % 1024 == 0) control.check();
      const int* nodes = model.element(e);
      const auto x = tet10::gather(model.nodes.data(), nodes);
      const auto u = tet10::gather(displacement.data(), nodes);
      const auto geometry = elementGeometry(x);
      for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
        const auto material = finiteMaterial(model, e, q, loadFactor);
        const auto point = finitePoint(geometry.gradients[q], u, material);
        const std::size_t i = static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q;
        auto& sample = samples.stress[i];
        sample.point = (x + u).transpose() * gaussShapes()[q];
        sample.weight = geometry.weight[q] * point.volumeRatio;
        sample.stress = cauchyStress(point);
        energy[share] += 0.5 * geometry.weight[q] * point.stress.dot(point.greenStrain - material.thermalStrain);
        if (!withStrain) continue;
        samples.strain[i] = sample;
        samples.strain[i].stress = trueStrain(point);
      }
    }
  });
  for (const double part : energy) samples.energy += part;
  return samples;
}

/** The body where it has gone to, with the forces that are on it: what tells its free surface. */
StaticModel deformedModel(const StaticModel& model, const Vector& displacement, const Vector& externalForces) {
  StaticModel deformed = model;
  for (std::size_t dof = 0; dof < deformed.nodes.size(); dof++) {
    deformed.nodes[dof] += displacement[static_cast<Eigen::Index>(dof)];
    deformed.forces[dof] = externalForces[static_cast<Eigen::Index>(dof)];
  }
  return deformed;
}

/** The second Piola-Kirchhoff stress that goes with a Cauchy stress: J F^-1 sigma F^-T. */
Tensor pulledBack(const Tensor& cauchy, const Eigen::Matrix3d& deformationGradient) {
  const Eigen::Matrix3d inverse = deformationGradient.inverse();
  const Eigen::Matrix3d s = deformationGradient.determinant() * inverse * stressMatrix(cauchy) * inverse.transpose();
  Tensor stress;
  stress << s(0, 0), s(1, 1), s(2, 2), s(0, 1), s(1, 2), s(2, 0);
  return stress;
}

void estimateError(const StaticModel& model, const Vector& displacement, const DeformedSamples& samples,
                   const BodyNodes& bodyNodes, const std::vector<Tensor>& recovered, RecoveredFields& fields) {
  const int m = model.elementCount();
  fields.elementError.resize(m);
  double total = 0;
  for (int e = 0; e < m; e++) {
    double squared = 0;
    const bool isIsotropic = materialAt(model, e, gaussShapes()[0]).elasticity.isIsotropic();
    ElementGeometry geometry;
    if (!isIsotropic) geometry = elementGeometry(tet10::gather(model.nodes.data(), model.element(e)));
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const auto& sample = samples.stress[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q];
      const auto& shape = gaussShapes()[q];
      Tensor difference = -sample.stress;
      for (int a = 0; a < tet10::NODES; a++) difference += shape[a] * recovered[bodyNodes.element(e)[a]];
      double weight = sample.weight;
      if (!isIsotropic) {
        // The axes of the material have turned with the body: its energy is taken where they are known.
        const Eigen::Matrix3d f = Eigen::Matrix3d::Identity() +
                                  tet10::gather(displacement.data(), model.element(e)).transpose() * geometry.gradients[q];
        difference = pulledBack(difference, f);
        weight = geometry.weight[q];
      }
      squared += weight * materialAt(model, e, shape).elasticity.complementaryEnergy(difference);
    }
    fields.elementError[e] = std::sqrt(squared);
    total += squared;
  }
  const double whole = 2 * samples.energy + total;
  fields.relativeEnergyError = whole > 0 ? std::sqrt(total / whole) : 0;
}

}  // namespace

RecoveredFields recoverDeformed(const NonlinearModel& model, const Vector& displacement, double loadFactor,
                                const Vector& externalForces, ThreadTeam& team, RunControl& control) {
  const auto samples = sampleDeformed(model.base, displacement, loadFactor, true, team, control);
  const StaticModel deformed = deformedModel(model.base, displacement, externalForces);
  const BodyNodes bodyNodes(deformed);
  auto recovered = averageExtrapolations(deformed, bodyNodes, samples.stress, control);
  recoverSuperconvergent(deformed, bodyNodes, samples.stress, recovered, team, control);
  const auto strain = averageExtrapolations(deformed, bodyNodes, samples.strain, control).stress;

  RecoveredFields fields;
  estimateError(model.base, displacement, samples, bodyNodes, recovered.stress, fields);
  const int n = deformed.nodeCount();
  fields.stress.assign(6 * static_cast<std::size_t>(n), 0);
  fields.strain.assign(6 * static_cast<std::size_t>(n), 0);
  fields.vonMises.assign(n, 0);
  fields.principal.assign(3 * static_cast<std::size_t>(n), 0);
  fields.stressSpread.assign(n, 0);
  std::vector<char> written(n, 0);
  for (int i = 0; i < bodyNodes.count(); i++) {
    // A node that two bodies share has two stresses: the one with the larger von Mises stress is shown.
    const int node = bodyNodes.node(i);
    const double equivalent = vonMises(recovered.stress[i]);
    fields.stressSpread[node] = std::max(fields.stressSpread[node], recovered.spread[i]);
    if (written[node] && equivalent <= fields.vonMises[node]) continue;
    written[node] = 1;
    fields.vonMises[node] = equivalent;
    std::copy_n(recovered.stress[i].data(), 6, &fields.stress[6 * static_cast<std::size_t>(node)]);
    std::copy_n(strain[i].data(), 6, &fields.strain[6 * static_cast<std::size_t>(node)]);
    const Eigen::Vector3d principal = principalValues(recovered.stress[i]);
    std::copy_n(principal.data(), 3, &fields.principal[3 * static_cast<std::size_t>(node)]);
  }
  fields.strainEnergy = samples.energy;
  return fields;
}

std::vector<double> deformedVonMises(const NonlinearModel& model, const Vector& displacement, double loadFactor,
                                     ThreadTeam& team, RunControl& control) {
  const auto samples = sampleDeformed(model.base, displacement, loadFactor, false, team, control);
  const BodyNodes bodyNodes(model.base);
  const auto recovered = averageExtrapolations(model.base, bodyNodes, samples.stress, control);
  std::vector<double> values(model.base.nodeCount(), 0);
  for (int i = 0; i < bodyNodes.count(); i++) {
    double& value = values[bodyNodes.node(i)];
    value = std::max(value, vonMises(recovered.stress[i]));
  }
  return values;
}

}  // namespace artificer
