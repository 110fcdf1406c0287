#include "heat/flux_recovery.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "elasticity/element_stiffness.hpp"
#include "heat/heat_system.hpp"
#include "recovery/body_nodes.hpp"

namespace artificer {

namespace {

constexpr int TERMS = 10;
/** Elements a patch should have, and how far from its node a Gauss point keeps half its weight: as for stress. */
constexpr int ELEMENTS_WANTED = 20;
constexpr int MOST_RINGS = 4;
constexpr double WEIGHT_REACH = 0.25;
/** Largest accepted ratio of the variance of the fitted value to that of a Gauss point's. */
constexpr double LARGEST_GAIN = 20;
/** Where elements disagree by more than this share of the flux, the field is not smooth on this mesh. */
constexpr double UNRESOLVED = 0.5;
/** A linear field through the 4 Gauss values, taken to the corners: own point's factor, and the others'. */
constexpr double OWN = 1.927050983124842272306880251548;
constexpr double OTHER = -0.309016994374947424102293417183;

using Terms = Eigen::Matrix<double, TERMS, 1>;
using Normal = Eigen::Matrix<double, TERMS, TERMS>;
using Coefficients = Eigen::Matrix<double, TERMS, 3>;

Terms termsAt(const Eigen::Vector3d& x) {
  Terms terms;
  terms << 1, x[0], x[1], x[2], x[0] * x[0], x[1] * x[1], x[2] * x[2], x[0] * x[1], x[1] * x[2], x[2] * x[0];
  return terms;
}

struct FluxSample {
  Eigen::Vector3d point, flux;
  double weight;
};

struct Field {
  Eigen::Vector3d centre;
  double size = 0;  // 0: no field
  Coefficients coefficients;
  Eigen::Vector3d at(const Eigen::Vector3d& point) const {
    return coefficients.transpose() * termsAt((point - centre) / size);
  }
};

Eigen::Vector3d pointOf(const HeatModel& model, int node) {
  return Eigen::Map<const Eigen::Vector3d>(&model.nodes[3 * static_cast<std::size_t>(node)]);
}

/** The mesh in the form in which elasticity knows it. */
StaticModel meshOf(const HeatModel& model) {
  StaticModel mesh;
  mesh.nodes = model.nodes;
  mesh.elements = model.elements;
  mesh.elementMaterial = model.elementMaterial;
  mesh.elementBody = model.elementBody;
  return mesh;
}

class Patches {
 public:
  Patches(const HeatModel& model, const BodyNodes& bodyNodes) : model_(model), bodyNodes_(bodyNodes) {
    start_.assign(bodyNodes.count() + 1, 0);
    for (int e = 0; e < model.elementCount(); e++)
      for (int a = 0; a < tet10::CORNERS; a++) start_[bodyNodes.element(e)[a] + 1]++;
    for (int i = 0; i < bodyNodes.count(); i++) start_[i + 1] += start_[i];
    element_.resize(start_.back());
    std::vector<int> next(start_.begin(), start_.end() - 1);
    for (int e = 0; e < model.elementCount(); e++)
      for (int a = 0; a < tet10::CORNERS; a++) element_[next[bodyNodes.element(e)[a]]++] = e;
  }
  bool isCorner(int node) const { return start_[node + 1] > start_[node]; }

  struct Scratch {
    std::vector<int> elementSeen, nodeSeen, elements, front, next;
  };
  Scratch scratch() const {
    return {std::vector<int>(model_.elementCount(), -1), std::vector<int>(bodyNodes_.count(), -1), {}, {}, {}};
  }

  Field fit(int node, const std::vector<FluxSample>& samples, Scratch& s) const {
    gather(node, s);
    Field field;
    field.centre = pointOf(model_, bodyNodes_.node(node));
    double sum = 0;
    for (int p = start_[node]; p < start_[node + 1]; p++)
      for (int q = 0; q < tet10::GAUSS_POINTS; q++)
        sum += (samples[static_cast<std::size_t>(tet10::GAUSS_POINTS) * element_[p] + q].point - field.centre).norm();
    const double size = 2 * sum / (tet10::GAUSS_POINTS * (start_[node + 1] - start_[node]));
    Normal normal = Normal::Zero();
    Coefficients right = Coefficients::Zero();
    double heaviest = 0;
    for (const int e : s.elements)
      for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
        const auto& sample = samples[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q];
        const Eigen::Vector3d x = (sample.point - field.centre) / size;
        const double squared = x.squaredNorm() / (WEIGHT_REACH * WEIGHT_REACH);
        const double weight = 1 / (1 + squared * squared);
        heaviest = std::max(heaviest, weight);
        const Terms terms = termsAt(x);
        normal.noalias() += (weight * terms) * terms.transpose();
        right.noalias() += (weight * terms) * sample.flux.transpose();
      }
    const Eigen::LDLT<Normal> solver(normal);
    const double gain = heaviest * solver.solve(Terms::Unit(0))[0];
    if (!(gain > 0 && gain < LARGEST_GAIN)) return field;
    field.size = size;
    field.coefficients = solver.solve(right);
    return field;
  }

 private:
  /** Rings of elements of the node's body until there are enough. */
  void gather(int node, Scratch& s) const {
    s.elements.clear();
    s.front.assign(1, node);
    s.nodeSeen[node] = node;
    for (int ring = 0; ring < MOST_RINGS && static_cast<int>(s.elements.size()) < ELEMENTS_WANTED; ring++) {
      s.next.clear();
      for (const int corner : s.front)
        for (int p = start_[corner]; p < start_[corner + 1]; p++) {
          const int e = element_[p];
          if (std::exchange(s.elementSeen[e], node) == node) continue;
          s.elements.push_back(e);
          for (int a = 0; a < tet10::CORNERS; a++) {
            const int other = bodyNodes_.element(e)[a];
            if (std::exchange(s.nodeSeen[other], node) != node) s.next.push_back(other);
          }
        }
      s.front.swap(s.next);
    }
  }

  const HeatModel& model_;
  const BodyNodes& bodyNodes_;
  std::vector<int> start_, element_;
};

std::vector<FluxSample> sampleFlux(const HeatModel& model, const Vector& temperature, ThreadTeam& team,
                                   const RunControl& control) {
  std::vector<FluxSample> samples(static_cast<std::size_t>(tet10::GAUSS_POINTS) * model.elementCount());
  team.forRange(model.elementCount(), [&](std::int64_t begin, std::int64_t end) {
    for (auto e = begin; e < end; e++) {
      if (e % 4096 == 0) control.check();
      const int* nodes = model.element(static_cast<int>(e));
      const auto x = tet10::gather(model.nodes.data(), nodes);
      const auto geometry = elementGeometry(x);
      tet10::Shape t;
      for (int a = 0; a < tet10::NODES; a++) t[a] = temperature[nodes[a]];
      for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
        const auto shape = tet10::shape(tet10::gaussPoint(q));
        const Eigen::Matrix3d conductivity = conductivityOf(model.materialOf(static_cast<int>(e)), shape.dot(t));
        samples[tet10::GAUSS_POINTS * e + q] = {x.transpose() * shape,
                                                -conductivity * (geometry.gradients[q].transpose() * t),
                                                geometry.weight[q]};
      }
    }
  });
  return samples;
}

/** Each element's linear field taken to its nodes and averaged there; `spread`: largest distance from the mean, doubled. */
std::vector<Eigen::Vector3d> averageExtrapolations(const HeatModel& model, const BodyNodes& bodyNodes,
                                                   const std::vector<FluxSample>& samples, std::vector<double>& spread) {
  std::vector<Eigen::Vector3d> mean(bodyNodes.count(), Eigen::Vector3d::Zero());
  std::vector<double> count(bodyNodes.count(), 0.0);
  const auto nodal = [&](int e) {
    std::array<Eigen::Vector3d, tet10::NODES> values;
    const FluxSample* own = &samples[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e];
    for (int corner = 0; corner < tet10::CORNERS; corner++) {
      values[corner] = OWN * own[corner].flux;
      for (int q = 0; q < tet10::GAUSS_POINTS; q++)
        if (q != corner) values[corner] += OTHER * own[q].flux;
    }
    for (int k = 0; k < tet10::EDGES; k++)
      values[4 + k] = 0.5 * (values[tet10::EDGE_CORNERS[k][0]] + values[tet10::EDGE_CORNERS[k][1]]);
    return values;
  };
  for (int e = 0; e < model.elementCount(); e++) {
    const auto values = nodal(e);
    for (int a = 0; a < tet10::NODES; a++) {
      mean[bodyNodes.element(e)[a]] += values[a];
      count[bodyNodes.element(e)[a]] += 1;
    }
  }
  for (int i = 0; i < bodyNodes.count(); i++) mean[i] /= count[i];
  spread.assign(bodyNodes.count(), 0.0);
  for (int e = 0; e < model.elementCount(); e++) {
    const auto values = nodal(e);
    for (int a = 0; a < tet10::NODES; a++) {
      const int i = bodyNodes.element(e)[a];
      spread[i] = std::max(spread[i], 2 * (values[a] - mean[i]).norm());
    }
  }
  return mean;
}

void fitPatches(const HeatModel& model, const BodyNodes& bodyNodes, const std::vector<FluxSample>& samples,
                const std::vector<double>& spread, std::vector<Eigen::Vector3d>& flux, ThreadTeam& team,
                const RunControl& control) {
  const Patches patches(model, bodyNodes);
  std::vector<char> rough(bodyNodes.count());
  for (int i = 0; i < bodyNodes.count(); i++) rough[i] = spread[i] > UNRESOLVED * flux[i].norm();
  std::vector<int> corners, fieldOf(bodyNodes.count(), -1);
  for (int node = 0; node < bodyNodes.count(); node++)
    if (patches.isCorner(node)) {
      fieldOf[node] = static_cast<int>(corners.size());
      corners.push_back(node);
    }
  std::vector<Field> fields(corners.size());
  constexpr std::size_t BATCH = 64;
  std::atomic<std::size_t> nextBatch{0};
  team.run([&](int) {
    auto scratch = patches.scratch();
    for (std::size_t first = BATCH * nextBatch++; first < corners.size(); first = BATCH * nextBatch++) {
      control.check();
      for (std::size_t i = first; i < std::min(first + BATCH, corners.size()); i++)
        if (!rough[corners[i]]) fields[i] = patches.fit(corners[i], samples, scratch);
    }
  });
  for (std::size_t i = 0; i < corners.size(); i++)
    if (fields[i].size > 0) flux[corners[i]] = fields[i].at(fields[i].centre);
  std::vector<char> done(bodyNodes.count(), 0);
  for (int e = 0; e < model.elementCount(); e++) {
    const int* own = bodyNodes.element(e);
    for (int k = 0; k < tet10::EDGES; k++) {
      const int node = own[4 + k];
      if (std::exchange(done[node], 1) || rough[node]) continue;
      const Field& a = fields[fieldOf[own[tet10::EDGE_CORNERS[k][0]]]];
      const Field& b = fields[fieldOf[own[tet10::EDGE_CORNERS[k][1]]]];
      if (a.size == 0 || b.size == 0) continue;
      const Eigen::Vector3d point = pointOf(model, bodyNodes.node(node));
      flux[node] = 0.5 * (a.at(point) + b.at(point));
    }
  }
}

}  // namespace

RecoveredHeat recoverHeat(const HeatModel& model, const Vector& temperature, ThreadTeam& team, RunControl& control) {
  RecoveredHeat fields;
  const auto samples = sampleFlux(model, temperature, team, control);
  const BodyNodes bodyNodes(meshOf(model));
  std::vector<double> spread;
  auto flux = averageExtrapolations(model, bodyNodes, samples, spread);
  fitPatches(model, bodyNodes, samples, spread, flux, team, control);

  // Energy norm of the difference between the recovered and the raw flux (Zienkiewicz and Zhu 1987).
  const int n = model.nodeCount(), m = model.elementCount();
  fields.elementError.resize(m);
  double error = 0, whole = 0;
  for (int e = 0; e < m; e++) {
    if (e % 4096 == 0) control.check();
    double squared = 0;
    for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
      const auto& sample = samples[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q];
      const auto shape = tet10::shape(tet10::gaussPoint(q));
      double t = 0;
      Eigen::Vector3d difference = -sample.flux;
      for (int a = 0; a < tet10::NODES; a++) {
        t += shape[a] * temperature[model.element(e)[a]];
        difference += shape[a] * flux[bodyNodes.element(e)[a]];
      }
      const Eigen::Matrix3d resistance = conductivityOf(model.materialOf(e), t).inverse();
      squared += sample.weight * difference.dot(resistance * difference);
      whole += sample.weight * sample.flux.dot(resistance * sample.flux);
    }
    fields.elementError[e] = std::sqrt(squared);
    error += squared;
  }
  fields.relativeEnergyError = whole + error > 0 ? std::sqrt(error / (whole + error)) : 0;

  fields.heatFlux.assign(3 * static_cast<std::size_t>(n), 0.0);
  fields.gradient.assign(3 * static_cast<std::size_t>(n), 0.0);
  fields.fluxSpread.assign(n, 0.0);
  std::vector<double> shown(n, -1);
  for (int i = 0; i < bodyNodes.count(); i++) {
    // A node that two bodies or materials share has two fluxes: the larger is shown.
    const int node = bodyNodes.node(i);
    fields.fluxSpread[node] = std::max(fields.fluxSpread[node], spread[i]);
    if (flux[i].norm() <= shown[node]) continue;
    shown[node] = flux[i].norm();
    const Eigen::Matrix3d conductivity = conductivityOf(model.materials[bodyNodes.material(i)], temperature[node]);
    const Eigen::Vector3d gradient = -conductivity.inverse() * flux[i];
    std::copy_n(flux[i].data(), 3, &fields.heatFlux[3 * static_cast<std::size_t>(node)]);
    std::copy_n(gradient.data(), 3, &fields.gradient[3 * static_cast<std::size_t>(node)]);
  }
  return fields;
}

RecoveredHeat RecoveredHeat::inOrder(const std::vector<int>& nodeOf, const std::vector<int>& elementOf) const {
  RecoveredHeat ordered = *this;
  const auto place = [](const std::vector<double>& from, std::vector<double>& to, const std::vector<int>& index, int width) {
    for (std::size_t i = 0; i < index.size(); i++)
      std::copy_n(&from[width * i], width, &to[width * static_cast<std::size_t>(index[i])]);
  };
  place(heatFlux, ordered.heatFlux, nodeOf, 3);
  place(gradient, ordered.gradient, nodeOf, 3);
  place(fluxSpread, ordered.fluxSpread, nodeOf, 1);
  place(elementError, ordered.elementError, elementOf, 1);
  return ordered;
}

}  // namespace artificer
