#include "heat/scalar_cholesky.hpp"

#include <algorithm>
#include <atomic>

#include "multifrontal/dense_front.hpp"

namespace artificer {

namespace {
using ConstDense = Eigen::Map<const Eigen::MatrixXd>;
/** Fronts with fewer operations than this are not worth sharing. (Supernode::work counts 3x3 blocks: 27 times as many.) */
constexpr double LARGE_FRONT = 27 * 2e7;
}  // namespace

/** Per thread: where each row sits in the current front, and the original diagonal of its pivots. */
struct ScalarCholesky::Workspace {
  explicit Workspace(int n) : localRow(n, -1) {}
  std::vector<int> localRow, target;
  std::vector<double> scale;
};

ScalarCholesky::ScalarCholesky(const ScalarMatrix& matrix, std::shared_ptr<const SymbolicFactor> symbolic, ThreadTeam& team,
                               const RunControl& control, const std::function<void(double)>& onProgress)
    : symbolic_(std::move(symbolic)), team_(team) {
  split_ = splitTree(*symbolic_, team_.size());
  storage_ = std::make_unique<FrontStorage>(*symbolic_, split_, 1, team_.size());
  std::atomic<std::size_t> nextSubtree{0};
  std::atomic<double> workDone{0};
  const auto advance = [&](int s, bool leading) {
    workDone.fetch_add(symbolic_->supernodes[s].work, std::memory_order_relaxed);
    if (leading && onProgress) onProgress(workDone / std::max(symbolic_->work, 1.0));
  };
  team_.run([&](int member) {
    Workspace workspace(matrix.rows());
    for (auto i = nextSubtree++; i < split_.subtrees.size(); i = nextSubtree++)
      for (int s = split_.subtrees[i].first; s <= split_.subtrees[i].last; s++) {
        factoriseSupernode(matrix, s, member, workspace, nullptr, control);
        advance(s, member == 0);
      }
  });
  storage_->leaveSubtrees();
  Workspace workspace(matrix.rows());
  for (int s : split_.top) {
    factoriseSupernode(matrix, s, 0, workspace, &team_, control);
    advance(s, true);
  }
  storage_->finish();
  work_.resize(matrix.rows());
  outside_.resize(team_.size());
  scratch_.resize(team_.size());
}

void ScalarCholesky::factoriseSupernode(const ScalarMatrix& matrix, int s, int member, Workspace& workspace,
                                        ThreadTeam* team, const RunControl& control) {
  control.check();
  const auto& node = symbolic_->supernodes[s];
  const int pivots = node.columnCount, updates = static_cast<int>(node.rows.size()), rows = pivots + updates;
  auto& localRow = workspace.localRow;
  for (int i = 0; i < pivots; i++) localRow[node.firstColumn + i] = i;
  for (int i = 0; i < updates; i++) localRow[node.rows[i]] = pivots + i;
  double* panel = storage_->openPanel(s, member);
  double* update = storage_->openUpdate(s, member);
  workspace.scale.resize(pivots);
  for (int i = 0; i < pivots; i++) {
    const int k = node.firstColumn + i;
    double* column = &panel[static_cast<std::size_t>(i) * rows];
    workspace.scale[i] = column[i] = matrix.diagonal(symbolic_->order[k]);
    for (auto p = symbolic_->entryStart[k]; p < symbolic_->entryStart[k + 1]; p++) {
      const auto& entry = symbolic_->entries[p];
      column[localRow[entry.row]] += matrix.values[entry.block];
    }
  }

  // The children's Schur complements (extend-add).
  auto& target = workspace.target;
  for (int child : node.children) {
    const auto& childRows = symbolic_->supernodes[child].rows;
    const int n = static_cast<int>(childRows.size());
    target.resize(n);
    for (int i = 0; i < n; i++) target[i] = localRow[childRows[i]];
    const double* source = storage_->update(child);
    const auto addColumn = [&](std::int64_t j) {
      const double* from = source + static_cast<std::size_t>(j) * n;
      const bool inPanel = target[j] < pivots;
      double* to = inPanel ? &panel[static_cast<std::size_t>(target[j]) * rows]
                           : &update[static_cast<std::size_t>(target[j] - pivots) * updates];
      const int shift = inPanel ? 0 : pivots;
      for (int i = static_cast<int>(j); i < n; i++) to[target[i] - shift] += from[i];
    };
    if (team != nullptr && n > 900) team->forEach(n, addColumn);
    else
      for (int j = 0; j < n; j++) addColumn(j);
    storage_->closeUpdate(child, member);
  }
  const bool large = team != nullptr && node.work > LARGE_FRONT;
  if (factoriseFront({panel, update, pivots, updates, workspace.scale.data()}, large ? team : nullptr,
                     control) >= 0)
    throw CoreError("singular", "The equations of heat are singular: nothing sets the temperature of some part.");
}

void ScalarCholesky::forward(int s, double* y, double* outside, Vector& scratch) const {
  const auto& node = symbolic_->supernodes[s];
  const int pivots = node.columnCount, updates = static_cast<int>(node.rows.size());
  const ConstDense panel(storage_->panel(s), pivots + updates, pivots);
  Eigen::Map<Vector> own(y + node.firstColumn, pivots);
  panel.topRows(pivots).triangularView<Eigen::Lower>().solveInPlace(own);
  if (updates == 0) return;
  scratch.resize(updates);
  scratch.noalias() = panel.bottomRows(updates) * own;
  double* target = outside != nullptr ? outside : y;
  for (int i = 0; i < updates; i++) target[node.rows[i]] -= scratch[i];
}

void ScalarCholesky::backward(int s, double* y, Vector& scratch) const {
  const auto& node = symbolic_->supernodes[s];
  const int pivots = node.columnCount, updates = static_cast<int>(node.rows.size());
  const ConstDense panel(storage_->panel(s), pivots + updates, pivots);
  Eigen::Map<Vector> own(y + node.firstColumn, pivots);
  if (updates > 0) {
    scratch.resize(updates);
    for (int i = 0; i < updates; i++) scratch[i] = y[node.rows[i]];
    own.noalias() -= panel.bottomRows(updates).transpose() * scratch;
  }
  panel.topRows(pivots).transpose().triangularView<Eigen::Upper>().solveInPlace(own);
}

void ScalarCholesky::solve(const double* b, double* x) {
  const int n = static_cast<int>(symbolic_->order.size());
  double* y = work_.data();
  for (int k = 0; k < n; k++) y[k] = b[symbolic_->order[k]];
  // Subtrees write only their own rows; what they hand to rows above goes to a buffer of the member that did it. Members
  // take fixed shares, so that the sums come out the same every time.
  const bool inParallel = team_.size() > 1 && n > 6000 && split_.subtrees.size() > 1;
  const auto sharedSubtrees = [&](const auto& visit) {
    if (!inParallel) {
      for (std::size_t i = 0; i < split_.subtrees.size(); i++) visit(0, i);
      return;
    }
    team_.run([&](int member) {
      for (std::size_t i = member; i < split_.subtrees.size(); i += team_.size()) visit(member, i);
    });
  };
  if (inParallel)
    for (auto& buffer : outside_) buffer.setZero(n);
  sharedSubtrees([&](int member, std::size_t i) {
    double* outside = inParallel ? outside_[member].data() : nullptr;
    for (int s = split_.subtrees[i].first; s <= split_.subtrees[i].last; s++) {
      if (outside != nullptr) {
        const auto& node = symbolic_->supernodes[s];
        for (int j = node.firstColumn; j < node.firstColumn + node.columnCount; j++) {
          y[j] += outside[j];
          outside[j] = 0;
        }
      }
      forward(s, y, outside, scratch_[member]);
    }
  });
  if (inParallel)
    for (const auto& buffer : outside_) work_ += buffer;
  for (int s : split_.top) forward(s, y, nullptr, scratch_[0]);
  for (auto s = split_.top.rbegin(); s != split_.top.rend(); ++s) backward(*s, y, scratch_[0]);
  sharedSubtrees([&](int member, std::size_t i) {
    for (int s = split_.subtrees[i].last; s >= split_.subtrees[i].first; s--) backward(s, y, scratch_[member]);
  });
  for (int k = 0; k < n; k++) x[symbolic_->order[k]] = y[k];
}

}  // namespace artificer
