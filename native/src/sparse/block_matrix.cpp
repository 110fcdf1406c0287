#include "sparse/block_matrix.hpp"

#include <algorithm>

namespace artificer {

namespace {

/** Elements around each node, in compressed form. */
struct NodeElements {
  std::vector<std::int64_t> start;
  std::vector<int> element;
};

NodeElements elementsOfNodes(int nodeCount, const std::vector<int>& elements, int nodesPerElement) {
  NodeElements around;
  around.start.assign(nodeCount + 1, 0);
  for (int node : elements) around.start[node + 1]++;
  for (int node = 0; node < nodeCount; node++) around.start[node + 1] += around.start[node];
  around.element.resize(elements.size());
  std::vector<std::int64_t> next(around.start.begin(), around.start.end() - 1);
  for (std::size_t i = 0; i < elements.size(); i++)
    around.element[next[elements[i]]++] = static_cast<int>(i / nodesPerElement);
  return around;
}

}  // namespace

SymmetricBlockMatrix SymmetricBlockMatrix::ofMesh(int nodeCount, const std::vector<int>& elements, int nodesPerElement,
                                                  ThreadTeam& team) {
  const auto around = elementsOfNodes(nodeCount, elements, nodesPerElement);
  SymmetricBlockMatrix matrix;
  matrix.rows = nodeCount;
  matrix.rowStart.assign(nodeCount + 1, 0);
  const int shares = team.size();
  std::vector<std::vector<int>> columnsOfShare(shares);
  const auto shareStart = [&](int share) { return static_cast<int>(static_cast<std::int64_t>(nodeCount) * share / shares); };

  team.run([&](int share) {
    std::vector<int> lastSeen(nodeCount, -1), row;
    auto& columns = columnsOfShare[share];
    for (int node = shareStart(share); node < shareStart(share + 1); node++) {
      row.clear();
      for (auto p = around.start[node]; p < around.start[node + 1]; p++) {
        const int* t = &elements[static_cast<std::size_t>(around.element[p]) * nodesPerElement];
        for (int a = 0; a < nodesPerElement; a++) {
          const int other = t[a];
          if (other > node || lastSeen[other] == node) continue;
          lastSeen[other] = node;
          row.push_back(other);
        }
      }
      if (row.empty()) row.push_back(node);  // a node of no element still has a diagonal
      std::sort(row.begin(), row.end());
      columns.insert(columns.end(), row.begin(), row.end());
      matrix.rowStart[node + 1] = static_cast<std::int64_t>(row.size());
    }
  });

  for (int node = 0; node < nodeCount; node++) matrix.rowStart[node + 1] += matrix.rowStart[node];
  matrix.column.reserve(matrix.rowStart.back());
  for (auto& columns : columnsOfShare) {
    matrix.column.insert(matrix.column.end(), columns.begin(), columns.end());
    std::vector<int>().swap(columns);
  }
  matrix.values.assign(9 * matrix.column.size(), 0.0);
  return matrix;
}

std::int64_t SymmetricBlockMatrix::find(int row, int col) const {
  const auto first = column.begin() + rowStart[row], last = column.begin() + rowStart[row + 1];
  const auto at = std::lower_bound(first, last, col);
  return at != last && *at == col ? at - column.begin() : -1;
}

SymmetricProduct::SymmetricProduct(const SymmetricBlockMatrix& matrix, ThreadTeam& team) : matrix_(matrix), team_(team) {
  const int members = matrix.rows < 2000 ? 1 : team.size();
  // Shares of equal block count, since rows late in the ordering are longer.
  firstRow_.assign(members + 1, matrix.rows);
  firstRow_[0] = 0;
  for (int member = 1; member < members; member++) {
    const auto target = matrix.blocks() * member / members;
    firstRow_[member] = static_cast<int>(
        std::lower_bound(matrix.rowStart.begin(), matrix.rowStart.end(), target) - matrix.rowStart.begin());
  }
  lowestColumn_.resize(members);
  overflow_.resize(members);
  for (int member = 0; member < members; member++) {
    int lowest = firstRow_[member];
    for (int row = firstRow_[member]; row < firstRow_[member + 1]; row++)
      lowest = std::min(lowest, matrix.column[matrix.rowStart[row]]);
    lowestColumn_[member] = lowest;
  }
}

void SymmetricProduct::multiply(const double* x, double* y) {
  const int members = static_cast<int>(overflow_.size());
  const auto share = [&](int member) {
    if (member >= members) return;
    const int first = firstRow_[member], last = firstRow_[member + 1], lowest = lowestColumn_[member];
    auto& overflow = overflow_[member];
    overflow.assign(3 * static_cast<std::size_t>(first - lowest), 0.0);
    std::fill(y + 3 * static_cast<std::size_t>(first), y + 3 * static_cast<std::size_t>(last), 0.0);
    for (int row = first; row < last; row++) {
      const double x0 = x[3 * row], x1 = x[3 * row + 1], x2 = x[3 * row + 2];
      double y0 = 0, y1 = 0, y2 = 0;
      const auto diagonal = matrix_.rowStart[row + 1] - 1;
      for (auto p = matrix_.rowStart[row]; p < diagonal; p++) {
        const double* v = &matrix_.values[9 * p];
        const int column = matrix_.column[p];
        const double* z = x + 3 * static_cast<std::size_t>(column);
        y0 += v[0] * z[0] + v[1] * z[1] + v[2] * z[2];
        y1 += v[3] * z[0] + v[4] * z[1] + v[5] * z[2];
        y2 += v[6] * z[0] + v[7] * z[1] + v[8] * z[2];
        double* mirrored = column >= first ? y + 3 * static_cast<std::size_t>(column) : &overflow[3 * static_cast<std::size_t>(column - lowest)];
        mirrored[0] += v[0] * x0 + v[3] * x1 + v[6] * x2;
        mirrored[1] += v[1] * x0 + v[4] * x1 + v[7] * x2;
        mirrored[2] += v[2] * x0 + v[5] * x1 + v[8] * x2;
      }
      const double* v = &matrix_.values[9 * diagonal];
      double* out = y + 3 * static_cast<std::size_t>(row);
      out[0] += y0 + v[0] * x0 + v[1] * x1 + v[2] * x2;
      out[1] += y1 + v[3] * x0 + v[4] * x1 + v[5] * x2;
      out[2] += y2 + v[6] * x0 + v[7] * x1 + v[8] * x2;
    }
  };
  if (members == 1) {
    share(0);
    return;
  }
  team_.run(share);
  for (int member = 1; member < members; member++) {
    double* target = y + 3 * static_cast<std::size_t>(lowestColumn_[member]);
    for (std::size_t i = 0; i < overflow_[member].size(); i++) target[i] += overflow_[member][i];
  }
}

void SymmetricProduct::multiply(const VectorBlock& x, VectorBlock& y) {
  y.resize(x.rows(), x.cols());
  withWidth(x.cols(), [&](auto width) {
    if constexpr (width == 1) multiply(x.data(), y.data());
    else multiplyWide<width>(x.data(), y.data());
  });
}

template <int Width>
void SymmetricProduct::multiplyWide(const double* x, double* y) {
  // In registers: three rows of the node, three sums, a row of the other node and one of what is mirrored to it.
  constexpr int LANES = lanesAtATime<double, Width, 8>();
  using Row = Lanes<double, LANES>;
  constexpr std::size_t NODE = 3 * Width;
  constexpr int AHEAD = 3;  // blocks whose vectors are fetched early: they lie where the mesh has them, not in a row
  const int members = static_cast<int>(overflow_.size());
  const auto share = [&](int member) {
    if (member >= members) return;
    const int first = firstRow_[member], last = firstRow_[member + 1], lowest = lowestColumn_[member];
    auto& overflow = overflow_[member];
    overflow.assign(NODE * static_cast<std::size_t>(first - lowest), 0.0);
    std::fill(y + NODE * first, y + NODE * last, 0.0);
    for (int row = first; row < last; row++)
      for (int lane = 0; lane < Width; lane += LANES) {
        Row own[3], sum[3];
        for (int i = 0; i < 3; i++) own[i] = Row::load(x + NODE * row + i * Width + lane);
        const auto diagonal = matrix_.rowStart[row + 1] - 1;
        for (auto p = matrix_.rowStart[row]; p < diagonal; p++) {
          const double* v = &matrix_.values[9 * p];
          const int column = matrix_.column[p];
          const double* z = x + NODE * column + lane;
          if (lane == 0 && p + AHEAD < diagonal) {
            const int coming = matrix_.column[p + AHEAD];
            const double* wanted = x + NODE * coming;
            const double* changed = coming >= first ? y + NODE * coming : &overflow[NODE * (coming - lowest)];
            for (std::size_t i = 0; i < NODE; i += 8) {
              __builtin_prefetch(wanted + i);
              __builtin_prefetch(changed + i, 1);
            }
          }
          double* mirrored = (column >= first ? y + NODE * column : &overflow[NODE * (column - lowest)]) + lane;
          for (int j = 0; j < 3; j++) {
            const Row other = Row::load(z + j * Width);
            Row target = Row::load(mirrored + j * Width);
            for (int i = 0; i < 3; i++) {
              sum[i].add(v[3 * i + j], other);
              target.add(v[3 * i + j], own[i]);
            }
            target.store(mirrored + j * Width);
          }
        }
        const double* v = &matrix_.values[9 * diagonal];
        double* out = y + NODE * row + lane;
        for (int i = 0; i < 3; i++) {
          for (int j = 0; j < 3; j++) sum[i].add(v[3 * i + j], own[j]);
          sum[i].add(1, Row::load(out + i * Width));
          sum[i].store(out + i * Width);
        }
      }
  };
  if (members == 1) {
    share(0);
    return;
  }
  team_.run(share);
  for (int member = 1; member < members; member++) {
    double* target = y + NODE * lowestColumn_[member];
    for (std::size_t i = 0; i < overflow_[member].size(); i++) target[i] += overflow_[member][i];
  }
}

}  // namespace artificer
