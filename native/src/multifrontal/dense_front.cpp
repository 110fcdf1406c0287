#include "multifrontal/dense_front.hpp"

#include <algorithm>

#include <Eigen/Dense>

namespace artificer {

namespace {

using Dense = Eigen::Map<Eigen::MatrixXd, 0, Eigen::OuterStride<>>;

constexpr int PANEL = 96;
constexpr int TILE = 256;

/**
 * Relative size under which a pivot is taken for zero. Round-off leaves about 1e-15 of the original diagonal on a
 * singular matrix; a cantilever 1000 times longer than thick still has 1e-10.
 */
constexpr double SINGULAR_PIVOT = 1e-13;

/**
 * Unblocked Cholesky of a small diagonal block, checking each pivot against its original diagonal; with signs L S L^T.
 */
int factoriseDiagonal(Dense block, const double* scale, double* signs) {
  const int n = static_cast<int>(block.rows());
  for (int k = 0; k < n; k++) {
    const double pivot = block(k, k);
    const double sign = signs != nullptr && pivot < 0 ? -1 : 1;
    if (!(sign * pivot > SINGULAR_PIVOT * scale[k])) return k;
    if (signs != nullptr) signs[k] = sign;
    const double root = std::sqrt(sign * pivot);
    block(k, k) = root;
    const int below = n - k - 1;
    if (below == 0) break;
    auto column = block.col(k).tail(below);
    column *= sign / root;
    for (int j = 0; j < below; j++)
      block.col(k + 1 + j).tail(below - j) -= (sign * column[j]) * column.tail(below - j);
  }
  return -1;
}

/** The rows of L S, or of L itself where all signs are positive, as one factor of an update. */
Eigen::MatrixXd signedRows(const Eigen::Ref<const Eigen::MatrixXd, 0, Eigen::OuterStride<>>& rows, const double* signs) {
  Eigen::MatrixXd scaled = rows;
  for (Eigen::Index k = 0; k < scaled.cols(); k++)
    if (signs[k] < 0) scaled.col(k) = -scaled.col(k);
  return scaled;
}

template <typename Work>
void forTiles(ThreadTeam* team, int count, const RunControl& control, Work work) {
  const auto guarded = [&](std::int64_t tile) {
    control.check();
    work(static_cast<int>(tile));
  };
  if (team != nullptr) team->forEach(count, guarded);
  else
    for (int tile = 0; tile < count; tile++) guarded(tile);
}

int tilesOf(int rows) { return (rows + TILE - 1) / TILE; }

}  // namespace

int factoriseFront(const DenseFront& front, ThreadTeam* team, const RunControl& control) {
  const int pivots = front.pivots, updates = front.updates, rows = pivots + updates;
  Dense panel(front.panel, rows, pivots, Eigen::OuterStride<>(rows));

  for (int k = 0; k < pivots; k += PANEL) {
    const int width = std::min(PANEL, pivots - k);
    Dense diagonal(&panel(k, k), width, width, Eigen::OuterStride<>(rows));
    const int bad = factoriseDiagonal(diagonal, front.scale + k, front.signs ? front.signs + k : nullptr);
    if (bad >= 0) return k + bad;
    const int below = rows - k - width;
    if (below == 0) break;
    const int next = k + width;
    forTiles(team, tilesOf(below), control, [&](int tile) {
      const int from = next + tile * TILE, height = std::min(TILE, rows - from);
      auto target = panel.block(from, k, height, width);
      diagonal.transpose().template triangularView<Eigen::Upper>().template solveInPlace<Eigen::OnTheRight>(target);
      for (int j = 0; front.signs != nullptr && j < width; j++)
        if (front.signs[k + j] < 0) target.col(j) = -target.col(j);
    });
    const int remaining = pivots - next;
    if (remaining == 0) continue;
    forTiles(team, tilesOf(remaining), control, [&](int tile) {
      const int column = next + tile * TILE, columns = std::min(TILE, pivots - column);
      auto target = panel.block(column, column, rows - column, columns);
      const auto left = panel.block(column, k, rows - column, width), right = panel.block(column, k, columns, width);
      if (front.signs != nullptr) target.noalias() -= left * signedRows(right, front.signs + k).transpose();
      else target.noalias() -= left * right.transpose();
    });
  }

  if (updates == 0) return -1;
  Dense update(front.update, updates, updates, Eigen::OuterStride<>(updates));
  const auto l21 = panel.bottomRows(updates);
  // Square tiles of the lower triangle, so that the team's shares are even.
  const int side = tilesOf(updates);
  forTiles(team, side * (side + 1) / 2, control, [&](int index) {
    int tileRow = 0;
    while ((tileRow + 1) * (tileRow + 2) / 2 <= index) tileRow++;
    const int tileColumn = index - tileRow * (tileRow + 1) / 2;
    const int row = tileRow * TILE, column = tileColumn * TILE;
    const int height = std::min(TILE, updates - row), width = std::min(TILE, updates - column);
    auto target = update.block(row, column, height, width);
    const auto left = l21.middleRows(row, height), right = l21.middleRows(column, width);
    if (front.signs != nullptr) target.noalias() -= left * signedRows(right, front.signs).transpose();
    else target.noalias() -= left * right.transpose();
  });
  return -1;
}

void clearUpdate(double* update, int rows) {
  for (int column = 0; column < rows; column++) {
    // Nodes are added as blocks of three rows, which reach two rows above where a tile begins.
    const int first = std::max(0, column / TILE * TILE - 2);
    std::fill_n(update + static_cast<std::size_t>(column) * rows + first, rows - first, 0.0);
  }
}

}  // namespace artificer
