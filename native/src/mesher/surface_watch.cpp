#include "mesher/surface_watch.hpp"

#include <ctime>

// Netgen's nginterface.h needs a header that Debian does not ship: these three are declared as it declares them.
extern "C" {
void Ng_GetStatus(char** text, double& percent);
void Ng_SetTerminate();
void Ng_UnSetTerminate();
}

namespace artificer::mesher {

namespace {

/** Processor time without any progress after which the mesher is stopped; a face takes a few seconds at most. */
constexpr double STALLED_SECONDS = 12;

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

SurfaceWatch::SurfaceWatch(std::function<void(double)> onShare) : onShare_(std::move(onShare)) {
  Ng_UnSetTerminate();
  thread_ = std::thread([this] { watch(); });
}

SurfaceWatch::~SurfaceWatch() {
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  end_.notify_all();
  thread_.join();
  Ng_UnSetTerminate();
}

void SurfaceWatch::watch() {
  double lastPercent = -1, lastChange = processorSeconds();
  std::unique_lock lock(mutex_);
  while (!end_.wait_for(lock, std::chrono::milliseconds(500), [this] { return ended_; })) {
    char* text = nullptr;
    double percent = 0;
    Ng_GetStatus(&text, percent);
    delete[] text;
    if (percent != lastPercent) {
      lastPercent = percent;
      lastChange = processorSeconds();
      onShare_(percent / 100);
    } else if (processorSeconds() - lastChange > STALLED_SECONDS) {
      stopped_ = true;
      Ng_SetTerminate();
    }
  }
}

}  // namespace artificer::mesher
