#include "addon/core_worker.hpp"

#include "addon/answers.hpp"
#include "addon/while_alive.hpp"

namespace artificer {

CoreWorker::CoreWorker(Napi::Env env, const char* name, const Napi::Object& options, Work work, Answer answer,
                       Decorate decorate)
    : Napi::AsyncWorker(env, name), deferred_(env), work_(std::move(work)), answer_(std::move(answer)),
      decorate_(std::move(decorate)) {
  if (!options.Get("cancel").IsUndefined()) {
    const auto flag = int32Array(options.Get("cancel"), "cancel");
    if (flag.empty()) throw CoreError("bad-model", "cancel must hold one element");
    cancelFlag_ = flag.data();
    cancelArray_ = Napi::Persistent(options.Get("cancel").As<Napi::Object>());
  }
  // Last, so that nothing above can throw and leave it unreleased.
  if (options.Get("onProgress").IsFunction())
    onProgress_ = Napi::ThreadSafeFunction::New(env, options.Get("onProgress").As<Napi::Function>(),
                                                "artificer.onProgress", 0, 1);
}

void CoreWorker::Execute() {
  try {
    std::function<void(const Progress&)> report;
    if (onProgress_)
      report = [this](const Progress& progress) {
        onProgress_.NonBlockingCall([progress, decorate = decorate_](Napi::Env env, Napi::Function callback) {
          whileAlive([&] {
            if (!callback) return;
            auto object = progressObject(env, progress);
            if (decorate) decorate(progress, object);
            callback.Call({object});
          });
        });
      };
    RunControl control(cancelFlag_, std::move(report));
    work_(control);
  } catch (const CoreError& error) {
    errorCode_ = error.code();
    errorMessage_ = error.what();
    errorHint_ = error.hint();
  } catch (const std::bad_alloc&) {
    errorCode_ = "out-of-memory";
    errorMessage_ = "There is not enough memory for this solution.";
    errorHint_ = memoryHint_;
  } catch (const std::exception& error) {
    errorCode_ = "bad-model";
    errorMessage_ = error.what();
  }
  work_ = nullptr;  // the model is not needed any more, unless the answer holds it too
}

void CoreWorker::OnOK() {
  Napi::HandleScope scope(Env());
  if (onProgress_) onProgress_.Release();
  if (!errorCode_.empty()) {
    deferred_.Reject(toError(Env(), errorCode_, errorMessage_, errorHint_).Value());
    return;
  }
  try {
    deferred_.Resolve(answer_(Env()));
  } catch (const Napi::Error&) {
    deferred_.Reject(toError(Env(), "out-of-memory", "There is not enough memory for the results.").Value());
  }
}

}  // namespace artificer
