#include "eigen/further_unknowns.hpp"

#include <Eigen/IterativeLinearSolvers>

namespace artificer {

namespace {

/** Defects are made this small beside where they begin: energies of motions go with their squares. */
constexpr double TOLERANCE = 1e-12;

}  // namespace

void completeMotions(const StaticModel& model, const std::vector<int>& partOf, MultiVector& motions) {
  const auto& equations = model.constraints;
  std::vector<int> numberOf(3 * static_cast<std::size_t>(model.nodeCount()), -1), dofOf;
  std::vector<Eigen::Triplet<double>> entries;
  MultiVector defects = MultiVector::Zero(equations.count(), motions.cols());
  for (int k = 0; k < equations.count(); k++)
    for (auto term = equations.start[k]; term < equations.start[k + 1]; term++) {
      const int node = equations.node[term];
      const Eigen::Vector3d coefficient = equations.coefficientOf(term);
      if (partOf[node] >= 0) {
        defects.row(k) -= coefficient.transpose() * motions.middleRows<3>(3 * node);
        continue;
      }
      for (int axis = 0; axis < 3; axis++) {
        if (coefficient[axis] == 0) continue;
        int& number = numberOf[3 * static_cast<std::size_t>(node) + axis];
        if (number < 0) {
          number = static_cast<int>(dofOf.size());
          dofOf.push_back(3 * node + axis);
        }
        entries.emplace_back(k, number, coefficient[axis]);
      }
    }
  if (dofOf.empty()) return;
  Eigen::SparseMatrix<double> matrix(equations.count(), static_cast<Eigen::Index>(dofOf.size()));
  matrix.setFromTriplets(entries.begin(), entries.end());
  Eigen::LeastSquaresConjugateGradient<Eigen::SparseMatrix<double>> solver(matrix);
  solver.setTolerance(TOLERANCE);
  for (Eigen::Index j = 0; j < motions.cols(); j++) {
    const Vector defect = defects.col(j);
    const Vector unknowns = solver.solve(defect);
    for (std::size_t i = 0; i < dofOf.size(); i++) motions(dofOf[i], j) = unknowns[static_cast<Eigen::Index>(i)];
  }
}

}  // namespace artificer
