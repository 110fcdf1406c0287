#pragma once

#include <cstdint>
#include <vector>

#include "sparse/block_matrix.hpp"

namespace artificer {

/**
 * Linear equations among displacements: equation k says that the sum over its terms of coefficient . u(node) equals
 * constant[k]. Coefficients are vectors of three in global axes; bonds, remote points, cyclic symmetry and couplings of
 * every kind are written as these. Nodes of no element may take part: they are further unknowns (reference points,
 * rotations, amplitudes) and mean whatever the equations make of them.
 */
struct ConstraintEquations {
  std::vector<std::int64_t> start{0};  // terms of equation k: start[k] .. start[k + 1]
  std::vector<int> node;               // of each term; the first term of an equation is the one best eliminated
  std::vector<double> coefficient;     // three a term
  std::vector<double> constant;        // mm, one an equation

  int count() const { return static_cast<int>(constant.size()); }
  bool empty() const { return constant.empty(); }
  Eigen::Map<const Eigen::Vector3d> coefficientOf(std::int64_t term) const {
    return Eigen::Map<const Eigen::Vector3d>(&coefficient[3 * static_cast<std::size_t>(term)]);
  }
};

}  // namespace artificer
