#pragma once

#include <napi.h>

#include <functional>
#include <new>
#include <string>

#include "addon/arguments.hpp"
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
  /** What to try where memory runs out. */
  void setMemoryHint(const std::string& hint) { memoryHint_ = hint; }
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
  std::string memoryHint_ = "Use a coarser mesh, or the multigrid method.";
  std::string errorCode_, errorMessage_, errorHint_;
};

/** Queues the worker that `make(options)` returns and answers with its promise; what it throws is the promise's reason. */
template <typename Make>
Napi::Value startWork(Napi::Env env, const Napi::Value& options, Make make) {
  const auto refuse = [&](const CoreError& error) {
    auto deferred = Napi::Promise::Deferred::New(env);
    deferred.Reject(toError(env, error.code(), error.what(), error.hint()).Value());
    return deferred.Promise();
  };
  try {
    auto* worker = make(options.IsObject() ? options.As<Napi::Object>() : Napi::Object::New(env));
    const auto promise = worker->promise();
    worker->Queue();  // deletes itself when done
    return promise;
  } catch (const CoreError& error) {
    return refuse(error);
  } catch (const std::bad_alloc&) {
    return refuse(CoreError("out-of-memory", "There is not enough memory for this model."));
  }
}

}  // namespace artificer
