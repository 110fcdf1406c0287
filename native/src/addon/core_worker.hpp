#pragma once

#include <napi.h>

#include <functional>
#include <string>

#include "common/run_control.hpp"

namespace artificer {

/**
 * Runs a computation on a thread of the pool with the options every long call has (`cancel`, `onProgress`) and answers a
 * promise. `work` runs away from JavaScript; `answer` makes the result of it afterwards.
 */
class CoreWorker : public Napi::AsyncWorker {
 public:
  using Work = std::function<void(RunControl&)>;
  using Answer = std::function<Napi::Value(Napi::Env)>;

  /** Adds to what is told of a report what only this kind of work knows. */
  using Decorate = std::function<void(const Progress&, Napi::Object&)>;

  CoreWorker(Napi::Env env, const char* name, const Napi::Object& options, Work work, Answer answer,
             Decorate decorate = {});
  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override;
  void OnOK() override;
  void OnError(const Napi::Error&) override { OnOK(); }

 private:
  Napi::Promise::Deferred deferred_;
  Work work_;
  Answer answer_;
  Decorate decorate_;
  Napi::ObjectReference cancelArray_;  // keeps the flag's memory alive
  const volatile std::int32_t* cancelFlag_ = nullptr;
  Napi::ThreadSafeFunction onProgress_;
  std::string errorCode_, errorMessage_, errorHint_;
};

}  // namespace artificer
