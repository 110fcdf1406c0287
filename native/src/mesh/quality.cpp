#include "mesh/quality.hpp"

#include <algorithm>
#include <limits>

namespace artificer {

namespace {

constexpr int SAMPLES = tet10::NODES + tet10::GAUSS_POINTS;

const std::array<tet10::Gradients, SAMPLES>& sampleGradients() {
  static const std::array<tet10::Gradients, SAMPLES> gradients = [] {
    std::array<tet10::Gradients, SAMPLES> built;
    for (int node = 0; node < tet10::NODES; node++) built[node] = tet10::localGradients(tet10::nodePoint(node));
    for (int q = 0; q < tet10::GAUSS_POINTS; q++)
      built[tet10::NODES + q] = tet10::localGradients(tet10::gaussPoint(q));
    return built;
  }();
  return gradients;
}

}  // namespace

ElementQuality elementQuality(const tet10::Coordinates& x) {
  double smallest = std::numeric_limits<double>::infinity(), sum = 0, volume = 0;
  for (int sample = 0; sample < SAMPLES; sample++) {
    const double determinant = tet10::jacobian(x, sampleGradients()[sample]).determinant();
    smallest = std::min(smallest, determinant);
    sum += determinant;
    if (sample >= tet10::NODES) volume += determinant * tet10::GAUSS_WEIGHT;
  }
  const double mean = sum / SAMPLES;
  // A mean that is not positive means an element that is inside out as a whole.
  return {mean > 0 ? smallest / mean : -1.0, volume};
}

MeshQuality meshQuality(std::span<const double> nodes, std::span<const int> elements) {
  MeshQuality quality;
  const std::size_t count = elements.size() / tet10::NODES;
  quality.scaledJacobian.resize(count);
  for (std::size_t e = 0; e < count; e++) {
    const auto one = elementQuality(tet10::gather(nodes.data(), &elements[tet10::NODES * e]));
    quality.scaledJacobian[e] = one.scaledJacobian;
    quality.minimumScaledJacobian = std::min(quality.minimumScaledJacobian, one.scaledJacobian);
    quality.volume += one.volume;
    if (one.scaledJacobian <= 0) quality.invertedElements.push_back(static_cast<int>(e));
  }
  return quality;
}

}  // namespace artificer
