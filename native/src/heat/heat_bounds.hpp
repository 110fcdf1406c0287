#pragma once

#include "heat/heat_model.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

/**
 * The span of temperatures of a transient so far, and the bounds that the maximum principle sets: without sources nothing
 * grows hotter (colder) than the hottest (coldest) of start, fixed and ambient temperatures. Quadratic elements that are too
 * coarse for a steep front break it by a little; how much is worth telling.
 */
class HeatBounds {
 public:
  HeatBounds(const HeatModel& model, const Vector& start);
  /** Widens the span by what a step has reached. */
  void include(double time, const Vector& temperature);
  double span() const { return highest_ - lowest_; }
  /** K by which temperatures exceed the bounds at a time; 0 on a side that a source or a flux leaves open. */
  double excess(double time, const Vector& temperature);

 private:
  void includeNamed(double time);

  const HeatModel& model_;
  double lowest_, highest_;            // of everything seen
  double lowerBound_, upperBound_;     // of what the model names
  bool openBelow_ = false, openAbove_ = false;
};

}  // namespace artificer
