#include "common/thread_team.hpp"

#include <utility>

namespace artificer {

ThreadTeam::ThreadTeam(int size) {
  for (int member = 1; member < size; member++) workers_.emplace_back([this, member] { serve(member); });
}

ThreadTeam::~ThreadTeam() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  jobReady_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void ThreadTeam::keepFirst(std::exception_ptr failure) {
  std::lock_guard lock(mutex_);
  if (!failure_) failure_ = failure;
}

void ThreadTeam::run(const std::function<void(int)>& work) {
  if (workers_.empty()) {
    work(0);
    return;
  }
  {
    std::lock_guard lock(mutex_);
    job_ = &work;
    jobNumber_++;
    unfinished_ = static_cast<int>(workers_.size());
    failure_ = nullptr;
  }
  jobReady_.notify_all();
  try {
    work(0);
  } catch (...) {
    keepFirst(std::current_exception());
  }
  std::unique_lock lock(mutex_);
  jobDone_.wait(lock, [this] { return unfinished_ == 0; });
  job_ = nullptr;
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void ThreadTeam::serve(int member) {
  std::uint64_t served = 0;
  while (true) {
    const std::function<void(int)>* job;
    {
      std::unique_lock lock(mutex_);
      jobReady_.wait(lock, [&] { return stopping_ || jobNumber_ != served; });
      if (stopping_) return;
      served = jobNumber_;
      job = job_;
    }
    try {
      (*job)(member);
    } catch (...) {
      keepFirst(std::current_exception());
    }
    std::lock_guard lock(mutex_);
    if (--unfinished_ == 0) jobDone_.notify_one();
  }
}

}  // namespace artificer
