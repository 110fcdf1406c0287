#pragma once

#include <napi.h>

#include <optional>

#include "elasticity/static_solver.hpp"

namespace artificer {

/** A Float64Array with a copy of the values. */
Napi::Value arrayOf(Napi::Env env, const std::vector<double>& values);
/** A SolveProgress of index.d.ts. */
Napi::Object progressObject(Napi::Env env, const Progress& progress);

/** One or several load cases solved on a thread of the pool: the event loop stays free, progress is posted to it. */
class SolveWorker : public Napi::AsyncWorker {
 public:
  /** @param asList whether the answer is a list, one solution a case, or the only solution itself */
  SolveWorker(Napi::Env env, StaticModel model, std::vector<LoadCase> cases, bool asList, const Napi::Object& options,
              Combinations combinations = {});
  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override;
  void OnOK() override;
  void OnError(const Napi::Error&) override { OnOK(); }

 private:
  static Napi::Value toObject(Napi::Env env, const StaticSolution& solution);

  Napi::Promise::Deferred deferred_;
  StaticModel model_;
  SolveOptions options_;
  Napi::ObjectReference cancelArray_;  // keeps the flag's memory alive
  const volatile std::int32_t* cancelFlag_ = nullptr;
  Napi::ThreadSafeFunction onProgress_;
  std::vector<LoadCase> cases_;
  Combinations combinations_;
  bool asList_;
  std::vector<StaticSolution> solutions_;
  std::string errorCode_, errorMessage_, errorHint_;
};

}  // namespace artificer
