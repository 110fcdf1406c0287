#pragma once

#include <memory>
#include <vector>

#include "common/run_control.hpp"
#include "multifrontal/cholesky.hpp"

namespace artificer {

/**
 * A box of equal cells, cellsX x cellsY in the plane, whose stiffness is constant along the third direction: either plane
 * stress of one thickness (`layers` 0) or that many layers of bricks through the depth. Node (i, j, k) has the number
 * (i (cellsY + 1) + j) (layers + 1) + k, column (i, j) of cells the number i cellsY + j, and every node three degrees of
 * freedom; in plane stress the third is held.
 */
struct LayeredGridModel {
  int cellsX = 0, cellsY = 0, layers = 0;
  double cellX = 1, cellY = 1, depth = 1;  // mm; the depth is that of all layers together
  double poisson = 0.3;
  /**
   * Whether elements have the quadratic modes without which bilinear ones are far too stiff in bending (Wilson et al. 1973;
   * on rectangles and boxes they pass the patch test as they are). Without them: the element of the 88-line code.
   */
  bool bending = true;
  std::vector<char> fixed;     // 3 a node
  std::vector<double> forces;  // N, 3 a node, one load case after the other

  int nodes() const { return (cellsX + 1) * (cellsY + 1) * (layers + 1); }
  int columns() const { return cellsX * cellsY; }
  int cases() const { return static_cast<int>(forces.size() / (3 * static_cast<std::size_t>(nodes()))); }
};

struct LayeredGridSolution {
  std::vector<double> displacement;  // mm, as the forces
  std::vector<double> energy;        // u . K_1 u of each column at a Young's modulus of 1 MPa, one case after the other
  std::vector<double> compliance;    // f . u of each case, N mm
};

/** The stiffness matrix of one element at a Young's modulus of 1 MPa: 8 nodes of a brick (x slowest, z fastest) or 4. */
Eigen::MatrixXd cellStiffness(const LayeredGridModel& model);

/** Solves the grid again and again with other stiffnesses: pattern, order and symbolic factor are made once. */
class LayeredGrid {
 public:
  /** Throws 'bad-model'. */
  explicit LayeredGrid(LayeredGridModel model);

  /** @param youngs MPa, above 0, one a column. Throws 'singular', 'cancelled'. */
  LayeredGridSolution solve(const std::vector<double>& youngs, int threads, RunControl& control);

  const LayeredGridModel& model() const { return model_; }

 private:
  void prepare(ThreadTeam& team, const RunControl& control);
  void assemble(const std::vector<double>& youngs, ThreadTeam& team);
  int nodesPerCell() const { return model_.layers > 0 ? 8 : 4; }
  int cellsPerColumn() const { return std::max(model_.layers, 1); }

  LayeredGridModel model_;
  Eigen::MatrixXd stiffness_;
  std::vector<int> cells_;              // nodes of each cell, those of a column side by side
  SymmetricBlockMatrix matrix_;
  std::vector<std::int64_t> position_;  // of each pair of nodes of a cell, the later node's row first
  std::unique_ptr<SymbolicFactor> symbolic_;
};

}  // namespace artificer
