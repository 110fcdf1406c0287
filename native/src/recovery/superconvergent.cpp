#include "recovery/superconvergent.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "recovery/free_surface.hpp"
#include "recovery/stress_recovery.hpp"

namespace artificer {

namespace {

constexpr int TERMS = 10;
constexpr int COMPONENTS = 6;
/**
 * Where the elements at a node disagree by more than this share of its stress, the field is not smooth on this mesh (a
 * re-entrant edge, a point force, the rim of a clamp): a smooth fit would hide the peak, so the elements' mean is kept.
 */
constexpr double UNRESOLVED = 0.5;
/**
 * Elements a patch should have; how far from its node (in mean distances of the first ring's Gauss points, doubled) a Gauss
 * point keeps half its weight; and the weight of a free point. Tuned on Lame's cylinder and Kirsch's hole meshed with 200 to
 * 24,000 elements: against plain averaging the error falls to a half on free surfaces and to a third inside.
 */
constexpr int ELEMENTS_WANTED = 20;
constexpr double WEIGHT_REACH = 0.25;
constexpr double TRACTION_WEIGHT = 10;
constexpr int MOST_RINGS = 4;
/**
 * Largest accepted ratio of the variance of the fitted value to that of a Gauss point's: beyond it the patch does not carry
 * a quadratic field. (Unlike pivots, it does not depend on how the axes lie.)
 */
constexpr double LARGEST_GAIN = 20;

using Terms = Eigen::Matrix<double, TERMS, 1>;
using Normal = Eigen::Matrix<double, TERMS, TERMS>;
using Coefficients = Eigen::Matrix<double, TERMS, COMPONENTS>;

Terms termsAt(const Eigen::Vector3d& x) {
  Terms terms;
  terms << 1, x[0], x[1], x[2], x[0] * x[0], x[1] * x[1], x[2] * x[2], x[0] * x[1], x[1] * x[2], x[2] * x[0];
  return terms;
}

/** A quadratic stress field around a node. */
struct Field {
  Eigen::Vector3d centre;
  double size = 0;  // 0: no field
  Coefficients coefficients;
  Tensor at(const Eigen::Vector3d& point) const { return coefficients.transpose() * termsAt((point - centre) / size); }
};

/** Elements around each corner body node, in compressed form. */
struct ElementsAround {
  std::vector<int> start, element;

  ElementsAround(const BodyNodes& bodyNodes, int elementCount) {
    start.assign(bodyNodes.count() + 1, 0);
    for (int e = 0; e < elementCount; e++)
      for (int a = 0; a < tet10::CORNERS; a++) start[bodyNodes.element(e)[a] + 1]++;
    for (int i = 0; i < bodyNodes.count(); i++) start[i + 1] += start[i];
    element.resize(start.back());
    std::vector<int> next(start.begin(), start.end() - 1);
    for (int e = 0; e < elementCount; e++)
      for (int a = 0; a < tet10::CORNERS; a++) element[next[bodyNodes.element(e)[a]]++] = e;
  }
  bool has(int node) const { return start[node + 1] > start[node]; }
};

/** One thread's means to gather patches and fit fields. */
class Fitter {
 public:
  Fitter(const StaticModel& model, const BodyNodes& bodyNodes, const ElementsAround& around, const FreeSurface& surface,
         const std::vector<GaussSample>& samples)
      : model_(model), bodyNodes_(bodyNodes), around_(around), surface_(surface), samples_(samples),
        elementSeen_(model.elementCount(), -1), nodeSeen_(bodyNodes.count(), -1) {}

  Field fit(int node) {
    gather(node);
    Field field;
    field.centre = Eigen::Map<const Eigen::Vector3d>(&model_.nodes[3 * static_cast<std::size_t>(bodyNodes_.node(node))]);
    field.size = sizeAround(node, field.centre);
    Normal normal = Normal::Zero();
    double heaviest = 0;
    Coefficients right = Coefficients::Zero();
    for (const int e : elements_)
      for (int q = 0; q < tet10::GAUSS_POINTS; q++) {
        const auto& sample = samples_[static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q];
        const Eigen::Vector3d x = (sample.point - field.centre) / field.size;
        const double weight = weightAt(x);
        heaviest = std::max(heaviest, weight);
        const Terms terms = termsAt(x);
        normal.noalias() += (weight * terms) * terms.transpose();
        right.noalias() += (weight * terms) * sample.stress.transpose();
      }
    const Eigen::LDLT<Normal> solver(normal);
    const double gain = heaviest * solver.solve(Terms::Unit(0))[0];
    if (!(gain > 0 && gain < LARGEST_GAIN)) {
      field.size = 0;
      return field;
    }
    if (facets_.empty()) field.coefficients = solver.solve(right);
    else fitWithFreeSurface(normal, right, field);
    return field;
  }

 private:
  static double weightAt(const Eigen::Vector3d& x) {
    const double squared = x.squaredNorm() / (WEIGHT_REACH * WEIGHT_REACH);
    return 1 / (1 + squared * squared);
  }

  /** Rings of elements around the node until there are enough, and the free facets at the node. */
  void gather(int node) {
    elements_.clear();
    facets_.clear();
    std::vector<int> front{node}, next;
    nodeSeen_[node] = node;
    for (int ring = 0; ring < MOST_RINGS && static_cast<int>(elements_.size()) < ELEMENTS_WANTED; ring++) {
      next.clear();
      for (const int corner : front)
        for (int p = around_.start[corner]; p < around_.start[corner + 1]; p++) {
          const int e = around_.element[p];
          if (elementSeen_[e] == node) continue;
          elementSeen_[e] = node;
          elements_.push_back(e);
          for (int a = 0; a < tet10::CORNERS; a++) {
            const int other = bodyNodes_.element(e)[a];
            if (nodeSeen_[other] == node) continue;
            nodeSeen_[other] = node;
            next.push_back(other);
          }
        }
      front.swap(next);
    }
    // Only the facets at the node itself: farther ones weigh little, and inside the Gauss points alone do better.
    for (int p = surface_.start[node]; p < surface_.start[node + 1]; p++) facets_.push_back(surface_.facet[p]);
  }

  double sizeAround(int node, const Eigen::Vector3d& centre) const {
    double sum = 0;
    int count = 0;
    for (int p = around_.start[node]; p < around_.start[node + 1]; p++)
      for (int q = 0; q < tet10::GAUSS_POINTS; q++, count++)
        sum += (samples_[static_cast<std::size_t>(tet10::GAUSS_POINTS) * around_.element[p] + q].point - centre).norm();
    return 2 * sum / count;
  }

  /** The six components are tied together by the traction on the free facets: one system of sixty unknowns. */
  void fitWithFreeSurface(const Normal& normal, const Coefficients& right, Field& field) {
    using Whole = Eigen::Matrix<double, TERMS * COMPONENTS, TERMS * COMPONENTS>;
    static thread_local Whole whole;
    whole.setZero();
    // A shear stands for two entries of the tensor: only so does the fit not depend on how the axes lie.
    Coefficients weighted = right;
    for (int c = 0; c < COMPONENTS; c++) {
      const double entries = c < 3 ? 1 : 2;
      whole.block<TERMS, TERMS>(TERMS * c, TERMS * c) = entries * normal;
      weighted.col(c) *= entries;
    }
    // Row i of the traction: the components of stress that the normal's three entries multiply.
    static constexpr int COMPONENT[3][3] = {{0, 3, 5}, {3, 1, 4}, {5, 4, 2}};
    for (const int facet : facets_)
      for (int k = 0; k < 3; k++) {
        const auto& free = surface_.points[3 * static_cast<std::size_t>(facet) + k];
        const Eigen::Vector3d x = (free.point - field.centre) / field.size;
        const Terms terms = termsAt(x);
        const Normal outer = (TRACTION_WEIGHT * weightAt(x)) * terms * terms.transpose();
        for (const auto& row : COMPONENT)
          for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
              if (row[a] >= row[b])  // the lower triangle is all that the factorisation reads
                whole.block<TERMS, TERMS>(TERMS * row[a], TERMS * row[b]) += (free.normal[a] * free.normal[b]) * outer;
      }
    const Eigen::LLT<Eigen::Ref<Whole>> solver(whole);
    if (solver.info() != Eigen::Success) {
      field.size = 0;
      return;
    }
    Eigen::Matrix<double, TERMS * COMPONENTS, 1> unknowns = weighted.reshaped();
    solver.solveInPlace(unknowns);
    field.coefficients = unknowns.reshaped<Eigen::ColMajor>(TERMS, COMPONENTS);
  }

  const StaticModel& model_;
  const BodyNodes& bodyNodes_;
  const ElementsAround& around_;
  const FreeSurface& surface_;
  const std::vector<GaussSample>& samples_;
  std::vector<int> elementSeen_, nodeSeen_;
  std::vector<int> elements_, facets_;
};

/**
 * What the fitted fields are off around each node, as neighbours tell: half-way between two nodes both fields claim to know the
 * stress. Root of the mean square of the differences with all neighbours, as von Mises stress.
 */
void estimateFieldErrors(const BodyNodes& bodyNodes, const ElementsAround& around, const std::vector<int>& fieldOf,
                         const std::vector<Field>& fields, const std::vector<int>& corners, std::vector<double>& error) {
  for (std::size_t i = 0; i < corners.size(); i++) {
    const Field& own = fields[i];
    if (own.size == 0) continue;
    const int node = corners[i];
    double squares = 0;
    int count = 0;
    for (int p = around.start[node]; p < around.start[node + 1]; p++)
      for (int a = 0; a < tet10::CORNERS; a++) {
        const int other = bodyNodes.element(around.element[p])[a];
        if (other == node || fields[fieldOf[other]].size == 0) continue;
        const Field& theirs = fields[fieldOf[other]];
        const Eigen::Vector3d between = 0.5 * (own.centre + theirs.centre);
        const double difference = vonMises(theirs.at(between) - own.at(between));
        squares += difference * difference;
        count++;
      }
    if (count > 0) error[node] = std::sqrt(squares / count);
  }
}

}  // namespace

void recoverSuperconvergent(const StaticModel& model, const BodyNodes& bodyNodes, const std::vector<GaussSample>& samples,
                            NodalRecovery& nodal, ThreadTeam& team, RunControl& control) {
  auto& stress = nodal.stress;
  const auto unresolved = [&](int node) { return nodal.spread[node] > UNRESOLVED * vonMises(stress[node]); };
  const ElementsAround around(bodyNodes, model.elementCount());
  const FreeSurface surface = findFreeSurface(model, bodyNodes);
  control.check();
  std::vector<int> corners, fieldOf(bodyNodes.count(), -1);
  for (int node = 0; node < bodyNodes.count(); node++)
    if (around.has(node)) {
      fieldOf[node] = static_cast<int>(corners.size());
      corners.push_back(node);
    }
  std::vector<Field> fields(corners.size());
  constexpr std::size_t BATCH = 64;
  std::atomic<std::size_t> nextBatch{0};
  team.run([&](int) {
    Fitter fitter(model, bodyNodes, around, surface, samples);
    for (std::size_t first = BATCH * nextBatch++; first < corners.size(); first = BATCH * nextBatch++) {
      control.check();
      for (std::size_t i = first; i < std::min(first + BATCH, corners.size()); i++)
        if (!unresolved(corners[i])) fields[i] = fitter.fit(corners[i]);
    }
  });

  estimateFieldErrors(bodyNodes, around, fieldOf, fields, corners, nodal.error);
  for (std::size_t i = 0; i < corners.size(); i++)
    if (fields[i].size > 0) stress[corners[i]] = fields[i].at(fields[i].centre);
  std::vector<char> done(bodyNodes.count(), 0);
  for (int e = 0; e < model.elementCount(); e++) {
    const int* own = bodyNodes.element(e);
    for (int k = 0; k < tet10::EDGES; k++) {
      const int node = own[4 + k];
      if (std::exchange(done[node], 1) || unresolved(node)) continue;
      const Field& a = fields[fieldOf[own[tet10::EDGE_CORNERS[k][0]]]];
      const Field& b = fields[fieldOf[own[tet10::EDGE_CORNERS[k][1]]]];
      if (a.size == 0 || b.size == 0) continue;
      const bool aFree = surface.touches(own[tet10::EDGE_CORNERS[k][0]]);
      const bool bFree = surface.touches(own[tet10::EDGE_CORNERS[k][1]]);
      const Eigen::Vector3d point =
          Eigen::Map<const Eigen::Vector3d>(&model.nodes[3 * static_cast<std::size_t>(bodyNodes.node(node))]);
      // A field that was bent to a free surface serves the surface: from inside comes the better one.
      nodal.error[node] = std::max(nodal.error[own[tet10::EDGE_CORNERS[k][0]]], nodal.error[own[tet10::EDGE_CORNERS[k][1]]]);
      if (aFree != bFree) stress[node] = (aFree ? b : a).at(point);
      else stress[node] = 0.5 * (a.at(point) + b.at(point));
    }
  }
}

}  // namespace artificer
