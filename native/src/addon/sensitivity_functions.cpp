#include "addon/sensitivity_functions.hpp"

#include <memory>
#include <new>

#include "addon/answers.hpp"
#include "addon/arguments.hpp"
#include "mesh/mesh_motion.hpp"
#include "sensitivity/shape_derivative.hpp"

namespace artificer {

namespace {

Vector vectorOf(const Napi::Value& value, const StaticModel& model, const char* name) {
  const auto values = float64Array(value, name);
  if (values.size() != model.nodes.size())
    throw CoreError("bad-model", std::string(name) + " must hold 3 values a node");
  return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size()));
}

/** Runs `work` with failures as JavaScript errors that carry a code. */
template <typename Work>
Napi::Value guarded(const Napi::CallbackInfo& info, Work work) {
  try {
    return work(info.Env());
  } catch (const CoreError& error) {
    throw toError(info.Env(), error.code(), error.what(), error.hint());
  } catch (const std::bad_alloc&) {
    throw toError(info.Env(), "out-of-memory", "There is not enough memory for the sensitivities.");
  }
}

/** A checked copy of the model, kept between calls. */
class ShapeDerivatives : public Napi::ObjectWrap<ShapeDerivatives> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "ShapeDerivatives",
                       {InstanceMethod("internalWork", &ShapeDerivatives::internalWork),
                        InstanceMethod("massWork", &ShapeDerivatives::massWorkOf),
                        InstanceMethod("geometricWork", &ShapeDerivatives::geometricWorkOf),
                        InstanceMethod("stressAggregate", &ShapeDerivatives::stressAggregateOf)});
  }

  explicit ShapeDerivatives(const Napi::CallbackInfo& info) : Napi::ObjectWrap<ShapeDerivatives>(info) {
    guarded(info, [&](Napi::Env env) -> Napi::Value {
      if (!info[0].IsObject()) throw CoreError("bad-model", "ShapeDerivatives needs a model");
      model_ = readModel(info[0].As<Napi::Object>());
      validate(model_);
      return env.Undefined();
    });
  }

 private:
  Napi::Value internalWork(const Napi::CallbackInfo& info) {
    return guarded(info, [&](Napi::Env env) -> Napi::Value {
      return arrayOf(env, internalWorkGradient(model_, vectorOf(info[0], model_, "displacement"),
                                               vectorOf(info[1], model_, "adjoint")));
    });
  }

  Napi::Value massWorkOf(const Napi::CallbackInfo& info) {
    return guarded(info, [&](Napi::Env env) -> Napi::Value {
      const auto a = vectorOf(info[0], model_, "a"), b = vectorOf(info[1], model_, "b");
      auto object = Napi::Object::New(env);
      object.Set("value", massWork(model_, a, b));
      object.Set("byNodes", arrayOf(env, massWorkGradient(model_, a, b)));
      return object;
    });
  }

  Napi::Value geometricWorkOf(const Napi::CallbackInfo& info) {
    return guarded(info, [&](Napi::Env env) -> Napi::Value {
      return differentiated(
          env, geometricWork(model_, vectorOf(info[0], model_, "displacement"), vectorOf(info[1], model_, "mode")));
    });
  }

  Napi::Value stressAggregateOf(const Napi::CallbackInfo& info) {
    return guarded(info, [&](Napi::Env env) -> Napi::Value {
      std::vector<char> leftOut;
      if (!info[2].IsNull() && !info[2].IsUndefined()) {
        const auto mask = int32Array(info[2], "leftOut");
        if (mask.size() != static_cast<std::size_t>(model_.elementCount()))
          throw CoreError("bad-model", "leftOut must hold one value an element");
        leftOut.assign(mask.begin(), mask.end());
      }
      const auto result = stressAggregate(model_, vectorOf(info[0], model_, "displacement"),
                                          info[1].ToNumber().DoubleValue(), leftOut);
      auto object = differentiated(env, result);
      object.Set("maximum_MPa", result.maximum);
      object.Set("element", result.element);
      return object;
    });
  }

  static Napi::Object differentiated(Napi::Env env, const Differentiated& result) {
    auto object = Napi::Object::New(env);
    object.Set("value", result.value);
    object.Set("byDisplacement", arrayOf(env, result.byDisplacement));
    object.Set("byNodes", arrayOf(env, result.byNodes));
    return object;
  }

  StaticModel model_;
};

/** How the inside of a mesh follows its surface; see MeshMotion. */
class Motion : public Napi::ObjectWrap<Motion> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "MeshMotion",
                       {InstanceMethod("extend", &Motion::extend), InstanceMethod("gather", &Motion::gather)});
  }

  explicit Motion(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Motion>(info) {
    guarded(info, [&](Napi::Env env) -> Napi::Value {
      const auto nodes = float64Array(info[0], "nodes");
      const auto elements = int32Array(info[1], "elements"), surface = int32Array(info[2], "surface");
      size_ = nodes.size();
      if (elements.empty() || elements.size() % tet10::NODES != 0 || surface.size() * 3 != size_)
        throw CoreError("bad-model", "a mesh needs 10 nodes an element, and one surface mark a node");
      for (const int node : elements)
        if (node < 0 || static_cast<std::size_t>(node) >= surface.size())
          throw CoreError("bad-model", "elements names a node outside the mesh");
      const std::vector<char> marks(surface.begin(), surface.end());
      motion_ = std::make_unique<MeshMotion>(nodes, elements, marks);
      return env.Undefined();
    });
  }

 private:
  template <typename Apply>
  Napi::Value applied(const Napi::CallbackInfo& info, Apply apply) {
    return guarded(info, [&](Napi::Env env) -> Napi::Value {
      const auto given = float64Array(info[0], "values");
      if (given.size() != size_) throw CoreError("bad-model", "values must hold 3 numbers a node");
      Vector values = Eigen::Map<const Vector>(given.data(), static_cast<Eigen::Index>(given.size()));
      apply(std::span<double>(values.data(), size_));
      return arrayOf(env, values);
    });
  }

  Napi::Value extend(const Napi::CallbackInfo& info) {
    return applied(info, [&](std::span<double> values) { motion_->extend(values); });
  }
  Napi::Value gather(const Napi::CallbackInfo& info) {
    return applied(info, [&](std::span<double> values) { motion_->gather(values); });
  }

  std::unique_ptr<MeshMotion> motion_;
  std::size_t size_ = 0;
};

}  // namespace

void exportSensitivities(Napi::Env env, Napi::Object exports) {
  exports.Set("ShapeDerivatives", ShapeDerivatives::define(env));
  exports.Set("MeshMotion", Motion::define(env));
}

}  // namespace artificer
