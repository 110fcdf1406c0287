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

/** Quadratic stress fields around a node, one a case. */
struct Field {
  Eigen::Vector3d centre;
  double size = 0;
  std::vector<Coefficients> coefficients;
  std::vector<char> fitted;
  Tensor at(const Eigen::Vector3d& point, int c) const {
    return coefficients[c].transpose() * termsAt((point - centre) / size);
  }
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
         const std::vector<CaseStress>& cases)
      : model_(model), bodyNodes_(bodyNodes), around_(around), surface_(surface), cases_(cases),
        elementSeen_(model.elementCount(), -1), nodeSeen_(bodyNodes.count(), -1) {}

  /** Fields of the cases whose flag is set; none of a case whose patch is too poor. */
  Field fit(int node, const std::vector<char>& wanted) {
    gather(node);
    const int count = static_cast<int>(cases_.size());
    Field field;
    field.centre = Eigen::Map<const Eigen::Vector3d>(&model_.nodes[3 * static_cast<std::size_t>(bodyNodes_.node(node))]);
    field.size = sizeAround(node, field.centre);
    field.coefficients.assign(count, Coefficients::Zero());
    field.fitted.assign(count, 0);
    Normal normal = Normal::Zero();
    double heaviest = 0;
    const auto points = static_cast<Eigen::Index>(tet10::GAUSS_POINTS * elements_.size());
    weighted_.resize(TERMS, points);
    stresses_.resize(COMPONENTS * count, points);
    Eigen::Index column = 0;
    for (const int e : elements_)
      for (int q = 0; q < tet10::GAUSS_POINTS; q++, column++) {
        const std::size_t at = static_cast<std::size_t>(tet10::GAUSS_POINTS) * e + q;
        const Eigen::Vector3d x = (cases_[0].samples[at].point - field.centre) / field.size;
        const double weight = weightAt(x);
        heaviest = std::max(heaviest, weight);
        const Terms terms = termsAt(x);
        const Terms weighted = weight * terms;
        normal.noalias() += weighted * terms.transpose();
        weighted_.col(column) = weighted;
        for (int c = 0; c < count; c++)
          stresses_.col(column).segment<COMPONENTS>(COMPONENTS * c) = cases_[c].samples[at].stress;
      }
    // Right-hand sides of all cases in one product.
    sides_.noalias() = weighted_ * stresses_.transpose();
    for (int c = 0; c < count; c++)
      if (wanted[c]) field.coefficients[c] = sides_.middleCols<COMPONENTS>(COMPONENTS * c);
    const Eigen::LDLT<Normal> solver(normal);
    const double gain = heaviest * solver.solve(Terms::Unit(0))[0];
    if (!(gain > 0 && gain < LARGEST_GAIN)) return field;
    // Cases that are free on the same facets share one factorisation.
    std::vector<char> pending = wanted;
    for (int c = 0; c < count; c++) {
      if (!pending[c]) continue;
      std::vector<int> alike;
      for (int other = c; other < count; other++)
        if (pending[other] && freeAlike(c, other)) {
          alike.push_back(other);
          pending[other] = 0;
        }
      fitAlike(normal, solver, alike, field);
    }
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

  bool isFree(int facet, int c) const { return !(surface_.loadedIn[facet] >> c & 1); }
  bool freeAlike(int a, int b) const {
    return std::all_of(facets_.begin(), facets_.end(), [&](int facet) { return isFree(facet, a) == isFree(facet, b); });
  }

  /** Turns the right-hand sides in `field` into coefficients, for cases that are free on the same facets. */
  void fitAlike(const Normal& normal, const Eigen::LDLT<Normal>& solver, const std::vector<int>& cases, Field& field) {
    const bool free = std::any_of(facets_.begin(), facets_.end(), [&](int facet) { return isFree(facet, cases[0]); });
    if (free) {
      fitWithFreeSurface(normal, cases, field);
      return;
    }
    for (const int c : cases) {
      field.coefficients[c] = solver.solve(field.coefficients[c]).eval();
      field.fitted[c] = 1;
    }
  }

  double sizeAround(int node, const Eigen::Vector3d& centre) const {
    double sum = 0;
    int count = 0;
    for (int p = around_.start[node]; p < around_.start[node + 1]; p++)
      for (int q = 0; q < tet10::GAUSS_POINTS; q++, count++)
        sum += (cases_[0].samples[static_cast<std::size_t>(tet10::GAUSS_POINTS) * around_.element[p] + q].point - centre).norm();
    return 2 * sum / count;
  }

  /** The six components are tied together by the traction on the free facets: one system of sixty unknowns. */
  void fitWithFreeSurface(const Normal& normal, const std::vector<int>& cases, Field& field) {
    using Whole = Eigen::Matrix<double, TERMS * COMPONENTS, TERMS * COMPONENTS>;
    static thread_local Whole whole;
    whole.setZero();
    // A shear stands for two entries of the tensor: only so does the fit not depend on how the axes lie.
    for (int c = 0; c < COMPONENTS; c++) whole.block<TERMS, TERMS>(TERMS * c, TERMS * c) = (c < 3 ? 1 : 2) * normal;
    // Row i of the traction: the components of stress that the normal's three entries multiply.
    static constexpr int COMPONENT[3][3] = {{0, 3, 5}, {3, 1, 4}, {5, 4, 2}};
    for (const int facet : facets_) {
      if (!isFree(facet, cases[0])) continue;
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
    }
    const Eigen::LLT<Eigen::Ref<Whole>> solver(whole);
    if (solver.info() != Eigen::Success) return;
    const auto count = static_cast<Eigen::Index>(cases.size());
    unknowns_.resize(TERMS * COMPONENTS, count);
    for (Eigen::Index i = 0; i < count; i++) {
      Coefficients weighted = field.coefficients[cases[i]];
      weighted.rightCols<3>() *= 2;
      unknowns_.col(i) = weighted.reshaped();
    }
    solver.solveInPlace(unknowns_);
    for (Eigen::Index i = 0; i < count; i++) {
      field.coefficients[cases[i]] = unknowns_.col(i).reshaped<Eigen::ColMajor>(TERMS, COMPONENTS);
      field.fitted[cases[i]] = 1;
    }
  }

  const StaticModel& model_;
  const BodyNodes& bodyNodes_;
  const ElementsAround& around_;
  const FreeSurface& surface_;
  const std::vector<CaseStress>& cases_;
  std::vector<int> elementSeen_, nodeSeen_;
  std::vector<int> elements_, facets_;
  /** Of the patch: a column for each Gauss point, with its terms, and with the stresses of one case after the other. */
  Eigen::Matrix<double, TERMS, Eigen::Dynamic> weighted_;
  Eigen::MatrixXd stresses_;
  Eigen::Matrix<double, TERMS, Eigen::Dynamic> sides_;
  Eigen::Matrix<double, TERMS * COMPONENTS, Eigen::Dynamic> unknowns_;
};

/** An edge between two corners, by body nodes, and how many elements have it. */
struct Edge {
  int middle, first, second, elements;
};

/** Every edge once: its middle node tells it from the others. */
std::vector<Edge> edgesOf(const BodyNodes& bodyNodes, int elementCount) {
  std::vector<Edge> edges;
  std::vector<int> edgeOf(bodyNodes.count(), -1);
  for (int e = 0; e < elementCount; e++) {
    const int* own = bodyNodes.element(e);
    for (int k = 0; k < tet10::EDGES; k++) {
      int& edge = edgeOf[own[4 + k]];
      if (edge < 0) {
        edge = static_cast<int>(edges.size());
        edges.push_back({own[4 + k], own[tet10::EDGE_CORNERS[k][0]], own[tet10::EDGE_CORNERS[k][1]], 0});
      }
      edges[edge].elements++;
    }
  }
  return edges;
}

/**
 * What the fitted fields of one case are off around each node, as neighbours tell: half-way between two nodes both fields claim
 * to know the stress. Root of the mean square of the differences with the neighbours, as von Mises stress; a neighbour counts
 * as often as elements have the edge to it.
 */
void estimateFieldErrors(const std::vector<Edge>& edges, const std::vector<int>& fieldOf, const std::vector<Field>& fields,
                         const std::vector<int>& corners, int c, std::vector<double>& error) {
  std::vector<double> squares(fields.size(), 0);
  std::vector<int> counts(fields.size(), 0);
  for (const Edge& edge : edges) {
    const int i = fieldOf[edge.first], j = fieldOf[edge.second];
    const Field &own = fields[i], &theirs = fields[j];
    if (!own.fitted[c] || !theirs.fitted[c]) continue;
    const Eigen::Vector3d between = 0.5 * (own.centre + theirs.centre);
    const double difference = vonMises(theirs.at(between, c) - own.at(between, c));
    for (const int side : {i, j}) {
      squares[side] += edge.elements * difference * difference;
      counts[side] += edge.elements;
    }
  }
  for (std::size_t i = 0; i < fields.size(); i++)
    if (counts[i] > 0) error[corners[i]] = std::sqrt(squares[i] / counts[i]);
}

}  // namespace

void recoverSuperconvergent(const StaticModel& model, const BodyNodes& bodyNodes, const std::vector<GaussSample>& samples,
                            NodalRecovery& nodal, ThreadTeam& team, RunControl& control) {
  std::vector<CaseStress> own{{model.forces, samples, nodal}};
  recoverSuperconvergent(model, bodyNodes, own, team, control);
}

void recoverSuperconvergent(const StaticModel& model, const BodyNodes& bodyNodes, std::vector<CaseStress>& cases,
                            ThreadTeam& team, RunControl& control) {
  const int count = static_cast<int>(cases.size());
  if (count > MOST_CASES) throw CoreError("bad-model", "Too many load cases are recovered at once.");
  const auto unresolved = [&](int node, int c) {
    return cases[c].nodal.spread[node] > UNRESOLVED * vonMises(cases[c].nodal.stress[node]);
  };
  const ElementsAround around(bodyNodes, model.elementCount());
  std::vector<const std::vector<double>*> forces;
  for (const auto& one : cases) forces.push_back(&one.forces);
  const FreeSurface surface = findFreeSurface(model, bodyNodes, forces);
  control.check();
  std::vector<int> corners, fieldOf(bodyNodes.count(), -1);
  for (int node = 0; node < bodyNodes.count(); node++)
    if (around.has(node)) {
      fieldOf[node] = static_cast<int>(corners.size());
      corners.push_back(node);
    }
  const std::vector<Edge> edges = edgesOf(bodyNodes, model.elementCount());
  std::vector<Field> fields(corners.size());
  constexpr std::size_t BATCH = 64;
  std::atomic<std::size_t> nextBatch{0};
  team.run([&](int) {
    Fitter fitter(model, bodyNodes, around, surface, cases);
    std::vector<char> wanted(count);
    for (std::size_t first = BATCH * nextBatch++; first < corners.size(); first = BATCH * nextBatch++) {
      control.check();
      for (std::size_t i = first; i < std::min(first + BATCH, corners.size()); i++) {
        for (int c = 0; c < count; c++) wanted[c] = !unresolved(corners[i], c);
        if (std::find(wanted.begin(), wanted.end(), 1) != wanted.end()) fields[i] = fitter.fit(corners[i], wanted);
        else fields[i].fitted.assign(count, 0);
      }
    }
  });

  team.forEach(count, [&](std::int64_t index) {
    const int c = static_cast<int>(index);
    auto& stress = cases[c].nodal.stress;
    // Judged before anything changes: the fit replaces what the judgement looks at.
    std::vector<char> rough(bodyNodes.count());
    for (int node = 0; node < bodyNodes.count(); node++) rough[node] = unresolved(node, c);
    auto& error = cases[c].nodal.error;
    estimateFieldErrors(edges, fieldOf, fields, corners, c, error);
    for (std::size_t i = 0; i < corners.size(); i++)
      if (fields[i].fitted[c]) stress[corners[i]] = fields[i].at(fields[i].centre, c);
    for (const auto& [node, first, second, elements] : edges) {
      if (rough[node]) continue;
      const Field &a = fields[fieldOf[first]], &b = fields[fieldOf[second]];
      if (!a.fitted[c] || !b.fitted[c]) continue;
      const bool aFree = surface.touches(first, c), bFree = surface.touches(second, c);
      const Eigen::Vector3d point =
          Eigen::Map<const Eigen::Vector3d>(&model.nodes[3 * static_cast<std::size_t>(bodyNodes.node(node))]);
      error[node] = std::max(error[first], error[second]);
      // A field that was bent to a free surface serves the surface: from inside comes the better one.
      if (aFree != bFree) stress[node] = (aFree ? b : a).at(point, c);
      else stress[node] = 0.5 * (a.at(point, c) + b.at(point, c));
    }
  });
}

}  // namespace artificer
