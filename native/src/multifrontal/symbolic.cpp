#include "multifrontal/symbolic.hpp"

#include <algorithm>
#include <numeric>

namespace artificer {

namespace {

/** Block pattern of the permuted matrix: for each column, the rows below it. */
struct PermutedPattern {
  std::vector<std::int64_t> start;
  std::vector<int> row;
};

std::vector<int> inverse(const std::vector<int>& order) {
  std::vector<int> position(order.size());
  for (std::size_t k = 0; k < order.size(); k++) position[order[k]] = static_cast<int>(k);
  return position;
}

template <typename Visit>
void forEachOffDiagonal(const SymmetricBlockMatrix& matrix, const std::vector<int>& position, Visit visit) {
  for (int row = 0; row < matrix.rows; row++)
    for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1] - 1; p++) {
      const auto [low, high] = std::minmax(position[row], position[matrix.column[p]]);
      visit(low, high);
    }
}

/** `byColumn`: rows below each column; otherwise columns left of each row. */
PermutedPattern permutedPattern(const SymmetricBlockMatrix& matrix, const std::vector<int>& position, bool byColumn) {
  PermutedPattern pattern;
  pattern.start.assign(matrix.rows + 1, 0);
  forEachOffDiagonal(matrix, position, [&](int low, int high) { pattern.start[(byColumn ? low : high) + 1]++; });
  std::partial_sum(pattern.start.begin(), pattern.start.end(), pattern.start.begin());
  pattern.row.resize(pattern.start.back());
  std::vector<std::int64_t> next(pattern.start.begin(), pattern.start.end() - 1);
  forEachOffDiagonal(matrix, position,
                     [&](int low, int high) { pattern.row[next[byColumn ? low : high]++] = byColumn ? high : low; });
  return pattern;
}

/** Parent of every column in the elimination tree, with path compression. */
std::vector<int> eliminationTree(const PermutedPattern& leftOfRow) {
  const int n = static_cast<int>(leftOfRow.start.size()) - 1;
  std::vector<int> parent(n, -1), ancestor(n, -1);
  for (int k = 0; k < n; k++)
    for (auto p = leftOfRow.start[k]; p < leftOfRow.start[k + 1]; p++)
      for (int i = leftOfRow.row[p]; i != -1 && i < k;) {
        const int next = ancestor[i];
        ancestor[i] = k;
        if (next == -1) parent[i] = k;
        i = next;
      }
  return parent;
}

std::vector<int> postorder(const std::vector<int>& parent) {
  const int n = static_cast<int>(parent.size());
  std::vector<int> firstChild(n + 1, -1), sibling(n, -1);  // firstChild[n]: the roots
  for (int i = n - 1; i >= 0; i--) {
    const int owner = parent[i] < 0 ? n : parent[i];
    sibling[i] = firstChild[owner];
    firstChild[owner] = i;
  }
  std::vector<int> result, stack;
  result.reserve(n);
  for (int root = firstChild[n]; root != -1; root = sibling[root]) {
    stack.push_back(root);
    while (!stack.empty()) {
      const int node = stack.back();
      if (firstChild[node] != -1) {
        stack.push_back(firstChild[node]);
        firstChild[node] = sibling[firstChild[node]];
      } else {
        result.push_back(node);
        stack.pop_back();
      }
    }
  }
  return result;
}

/** Number of block rows below the diagonal in every column of the factor. */
std::vector<int> columnCounts(const PermutedPattern& below, const std::vector<int>& parent) {
  const int n = static_cast<int>(parent.size());
  std::vector<int> counts(n), seen(n, -1);
  std::vector<std::vector<int>> structure(n), pendingChildren(n);
  for (int k = 0; k < n; k++) {
    auto& rows = structure[k];
    seen[k] = k;
    const auto add = [&](int row) {
      if (row > k && seen[row] != k) {
        seen[row] = k;
        rows.push_back(row);
      }
    };
    for (auto p = below.start[k]; p < below.start[k + 1]; p++) add(below.row[p]);
    for (int child : pendingChildren[k]) {
      for (int row : structure[child]) add(row);
      std::vector<int>().swap(structure[child]);
    }
    counts[k] = static_cast<int>(rows.size());
    if (parent[k] >= 0) pendingChildren[parent[k]].push_back(k);
  }
  return counts;
}

/** First columns of the supernodes. */
std::vector<int> supernodeStarts(const std::vector<int>& parent, const std::vector<int>& counts) {
  const int n = static_cast<int>(parent.size());
  std::vector<int> childCount(n, 0), starts;
  for (int k = 0; k < n; k++)
    if (parent[k] >= 0) childCount[parent[k]]++;
  for (int k = 0; k < n; k++) {
    bool joins = false;
    if (k > 0 && parent[k - 1] == k) {
      const int width = k - starts.back();
      const int extra = counts[k] + 1 - counts[k - 1];  // rows of zeros that joining would store
      const bool fundamental = childCount[k] == 1 && extra == 0;
      const bool cheap = extra >= 0 && ((width <= 4 && extra <= 12) || extra < 0.06 * (counts[k - 1] + width));
      joins = fundamental || cheap;
    }
    if (!joins) starts.push_back(k);
  }
  return starts;
}

/** Lists the matrix's blocks by the pivot column they belong to. */
void sortEntries(const SymmetricBlockMatrix& matrix, SymbolicFactor& symbolic) {
  symbolic.entryStart.assign(matrix.rows + 1, 0);
  forEachOffDiagonal(matrix, symbolic.position, [&](int low, int) { symbolic.entryStart[low + 1]++; });
  std::partial_sum(symbolic.entryStart.begin(), symbolic.entryStart.end(), symbolic.entryStart.begin());
  symbolic.entries.resize(symbolic.entryStart.back());
  std::vector<std::int64_t> next(symbolic.entryStart.begin(), symbolic.entryStart.end() - 1);
  for (int row = 0; row < matrix.rows; row++)
    for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1] - 1; p++) {
      const int k = symbolic.position[row], other = symbolic.position[matrix.column[p]];
      // The kept block is (row, column): transposed where the column is eliminated after the row.
      symbolic.entries[next[std::min(k, other)]++] = {std::max(k, other), other > k, p};
    }
}

}  // namespace

double SymbolicFactor::peakUpdateEntries() const {
  double alive = 0, peak = 0;
  const auto entries = [](const Supernode& s) { return 9.0 * s.rows.size() * s.rows.size(); };
  for (const auto& s : supernodes) {
    alive += entries(s);
    peak = std::max(peak, alive);
    for (int child : s.children) alive -= entries(supernodes[child]);
  }
  return peak;
}

SymbolicFactor analyse(const SymmetricBlockMatrix& matrix, std::vector<int> order) {
  SymbolicFactor symbolic;
  {
    const auto tree = eliminationTree(permutedPattern(matrix, inverse(order), false));
    const auto post = postorder(tree);
    symbolic.order.resize(order.size());
    for (std::size_t k = 0; k < order.size(); k++) symbolic.order[k] = order[post[k]];
  }
  symbolic.position = inverse(symbolic.order);
  sortEntries(matrix, symbolic);
  const auto below = permutedPattern(matrix, symbolic.position, true);
  const auto parent = eliminationTree(permutedPattern(matrix, symbolic.position, false));
  const auto starts = supernodeStarts(parent, columnCounts(below, parent));

  const int n = matrix.rows, count = static_cast<int>(starts.size());
  std::vector<int> supernodeOf(n), seen(n, -1);
  symbolic.supernodes.resize(count);
  for (int s = 0; s < count; s++) {
    auto& node = symbolic.supernodes[s];
    node.firstColumn = starts[s];
    node.columnCount = (s + 1 < count ? starts[s + 1] : n) - starts[s];
    std::fill_n(supernodeOf.begin() + node.firstColumn, node.columnCount, s);
  }
  for (int s = 0; s < count; s++) {
    auto& node = symbolic.supernodes[s];
    const int end = node.firstColumn + node.columnCount;
    const auto add = [&](int row) {
      if (row >= end && seen[row] != s) {
        seen[row] = s;
        node.rows.push_back(row);
      }
    };
    for (int k = node.firstColumn; k < end; k++)
      for (auto p = below.start[k]; p < below.start[k + 1]; p++) add(below.row[p]);
    for (int child : node.children)
      for (int row : symbolic.supernodes[child].rows) add(row);
    std::sort(node.rows.begin(), node.rows.end());
    if (!node.rows.empty()) {
      node.parent = supernodeOf[node.rows.front()];
      symbolic.supernodes[node.parent].children.push_back(s);
    }
    const double a = 3.0 * node.columnCount, u = 3.0 * node.rows.size();
    node.work = a * a * a / 3 + a * a * u + a * u * u;
    symbolic.work += node.work;
    symbolic.factorEntries += a * (a + u);
  }
  return symbolic;
}

}  // namespace artificer
