#include "addon/topology_calls.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <thread>

#include "addon/answers.hpp"
#include "addon/arguments.hpp"
#include "addon/core_worker.hpp"
#include "topology/layered_grid.hpp"

namespace artificer {

namespace {

double numberOf(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  if (!value.IsNumber()) throw CoreError("bad-model", std::string(name) + " must be a number");
  return value.As<Napi::Number>().DoubleValue();
}
/** Counts that are no whole numbers, or beyond what any grid has, are told from others before they are narrowed. */
int countOf(const Napi::Object& object, const char* name) {
  const double value = numberOf(object, name);
  if (!(value >= 0 && value <= 1e6 && value == std::floor(value)))
    throw CoreError("bad-model", std::string(name) + " must be a whole number");
  return static_cast<int>(value);
}

LayeredGridModel readGrid(const Napi::Value& value) {
  if (!value.IsObject()) throw CoreError("bad-model", "a grid needs a model");
  const auto object = value.As<Napi::Object>();
  LayeredGridModel model;
  model.cellsX = countOf(object, "cellsX");
  model.cellsY = countOf(object, "cellsY");
  model.layers = countOf(object, "layers");
  model.cellX = numberOf(object, "cellX");
  model.cellY = numberOf(object, "cellY");
  model.depth = numberOf(object, "depth");
  model.poisson = numberOf(object, "poisson");
  model.bending = object.Get("bending").ToBoolean().Value();
  const auto fixed = int32Array(object.Get("fixed"), "fixed");
  model.fixed.reserve(fixed.size());
  for (const int each : fixed) model.fixed.push_back(each != 0);
  const auto forces = float64Array(object.Get("forces"), "forces");
  model.forces.assign(forces.begin(), forces.end());
  return model;
}

class Grid : public Napi::ObjectWrap<Grid> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "LayeredGrid", {InstanceMethod("solve", &Grid::solve)});
  }

  explicit Grid(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Grid>(info) {
    try {
      shared_ = std::make_shared<Shared>(readGrid(info[0]));
    } catch (const CoreError& error) {
      throw toError(info.Env(), error.code(), error.what(), error.hint());
    } catch (const std::bad_alloc&) {
      throw toError(info.Env(), "out-of-memory", "There is not enough memory for the grid.");
    }
  }

 private:
  /** Outlives the object while a solution runs; one at a time, since the matrix is theirs in common. */
  struct Shared {
    explicit Shared(LayeredGridModel model) : grid(std::move(model)) {}
    LayeredGrid grid;
    std::atomic<bool> busy{false};
  };
  struct Turn {
    explicit Turn(std::shared_ptr<Shared> shared) : shared(std::move(shared)) {}
    ~Turn() { shared->busy = false; }
    std::shared_ptr<Shared> shared;
  };

  Napi::Value solve(const Napi::CallbackInfo& info) {
    return startWork(info.Env(), info[1], [&](const Napi::Object& options) {
      const auto given = float64Array(info[0], "youngs");
      std::vector<double> youngs(given.begin(), given.end());
      int threads = static_cast<int>(std::thread::hardware_concurrency());
      if (options.Get("threads").IsNumber()) threads = countOf(options, "threads");
      if (shared_->busy.exchange(true)) throw CoreError("bad-model", "the grid is being solved already");
      const auto turn = std::make_shared<Turn>(shared_);
      const auto solution = std::make_shared<LayeredGridSolution>();
      auto* worker = new CoreWorker(
          info.Env(), "artificer.LayeredGrid", options,
          [turn, solution, youngs = std::move(youngs), threads = std::max(threads, 1)](RunControl& control) {
            *solution = turn->shared->grid.solve(youngs, threads, control);
          },
          [solution](Napi::Env env) {
            auto object = Napi::Object::New(env);
            object.Set("displacement", arrayOf(env, solution->displacement));
            object.Set("energy", arrayOf(env, solution->energy));
            object.Set("compliance", arrayOf(env, solution->compliance));
            return object;
          });
      worker->setMemoryHint("Use larger cells, or fewer layers.");
      return worker;
    });
  }

  std::shared_ptr<Shared> shared_;
};

}  // namespace

void exportTopology(Napi::Env env, Napi::Object exports) { exports.Set("LayeredGrid", Grid::define(env)); }

}  // namespace artificer
