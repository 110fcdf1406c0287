#pragma once

#include <atomic>

#include "eigen/nodal_matrix.hpp"
#include "elasticity/static_solver.hpp"

namespace artificer {

struct ModalOptions {
  SolveOptions solve;
  /** Pairs found so far: written while the iteration goes on, for whoever shows its progress. */
  mutable std::atomic<int> converged{0};
  /** Beside motions as a rigid body, which come first. */
  int modeCount = 10;
  /** 3n, mm: the static state whose stress stiffens (or softens) the model; empty for none. */
  std::vector<double> prestressDisplacement;
  /** What connections under that state add to its stress stiffness, at nodes of the caller's order. */
  std::vector<NodeBlock> prestressBlocks;
  /** Motions as a rigid body are looked for; not where the caller knows that there are none. */
  bool mayMove = true;
  /** Recovers stress, and from it the error estimate, of every mode. */
  bool recoverStress = true;
};

/** The meanings are those of ModalSolution in index.d.ts. */
struct ModalSolution {
  std::vector<double> eigenvalues, shapes, participation, modalForces, residuals, errorEstimates;
  std::vector<double> stress, vonMises;
  double totalMass = 0;
  Eigen::Vector3d centreOfMass = Eigen::Vector3d::Zero();
  Eigen::Matrix3d inertia = Eigen::Matrix3d::Zero();
  int rigidModes = 0;
  Method method = Method::direct;
  int iterations = 0, degreesOfFreedom = 0;
  bool countedByInertia = false;
  double assembleSeconds = 0, factoriseSeconds = 0, solveSeconds = 0, recoverSeconds = 0;
};

/**
 * The lowest natural frequencies, rigid-body motions included. Throws CoreError: 'bad-model' where mass is missing,
 * 'singular' where the pre-stress buckles the model, 'not-converged', 'cancelled'.
 */
ModalSolution solveModes(const StaticModel& model, const ModalOptions& options, RunControl& control);

/** Bytes expected at the peak of `solveModes` or `solveBuckling`, from the size of the mesh and the number of pairs. */
double estimateEigenMemory(double nodeCount, double elementCount, int pairs, Method method);

}  // namespace artificer
