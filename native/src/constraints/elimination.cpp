#include "constraints/elimination.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace artificer {

namespace {

/** A coefficient this small beside an equation's own scale is round-off of the elimination. */
constexpr double NOTHING = 1e-10;
/** The first term's node is eliminated unless its coefficient is smaller than this part of the largest. */
constexpr double PREFERRED_FROM = 0.05;

/** A sparse vector under work: dense values, and the list of those that are not known to be zero. */
class Accumulator {
 public:
  explicit Accumulator(std::size_t size) : value_(size, 0.0), listed_(size, 0) {}

  void add(int index, double amount) {
    if (!listed_[index]) {
      listed_[index] = 1;
      indices_.push_back(index);
    }
    value_[index] += amount;
  }
  void add(const SparseTerms& terms, double factor) {
    for (const auto& [index, value] : terms) add(index, factor * value);
  }
  /** Hands out what is larger than `nothing` in size, ascending, and is empty again. */
  SparseTerms take(double nothing) {
    SparseTerms terms;
    std::sort(indices_.begin(), indices_.end());
    for (int index : indices_) {
      if (std::abs(value_[index]) > nothing) terms.emplace_back(index, value_[index]);
      value_[index] = 0;
      listed_[index] = 0;
    }
    indices_.clear();
    return terms;
  }

 private:
  std::vector<double> value_;
  std::vector<char> listed_;
  std::vector<int> indices_;
};

class Elimination {
 public:
  Elimination(int nodeCount, const ConstraintEquations& equations, const FrameTable& frames,
              const std::vector<char>& fixed)
      : equations_(equations),
        frames_(frames),
        fixed_(fixed),
        rowOf_(3 * static_cast<std::size_t>(nodeCount), -1),
        masters_(3 * static_cast<std::size_t>(nodeCount)),
        constants_(equations.constant.size()) {}

  ResolvedEquations run() {
    for (int k = 0; k < equations_.count(); k++) take(k);
    return std::move(result_);
  }

 private:
  void take(int k) {
    // Written as sum of terms = sum of constants, with the dependents of earlier equations replaced.
    double scale = 0;
    const auto first = equations_.start[k], last = equations_.start[k + 1];
    constants_.add(k, 1);
    for (auto term = first; term < last; term++) {
      const int node = equations_.node[term];
      const Eigen::Vector3d local = frames_.axesOrIdentity(node) * equations_.coefficientOf(term);
      for (int axis = 0; axis < 3; axis++) {
        const double value = local[axis];
        if (value == 0) continue;
        scale = std::max(scale, std::abs(value));
        const int dof = 3 * node + axis;
        const int row = rowOf_[dof];
        if (row < 0) {
          masters_.add(dof, value);
        } else {
          masters_.add(result_.rows[row].masters, value);
          constants_.add(result_.rows[row].constants, -value);
        }
      }
    }
    ResolvedRow row{-1, masters_.take(NOTHING * scale), constants_.take(0)};
    const int preferred = first < last ? equations_.node[first] : -1;
    row.dependent = pivotOf(row.masters, preferred);
    if (row.dependent < 0) {
      result_.checks.push_back(std::move(row));
      return;
    }
    normalise(row);
    const int number = static_cast<int>(result_.rows.size());
    replaceInEarlierRows(row);
    rowOf_[row.dependent] = number;
    for (const auto& [dof, value] : row.masters) users_[dof].push_back(number);
    result_.rows.push_back(std::move(row));
  }

  int pivotOf(const SparseTerms& terms, int preferredNode) const {
    int largest = -1, preferred = -1;
    double most = 0, mostPreferred = 0;
    for (const auto& [dof, value] : terms) {
      if (fixed_[dof]) continue;
      const double size = std::abs(value);
      if (size > most) {
        most = size;
        largest = dof;
      }
      if (dof / 3 == preferredNode && size > mostPreferred) {
        mostPreferred = size;
        preferred = dof;
      }
    }
    return preferred >= 0 && mostPreferred >= PREFERRED_FROM * most ? preferred : largest;
  }

  /** From a . u = c to u[pivot] = (c - rest . u) / a[pivot]. */
  static void normalise(ResolvedRow& row) {
    const auto at = std::find_if(row.masters.begin(), row.masters.end(),
                                 [&](const auto& term) { return term.first == row.dependent; });
    const double pivot = at->second;
    row.masters.erase(at);
    for (auto& term : row.masters) term.second /= -pivot;
    for (auto& term : row.constants) term.second /= pivot;
  }

  void replaceInEarlierRows(const ResolvedRow& pivot) {
    const auto users = users_.find(pivot.dependent);
    if (users == users_.end()) return;
    const std::vector<int> numbers = std::move(users->second);
    users_.erase(users);
    for (int number : numbers) {
      ResolvedRow& row = result_.rows[number];
      const auto at = std::lower_bound(row.masters.begin(), row.masters.end(), pivot.dependent,
                                       [](const auto& term, int dof) { return term.first < dof; });
      if (at == row.masters.end() || at->first != pivot.dependent) continue;
      const double factor = at->second;
      row.masters.erase(at);
      masters_.add(row.masters, 1);
      masters_.add(pivot.masters, factor);
      row.masters = masters_.take(1e-15);
      constants_.add(row.constants, 1);
      constants_.add(pivot.constants, factor);
      row.constants = constants_.take(0);
      for (const auto& term : pivot.masters) {
        auto& list = users_[term.first];
        if (list.empty() || list.back() != number) list.push_back(number);
      }
    }
  }

  const ConstraintEquations& equations_;
  const FrameTable& frames_;
  const std::vector<char>& fixed_;
  std::vector<int> rowOf_;  // per degree of freedom: the row that gives it, or -1
  std::unordered_map<int, std::vector<int>> users_;  // rows that may use a degree of freedom as a master
  Accumulator masters_, constants_;
  ResolvedEquations result_;
};

}  // namespace

ResolvedEquations resolve(int nodeCount, const ConstraintEquations& equations, const FrameTable& frames,
                          const std::vector<char>& fixed) {
  return Elimination(nodeCount, equations, frames, fixed).run();
}

}  // namespace artificer
