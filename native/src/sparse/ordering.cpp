#include "sparse/ordering.hpp"

#include <metis.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <numeric>
#include <thread>

namespace artificer {

namespace {

/** The adjacency both ways, without the diagonal, as METIS wants it; owned by the ordering thread. */
struct OrderingJob {
  std::vector<idx_t> start, neighbour, order, position;
  int status = METIS_ERROR;
  bool finished = false;
  std::mutex mutex;
  std::condition_variable done;
};

std::shared_ptr<OrderingJob> makeJob(const SymmetricBlockMatrix& matrix) {
  auto job = std::make_shared<OrderingJob>();
  const int n = matrix.rows;
  job->start.assign(n + 1, 0);
  for (int row = 0; row < n; row++)
    for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1] - 1; p++) {
      job->start[row + 1]++;
      job->start[matrix.column[p] + 1]++;
    }
  std::partial_sum(job->start.begin(), job->start.end(), job->start.begin());
  job->neighbour.resize(job->start.back());
  std::vector<idx_t> next(job->start.begin(), job->start.end() - 1);
  for (int row = 0; row < n; row++)
    for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1] - 1; p++) {
      job->neighbour[next[row]++] = matrix.column[p];
      job->neighbour[next[matrix.column[p]]++] = row;
    }
  job->order.resize(n);
  job->position.resize(n);
  return job;
}

void dissect(OrderingJob& job) {
  static std::mutex oneAtATime;  // METIS draws from a process-wide random generator: alone, it is deterministic
  std::lock_guard alone(oneAtATime);
  idx_t n = static_cast<idx_t>(job.order.size());
  idx_t options[METIS_NOPTIONS];
  METIS_SetDefaultOptions(options);
  options[METIS_OPTION_SEED] = 1;
  const int status = METIS_NodeND(&n, job.start.data(), job.neighbour.data(), nullptr, options, job.order.data(),
                                  job.position.data());
  std::lock_guard lock(job.mutex);
  job.status = status;
  job.finished = true;
  job.done.notify_all();
}

}  // namespace

std::vector<int> nestedDissection(const SymmetricBlockMatrix& matrix, const RunControl& control) {
  std::vector<int> order(matrix.rows);
  std::iota(order.begin(), order.end(), 0);
  if (matrix.rows < 8) return order;
  auto job = makeJob(matrix);
  if (job->neighbour.empty()) return order;

  std::thread([job] { dissect(*job); }).detach();
  std::unique_lock lock(job->mutex);
  while (!job->done.wait_for(lock, std::chrono::milliseconds(50), [&] { return job->finished; })) control.check();
  if (job->status == METIS_ERROR_MEMORY) throw std::bad_alloc();
  if (job->status != METIS_OK) throw CoreError("bad-model", "The equations could not be ordered for factorisation.");
  order.assign(job->order.begin(), job->order.end());
  return order;
}

}  // namespace artificer
