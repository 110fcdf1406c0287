#include "sparse/congruence.hpp"

#include <algorithm>

namespace artificer {

namespace {

/** Neighbours of every row both ways, itself included, and where their blocks are. */
struct Adjacency {
  std::vector<std::int64_t> start;
  std::vector<int> neighbour;
  /** Position in the matrix, or behind its blocks in `further`; less -1 where the transposed block is meant. */
  std::vector<std::int64_t> place;

  Adjacency(const SymmetricBlockMatrix& matrix, const std::vector<CoupledBlock>& further) : start(matrix.rows + 1, 0) {
    const auto eachPair = [&](auto visit) {
      for (int row = 0; row < matrix.rows; row++)
        for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++) visit(row, matrix.column[p], p);
      for (std::size_t k = 0; k < further.size(); k++)
        visit(further[k].nodeA, further[k].nodeB, matrix.blocks() + static_cast<std::int64_t>(k));
    };
    eachPair([&](int row, int column, std::int64_t) {
      start[row + 1]++;
      if (row != column) start[column + 1]++;
    });
    for (int row = 0; row < matrix.rows; row++) start[row + 1] += start[row];
    neighbour.resize(start.back());
    place.resize(start.back());
    std::vector<std::int64_t> next(start.begin(), start.end() - 1);
    eachPair([&](int row, int column, std::int64_t p) {
      place[next[row]] = p;
      neighbour[next[row]++] = column;
      if (row == column) return;
      place[next[column]] = -1 - p;
      neighbour[next[column]++] = row;
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

/** Columns of every row of A T, ascending: found once, however many columns of T use the row. */
struct ProductColumns {
  std::vector<std::int64_t> start;
  std::vector<int> column;

  ProductColumns(const Adjacency& adjacency, const BlockTransformation& t, ThreadTeam& team) : start(t.rows() + 1, 0) {
    const int rows = t.rows(), shares = team.size();
    std::vector<std::vector<int>> columnsOfShare(shares);
    team.run([&](int share) {
      std::vector<int> lastSeen(t.columns(), -1);
      auto& columns = columnsOfShare[share];
      for (int i = shareStart(rows, share, shares); i < shareStart(rows, share + 1, shares); i++) {
        if (t.begin(i) == t.end(i)) continue;  // nothing asks for it
        const auto first = columns.size();
        for (auto p = adjacency.start[i]; p < adjacency.start[i + 1]; p++) {
          const int j = adjacency.neighbour[p];
          for (auto term = t.begin(j); term != t.end(j); ++term) {
            if (lastSeen[term->column] == i) continue;
            lastSeen[term->column] = i;
            columns.push_back(term->column);
          }
        }
        std::sort(columns.begin() + static_cast<std::ptrdiff_t>(first), columns.end());
        start[i + 1] = static_cast<std::int64_t>(columns.size() - first);
      }
    });
    for (int i = 0; i < rows; i++) start[i + 1] += start[i];
    column.reserve(start.back());
    for (auto& columns : columnsOfShare) {
      column.insert(column.end(), columns.begin(), columns.end());
      std::vector<int>().swap(columns);
    }
  }
};

SymmetricBlockMatrix patternOf(const ProductColumns& product, const BlockTransformation& t, ThreadTeam& team) {
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
        if (lastSeen[b] == a) return;
        lastSeen[b] = a;
        row.push_back(b);
      };
      see(a);
      for (auto u = users.start[a]; u < users.start[a + 1]; u++) {
        const int i = users.row[u];
        for (auto p = product.start[i]; p < product.start[i + 1] && product.column[p] <= a; p++) see(product.column[p]);
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
  if (factor == factor(0, 0) * Eigen::Matrix3d::Identity()) return add(column, factor(0, 0));
  terms_.push_back({column, static_cast<int>(matrices_.size()), 0});
  matrices_.push_back(factor);
}

void BlockTransformation::addProduct(const Eigen::Matrix3d& block, const Term& right, Eigen::Matrix3d& sum) const {
  if (right.matrix < 0)
    sum += right.scale * block;
  else
    sum.noalias() += block * matrices_[right.matrix];
}

void BlockTransformation::addTransposedProduct(const Term& left, const Eigen::Matrix3d& block, BlockMap sum) const {
  if (left.matrix < 0)
    sum += left.scale * block;
  else
    sum.noalias() += matrices_[left.matrix].transpose() * block;
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
  const Adjacency adjacency(matrix, further);
  const ProductColumns product(adjacency, t, team);
  control.check();
  SymmetricBlockMatrix result = patternOf(product, t, team);
  team.run([&](int share) {
    // Each member of the team fills its own rows, so that no sum depends on the order of the threads. Row by row of A:
    // first W = A_i T, then T_i^T W.
    const int first = shareStart(result.rows, share, team.size());
    const int last = shareStart(result.rows, share + 1, team.size());
    const auto owned = [&](const BlockTransformation::Term& term) { return term.column >= first && term.column < last; };
    std::vector<int> slotOf(result.rows);
    std::vector<Eigen::Matrix3d> products;
    for (int i = 0; i < matrix.rows; i++) {
      if (i % 4096 == 0) control.check();
      if (std::none_of(t.begin(i), t.end(i), owned)) continue;
      const int* const columns = product.column.data() + product.start[i];
      const int count = static_cast<int>(product.start[i + 1] - product.start[i]);
      for (int slot = 0; slot < count; slot++) slotOf[columns[slot]] = slot;
      products.assign(count, Eigen::Matrix3d::Zero());
      for (auto p = adjacency.start[i]; p < adjacency.start[i + 1]; p++) {
        const bool transposed = adjacency.place[p] < 0;
        const auto position = transposed ? -1 - adjacency.place[p] : adjacency.place[p];
        Eigen::Matrix3d block = position < matrix.blocks()
                                    ? Eigen::Matrix3d(ConstBlockMap(matrix.block(position)))
                                    : further[static_cast<std::size_t>(position - matrix.blocks())].block;
        if (transposed) block.transposeInPlace();
        const int j = adjacency.neighbour[p];
        for (auto right = t.begin(j); right != t.end(j); ++right)
          t.addProduct(block, *right, products[slotOf[right->column]]);
      }
      for (auto left = t.begin(i); left != t.end(i); ++left) {
        if (!owned(*left)) continue;
        // Both lists ascend, and the row has every column of the product up to its own.
        auto position = result.rowStart[left->column];
        for (int slot = 0; slot < count && columns[slot] <= left->column; slot++) {
          while (result.column[position] != columns[slot]) position++;
          t.addTransposedProduct(*left, products[slot], BlockMap(result.block(position)));
        }
      }
    }
  });
  return result;
}

}  // namespace artificer
