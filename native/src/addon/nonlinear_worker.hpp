#pragma once

#include <napi.h>

#include "nonlinear/nonlinear_solver.hpp"

namespace artificer {

/** One solution with large displacements on a thread of the pool: the event loop stays free, progress is posted to it. */
class NonlinearWorker : public Napi::AsyncWorker {
 public:
  NonlinearWorker(Napi::Env env, NonlinearModel model, const Napi::Object& options);
  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override;
  void OnOK() override;
  void OnError(const Napi::Error&) override { OnOK(); }

 private:
  Napi::Value toObject(Napi::Env env) const;

  Napi::Promise::Deferred deferred_;
  NonlinearModel model_;
  NonlinearOptions options_;
  Napi::ObjectReference cancelArray_;  // keeps the flag's memory alive
  const volatile std::int32_t* cancelFlag_ = nullptr;
  Napi::ThreadSafeFunction onProgress_;
  NonlinearSolution solution_;
  std::string errorCode_, errorMessage_, errorHint_;
};

/** A StaticModel with `pressureFacets` and `pressures`. */
NonlinearModel readNonlinearModel(const Napi::Object& object);

/** The addon's functions for large displacements. */
void exportNonlinear(Napi::Env env, Napi::Object exports);

}  // namespace artificer
