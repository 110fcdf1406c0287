#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace artificer {

/**
 * A fixed set of threads that work on one thing at a time; the calling thread is member 0.
 * Members sleep between jobs (no spinning), so that a solution does not slow the rest of a shared machine.
 */
class ThreadTeam {
 public:
  explicit ThreadTeam(int size);
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam&) = delete;
  ThreadTeam& operator=(const ThreadTeam&) = delete;

  int size() const { return static_cast<int>(workers_.size()) + 1; }

  /** Calls work(member) once on every member and waits. The first exception is thrown again here. */
  void run(const std::function<void(int)>& work);

  /** Splits [0, count) in equal contiguous shares: work(begin, end). Small counts stay on the calling thread. */
  template <typename Work>
  void forRange(std::int64_t count, Work&& work, std::int64_t smallest = 4096) {
    if (size() == 1 || count < smallest) {
      work(std::int64_t{0}, count);
      return;
    }
    run([&](int member) { work(count * member / size(), count * (member + 1) / size()); });
  }

  /** Calls work(index) for every index in [0, count), handed out one by one. */
  template <typename Work>
  void forEach(std::int64_t count, Work&& work) {
    if (size() == 1 || count < 2) {
      for (std::int64_t i = 0; i < count; i++) work(i);
      return;
    }
    std::atomic<std::int64_t> next{0};
    run([&](int) {
      for (std::int64_t i = next++; i < count; i = next++) work(i);
    });
  }

 private:
  void serve(int member);
  void keepFirst(std::exception_ptr failure);

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable jobReady_, jobDone_;
  const std::function<void(int)>* job_ = nullptr;
  std::uint64_t jobNumber_ = 0;
  int unfinished_ = 0;
  bool stopping_ = false;
  std::exception_ptr failure_;
};

}  // namespace artificer
