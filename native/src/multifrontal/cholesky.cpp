#include "multifrontal/cholesky.hpp"

#include <algorithm>
#include <atomic>
#include <memory>

#include "multifrontal/dense_front.hpp"

namespace artificer {

namespace {
using ConstDense = Eigen::Map<const Eigen::MatrixXd>;

/** A single column goes the way of vectors, which packs nothing. */
template <unsigned Part, typename Triangle, typename Columns>
void solveTriangle(const Triangle& triangle, Columns& columns) {
  if (columns.cols() == 1) {
    auto column = columns.col(0);
    triangle.template triangularView<Part>().solveInPlace(column);
  } else {
    triangle.template triangularView<Part>().solveInPlace(columns);
  }
}
}  // namespace

/** Per thread: where each block row sits in the current front, and the original diagonal of its pivots. */
struct MultifrontalCholesky::Workspace {
  explicit Workspace(int n) : localRow(n, -1) {}
  std::vector<int> localRow;
  std::vector<double> scale, signs;
};

MultifrontalCholesky::MultifrontalCholesky(const SymmetricBlockMatrix& matrix, SymbolicFactor symbolic, ThreadTeam& team,
                                           const RunControl& control, const std::function<void(double)>& onProgress,
                                           FactorKind kind)
    : symbolic_(std::move(symbolic)), team_(team), kind_(kind) {
  split_ = splitTree(symbolic_, team_.size());
  storage_ = std::make_unique<FrontStorage>(symbolic_, split_, 3, team_.size(), kind_ != FactorKind::inertiaOnly);

  std::atomic<std::size_t> nextSubtree{0};
  std::atomic<double> workDone{0};
  const auto advance = [&](int s, bool leading) {
    workDone.fetch_add(symbolic_.supernodes[s].work, std::memory_order_relaxed);
    if (leading && onProgress) onProgress(workDone / std::max(symbolic_.work, 1.0));
  };
  team_.run([&](int member) {
    Workspace workspace(matrix.rows);
    for (auto i = nextSubtree++; i < split_.subtrees.size(); i = nextSubtree++)
      for (int s = split_.subtrees[i].first; s <= split_.subtrees[i].last; s++) {
        factoriseSupernode(matrix, s, member, workspace, nullptr, control);
        advance(s, member == 0);
      }
  });
  storage_->leaveSubtrees();
  Workspace workspace(matrix.rows);
  for (int s : split_.top) {
    factoriseSupernode(matrix, s, 0, workspace, &team_, control);
    advance(s, true);
  }
  storage_->finish();
  outside_.resize(team_.size());
}

void MultifrontalCholesky::factoriseSupernode(const SymmetricBlockMatrix& matrix, int s, int member,
                                              Workspace& workspace, ThreadTeam* team, const RunControl& control) {
  control.check();
  const auto& node = symbolic_.supernodes[s];
  const int pivotBlocks = node.columnCount, updateBlocks = static_cast<int>(node.rows.size());
  const int pivots = 3 * pivotBlocks, updates = 3 * updateBlocks, rows = pivots + updates;
  auto& localRow = workspace.localRow;
  for (int i = 0; i < pivotBlocks; i++) localRow[node.firstColumn + i] = i;
  for (int i = 0; i < updateBlocks; i++) localRow[node.rows[i]] = pivotBlocks + i;

  double* panel = storage_->openPanel(s, member);
  double* update = storage_->openUpdate(s, member);
  workspace.scale.resize(pivots);

  // The matrix's own entries. Its rows hold the columns before them; entries after the pivot come from mirrored rows.
  const auto put = [&](int eliminationRow, int pivotBlock, const double* block, bool transposed) {
    double* target = &panel[static_cast<std::size_t>(3 * pivotBlock) * rows + 3 * localRow[eliminationRow]];
    for (int column = 0; column < 3; column++)
      for (int row = 0; row < 3; row++)
        target[static_cast<std::size_t>(column) * rows + row] += transposed ? block[3 * column + row] : block[3 * row + column];
  };
  for (int i = 0; i < pivotBlocks; i++) {
    const int k = node.firstColumn + i, original = symbolic_.order[k];
    const double* diagonal = matrix.diagonal(original);
    for (int axis = 0; axis < 3; axis++) workspace.scale[3 * i + axis] = std::abs(diagonal[4 * axis]);
    put(k, i, diagonal, false);
    for (auto p = symbolic_.entryStart[k]; p < symbolic_.entryStart[k + 1]; p++) {
      const auto& entry = symbolic_.entries[p];
      put(entry.row, i, matrix.block(entry.block), entry.transposed);
    }
  }

  // The children's Schur complements (extend-add).
  std::vector<int> target;
  for (int child : node.children) {
    const auto& childRows = symbolic_.supernodes[child].rows;
    const int n = static_cast<int>(childRows.size());
    target.resize(n);
    for (int i = 0; i < n; i++) target[i] = localRow[childRows[i]];
    const double* source = storage_->update(child);
    const auto addColumn = [&](std::int64_t j) {
      for (int axis = 0; axis < 3; axis++) {
        const double* from = source + static_cast<std::size_t>(3 * j + axis) * 3 * n;
        const bool inPanel = target[j] < pivotBlocks;
        double* to = inPanel ? &panel[static_cast<std::size_t>(3 * target[j] + axis) * rows]
                             : &update[static_cast<std::size_t>(3 * (target[j] - pivotBlocks) + axis) * updates];
        const int shift = inPanel ? 0 : pivots;
        for (int i = static_cast<int>(j); i < n; i++) {
          double* destination = to + (3 * target[i] - shift);
          for (int row = 0; row < 3; row++) destination[row] += from[3 * i + row];
        }
      }
    };
    if (team != nullptr && n > 300) team->forEach(n, addColumn);
    else
      for (int j = 0; j < n; j++) addColumn(j);
    storage_->closeUpdate(child, member);
  }

  const bool large = team != nullptr && node.work > 2e7;
  const bool signs = kind_ == FactorKind::inertiaOnly;
  if (signs) workspace.signs.assign(pivots, 1.0);
  const int bad = factoriseFront({panel, update, pivots, updates, workspace.scale.data(),
                                  signs ? workspace.signs.data() : nullptr},
                                 large ? team : nullptr, control);
  if (signs) negativePivots_ += static_cast<int>(std::count(workspace.signs.begin(), workspace.signs.end(), -1.0));
  if (bad >= 0)
    throw CoreError("singular", "The stiffness matrix is singular: some part of the model is free to move.");
}

void MultifrontalCholesky::forward(int s, Columns& y, Columns* outside, Columns& scratch) const {
  const auto& node = symbolic_.supernodes[s];
  const int pivots = 3 * node.columnCount, updateBlocks = static_cast<int>(node.rows.size());
  const int rows = pivots + 3 * updateBlocks;
  const ConstDense panel(storage_->panel(s), rows, pivots);
  auto own = y.middleRows(3 * static_cast<Eigen::Index>(node.firstColumn), pivots);
  solveTriangle<Eigen::Lower>(panel.topRows(pivots), own);
  if (updateBlocks == 0) return;
  scratch.resize(3 * updateBlocks, y.cols());
  if (y.cols() == 1) scratch.col(0).noalias() = panel.bottomRows(3 * updateBlocks) * own.col(0);
  else scratch.noalias() = panel.bottomRows(3 * updateBlocks) * own;
  Columns& target = outside != nullptr ? *outside : y;
  for (Eigen::Index j = 0; j < y.cols(); j++)
    for (int i = 0; i < updateBlocks; i++)
      target.col(j).segment<3>(3 * static_cast<Eigen::Index>(node.rows[i])) -= scratch.col(j).segment<3>(3 * i);
}

void MultifrontalCholesky::backward(int s, Columns& y, Columns& scratch) const {
  const auto& node = symbolic_.supernodes[s];
  const int pivots = 3 * node.columnCount, updateBlocks = static_cast<int>(node.rows.size());
  const int rows = pivots + 3 * updateBlocks;
  const ConstDense panel(storage_->panel(s), rows, pivots);
  auto own = y.middleRows(3 * static_cast<Eigen::Index>(node.firstColumn), pivots);
  if (updateBlocks > 0) {
    scratch.resize(3 * updateBlocks, y.cols());
    for (Eigen::Index j = 0; j < y.cols(); j++)
      for (int i = 0; i < updateBlocks; i++)
        scratch.col(j).segment<3>(3 * i) = y.col(j).segment<3>(3 * static_cast<Eigen::Index>(node.rows[i]));
    if (y.cols() == 1) own.col(0).noalias() -= panel.bottomRows(3 * updateBlocks).transpose() * scratch.col(0);
    else own.noalias() -= panel.bottomRows(3 * updateBlocks).transpose() * scratch;
  }
  solveTriangle<Eigen::Upper>(panel.topRows(pivots).transpose(), own);
}

void MultifrontalCholesky::solve(const double* b, double* x, int count) {
  const int n = static_cast<int>(symbolic_.order.size());
  work_.resize(3 * static_cast<Eigen::Index>(n), count);
  Columns& y = work_;
  const auto at = [&](int k, int column) { return 3 * (static_cast<std::size_t>(n) * column + symbolic_.order[k]); };
  for (int j = 0; j < count; j++)
    for (int k = 0; k < n; k++)
      y.col(j).segment<3>(3 * static_cast<Eigen::Index>(k)) = Eigen::Map<const Eigen::Vector3d>(b + at(k, j));

  // Subtrees write only their own rows of y; what they hand to rows above goes to a buffer of the member that did it.
  // Members take fixed shares, so that the sums come out the same every time.
  const bool inParallel = team_.size() > 1 && n > 2000 && split_.subtrees.size() > 1;
  const auto sharedSubtrees = [&](const auto& visit) {
    if (!inParallel) {
      for (std::size_t i = 0; i < split_.subtrees.size(); i++) visit(0, i);
      return;
    }
    team_.run([&](int member) {
      for (std::size_t i = member; i < split_.subtrees.size(); i += team_.size()) visit(member, i);
    });
  };
  std::vector<Columns> scratch(team_.size());
  if (inParallel)
    for (auto& buffer : outside_) buffer.setZero(y.rows(), count);
  sharedSubtrees([&](int member, std::size_t i) {
    const auto& subtree = split_.subtrees[i];
    Columns* outside = inParallel ? &outside_[member] : nullptr;
    for (int s = subtree.first; s <= subtree.last; s++) {
      if (outside != nullptr) {
        // Rows within the subtree were handed up by its own members: take them before the solve.
        const auto& node = symbolic_.supernodes[s];
        const Eigen::Index first = 3 * static_cast<Eigen::Index>(node.firstColumn), length = 3 * node.columnCount;
        y.middleRows(first, length) += outside->middleRows(first, length);
        outside->middleRows(first, length).setZero();
      }
      forward(s, y, outside, scratch[member]);
    }
  });
  if (inParallel)
    for (const auto& buffer : outside_) y += buffer;
  for (int s : split_.top) forward(s, y, nullptr, scratch[0]);
  for (auto s = split_.top.rbegin(); s != split_.top.rend(); ++s) backward(*s, y, scratch[0]);
  sharedSubtrees([&](int member, std::size_t i) {
    for (int s = split_.subtrees[i].last; s >= split_.subtrees[i].first; s--) backward(s, y, scratch[member]);
  });

  for (int j = 0; j < count; j++)
    for (int k = 0; k < n; k++)
      Eigen::Map<Eigen::Vector3d>(x + at(k, j)) = y.col(j).segment<3>(3 * static_cast<Eigen::Index>(k));
}

void MultifrontalCholesky::solve(VectorBlock& x) {
  Columns columns = x;  // one vector after the other, as the solution takes them
  solve(columns.data(), columns.data(), static_cast<int>(columns.cols()));
  x = columns;
}

}  // namespace artificer
