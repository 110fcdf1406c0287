#include "eigen/modal_solver.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "eigen/eigen_system.hpp"
#include "eigen/inertia.hpp"
#include "eigen/multi_vector.hpp"

namespace artificer {

namespace {

/** Pairs whose residual is above this are not shown: their values could be wrong by a part in ten thousand. */
constexpr double LARGEST_RESIDUAL = 1e-2;

void requireMass(const StaticModel& model) {
  for (int e = 0; e < model.elementCount(); e++)
    if (!(model.materialOf(e).density() > 0))
      throw CoreError("bad-model", "A material has no density: without mass there is no natural frequency.",
                      "Give the material its density.");
}

/**
 * A shift that makes the stiffness of a free model positive definite: well below the first elastic eigenvalue of compact
 * bodies, (c / L)^2 with the speed of sound and the largest dimension, and not so small that the factor loses digits.
 */
double shiftOf(const StaticModel& model) {
  const Eigen::Map<const Eigen::Matrix<double, 3, Eigen::Dynamic>> points(model.nodes.data(), 3, model.nodeCount());
  const double length = (points.rowwise().maxCoeff() - points.rowwise().minCoeff()).norm();
  double speedSquared = 0;
  for (const auto& material : model.materials)
    if (material.density() > 0)
      speedSquared = std::max(speedSquared,
                              material.constantsAt(model.referenceTemperature).young.maxCoeff() / material.density());
  return 1e-3 * speedSquared / (length * length);
}

struct RigidMotions {
  MultiVector motions = MultiVector(0, 6);  // 3n x 6, global axes, about the centre of mass
  double mass = 0;
  Eigen::Vector3d centre = Eigen::Vector3d::Zero();
  Eigen::Matrix3d inertia = Eigen::Matrix3d::Zero();
  MultiVector momenta;                      // M times the motions
};

/** Unit translations, and unit turns about the centre of mass, with the mass properties that come with them. */
RigidMotions rigidMotions(const StaticModel& model, const NodalMatrix& mass) {
  const int n = model.nodeCount();
  RigidMotions rigid;
  const auto fill = [&] {
    rigid.motions.setZero(3 * static_cast<Eigen::Index>(n), 6);
    for (int node = 0; node < n; node++) {
      const Eigen::Vector3d arm =
          Eigen::Map<const Eigen::Vector3d>(&model.nodes[3 * static_cast<std::size_t>(node)]) - rigid.centre;
      for (int axis = 0; axis < 3; axis++) {
        rigid.motions(3 * node + axis, axis) = 1;
        rigid.motions.block<3, 1>(3 * node, 3 + axis) = Eigen::Vector3d::Unit(axis).cross(arm);
      }
    }
    rigid.momenta.resize(rigid.motions.rows(), 6);
    for (int j = 0; j < 6; j++) mass.multiply(rigid.motions.col(j).data(), rigid.momenta.col(j).data());
  };
  fill();
  rigid.mass = rigid.motions.col(0).dot(rigid.momenta.col(0));
  for (int node = 0; node < n; node++)
    rigid.centre += rigid.momenta(3 * node, 0) *
                    Eigen::Map<const Eigen::Vector3d>(&model.nodes[3 * static_cast<std::size_t>(node)]) / rigid.mass;
  fill();
  rigid.inertia = rigid.motions.rightCols<3>().transpose() * rigid.momenta.rightCols<3>();
  return rigid;
}

/** Largest component positive, so that a mode looks the same every time. */
void orient(Vector& shape) {
  Eigen::Index at;
  shape.cwiseAbs().maxCoeff(&at);
  if (shape[at] < 0) shape = -shape;
}

}  // namespace

ModalSolution solveModes(const StaticModel& callerModel, const ModalOptions& options, RunControl& control) {
  Stopwatch watch;
  ModalSolution solution;
  validate(callerModel);
  requireMass(callerModel);
  const int cores = std::max(1u, std::thread::hardware_concurrency());
  ThreadTeam team(std::clamp(options.solve.threads > 0 ? options.solve.threads : cores, 1, 64));
  EigenSystem system(callerModel, team, control);
  auto& linear = system.system();
  const StaticModel& model = system.model();
  solution.degreesOfFreedom = system.freeUnknowns();
  if (solution.degreesOfFreedom == 0) throw CoreError("bad-model", "Every node is held: nothing can vibrate.");
  const NodalMatrix mass = massMatrix(model, system.meshPattern(), team, control);
  if (!options.prestressDisplacement.empty()) {
    NodalMatrix stressStiffness = geometricStiffness(
        model, system.meshPattern(), system.fromCaller(options.prestressDisplacement), team, control);
    stressStiffness.blocks() = system.fromCaller(options.prestressBlocks);
    addToStiffness(stressStiffness, 1, linear, team, control);
  }
  const MultiVector free = options.mayMove ? unresistedMotions(system) : MultiVector(system.unknowns(), 0);
  solution.rigidModes = static_cast<int>(free.cols());
  const double shift = solution.rigidModes > 0 ? shiftOf(model) : 0;
  if (shift > 0) addToStiffness(mass, shift, linear, team, control);
  solution.method = eigenMethod(options.solve.method, model.nodeCount());
  solution.assembleSeconds = watch.lap();

  const int wanted = std::min(options.modeCount + solution.rigidModes, solution.degreesOfFreedom);
  const auto multiplyMass = [&](const MultiVector& x, MultiVector& y) { system.multiplyNodal(mass, 1, x, y); };
  DavidsonResult pairs;
  const auto iterate = [&](Method method) {
    InverseStiffness inverse(system, method);
    solution.factoriseSeconds += watch.lap();
    EigenProblem problem;
    problem.multiplyA = multiplyMass;
    problem.multiplyB = [&](const MultiVector& x, MultiVector& y) { system.multiplyStiffness(x, y); };
    problem.precondition = [&](const MultiVector& r, MultiVector& z) { inverse.apply(r, z); };
    DavidsonOptions davidson;
    davidson.wanted = wanted;
    davidson.block = std::clamp(wanted, 2, 6);
    davidson.largestBasis = wanted + std::max(wanted, 4 * davidson.block);
    davidson.tolerance = options.solve.tolerance;
    davidson.iterations = 40 + 20 * wanted / davidson.block;
    // Inverse iteration once on random vectors: the start, and what is let in to find a missed mode.
    const auto smoothRandom = [&](int count) {
      const MultiVector random = system.randomBlock(count);
      MultiVector image(random.rows(), random.cols()), block(random.rows(), random.cols());
      multiplyMass(random, image);
      inverse.apply(image, block);
      return block;
    };
    MultiVector start(system.unknowns(), free.cols() + davidson.block);
    start << free, smoothRandom(davidson.block);
    const auto report = [&](const DavidsonProgress& progress) {
      const double done = static_cast<double>(progress.converged) / wanted;
      options.converged = progress.converged;
      control.report({Stage::solve, 0.3 + 0.5 * done, progress.iteration, progress.residual});
    };
    pairs = largestPairs(problem, start, davidson, team, control, report, smoothRandom);
    solution.iterations += pairs.iterations;
    solution.method = method;
    solution.solveSeconds += watch.lap();
  };
  control.report({Stage::solve, 0.3});
  try {
    iterate(solution.method);
  } catch (const CoreError& error) {
    if (error.code() != "singular") throw;
    throw CoreError("singular",
                    options.prestressDisplacement.empty()
                        ? "The stiffness is singular: some part of the model moves without resistance."
                        : "The model buckles under its pre-stress, so that it has no natural frequencies there.",
                    options.prestressDisplacement.empty() ? "" : "Reduce the loads, or run a buckling study.");
  }
  if (!pairs.converged && solution.method == Method::multigrid && options.solve.method == Method::automatic)
    iterate(Method::direct);
  if (pairs.values.size() < wanted || !(pairs.residuals.maxCoeff() < LARGEST_RESIDUAL))
    throw CoreError("not-converged", "The iteration stopped before all modes were found.",
                    "Ask for fewer modes, or use the direct method.");

  // Ritz values of the true matrices, and their true residuals.
  MultiVector& shapes = pairs.vectors;
  MultiVector stiff(shapes.rows(), wanted), heavy(shapes.rows(), wanted);
  system.multiplyStiffness(shapes, stiff);
  multiplyMass(shapes, heavy);
  std::vector<double> eigenvalue(wanted), residual(wanted);
  for (int i = 0; i < wanted; i++) {
    const double modalMass = shapes.col(i).dot(heavy.col(i));
    const double shifted = shapes.col(i).dot(stiff.col(i)) / modalMass;
    eigenvalue[i] = shifted - shift;
    residual[i] = (stiff.col(i) - shifted * heavy.col(i)).norm() / stiff.col(i).norm();
    shapes.col(i) /= std::sqrt(modalMass);
  }
  if (solution.method == Method::direct && wanted < solution.degreesOfFreedom) {
    const double bound = pairs.values[wanted - 1];  // theta = 1 / (lambda + shift)
    const double below = (1 / bound) * (1 + 1e-6);
    int known = 0;
    for (int i = 0; i < wanted; i++) known += eigenvalue[i] + shift < below;
    addToStiffness(mass, -below, linear, team, control);
    const int counted = negativePivots(linear.stiffness, team, control);
    if (counted > known)
      throw CoreError("not-converged", std::to_string(counted - known) + " natural frequencies were missed.",
                      "Ask for a few modes more or fewer.");
    solution.countedByInertia = counted == known;
    addToStiffness(mass, below, linear, team, control);
  }
  solution.solveSeconds += watch.lap();

  const auto rigid = rigidMotions(model, mass);
  solution.totalMass = rigid.mass;
  solution.centreOfMass = rigid.centre;
  solution.inertia = rigid.inertia;
  const auto n = static_cast<std::size_t>(system.unknowns());
  solution.shapes.resize(n * wanted);
  const StaticModel inert = withoutExpansion(model);  // a mode's stress is that of its motion alone
  for (int i = 0; i < wanted; i++) {
    solution.modalForces.push_back(shapes.col(i).dot(linear.load));
    const Vector shape = system.displacements(shapes, i);
    Vector oriented = shape;
    orient(oriented);
    if (oriented != shape) solution.modalForces.back() *= -1;
    const Eigen::Matrix<double, 6, 1> participation = rigid.momenta.transpose() * oriented;
    solution.participation.insert(solution.participation.end(), participation.data(), participation.data() + 6);
    solution.eigenvalues.push_back(i < solution.rigidModes ? 0 : eigenvalue[i]);
    solution.residuals.push_back(residual[i]);
    system.toCaller(oriented, &solution.shapes[n * i]);
    if (!options.recoverStress) continue;
    control.report({Stage::recover, 0.8 + 0.2 * i / wanted});
    const auto fields = recover(inert, oriented, team, control);
    // A Rayleigh quotient's error is the square of its vector's in the energy norm; a frequency's is half of that.
    solution.errorEstimates.push_back(i < solution.rigidModes ? 0 : fields.relativeEnergyError * fields.relativeEnergyError / 2);
    const std::size_t nodes = model.nodeCount();
    solution.stress.resize(6 * nodes * wanted);
    solution.vonMises.resize(nodes * wanted);
    for (std::size_t node = 0; node < nodes; node++) {
      const std::size_t caller = system.nodeOf()[node];
      std::copy_n(&fields.stress[6 * node], 6, &solution.stress[6 * (nodes * i + caller)]);
      solution.vonMises[nodes * i + caller] = fields.vonMises[node];
    }
  }
  solution.recoverSeconds = watch.lap();
  control.report({Stage::recover, 1});
  return solution;
}

double estimateEigenMemory(double nodeCount, double elementCount, int pairs, Method method) {
  const Method used = eigenMethod(method, static_cast<int>(std::min(nodeCount, 1e9)));
  const int block = std::clamp(pairs, 2, 6);
  const double basis = 3 * (pairs + std::max(pairs, 4 * block)) * nodeCount * 24;
  const double work = (3 * block + pairs) * nodeCount * 24 + nodeCount * 14.5 * 8;
  return estimateMemory(nodeCount, elementCount, used) + basis + work;
}

}  // namespace artificer
