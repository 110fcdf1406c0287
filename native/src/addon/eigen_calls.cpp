#include "addon/eigen_calls.hpp"

#include <cmath>
#include <memory>

#include "addon/arguments.hpp"
#include "addon/core_worker.hpp"
#include "addon/answers.hpp"
#include "eigen/buckling_solver.hpp"
#include "eigen/modal_solver.hpp"

namespace artificer {

namespace {

SolveOptions readSolveOptions(const Napi::Object& object, double tolerance) {
  SolveOptions options;
  options.method = readMethod(object.Get("method"));
  options.tolerance = tolerance;
  if (object.Get("tolerance").IsNumber()) options.tolerance = object.Get("tolerance").ToNumber().DoubleValue();
  if (!(options.tolerance > 0 && options.tolerance < 1))
    throw CoreError("bad-model", "tolerance must lie between 0 and 1");
  if (object.Get("threads").IsNumber()) options.threads = object.Get("threads").ToNumber().Int32Value();
  return options;
}

int readCount(const Napi::Object& object, const char* name, int otherwise) {
  const auto value = object.Get(name);
  if (value.IsUndefined()) return otherwise;
  const double count = value.IsNumber() ? value.ToNumber().DoubleValue() : -1;
  if (!(count >= 0 && count <= 1000) || count != std::floor(count))
    throw CoreError("bad-model", std::string(name) + " must be a whole number up to 1000");
  return static_cast<int>(count);
}

std::vector<double> readDisplacement(const Napi::Object& options, const char* name, const StaticModel& model) {
  const auto value = options.Get(name);
  if (value.IsUndefined() || value.IsNull()) return {};
  const auto values = float64Array(value, name);
  if (values.size() != model.nodes.size())
    throw CoreError("bad-model", std::string(name) + " must hold 3 values a node");
  for (const double v : values)
    if (!std::isfinite(v)) throw CoreError("bad-model", std::string(name) + " is not a finite number");
  return {values.begin(), values.end()};
}

/** Blocks at nodes: `<name>Nodes` and `<name>Blocks`, 9 values each. */
std::vector<NodeBlock> readBlocks(const Napi::Object& options, const std::string& name, const StaticModel& model) {
  const auto given = options.Get(name + "Nodes");
  if (given.IsUndefined() || given.IsNull()) return {};
  const auto nodes = int32Array(given, "Nodes of blocks");
  const auto values = float64Array(options.Get(name + "Blocks"), "Blocks at nodes");
  if (values.size() != 9 * nodes.size()) throw CoreError("bad-model", name + "Blocks must hold 9 values a node");
  std::vector<NodeBlock> blocks;
  for (std::size_t i = 0; i < nodes.size(); i++) {
    if (nodes[i] < 0 || nodes[i] >= model.nodeCount()) throw CoreError("bad-model", name + "Nodes is outside the mesh");
    const Eigen::Matrix3d block =
        Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(&values[9 * i]);
    if (!block.allFinite() || !block.isApprox(block.transpose(), 1e-9))
      throw CoreError("bad-model", name + "Blocks must be finite and symmetric");
    blocks.push_back({nodes[i], block});
  }
  return blocks;
}

const char* methodName(Method method) { return method == Method::multigrid ? "multigrid" : "direct"; }

template <typename Solution>
Napi::Object secondsOf(Napi::Env env, const Solution& solution) {
  auto seconds = Napi::Object::New(env);
  seconds.Set("assemble", solution.assembleSeconds);
  seconds.Set("factorise", solution.factoriseSeconds);
  seconds.Set("solve", solution.solveSeconds);
  seconds.Set("recover", solution.recoverSeconds);
  return seconds;
}

Napi::Value modalObject(Napi::Env env, const ModalSolution& solution) {
  auto object = Napi::Object::New(env);
  object.Set("eigenvalues", arrayOf(env, solution.eigenvalues));
  object.Set("shapes", arrayOf(env, solution.shapes));
  object.Set("participation", arrayOf(env, solution.participation));
  object.Set("modalForces", arrayOf(env, solution.modalForces));
  object.Set("residuals", arrayOf(env, solution.residuals));
  object.Set("errorEstimates", arrayOf(env, solution.errorEstimates));
  object.Set("stress", arrayOf(env, solution.stress));
  object.Set("vonMises", arrayOf(env, solution.vonMises));
  object.Set("totalMass_t", solution.totalMass);
  object.Set("centreOfMass_mm", arrayOf(env, solution.centreOfMass.data(), 3));
  object.Set("inertia_t_mm2", arrayOf(env, solution.inertia.data(), 9));
  object.Set("rigidModes", solution.rigidModes);
  object.Set("countedByInertia", solution.countedByInertia);
  object.Set("method", methodName(solution.method));
  object.Set("iterations", solution.iterations);
  object.Set("degreesOfFreedom", solution.degreesOfFreedom);
  object.Set("seconds", secondsOf(env, solution));
  return object;
}

Napi::Value bucklingObject(Napi::Env env, const BucklingSolution& solution) {
  auto object = Napi::Object::New(env);
  object.Set("factors", arrayOf(env, solution.factors));
  object.Set("shapes", arrayOf(env, solution.shapes));
  object.Set("residuals", arrayOf(env, solution.residuals));
  object.Set("errorEstimates", arrayOf(env, solution.errorEstimates));
  object.Set("negativeFactors", arrayOf(env, solution.negativeFactors));
  object.Set("negativeShapes", arrayOf(env, solution.negativeShapes));
  object.Set("countedByInertia", solution.countedByInertia);
  object.Set("method", methodName(solution.method));
  object.Set("iterations", solution.iterations);
  object.Set("degreesOfFreedom", solution.degreesOfFreedom);
  object.Set("seconds", secondsOf(env, solution));
  return object;
}

/** Starts `solve(model, options, control)`; a refused argument rejects the promise. */
template <typename Options, typename Solution>
Napi::Value start(const Napi::CallbackInfo& info, const char* name,
                  void (*read)(const Napi::Object&, const StaticModel&, Options&),
                  Solution (*solve)(const StaticModel&, const Options&, RunControl&),
                  Napi::Value (*answer)(Napi::Env, const Solution&)) {
  return startWork(info.Env(), info[1], [&](const Napi::Object& object) {
    if (!info[0].IsObject()) throw CoreError("bad-model", std::string(name) + " needs a model");
    const auto model = std::make_shared<StaticModel>(readModel(info[0].As<Napi::Object>()));
    const auto options = std::make_shared<Options>();
    read(object, *model, *options);
    const auto solution = std::make_shared<Solution>();
    return new CoreWorker(
        info.Env(), name, object, [=](RunControl& control) { *solution = solve(*model, *options, control); },
        [=](Napi::Env inside) { return answer(inside, *solution); },
        [options](const Progress& progress, Napi::Object& told) {
          if (progress.stage != Stage::solve) return;
          told.Set("stage", "modes");
          told.Set("converged", options->converged.load());
        });
  });
}

/** Default residual of eigenpairs: their values then are right to about its square. */
constexpr double TOLERANCE = 1e-5;

void readModalOptions(const Napi::Object& object, const StaticModel& model, ModalOptions& options) {
  options.solve = readSolveOptions(object, TOLERANCE);
  options.modeCount = readCount(object, "modeCount", 10);
  if (options.modeCount < 1) throw CoreError("bad-model", "modeCount must be at least 1");
  options.prestressDisplacement = readDisplacement(object, "prestressDisplacement", model);
  options.prestressBlocks = readBlocks(object, "prestress", model);
  if (object.Get("mayMove").IsBoolean()) options.mayMove = object.Get("mayMove").ToBoolean();
  if (object.Get("recoverStress").IsBoolean()) options.recoverStress = object.Get("recoverStress").ToBoolean();
}

void readBucklingOptions(const Napi::Object& object, const StaticModel& model, BucklingOptions& options) {
  options.solve = readSolveOptions(object, TOLERANCE);
  options.modeCount = readCount(object, "modeCount", 5);
  if (options.modeCount < 1) throw CoreError("bad-model", "modeCount must be at least 1");
  options.negativeCount = readCount(object, "negativeCount", 1);
  options.displacement = readDisplacement(object, "displacement", model);
  options.blocks = readBlocks(object, "stress", model);
  options.prestressDisplacement = readDisplacement(object, "prestressDisplacement", model);
  options.prestressBlocks = readBlocks(object, "prestress", model);
  if (options.displacement.empty()) throw CoreError("bad-model", "solveBuckling needs the displacement of a static state");
}

Napi::Value solveModesAsync(const Napi::CallbackInfo& info) {
  return start<ModalOptions, ModalSolution>(info, "solveModes", readModalOptions, solveModes, modalObject);
}

Napi::Value solveBucklingAsync(const Napi::CallbackInfo& info) {
  return start<BucklingOptions, BucklingSolution>(info, "solveBuckling", readBucklingOptions, solveBuckling, bucklingObject);
}

Napi::Value eigenMemory(const Napi::CallbackInfo& info) {
  try {
    return Napi::Number::New(info.Env(), estimateEigenMemory(info[0].ToNumber().DoubleValue(), info[1].ToNumber().DoubleValue(),
                                                             info[2].ToNumber().Int32Value(), readMethod(info[3])));
  } catch (const CoreError& error) {
    throw toError(info.Env(), error.code(), error.what());
  }
}

}  // namespace

void exportEigenCalls(Napi::Env env, Napi::Object exports) {
  exports.Set("solveModes", Napi::Function::New(env, solveModesAsync, "solveModes"));
  exports.Set("solveBuckling", Napi::Function::New(env, solveBucklingAsync, "solveBuckling"));
  exports.Set("estimateEigenMemory", Napi::Function::New(env, eigenMemory, "estimateEigenMemory"));
}

}  // namespace artificer
