#include "heat/heat_bounds.hpp"

#include <algorithm>

namespace artificer {

HeatBounds::HeatBounds(const HeatModel& model, const Vector& start)
    : model_(model), lowest_(start.minCoeff()), highest_(start.maxCoeff()), lowerBound_(lowest_), upperBound_(highest_) {
  const auto open = [this](double heat) {
    openAbove_ = openAbove_ || heat > 0;
    openBelow_ = openBelow_ || heat < 0;
  };
  const auto openWithHistory = [&](double heat, int history) {
    if (history < 0) return open(heat);
    for (double factor : model_.histories[history].values) open(heat * factor);
  };
  for (const auto& surface : model.surfaces)
    if (surface.kind == SurfaceKind::flux) openWithHistory(surface.coefficient, surface.history);
  for (const auto& source : model.sources) openWithHistory(source.generation, source.history);
  for (double heat : model.nodalHeat) open(heat);
  includeNamed(0);
}

void HeatBounds::includeNamed(double time) {
  const auto take = [this](double temperature) {
    lowerBound_ = std::min(lowerBound_, temperature);
    upperBound_ = std::max(upperBound_, temperature);
  };
  for (std::size_t i = 0; i < model_.fixedNodes.size(); i++)
    take(model_.fixedTemperatures[i] * (model_.fixedHistory.empty() ? 1 : model_.historyAt(model_.fixedHistory[i], time)));
  for (const auto& surface : model_.surfaces)
    if (surface.kind != SurfaceKind::flux) take(surface.ambient * model_.historyAt(surface.history, time));
  lowest_ = std::min(lowest_, lowerBound_);
  highest_ = std::max(highest_, upperBound_);
}

void HeatBounds::include(double time, const Vector& temperature) {
  includeNamed(time);
  lowest_ = std::min(lowest_, temperature.minCoeff());
  highest_ = std::max(highest_, temperature.maxCoeff());
}

double HeatBounds::excess(double time, const Vector& temperature) {
  include(time, temperature);
  const double below = openBelow_ ? 0 : lowerBound_ - temperature.minCoeff();
  const double above = openAbove_ ? 0 : temperature.maxCoeff() - upperBound_;
  return std::max({0.0, below, above});
}

}  // namespace artificer
