#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace artificer {

/**
 * The weighted Laplacian of a graph of points. Weights are positive, so the values in between never leave the range of the
 * held ones (maximum principle): a movement of the boundary spread by it turns no small piece over without need.
 */
class GraphLaplacian {
 public:
  /** A pair of points and its weight; pairs may come more than once and in either order, their weights add up. */
  struct Link {
    int a, b;
    double weight;
  };
  GraphLaplacian(int points, std::vector<Link> links);

  int points() const { return static_cast<int>(start_.size()) - 1; }

  /** Sets the three values of every point that is not held so that the Laplacian vanishes there. Isolated points keep theirs. */
  void extend(std::span<const char> held, std::span<double> values, const std::function<void()>& check = {}) const;

  /** The transpose: moves what lies on points that are not held to the held ones, with the weights of `extend`. */
  void gather(std::span<const char> held, std::span<double> values, const std::function<void()>& check = {}) const;

 private:
  /** Solves L x = b on the points that are not held, for one of three interleaved components. */
  std::vector<double> solve(std::span<const char> held, const std::vector<double>& right,
                            const std::function<void()>& check) const;

  std::vector<std::int64_t> start_;
  std::vector<int> neighbour_;
  std::vector<double> weight_, diagonal_;
};

}  // namespace artificer
