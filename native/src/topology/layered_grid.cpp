#include "topology/layered_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "sparse/ordering.hpp"

namespace artificer {

namespace {

/** Beyond this many nodes a factor would not fit in memory. */
constexpr double MOST_NODES = 600'000;

void require(bool holds, const char* what) {
  if (!holds) throw CoreError("bad-model", what);
}

void validate(const LayeredGridModel& model) {
  require(model.cellsX > 0 && model.cellsY > 0 && model.layers >= 0, "a grid needs cells in both directions");
  const double nodes = (model.cellsX + 1.0) * (model.cellsY + 1.0) * (model.layers + 1.0);
  require(nodes <= MOST_NODES, "the grid has more cells than can be solved: make them larger");
  for (const double size : {model.cellX, model.cellY, model.depth})
    require(std::isfinite(size) && size > 0, "cells and depth must be larger than 0");
  require(model.poisson > -1 && model.poisson < 0.5, "poisson must lie between -1 and 0.5");
  require(model.fixed.size() == 3 * static_cast<std::size_t>(model.nodes()), "fixed must hold 3 values a node");
  require(!model.forces.empty() && model.forces.size() % model.fixed.size() == 0,
          "forces must hold 3 values a node for each load case");
  for (const double force : model.forces) require(std::isfinite(force), "forces must be finite");
}

}  // namespace

LayeredGrid::LayeredGrid(LayeredGridModel model) : model_(std::move(model)) {
  validate(model_);
  const bool plane = model_.layers == 0;
  stiffness_ = Eigen::MatrixXd::Zero(3 * nodesPerCell(), 3 * nodesPerCell());
  const Eigen::MatrixXd own = cellStiffness(model_);
  const int axes = plane ? 2 : 3;
  for (int row = 0; row < own.rows(); row++)
    for (int column = 0; column < own.cols(); column++)
      stiffness_(3 * (row / axes) + row % axes, 3 * (column / axes) + column % axes) = own(row, column);
  if (plane)
    for (int node = 0; node < model_.nodes(); node++) model_.fixed[3 * node + 2] = 1;
  const int tall = model_.layers + 1;
  cells_.reserve(static_cast<std::size_t>(model_.columns()) * cellsPerColumn() * nodesPerCell());
  for (int i = 0; i < model_.cellsX; i++)
    for (int j = 0; j < model_.cellsY; j++)
      for (int k = 0; k < cellsPerColumn(); k++)
        for (int corner = 0; corner < 4; corner++) {
          const int node = ((i + corner / 2) * (model_.cellsY + 1) + j + corner % 2) * tall + k;
          cells_.push_back(node);
          if (!plane) cells_.push_back(node + 1);
        }
}

void LayeredGrid::prepare(ThreadTeam& team, const RunControl& control) {
  if (symbolic_) return;
  const int corners = nodesPerCell();
  matrix_ = SymmetricBlockMatrix::ofMesh(model_.nodes(), cells_, corners, team);
  const std::size_t pairs = static_cast<std::size_t>(corners) * (corners + 1) / 2;
  const std::int64_t count = static_cast<std::int64_t>(cells_.size()) / corners;
  position_.resize(pairs * count);
  team.forRange(count, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t cell = begin; cell < end; cell++) {
      auto* target = &position_[cell * pairs];
      const int* nodes = &cells_[cell * corners];
      for (int a = 0; a < corners; a++)
        for (int b = 0; b <= a; b++)
          *target++ = matrix_.find(std::max(nodes[a], nodes[b]), std::min(nodes[a], nodes[b]));
    }
  });
  control.check();
  symbolic_ = std::make_unique<SymbolicFactor>(analyse(matrix_, nestedDissection(matrix_, control)));
}

void LayeredGrid::assemble(const std::vector<double>& youngs, ThreadTeam& team) {
  const int corners = nodesPerCell(), layers = cellsPerColumn();
  const std::size_t pairs = static_cast<std::size_t>(corners) * (corners + 1) / 2;
  std::fill(matrix_.values.begin(), matrix_.values.end(), 0.0);
  // Columns of cells in even and odd rows of the grid in turn: no two that run at once share a node.
  const auto addRow = [&](int i) {
    for (int j = 0; j < model_.cellsY; j++) {
      const int column = i * model_.cellsY + j;
      for (int k = 0; k < layers; k++) {
        const std::size_t cell = static_cast<std::size_t>(column) * layers + k;
        const int* nodes = &cells_[cell * corners];
        const auto* target = &position_[cell * pairs];
        for (int a = 0; a < corners; a++)
          for (int b = 0; b <= a; b++, target++) {
            const int row = nodes[a] >= nodes[b] ? a : b, other = nodes[a] >= nodes[b] ? b : a;
            BlockMap(matrix_.block(*target)) += youngs[column] * stiffness_.block<3, 3>(3 * row, 3 * other);
          }
      }
    }
  };
  for (int parity = 0; parity < 2; parity++)
    team.forEach((model_.cellsX + 1 - parity) / 2, [&](std::int64_t at) { addRow(static_cast<int>(2 * at) + parity); });

  const auto& fixed = model_.fixed;
  team.forRange(matrix_.rows, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; row++)
      for (auto p = matrix_.rowStart[row]; p < matrix_.rowStart[row + 1]; p++) {
        const int other = matrix_.column[p];
        BlockMap block(matrix_.block(p));
        for (int axis = 0; axis < 3; axis++) {
          if (fixed[3 * row + axis]) block.row(axis).setZero();
          if (fixed[3 * other + axis]) block.col(axis).setZero();
        }
        if (other == row)
          for (int axis = 0; axis < 3; axis++)
            if (fixed[3 * row + axis]) block(axis, axis) = 1;
      }
  });
}

LayeredGridSolution LayeredGrid::solve(const std::vector<double>& youngs, int threads, RunControl& control) {
  if (youngs.size() != static_cast<std::size_t>(model_.columns()))
    throw CoreError("bad-model", "youngs must hold one value for each column of cells");
  for (const double young : youngs)
    if (!(std::isfinite(young) && young > 0)) throw CoreError("bad-model", "youngs must be larger than 0");
  ThreadTeam team(threads);
  control.report({Stage::assemble, 0});
  prepare(team, control);
  assemble(youngs, team);
  control.report({Stage::factorise, 0});
  MultifrontalCholesky factor(matrix_, *symbolic_, team, control,
                              [&](double share) { control.report({Stage::factorise, share}); });
  control.report({Stage::solve, 0});
  const std::size_t size = model_.fixed.size();
  LayeredGridSolution solution;
  solution.displacement = model_.forces;
  for (std::size_t i = 0; i < solution.displacement.size(); i++)
    if (model_.fixed[i % size]) solution.displacement[i] = 0;
  factor.solve(solution.displacement.data(), solution.displacement.data(), model_.cases());

  const int corners = nodesPerCell(), layers = cellsPerColumn(), cases = model_.cases(), columns = model_.columns();
  solution.energy.assign(static_cast<std::size_t>(cases) * columns, 0.0);
  solution.compliance.assign(cases, 0.0);
  for (int one = 0; one < cases; one++) {
    const double* u = &solution.displacement[one * size];
    solution.compliance[one] = std::inner_product(u, u + size, &model_.forces[one * size], 0.0);
    if (!std::isfinite(solution.compliance[one]))
      throw CoreError("singular", "The stiffness matrix is singular: some part of the grid is free to move.");
    team.forRange(columns, [&](std::int64_t begin, std::int64_t end) {
      Eigen::VectorXd local(3 * corners);
      for (std::int64_t column = begin; column < end; column++)
        for (int k = 0; k < layers; k++) {
          const int* nodes = &cells_[(column * layers + k) * corners];
          for (int a = 0; a < corners; a++)
            local.segment<3>(3 * a) = Eigen::Map<const Eigen::Vector3d>(u + 3 * static_cast<std::size_t>(nodes[a]));
          solution.energy[one * static_cast<std::size_t>(columns) + column] += local.dot(stiffness_ * local);
        }
    }, 512);
  }
  return solution;
}

}  // namespace artificer
