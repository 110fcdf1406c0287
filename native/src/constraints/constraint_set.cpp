#include "constraints/constraint_set.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "common/errors.hpp"

namespace artificer {

ConstraintSet::ConstraintSet(int nodeCount, const ConstraintEquations& equations, const FrameTable& frames,
                             const std::vector<char>& fixed)
    : nodeCount_(nodeCount), equationCount_(equations.count()) {
  if (equations.empty()) return;
  resolved_ = resolve(nodeCount, equations, frames, fixed);
  dependent_.assign(3 * static_cast<std::size_t>(nodeCount), 0);
  for (const auto& row : resolved_.rows) dependent_[row.dependent] = 1;

  std::map<int, std::map<int, Eigen::Matrix3d>> blocks;  // of touched nodes, by node and by the node it depends on
  const auto blockAt = [&](int node, int master) -> Eigen::Matrix3d& {
    return blocks[node].try_emplace(master, Eigen::Matrix3d::Zero()).first->second;
  };
  for (const auto& row : resolved_.rows) {
    const int node = row.dependent / 3;
    blocks[node];  // a node held by a constant alone has no terms, but is touched
    for (const auto& [dof, factor] : row.masters) blockAt(node, dof / 3)(row.dependent % 3, dof % 3) += factor;
  }
  transformation_ = BlockTransformation(nodeCount, nodeCount);
  for (int node = 0; node < nodeCount; node++) {
    if (touches(node)) {
      for (int axis = 0; axis < 3; axis++)
        if (!dependent_[3 * node + axis]) blockAt(node, node)(axis, axis) += 1;
      for (const auto& [master, factor] : blocks[node]) transformation_.add(master, factor);
    } else {
      transformation_.add(node, 1.0);
    }
    transformation_.endRow();
  }
}

SymmetricBlockMatrix ConstraintSet::reduce(const SymmetricBlockMatrix& matrix,
                                           const std::vector<CoupledBlock>& further, ThreadTeam& team,
                                           const RunControl& control) const {
  SymmetricBlockMatrix reduced = congruence(matrix, further, transformation_, team, control);
  // Dependent rows keep a diagonal of the matrix's own size, so that scales remain alike.
  for (const auto& row : resolved_.rows) {
    const int node = row.dependent / 3, axis = row.dependent % 3;
    const double own = ConstBlockMap(matrix.diagonal(node))(axis, axis);
    BlockMap(reduced.diagonal(node))(axis, axis) = own > 0 ? own : 1;
  }
  return reduced;
}

void ConstraintSet::reduce(Vector& values) const {
  for (const auto& row : resolved_.rows) {
    const double value = values[row.dependent];
    values[row.dependent] = 0;
    for (const auto& [dof, factor] : row.masters) values[dof] += factor * value;
  }
}

void ConstraintSet::expand(Vector& values) const {
  for (const auto& row : resolved_.rows) {
    double sum = 0;
    for (const auto& [dof, factor] : row.masters) sum += factor * values[dof];
    values[row.dependent] = sum;
  }
}

Vector ConstraintSet::offset(const std::vector<double>& constants) const {
  Vector values = Vector::Zero(3 * static_cast<Eigen::Index>(nodeCount_));
  for (const auto& row : resolved_.rows)
    for (const auto& [equation, factor] : row.constants) values[row.dependent] += factor * constants[equation];
  return values;
}

void ConstraintSet::requireConsistent(const std::vector<double>& constants, const Vector& prescribed) const {
  for (const auto& check : resolved_.checks) {
    double sum = 0, size = 0;
    int named = 0;
    double largest = 0;
    for (const auto& [dof, factor] : check.masters) {
      sum += factor * prescribed[dof];
      size = std::max(size, std::abs(factor * prescribed[dof]));
    }
    for (const auto& [equation, factor] : check.constants) {
      sum -= factor * constants[equation];
      size = std::max(size, std::abs(factor * constants[equation]));
      // The equation that could not be satisfied was the last to be taken.
      if (equation >= named) named = equation;
    }
    largest = std::max(1e-9 * size, 1e-14);
    if (std::abs(sum) > largest)
      throw CoreError("contradicting-constraints",
                      "Constraint equation " + std::to_string(named) +
                          " contradicts restraints or other constraints by " + std::to_string(std::abs(sum)) + " mm.",
                      std::to_string(named));
  }
}

std::vector<double> ConstraintSet::multipliers(const Vector& residual) const {
  std::vector<double> values(equationCount_, 0.0);
  for (const auto& row : resolved_.rows)
    for (const auto& [equation, factor] : row.constants) values[equation] += factor * residual[row.dependent];
  return values;
}

Vector ConstraintSet::forces(const ConstraintEquations& equations, const std::vector<double>& multipliers,
                             int nodeCount) {
  Vector values = Vector::Zero(3 * static_cast<Eigen::Index>(nodeCount));
  for (int k = 0; k < equations.count(); k++)
    for (auto term = equations.start[k]; term < equations.start[k + 1]; term++)
      values.segment<3>(3 * equations.node[term]) += multipliers[k] * equations.coefficientOf(term);
  return values;
}

}  // namespace artificer
