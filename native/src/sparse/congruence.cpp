#include "sparse/congruence.hpp"

#include <algorithm>

namespace artificer {

namespace {

/** Neighbours of every row both ways, itself included. */
struct Adjacency {
  std::vector<std::int64_t> start;
  std::vector<int> neighbour;

  Adjacency(const SymmetricBlockMatrix& matrix, const std::vector<CoupledBlock>& further) : start(matrix.rows + 1, 0) {
    const auto eachPair = [&](auto visit) {
      for (int row = 0; row < matrix.rows; row++)
        for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++) visit(row, matrix.column[p]);
      for (const auto& pair : further) visit(pair.nodeA, pair.nodeB);
    };
    eachPair([&](int row, int column) {
      start[row + 1]++;
      if (row != column) start[column + 1]++;
    });
    for (int row = 0; row < matrix.rows; row++) start[row + 1] += start[row];
    neighbour.resize(start.back());
    std::vector<std::int64_t> next(start.begin(), start.end() - 1);
    eachPair([&](int row, int column) {
      neighbour[next[row]++] = column;
      if (row != column) neighbour[next[column]++] = row;
    });
  }
};

/** Rows of T that use each column. */
struct Users {
  std::vector<std::int64_t> start;
  std::vector<int> row;

  explicit Users(const BlockTransformation& t) : start(t.columns() + 1, 0) {
    const auto eachTerm = [&](auto visit) {
      for (int i = 0; i < t.rows(); i++)
        for (auto term = t.begin(i); term != t.end(i); ++term) visit(i, term->column);
    };
    eachTerm([&](int, int column) { start[column + 1]++; });
    for (int column = 0; column < t.columns(); column++) start[column + 1] += start[column];
    row.resize(start.back());
    std::vector<std::int64_t> next(start.begin(), start.end() - 1);
    eachTerm([&](int i, int column) { row[next[column]++] = i; });
  }
};

int shareStart(int count, int share, int shares) {
  return static_cast<int>(static_cast<std::int64_t>(count) * share / shares);
}

SymmetricBlockMatrix patternOf(const SymmetricBlockMatrix& matrix, const std::vector<CoupledBlock>& further,
                               const BlockTransformation& t, ThreadTeam& team) {
  const Adjacency adjacency(matrix, further);
  const Users users(t);
  SymmetricBlockMatrix result;
  result.rows = t.columns();
  result.rowStart.assign(result.rows + 1, 0);
  const int shares = team.size();
  std::vector<std::vector<int>> columnsOfShare(shares);
  team.run([&](int share) {
    std::vector<int> lastSeen(result.rows, -1), row;
    auto& columns = columnsOfShare[share];
    for (int a = shareStart(result.rows, share, shares); a < shareStart(result.rows, share + 1, shares); a++) {
      row.clear();
      const auto see = [&](int b) {
        if (b > a || lastSeen[b] == a) return;
        lastSeen[b] = a;
        row.push_back(b);
      };
      see(a);
      for (auto u = users.start[a]; u < users.start[a + 1]; u++) {
        const int i = users.row[u];
        for (auto p = adjacency.start[i]; p < adjacency.start[i + 1]; p++) {
          const int j = adjacency.neighbour[p];
          for (auto term = t.begin(j); term != t.end(j); ++term) see(term->column);
        }
      }
      std::sort(row.begin(), row.end());
      columns.insert(columns.end(), row.begin(), row.end());
      result.rowStart[a + 1] = static_cast<std::int64_t>(row.size());
    }
  });
  for (int a = 0; a < result.rows; a++) result.rowStart[a + 1] += result.rowStart[a];
  result.column.reserve(result.rowStart.back());
  for (auto& columns : columnsOfShare) {
    result.column.insert(result.column.end(), columns.begin(), columns.end());
    std::vector<int>().swap(columns);
  }
  result.values.assign(9 * result.column.size(), 0.0);
  return result;
}

}  // namespace

void BlockTransformation::add(int column, const Eigen::Matrix3d& factor) {
  terms_.push_back({column, static_cast<int>(matrices_.size()), 0});
  matrices_.push_back(factor);
}

Eigen::Matrix3d BlockTransformation::product(const Term& left, const Eigen::Matrix3d& block, const Term& right) const {
  Eigen::Matrix3d result = block;
  double scale = 1;
  if (left.matrix < 0)
    scale = left.scale;
  else
    result = matrices_[left.matrix].transpose() * result;
  if (right.matrix < 0)
    scale *= right.scale;
  else
    result = result * matrices_[right.matrix];
  return scale == 1 ? result : Eigen::Matrix3d(scale * result);
}

void BlockTransformation::multiplyAdd(const Vector& x, Vector& y, ThreadTeam& team) const {
  team.forRange(rows(), [&](std::int64_t first, std::int64_t last) {
    for (auto row = first; row < last; row++)
      for (auto term = begin(static_cast<int>(row)); term != end(static_cast<int>(row)); ++term) {
        if (term->matrix < 0)
          y.segment<3>(3 * row) += term->scale * x.segment<3>(3 * term->column);
        else
          y.segment<3>(3 * row) += matrices_[term->matrix] * x.segment<3>(3 * term->column);
      }
  });
}

void BlockTransformation::multiplyTransposed(const Vector& x, Vector& y) const {
  y.setZero(3 * static_cast<Eigen::Index>(columns_));
  for (int row = 0; row < rows(); row++)
    for (auto term = begin(row); term != end(row); ++term) {
      if (term->matrix < 0)
        y.segment<3>(3 * term->column) += term->scale * x.segment<3>(3 * row);
      else
        y.segment<3>(3 * term->column) += matrices_[term->matrix].transpose() * x.segment<3>(3 * row);
    }
}

SymmetricBlockMatrix congruence(const SymmetricBlockMatrix& matrix, const std::vector<CoupledBlock>& further,
                                const BlockTransformation& t, ThreadTeam& team, const RunControl& control) {
  SymmetricBlockMatrix result = patternOf(matrix, further, t, team);
  team.run([&](int share) {
    // Each member of the team fills its own rows, so that no sum depends on the order of the threads.
    const int first = shareStart(result.rows, share, team.size());
    const int last = shareStart(result.rows, share + 1, team.size());
    const auto owned = [&](int row) { return row >= first && row < last; };
    const auto add = [&](int i, int j, const Eigen::Matrix3d& block) {
      for (auto left = t.begin(i); left != t.end(i); ++left)
        for (auto right = t.begin(j); right != t.end(j); ++right) {
          const int a = left->column, b = right->column;
          if (!owned(std::max(a, b)) || (i == j && a < b)) continue;  // within one row, (b, a) is visited as well
          const Eigen::Matrix3d product = t.product(*left, block, *right);
          BlockMap target(result.block(result.find(std::max(a, b), std::min(a, b))));
          if (a >= b) target += product;
          if (a < b || (a == b && i != j)) target += product.transpose();
        }
    };
    for (int row = 0; row < matrix.rows; row++) {
      if (row % 4096 == 0) control.check();
      for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++)
        add(row, matrix.column[p], ConstBlockMap(matrix.block(p)));
    }
    for (const auto& pair : further) add(pair.nodeA, pair.nodeB, pair.block);
  });
  return result;
}

}  // namespace artificer
