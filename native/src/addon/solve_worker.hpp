#pragma once

#include <napi.h>

#include <optional>

#include "elasticity/static_solver.hpp"

namespace artificer {

/** A Float64Array with a copy of the values. */
Napi::Value arrayOf(Napi::Env env, const std::vector<double>& values);
/** A SolveProgress of index.d.ts. */
Napi::Object progressObject(Napi::Env env, const Progress& progress);

/** One solution on a thread of the pool: the event loop stays free, progress is posted to it. */
class SolveWorker : public Napi::AsyncWorker {
 public:
  SolveWorker(Napi::Env env, StaticModel model, const Napi::Object& options);
  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override;
  void OnOK() override;
  void OnError(const Napi::Error&) override { OnOK(); }

 private:
  Napi::Value toObject(Napi::Env env) const;

  Napi::Promise::Deferred deferred_;
  StaticModel model_;
  SolveOptions options_;
  Napi::ObjectReference cancelArray_;  // keeps the flag's memory alive
  const volatile std::int32_t* cancelFlag_ = nullptr;
  Napi::ThreadSafeFunction onProgress_;
  StaticSolution solution_;
  std::string errorCode_, errorMessage_, errorHint_;
};

}  // namespace artificer
