#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "common/errors.hpp"

namespace artificer {

enum class Stage { assemble, factorise, solve, recover };

struct Progress {
  Stage stage = Stage::assemble;
  double fraction = 0;
  int iteration = -1;
  double relativeResidual = -1;
};

/** Lets a long computation be watched and cancelled. Safe to `check` from any thread; `report` from the leading thread only. */
class RunControl {
 public:
  RunControl() = default;
  RunControl(const volatile std::int32_t* cancelFlag, std::function<void(const Progress&)> onProgress)
      : cancelFlag_(cancelFlag), onProgress_(std::move(onProgress)) {}

  bool cancelled() const { return cancelFlag_ != nullptr && *cancelFlag_ != 0; }
  void check() const {
    if (cancelled()) throw CoreError("cancelled", "The solution was cancelled.");
  }

  /** From here on fractions count within this part of the whole. */
  void within(double begin, double end) {
    begin_ = begin;
    end_ = end;
  }

  /** Reports at most every 50 ms, but every change of stage and the end. */
  void report(Progress progress) {
    check();
    if (!onProgress_) return;
    progress.fraction = begin_ + (end_ - begin_) * progress.fraction;
    const auto now = std::chrono::steady_clock::now();
    const bool stageChanged = !reported_ || progress.stage != lastStage_;
    const bool ended = progress.fraction >= 1;
    if (!stageChanged && !ended && now - lastReport_ < std::chrono::milliseconds(50)) return;
    reported_ = true;
    lastStage_ = progress.stage;
    lastReport_ = now;
    onProgress_(progress);
  }

 private:
  const volatile std::int32_t* cancelFlag_ = nullptr;
  std::function<void(const Progress&)> onProgress_;
  std::chrono::steady_clock::time_point lastReport_{};
  Stage lastStage_ = Stage::assemble;
  bool reported_ = false;
  double begin_ = 0, end_ = 1;
};

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
  double lap() {
    const double elapsed = seconds();
    start_ = std::chrono::steady_clock::now();
    return elapsed;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace artificer
