#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace artificer::mesher {

/**
 * Watches Netgen's surface mesher from a thread beside it: passes its progress on, and stops it when it stands still.
 * It can spend hours trying to close one face with elements that cannot fit, where other settings take seconds.
 */
class SurfaceWatch {
 public:
  explicit SurfaceWatch(std::function<void(double)> onShare);
  /** Ends the watch; Netgen can be used again afterwards even when it was stopped. */
  ~SurfaceWatch();
  bool stopped() const { return stopped_; }

 private:
  void watch();

  std::function<void(double)> onShare_;
  std::atomic<bool> stopped_{false};
  bool ended_ = false;
  std::mutex mutex_;
  std::condition_variable end_;
  std::thread thread_;
};

}  // namespace artificer::mesher
