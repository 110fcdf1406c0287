#include "multigrid/constrained_prolongation.hpp"

#include <map>

namespace artificer {

namespace {

/** Dependent corners of masters are followed this far; what is left out costs iterations, not accuracy. */
constexpr int DEEPEST = 2;

class Builder {
 public:
  Builder(const LinearSystem& system, const std::vector<std::array<int, 2>>& parents, const std::vector<int>& fineOf)
      : system_(system), parents_(parents), fineOf_(fineOf) {}

  BlockTransformation build() {
    const int n = static_cast<int>(parents_.size());
    BlockTransformation result(n, static_cast<int>(fineOf_.size()));
    for (int node = 0; node < n; node++) {
      addRow(node, result);
      result.endRow();
    }
    return result;
  }

 private:
  using Terms = std::map<int, Eigen::Matrix3d>;

  bool isFree(int node) const {
    return !system_.fixed[3 * node] && !system_.fixed[3 * node + 1] && !system_.fixed[3 * node + 2];
  }
  /** A node whose unknowns are all its own, in global axes. */
  bool isPlain(int node) const { return isFree(node) && !system_.frames.has(node); }

  void addRow(int node, BlockTransformation& result) {
    const auto& [a, b] = parents_[node];
    if (a < 0) return;
    if (isPlain(node) && isPlain(fineOf_[a]) && isPlain(fineOf_[b])) {
      if (a == b) {
        result.add(a, 1);
      } else {
        result.add(a, 0.5);
        result.add(b, 0.5);
      }
      return;
    }
    Terms terms;
    addOwn(node, Eigen::Matrix3d::Identity(), 0, terms);
    for (auto& [column, factor] : terms) {
      for (int axis = 0; axis < 3; axis++)
        if (system_.fixed[3 * node + axis]) factor.row(axis).setZero();
      if (!factor.isZero(1e-12)) result.add(column, factor);
    }
  }

  /** terms += factor * (the displacement of a node, local axes, constraints obeyed). */
  void addWhole(int node, const Eigen::Matrix3d& factor, int depth, Terms& terms) {
    if (!system_.constraints.touches(node)) {
      addOwn(node, factor, depth, terms);
      return;
    }
    if (depth >= DEEPEST) return;
    const auto& t = system_.constraints.transformation();
    for (auto term = t.begin(node); term != t.end(node); ++term)
      addOwn(term->column, factor * t.factor(*term), depth + 1, terms);
  }

  /** terms += factor * (what the linear space says of a node's own unknowns). */
  void addOwn(int node, const Eigen::Matrix3d& factor, int depth, Terms& terms) {
    const auto& [a, b] = parents_[node];
    if (a < 0) return;
    if (a == b) {
      Eigen::Matrix3d own = factor;
      for (int axis = 0; axis < 3; axis++)
        if (system_.fixed[3 * fineOf_[a] + axis]) own.col(axis).setZero();
      const auto at = terms.try_emplace(a, Eigen::Matrix3d::Zero()).first;
      at->second += own;
      return;
    }
    const Eigen::Matrix3d fromGlobal = 0.5 * factor * system_.frames.axesOrIdentity(node);
    for (const int parent : {a, b})
      addWhole(fineOf_[parent], fromGlobal * system_.frames.axesOrIdentity(fineOf_[parent]).transpose(), depth, terms);
  }

  const LinearSystem& system_;
  const std::vector<std::array<int, 2>>& parents_;
  const std::vector<int>& fineOf_;
};

}  // namespace

BlockTransformation constrainedProlongation(const LinearSystem& system, const std::vector<std::array<int, 2>>& parents,
                                            const std::vector<int>& fineOf) {
  return Builder(system, parents, fineOf).build();
}

}  // namespace artificer
