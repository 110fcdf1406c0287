#include "eigen/buckling_solver.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "eigen/eigen_system.hpp"
#include "eigen/inertia.hpp"
#include "elasticity/rigid_motion.hpp"

namespace artificer {

namespace {

/** Pairs whose residual is above this are not shown. */
constexpr double LARGEST_RESIDUAL = 1e-2;
/** Factors more than this many times the smallest (of either sign) interest nobody. */
constexpr double LARGEST_RATIO = 1e4;
/** Of reversed loads, whose factors crowd where nothing is stretched, those beyond this ratio need not be found exactly. */
constexpr double LARGEST_REVERSED_RATIO = 100;

}  // namespace

BucklingSolution solveBuckling(const StaticModel& callerModel, const BucklingOptions& options, RunControl& control) {
  Stopwatch watch;
  BucklingSolution solution;
  validate(callerModel);
  requireHeldInPlace(callerModel);
  const int cores = std::max(1u, std::thread::hardware_concurrency());
  ThreadTeam team(std::clamp(options.solve.threads > 0 ? options.solve.threads : cores, 1, 64));
  EigenSystem system(callerModel, team, control);
  auto& linear = system.system();
  const StaticModel& model = system.model();
  solution.degreesOfFreedom = system.freeUnknowns();
  if (solution.degreesOfFreedom == 0) throw CoreError("bad-model", "Every node is held: nothing can buckle.");
  const StaticModel inert = withoutExpansion(model);
  if (!options.prestressDisplacement.empty()) {
    NodalMatrix lasting = geometricStiffness(inert, system.meshPattern(),
                                             system.fromCaller(options.prestressDisplacement), team, control);
    lasting.blocks() = system.fromCaller(options.prestressBlocks);
    addToStiffness(lasting, 1, linear, team, control);
  }
  NodalMatrix geometric =
      geometricStiffness(model, system.meshPattern(), system.fromCaller(options.displacement), team, control);
  geometric.blocks() = system.fromCaller(options.blocks);
  if (geometric.isZero())
    throw CoreError("bad-model", "The static state has no stress: nothing can buckle.", "Give the study loads.");
  solution.assembleSeconds = watch.lap();

  DavidsonResult positive, negative;
  const int wanted = std::min(options.modeCount, solution.degreesOfFreedom);
  const auto iterate = [&](Method method) {
    InverseStiffness inverse(system, method);
    solution.factoriseSeconds += watch.lap();
    control.report({Stage::solve, 0.3});
    // -Kg x = theta K x, theta = 1 / factor; the reversed load changes the sign of Kg.
    const auto largest = [&](int count, double sign, double from) {
      EigenProblem problem;
      problem.multiplyA = [&, sign](const MultiVector& x, MultiVector& y) {
        system.multiplyNodal(geometric, -sign, x, y);
      };
      problem.multiplyB = [&](const MultiVector& x, MultiVector& y) { system.multiplyStiffness(x, y); };
      problem.precondition = [&](const MultiVector& r, MultiVector& z) { inverse.apply(r, z); };
      DavidsonOptions davidson;
      davidson.wanted = count;
      davidson.block = std::clamp(count, 3, 6);
      davidson.largestBasis = count + std::max(count, 5 * davidson.block);
      davidson.tolerance = options.solve.tolerance;
      davidson.iterations = 60 + 20 * count / davidson.block;
      davidson.floor = 1 / LARGEST_RATIO;
      const auto smoothRandom = [&](int columns) {
        const MultiVector random = system.randomBlock(columns);
        MultiVector image(random.rows(), random.cols()), block(random.rows(), random.cols());
        problem.multiplyA(random, image);
        inverse.apply(image, block);
        return block;
      };
      const auto report = [&](const DavidsonProgress& progress) {
        const double done = static_cast<double>(progress.converged) / count;
        options.converged = progress.converged;
        control.report({Stage::solve, from + 0.25 * done, progress.iteration, progress.residual});
      };
      auto found = largestPairs(problem, smoothRandom(davidson.block), davidson, team, control, report, smoothRandom);
      solution.iterations += found.iterations;
      return found;
    };
    positive = largest(wanted, 1, 0.3);
    negative = options.negativeCount > 0 ? largest(std::min(options.negativeCount, solution.degreesOfFreedom), -1, 0.55)
                                         : DavidsonResult{};
    solution.method = method;
    solution.solveSeconds += watch.lap();
  };
  const Method method = eigenMethod(options.solve.method, model.nodeCount());
  try {
    iterate(method);
  } catch (const CoreError& error) {
    if (error.code() != "singular" || options.prestressDisplacement.empty()) throw;
    throw CoreError("singular", "The stress that is there before the loads buckles the model.", "prestress");
  }
  if (!positive.converged && method == Method::multigrid && options.solve.method == Method::automatic)
    iterate(Method::direct);

  const double biggest = std::max({positive.values.size() > 0 ? positive.values[0] : 0.0,
                                   negative.values.size() > 0 ? negative.values[0] : 0.0, 0.0});
  const auto n = static_cast<std::size_t>(system.unknowns());
  const auto keep = [&](const DavidsonResult& found, double sign, std::vector<double>& factors,
                        std::vector<double>& shapes) {
    for (Eigen::Index i = 0; i < found.values.size(); i++) {
      if (!(found.values[i] > biggest / LARGEST_RATIO)) break;
      if (sign < 0 && !(found.residuals[i] < LARGEST_RESIDUAL) &&
          (1 + 3 * found.residuals[i]) * found.values[i] < biggest / LARGEST_REVERSED_RATIO)
        break;
      // The Rayleigh quotient and residual of the true matrices.
      MultiVector x = found.vectors.col(i), stiff(x.rows(), 1), image(x.rows(), 1);
      system.multiplyStiffness(x, stiff);
      system.multiplyNodal(geometric, -sign, x, image);
      const double theta = x.col(0).dot(image.col(0)) / x.col(0).dot(stiff.col(0));
      const double residual = (image - theta * stiff).norm() / image.norm();
      if (!(found.residuals[i] < LARGEST_RESIDUAL))
        throw CoreError("not-converged", "The iteration stopped before all buckling modes were found.",
                        "Ask for fewer modes, or use the direct method.");
      factors.push_back(sign / theta);
      Vector shape = system.displacements(x, 0);
      Eigen::Index at;
      shape.cwiseAbs().maxCoeff(&at);
      shape /= shape[at];  // largest component 1 mm
      shapes.resize(shapes.size() + n);
      system.toCaller(shape, &shapes[shapes.size() - n]);
      if (sign < 0) continue;
      solution.residuals.push_back(residual);
      control.report({Stage::recover, 0.8 + 0.2 * i / wanted});
      const auto fields = recover(inert, shape, team, control);
      // A factor is a Rayleigh quotient: its error is the square of its vector's in the energy norm.
      solution.errorEstimates.push_back(fields.relativeEnergyError * fields.relativeEnergyError);
    }
  };
  keep(positive, 1, solution.factors, solution.shapes);
  keep(negative, -1, solution.negativeFactors, solution.negativeShapes);
  solution.recoverSeconds = watch.lap();
  if (solution.method == Method::direct && !solution.factors.empty()) {
    // K + f Kg has as many negative eigenvalues as there are factors between 0 and f.
    const double beyond = solution.factors.back() * (1 + 1e-6);
    addToStiffness(geometric, beyond, linear, team, control);
    const int counted = negativePivots(linear.stiffness, team, control);
    addToStiffness(geometric, -beyond, linear, team, control);
    const int known = static_cast<int>(solution.factors.size());
    if (counted > known)
      throw CoreError("not-converged", std::to_string(counted - known) + " buckling factors were missed.",
                      "Ask for a few modes more or fewer.");
    solution.countedByInertia = counted == known;
    solution.solveSeconds += watch.lap();
  }
  control.report({Stage::recover, 1});
  return solution;
}

}  // namespace artificer
