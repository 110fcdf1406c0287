#include "heat/heat_sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "elasticity/element_stiffness.hpp"
#include "heat/triangle6.hpp"

namespace artificer {

namespace {

using ElementVector = Eigen::Matrix<double, tet10::NODES, 1>;

ElementVector gatherScalar(const Vector& values, const int* nodes) {
  ElementVector own;
  for (int a = 0; a < tet10::NODES; a++) own[a] = values[nodes[a]];
  return own;
}

void scatter(Vector& out, const int* nodes, const tet10::Coordinates& values) {
  for (int a = 0; a < tet10::NODES; a++) out.segment<3>(3 * static_cast<Eigen::Index>(nodes[a])) += values.row(a).transpose();
}

/** Subtracts d/dX of the sum of w grad m . k grad T. */
void subtractConduction(const HeatModel& model, const Vector& temperature, const Vector& adjoint, const RunControl& control,
                        Vector& out) {
  for (int e = 0; e < model.elementCount(); e++) {
    if (e % 4096 == 0) control.check();
    const int* nodes = model.element(e);
    const auto geometry = elementGeometry(tet10::gather(model.nodes.data(), nodes));
    const ElementVector t = gatherScalar(temperature, nodes), m = gatherScalar(adjoint, nodes);
    tet10::Coordinates sum = tet10::Coordinates::Zero();
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const auto& g = geometry.gradients[q];
      const Eigen::Matrix3d conductivity = conductivityOf(model.materialOf(e), gaussShapes()[q].dot(t));
      const Eigen::Vector3d gradT = g.transpose() * t, gradM = g.transpose() * m;
      const Eigen::Vector3d flow = conductivity * gradT, adjointFlow = conductivity.transpose() * gradM;
      sum += geometry.weight[q] * (gradM.dot(flow) * g - (g * flow) * gradM.transpose() - (g * adjointFlow) * gradT.transpose());
    }
    scatter(out, nodes, -sum);
  }
}

/** Adds d/dX of the heat through a surface, weighted by the adjoint: its area grows and shrinks. */
void addSurface(const HeatModel& model, const SurfaceCondition& surface, const Vector& temperature, const Vector& adjoint,
                Vector& out, double& integral) {
  const double around = std::pow(surface.ambient + KELVIN_OFFSET, 4);
  for (std::size_t f = 0; f < surface.facets.size(); f += triangle6::NODES) {
    const int* nodes = &surface.facets[f];
    Eigen::Matrix<double, triangle6::NODES, 3> x;
    triangle6::Shape t, m;
    for (int a = 0; a < triangle6::NODES; a++) {
      x.row(a) = Eigen::Map<const Eigen::RowVector3d>(&model.nodes[3 * static_cast<std::size_t>(nodes[a])]);
      t[a] = temperature[nodes[a]];
      m[a] = adjoint[nodes[a]];
    }
    for (const auto& point : triangle6::rule()) {
      const Eigen::Vector3d u = x.transpose() * point.alongA, v = x.transpose() * point.alongB;
      const Eigen::Vector3d across = u.cross(v);
      const double size = across.norm(), there = point.shape.dot(t), weighted = point.shape.dot(m);
      if (!(size > 0)) continue;
      integral += size * point.weight * weighted;
      double flux = surface.coefficient;  // into the body, mW/mm^2
      if (surface.kind == SurfaceKind::convection) flux *= surface.ambient - there;
      if (surface.kind == SurfaceKind::radiation)
        flux *= STEFAN_BOLTZMANN * (around - std::pow(there + KELVIN_OFFSET, 4));
      const Eigen::Vector3d normal = across / size;
      const Eigen::Vector3d byU = flux * weighted * point.weight * v.cross(normal);
      const Eigen::Vector3d byV = flux * weighted * point.weight * normal.cross(u);
      for (int a = 0; a < triangle6::NODES; a++)
        out.segment<3>(3 * static_cast<Eigen::Index>(nodes[a])) += point.alongA[a] * byU + point.alongB[a] * byV;
    }
  }
}

/** Adds d/dX of the heat that is made inside, weighted by the adjoint, with the 27 points of the loads. */
void addSource(const HeatModel& model, const HeatSource& source, const Vector& adjoint, const RunControl& control, Vector& out) {
  const auto& rule = tet10::conicalRule();
  for (std::size_t i = 0; i < source.elements.size(); i++) {
    if (i % 4096 == 0) control.check();
    const int* nodes = model.element(source.elements[i]);
    const auto x = tet10::gather(model.nodes.data(), nodes);
    const ElementVector m = gatherScalar(adjoint, nodes);
    tet10::Coordinates sum = tet10::Coordinates::Zero();
    for (std::size_t q = 0; q < rule.point.size(); q++) {
      const auto local = tet10::localGradients(rule.point[q]);
      const Eigen::Matrix3d jacobian = tet10::jacobian(x, local);
      const double heat = source.generation * jacobian.determinant() * rule.weight[q] * tet10::shape(rule.point[q]).dot(m);
      sum += heat * (local * jacobian.inverse());
    }
    scatter(out, nodes, sum);
  }
}

}  // namespace

std::vector<HeatSensitivity> heatSensitivities(const HeatModel& callerModel, const std::vector<double>& callerTemperature,
                                               const std::vector<std::vector<double>>& byTemperature,
                                               const HeatOptions& options, RunControl& control) {
  validate(callerModel, false);
  requireTemperatureSet(callerModel);
  const auto n = static_cast<std::size_t>(callerModel.nodeCount());
  const auto fits = [n](const std::vector<double>& values) { return values.size() == n; };
  if (!fits(callerTemperature) || !std::all_of(byTemperature.begin(), byTemperature.end(), fits))
    throw CoreError("bad-model", "temperature and its derivatives must hold one value a node");
  if (callerModel.contactCount() > 0)
    throw CoreError("not-followed", "Sensitivities of temperatures across contacts cannot be found.");
  const int cores = std::max(1u, std::thread::hardware_concurrency());
  ThreadTeam team(std::clamp(options.threads > 0 ? options.threads : cores, 1, 64));
  const auto renumbered = renumber(callerModel);
  const HeatModel& model = renumbered.model;
  const HeatSystem system(model, false, team, control);
  StageLimits limits;
  limits.method = options.method;
  StageSolver solver(system, fixedFlags(model), false, limits, control);
  const auto inOrder = [&](const std::vector<double>& values) {
    Vector ordered(static_cast<Eigen::Index>(n));
    for (std::size_t i = 0; i < n; i++) ordered[i] = values[renumbered.nodeOf[i]];
    return ordered;
  };
  const Vector temperature = inOrder(callerTemperature);

  std::vector<HeatSensitivity> answers;
  for (std::size_t k = 0; k < byTemperature.size(); k++) {
    control.report({Stage::solve, 0.1 + 0.8 * static_cast<double>(k) / static_cast<double>(byTemperature.size())});
    const Vector adjoint = solver.solveTransposed(temperature, inOrder(byTemperature[k]), options.tolerance);
    Vector byNodes = Vector::Zero(3 * static_cast<Eigen::Index>(n));
    subtractConduction(model, temperature, adjoint, control, byNodes);
    auto& answer = answers.emplace_back();
    answer.surfaces.assign(model.surfaces.size(), 0.0);
    for (std::size_t s = 0; s < model.surfaces.size(); s++)
      addSurface(model, model.surfaces[s], temperature, adjoint, byNodes, answer.surfaces[s]);
    for (const auto& source : model.sources) addSource(model, source, adjoint, control, byNodes);
    answer.byNodes = callerOrder(byNodes, renumbered.nodeOf, 3);
  }
  return answers;
}

}  // namespace artificer
