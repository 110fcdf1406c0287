#include "heat/scalar_matrix.hpp"

#include <algorithm>
#include <numeric>

namespace artificer {

std::shared_ptr<const ScalarPattern> patternOf(int nodeCount, const NodeSets& sets, ThreadTeam& team) {
  std::vector<std::int64_t> start(nodeCount + 1, 0);
  for (int node : sets.nodes) start[node + 1]++;
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<int> around(sets.nodes.size());
  std::vector<std::int64_t> next(start.begin(), start.end() - 1);
  for (std::size_t set = 0; set + 1 < sets.start.size(); set++)
    for (auto p = sets.start[set]; p < sets.start[set + 1]; p++) around[next[sets.nodes[p]]++] = static_cast<int>(set);

  auto pattern = std::make_shared<ScalarPattern>();
  pattern->rows = nodeCount;
  pattern->rowStart.assign(nodeCount + 1, 0);
  std::vector<std::vector<int>> columnsOfShare(team.size());
  const auto firstRow = [&](int share) { return static_cast<int>(static_cast<std::int64_t>(nodeCount) * share / team.size()); };
  team.run([&](int share) {
    std::vector<int> seen(nodeCount, -1), row;
    for (int node = firstRow(share); node < firstRow(share + 1); node++) {
      row.assign(1, node);
      seen[node] = node;
      for (auto s = start[node]; s < start[node + 1]; s++)
        for (auto p = sets.start[around[s]]; p < sets.start[around[s] + 1]; p++) {
          const int other = sets.nodes[p];
          if (other > node || seen[other] == node) continue;
          seen[other] = node;
          row.push_back(other);
        }
      std::sort(row.begin(), row.end());
      columnsOfShare[share].insert(columnsOfShare[share].end(), row.begin(), row.end());
      pattern->rowStart[node + 1] = static_cast<std::int64_t>(row.size());
    }
  });
  std::partial_sum(pattern->rowStart.begin(), pattern->rowStart.end(), pattern->rowStart.begin());
  pattern->column.reserve(pattern->rowStart.back());
  for (auto& columns : columnsOfShare) pattern->column.insert(pattern->column.end(), columns.begin(), columns.end());
  return pattern;
}

void ScalarMatrix::eliminate(const std::vector<char>& fixed) {
  for (int row = 0; row < rows(); row++) {
    const auto diagonal = pattern->rowStart[row + 1] - 1;
    for (auto p = pattern->rowStart[row]; p < diagonal; p++)
      if (fixed[row] || fixed[pattern->column[p]]) values[p] = 0;
    if (values[diagonal] == 0) values[diagonal] = 1;
  }
}

void addProduct(const ScalarPattern& pattern, const std::vector<double>& lower, const std::vector<double>& upper,
                const double* x, double* y, ThreadTeam& team) {
  const int n = pattern.rows, members = n < 4000 ? 1 : team.size();
  const auto firstRow = [&](int member) {
    if (member >= members) return n;
    const auto target = pattern.blocks() * member / members;
    return static_cast<int>(std::lower_bound(pattern.rowStart.begin(), pattern.rowStart.end(), target) -
                            pattern.rowStart.begin());
  };
  // What a member's rows mirror to rows before its own is kept aside: no two members write the same row.
  std::vector<std::vector<double>> aside(members);
  const auto share = [&](int member) {
    if (member >= members) return;
    const int first = firstRow(member), last = firstRow(member + 1);
    auto& before = aside[member];
    before.assign(first, 0.0);
    for (int row = first; row < last; row++) {
      const auto diagonal = pattern.rowStart[row + 1] - 1;
      const double own = x[row];
      double sum = lower[diagonal] * own;
      for (auto p = pattern.rowStart[row]; p < diagonal; p++) {
        const int column = pattern.column[p];
        sum += lower[p] * x[column];
        (column >= first ? y[column] : before[column]) += upper[p] * own;
      }
      y[row] += sum;
    }
  };
  if (members == 1) return share(0);
  team.run(share);
  for (int member = 1; member < members; member++)
    for (std::size_t row = 0; row < aside[member].size(); row++) y[row] += aside[member][row];
}

}  // namespace artificer
