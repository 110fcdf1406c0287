#include "heat/heat_system.hpp"

#include <algorithm>
#include <cmath>

#include "elasticity/element_stiffness.hpp"
#include "heat/triangle6.hpp"

namespace artificer {

namespace {

using ElementVector = Eigen::Matrix<double, tet10::NODES, 1>;
using ElementSquare = Eigen::Matrix<double, tet10::NODES, tet10::NODES>;

/** Shape functions and volumes, mm^3, at the 27 points of an element. */
struct CapacityPoints {
  std::array<double, 27> volume;
  static const std::array<tet10::Shape, 27>& shapes() {
    static const auto built = [] {
      std::array<tet10::Shape, 27> values;
      for (int q = 0; q < 27; q++) values[q] = tet10::shape(tet10::conicalRule().point[q]);
      return values;
    }();
    return built;
  }
  explicit CapacityPoints(const tet10::Coordinates& x) {
    static const auto gradients = [] {
      std::array<tet10::Gradients, 27> values;
      for (int q = 0; q < 27; q++) values[q] = tet10::localGradients(tet10::conicalRule().point[q]);
      return values;
    }();
    for (int q = 0; q < 27; q++)
      volume[q] = tet10::jacobian(x, gradients[q]).determinant() * tet10::conicalRule().weight[q];
  }
};

ElementVector gatherScalar(const Vector& values, const int* nodes) {
  ElementVector own;
  for (int a = 0; a < tet10::NODES; a++) own[a] = values[nodes[a]];
  return own;
}

/**
 * Calls compute(element index in list, matrix) and adds the matrices. Each member of the team owns a range of rows and takes
 * every element that touches it; the few on a border are computed twice, and no sum depends on the number of threads.
 * `upper` and `lower` are the same array for symmetric matrices.
 */
template <typename Compute>
void addElementMatrices(const HeatModel& model, const std::vector<int>& list, const ScalarPattern& pattern,
                        std::vector<double>& lower, std::vector<double>* upper, ThreadTeam& team,
                        const RunControl& control, Compute compute) {
  team.run([&](int share) {
    const int n = model.nodeCount();
    const int first = static_cast<int>(static_cast<std::int64_t>(n) * share / team.size());
    const int last = static_cast<int>(static_cast<std::int64_t>(n) * (share + 1) / team.size());
    const auto owned = [&](int node) { return node >= first && node < last; };
    ElementSquare matrix;
    for (std::size_t i = 0; i < list.size(); i++) {
      if (i % 4096 == 0) control.check();
      const int* nodes = model.element(list[i]);
      if (std::none_of(nodes, nodes + tet10::NODES, owned)) continue;
      compute(list[i], matrix);
      for (int a = 0; a < tet10::NODES; a++) {
        if (!owned(nodes[a])) continue;
        for (int b = 0; b < tet10::NODES; b++) {
          if (nodes[b] > nodes[a]) continue;
          const auto position = pattern.find(nodes[a], nodes[b]);
          lower[position] += matrix(a, b);
          if (upper != nullptr) (*upper)[position] += matrix(b, a);
        }
      }
    }
  });
}

/** Adds what compute(element, vector) gives, in fixed shares so that sums do not depend on timing. */
template <typename Compute>
void addElementVectors(const HeatModel& model, const std::vector<int>& list, Vector& total, ThreadTeam& team,
                       const RunControl& control, Compute compute) {
  if (list.empty()) return;
  std::vector<Vector> parts(team.size());
  team.run([&](int share) {
    parts[share].setZero(total.size());
    ElementVector own;
    for (auto i = list.size() * share / team.size(); i < list.size() * (share + 1) / team.size(); i++) {
      if (i % 4096 == 0) control.check();
      const int* nodes = model.element(list[i]);
      compute(list[i], own);
      for (int a = 0; a < tet10::NODES; a++) parts[share][nodes[a]] += own[a];
    }
  });
  for (const auto& part : parts) total += part;
}

}  // namespace

Eigen::Matrix3d conductivityOf(const HeatMaterial& material, double temperature, Eigen::Matrix3d* slope) {
  std::array<double, 3> change;
  const auto values = material.conductivity.at(temperature, slope ? &change : nullptr);
  const auto turned = [&](const std::array<double, 3>& along) -> Eigen::Matrix3d {
    return material.axes.transpose() * Eigen::Vector3d(along[0], along[1], along[2]).asDiagonal() * material.axes;
  };
  if (slope) *slope = turned(change);
  return turned(values);
}

double SparseVector::sum() const {
  double total = 0;
  for (double value : values) total += value;
  return total;
}
double SparseVector::dot(const Vector& x) const {
  double total = 0;
  for (std::size_t i = 0; i < nodes.size(); i++) total += values[i] * x[nodes[i]];
  return total;
}
void SparseVector::addTo(Vector& y, double factor) const {
  for (std::size_t i = 0; i < nodes.size(); i++) y[nodes[i]] += factor * values[i];
}

HeatSystem::HeatSystem(const HeatModel& model, bool transient, ThreadTeam& team, RunControl& control)
    : model_(model), team_(team) {
  control.report({Stage::assemble, 0});
  NodeSets sets;
  for (int e = 0; e < model.elementCount(); e++) sets.add(model.element(e), tet10::NODES);
  for (int i = 0; i < model.contactCount(); i++)
    sets.add(&model.contactNodes[model.contactOffsets[i]], model.contactOffsets[i + 1] - model.contactOffsets[i]);
  pattern_ = patternOf(model.nodeCount(), sets, team);
  flow_ = ScalarMatrix(pattern_);
  addLinearConduction(control);
  if (transient) addLinearCapacity(control);
  addSurfaces();
  addSources();
  addContacts();
}

void HeatSystem::addLinearConduction(RunControl& control) {
  std::vector<int> constant;
  for (int e = 0; e < model_.elementCount(); e++)
    (model_.materialOf(e).conductivity.constant() ? constant : varyingConduction_).push_back(e);
  addElementMatrices(model_, constant, *pattern_, flow_.values, nullptr, team_, control, [&](int e, ElementSquare& matrix) {
    const auto geometry = elementGeometry(tet10::gather(model_.nodes.data(), model_.element(e)));
    const Eigen::Matrix3d conductivity = conductivityOf(model_.materialOf(e), 0);
    matrix.setZero();
    for (int q = 0; q < tet10::GAUSS_POINTS; q++)
      matrix.noalias() +=
          (geometry.weight[q] * geometry.gradients[q] * conductivity) * geometry.gradients[q].transpose();
  });
}

void HeatSystem::addLinearCapacity(RunControl& control) {
  capacity_ = ScalarMatrix(pattern_);
  for (const auto& material : model_.materials) enthalpy_.emplace_back(material.specificHeat);
  std::vector<int> constant;
  for (int e = 0; e < model_.elementCount(); e++)
    (model_.materialOf(e).specificHeat.constant() ? constant : varyingCapacity_).push_back(e);
  addElementMatrices(model_, constant, *pattern_, capacity_.values, nullptr, team_, control,
                     [&](int e, ElementSquare& matrix) {
                       const CapacityPoints points(tet10::gather(model_.nodes.data(), model_.element(e)));
                       const auto& material = model_.materialOf(e);
                       const double capacity = material.density * material.specificHeat.values[0];
                       matrix.setZero();
                       for (int q = 0; q < 27; q++) {
                         const auto& shape = CapacityPoints::shapes()[q];
                         matrix.noalias() += (capacity * points.volume[q] * shape) * shape.transpose();
                       }
                     });
}

void HeatSystem::addSurfaces() {
  for (std::size_t s = 0; s < model_.surfaces.size(); s++) {
    const auto& surface = model_.surfaces[s];
    Vector total = Vector::Zero(model_.nodeCount());
    Radiator radiator{static_cast<int>(s), {}};
    const double scale = surface.kind == SurfaceKind::convection ? surface.coefficient : 1;
    for (std::size_t f = 0; f < surface.facets.size(); f += triangle6::NODES) {
      const int* nodes = &surface.facets[f];
      const auto areas = triangle6::areas(model_.nodes.data(), nodes);
      if (surface.kind == SurfaceKind::radiation) radiator.areas.insert(radiator.areas.end(), areas.begin(), areas.end());
      for (int q = 0; q < triangle6::POINTS; q++) {
        const auto& shape = triangle6::rule()[q].shape;
        for (int a = 0; a < triangle6::NODES; a++) {
          total[nodes[a]] += scale * areas[q] * shape[a];
          if (surface.kind != SurfaceKind::convection) continue;
          for (int b = 0; b <= a; b++) flow_.add(nodes[a], nodes[b], scale * areas[q] * shape[a] * shape[b]);
        }
      }
    }
    auto& shape = surfaceShape_.emplace_back();
    for (int node = 0; node < model_.nodeCount(); node++)
      if (total[node] != 0) {
        shape.nodes.push_back(node);
        shape.values.push_back(total[node]);
      }
    if (surface.kind == SurfaceKind::radiation && !surface.facets.empty()) {
      radiators_.push_back(std::move(radiator));
      radiates_ = true;
    }
  }
}

void HeatSystem::addSources() {
  for (const auto& source : model_.sources) {
    Vector total = Vector::Zero(model_.nodeCount());
    for (int e : source.elements) {
      const CapacityPoints points(tet10::gather(model_.nodes.data(), model_.element(e)));
      for (int q = 0; q < 27; q++)
        for (int a = 0; a < tet10::NODES; a++)
          total[model_.element(e)[a]] += points.volume[q] * CapacityPoints::shapes()[q][a];
    }
    auto& shape = sourceShape_.emplace_back();
    for (int node = 0; node < model_.nodeCount(); node++)
      if (total[node] != 0) {
        shape.nodes.push_back(node);
        shape.values.push_back(total[node]);
      }
  }
}

void HeatSystem::addContacts() {
  for (int i = 0; i < model_.contactCount(); i++)
    for (int p = model_.contactOffsets[i]; p < model_.contactOffsets[i + 1]; p++)
      for (int o = model_.contactOffsets[i]; o <= p; o++)
        flow_.add(model_.contactNodes[p], model_.contactNodes[o],
                  model_.contactConductance[i] * model_.contactWeights[p] * model_.contactWeights[o]);
}

Vector HeatSystem::loads(double time) const {
  Vector total = model_.nodalHeat.empty()
                     ? Vector(Vector::Zero(model_.nodeCount()))
                     : Vector(Eigen::Map<const Vector>(model_.nodalHeat.data(), model_.nodeCount()));
  for (std::size_t s = 0; s < model_.surfaces.size(); s++) {
    const auto& surface = model_.surfaces[s];
    if (surface.kind == SurfaceKind::convection) surfaceShape_[s].addTo(total, ambientOf(surface, time));
    if (surface.kind == SurfaceKind::flux)
      surfaceShape_[s].addTo(total, surface.coefficient * model_.historyAt(surface.history, time));
  }
  for (std::size_t s = 0; s < model_.sources.size(); s++)
    sourceShape_[s].addTo(total, model_.sources[s].generation * model_.historyAt(model_.sources[s].history, time));
  return total;
}

template <typename Visit>
void HeatSystem::forRadiationPoints(const Radiator& radiator, const Vector& temperature, Visit visit) const {
  const auto& facets = model_.surfaces[radiator.surface].facets;
  for (std::size_t f = 0; f < facets.size() / triangle6::NODES; f++) {
    const int* nodes = &facets[triangle6::NODES * f];
    for (int q = 0; q < triangle6::POINTS; q++) {
      const auto& shape = triangle6::rule()[q].shape;
      double absolute = KELVIN_OFFSET;
      for (int a = 0; a < triangle6::NODES; a++) absolute += shape[a] * temperature[nodes[a]];
      visit(nodes, shape, radiator.areas[triangle6::POINTS * f + q], absolute);
    }
  }
}

Vector HeatSystem::outflow(const Vector& temperature, double time, const RunControl& control) const {
  Vector flow = Vector::Zero(temperature.size());
  addProduct(flow_, temperature.data(), flow.data(), team_);
  addElementVectors(model_, varyingConduction_, flow, team_, control, [&](int e, ElementVector& own) {
    const int* nodes = model_.element(e);
    const auto geometry = elementGeometry(tet10::gather(model_.nodes.data(), nodes));
    const ElementVector t = gatherScalar(temperature, nodes);
    own.setZero();
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const Eigen::Matrix3d conductivity = conductivityOf(model_.materialOf(e), gaussShapes()[q].dot(t));
      const Eigen::Vector3d gradient = geometry.gradients[q].transpose() * t;
      own.noalias() += geometry.gradients[q] * (geometry.weight[q] * (conductivity * gradient));
    }
  });
  for (const auto& radiator : radiators_) {
    const auto& surface = model_.surfaces[radiator.surface];
    const double around = std::pow(ambientOf(surface, time) + KELVIN_OFFSET, 4);
    forRadiationPoints(radiator, temperature, [&](const int* nodes, const triangle6::Shape& shape, double area, double t) {
      const double heat = STEFAN_BOLTZMANN * surface.coefficient * area * (t * t * t * t - around);
      for (int a = 0; a < triangle6::NODES; a++) flow[nodes[a]] += heat * shape[a];
    });
  }
  return flow;
}

void HeatSystem::linearise(const Vector& temperature, HeatTangent& tangent, const RunControl& control) const {
  tangent.symmetric = flow_;
  if (!varyingConduction_.empty()) {
    addElementMatrices(model_, varyingConduction_, *pattern_, tangent.symmetric.values, nullptr, team_, control,
                       [&](int e, ElementSquare& matrix) {
                         const int* nodes = model_.element(e);
                         const auto geometry = elementGeometry(tet10::gather(model_.nodes.data(), nodes));
                         const ElementVector t = gatherScalar(temperature, nodes);
                         matrix.setZero();
                         for (int q = 0; q < tet10::GAUSS_POINTS; q++)
                           matrix.noalias() +=
                               (geometry.weight[q] * geometry.gradients[q] *
                                conductivityOf(model_.materialOf(e), gaussShapes()[q].dot(t))) *
                               geometry.gradients[q].transpose();
                       });
    tangent.lowerExtra.assign(pattern_->column.size(), 0.0);
    tangent.upperExtra.assign(pattern_->column.size(), 0.0);
    addElementMatrices(model_, varyingConduction_, *pattern_, tangent.lowerExtra, &tangent.upperExtra, team_, control,
                       [&](int e, ElementSquare& matrix) {
                         const int* nodes = model_.element(e);
                         const auto geometry = elementGeometry(tet10::gather(model_.nodes.data(), nodes));
                         const ElementVector t = gatherScalar(temperature, nodes);
                         matrix.setZero();
                         for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
                           Eigen::Matrix3d slope;
                           conductivityOf(model_.materialOf(e), gaussShapes()[q].dot(t), &slope);
                           const Eigen::Vector3d gradient = geometry.gradients[q].transpose() * t;
                           matrix.noalias() += (geometry.weight[q] * (geometry.gradients[q] * (slope * gradient))) *
                                               gaussShapes()[q].transpose();
                         }
                       });
  }
  for (const auto& radiator : radiators_) {
    const double emissivity = model_.surfaces[radiator.surface].coefficient;
    forRadiationPoints(radiator, temperature, [&](const int* nodes, const triangle6::Shape& shape, double area, double t) {
      const double film = 4 * STEFAN_BOLTZMANN * emissivity * area * std::abs(t) * t * t;
      for (int a = 0; a < triangle6::NODES; a++)
        for (int b = 0; b <= a; b++) tangent.symmetric.add(nodes[a], nodes[b], film * shape[a] * shape[b]);
    });
  }
}

Vector HeatSystem::content(const Vector& temperature, const RunControl& control) const {
  Vector heat = Vector::Zero(temperature.size());
  addProduct(capacity_, temperature.data(), heat.data(), team_);
  addElementVectors(model_, varyingCapacity_, heat, team_, control, [&](int e, ElementVector& own) {
    const int* nodes = model_.element(e);
    const CapacityPoints points(tet10::gather(model_.nodes.data(), nodes));
    const ElementVector t = gatherScalar(temperature, nodes);
    const double density = model_.materialOf(e).density;
    own.setZero();
    for (int q = 0; q < 27; q++) {
      const auto& shape = CapacityPoints::shapes()[q];
      own += (density * points.volume[q] * enthalpy_[model_.elementMaterial[e]].at(shape.dot(t))) * shape;
    }
  });
  return heat;
}

void HeatSystem::addCapacity(const Vector& temperature, double factor, ScalarMatrix& matrix,
                             const RunControl& control) const {
  for (std::size_t i = 0; i < matrix.values.size(); i++) matrix.values[i] += factor * capacity_.values[i];
  addElementMatrices(model_, varyingCapacity_, *pattern_, matrix.values, nullptr, team_, control,
                     [&](int e, ElementSquare& own) {
                       const int* nodes = model_.element(e);
                       const CapacityPoints points(tet10::gather(model_.nodes.data(), nodes));
                       const ElementVector t = gatherScalar(temperature, nodes);
                       const auto& material = model_.materialOf(e);
                       own.setZero();
                       for (int q = 0; q < 27; q++) {
                         const auto& shape = CapacityPoints::shapes()[q];
                         const double capacity = material.density * valueAt(material.specificHeat, shape.dot(t));
                         own.noalias() += (factor * capacity * points.volume[q] * shape) * shape.transpose();
                       }
                     });
}

std::vector<double> HeatSystem::surfaceHeat(const Vector& temperature, double time) const {
  std::vector<double> heat(model_.surfaces.size(), 0.0);
  for (std::size_t s = 0; s < heat.size(); s++) {
    const auto& surface = model_.surfaces[s];
    if (surface.kind == SurfaceKind::convection)
      heat[s] = ambientOf(surface, time) * surfaceShape_[s].sum() - surfaceShape_[s].dot(temperature);
    if (surface.kind == SurfaceKind::flux)
      heat[s] = surface.coefficient * model_.historyAt(surface.history, time) * surfaceShape_[s].sum();
  }
  for (const auto& radiator : radiators_) {
    const auto& surface = model_.surfaces[radiator.surface];
    const double around = std::pow(ambientOf(surface, time) + KELVIN_OFFSET, 4);
    forRadiationPoints(radiator, temperature, [&](const int*, const triangle6::Shape&, double area, double t) {
      heat[radiator.surface] -= STEFAN_BOLTZMANN * surface.coefficient * area * (t * t * t * t - around);
    });
  }
  return heat;
}

std::vector<double> HeatSystem::sourceHeat(double time) const {
  std::vector<double> heat;
  for (std::size_t s = 0; s < model_.sources.size(); s++)
    heat.push_back(model_.sources[s].generation * model_.historyAt(model_.sources[s].history, time) * sourceShape_[s].sum());
  return heat;
}

double HeatSystem::nodalHeat() const {
  double total = 0;
  for (double heat : model_.nodalHeat) total += heat;
  return total;
}

}  // namespace artificer
