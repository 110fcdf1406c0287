#include "mesh/graph_laplacian.hpp"

#include <algorithm>
#include <cmath>

#include "common/errors.hpp"

namespace artificer {

namespace {

constexpr double TOLERANCE = 1e-13;
constexpr int MOST_ITERATIONS = 5000;

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); i++) sum += a[i] * b[i];
  return sum;
}

}  // namespace

GraphLaplacian::GraphLaplacian(int points, std::vector<Link> links) : start_(points + 1, 0), diagonal_(points, 0) {
  for (auto& link : links)
    if (link.a > link.b) std::swap(link.a, link.b);
  std::sort(links.begin(), links.end(),
            [](const Link& x, const Link& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  std::size_t kept = 0;
  for (const auto& link : links) {
    if (link.a == link.b) continue;
    if (kept > 0 && links[kept - 1].a == link.a && links[kept - 1].b == link.b) {
      links[kept - 1].weight += link.weight;
      continue;
    }
    links[kept++] = link;
  }
  links.resize(kept);
  for (const auto& link : links) {
    start_[link.a + 1]++;
    start_[link.b + 1]++;
  }
  for (int i = 0; i < points; i++) start_[i + 1] += start_[i];
  neighbour_.resize(start_[points]);
  weight_.resize(start_[points]);
  std::vector<std::int64_t> next(start_.begin(), start_.end() - 1);
  for (const auto& link : links) {
    neighbour_[next[link.a]] = link.b;
    weight_[next[link.a]++] = link.weight;
    neighbour_[next[link.b]] = link.a;
    weight_[next[link.b]++] = link.weight;
    diagonal_[link.a] += link.weight;
    diagonal_[link.b] += link.weight;
  }
}

std::vector<double> GraphLaplacian::solve(std::span<const char> held, const std::vector<double>& right,
                                          const std::function<void()>& check) const {
  const int n = points();
  std::vector<double> x(n, 0), r(n, 0), z(n, 0), p(n, 0), image(n, 0);
  for (int i = 0; i < n; i++)
    if (!held[i] && diagonal_[i] > 0) r[i] = right[i];
  const double first = std::sqrt(dot(r, r));
  if (first == 0) return x;
  const auto precondition = [&] {
    for (int i = 0; i < n; i++) z[i] = diagonal_[i] > 0 ? r[i] / diagonal_[i] : 0;
  };
  precondition();
  p = z;
  double rho = dot(r, z);
  for (int step = 0; step < MOST_ITERATIONS; step++) {
    if (check && step % 64 == 0) check();
    for (int i = 0; i < n; i++) {
      if (held[i]) continue;
      double sum = diagonal_[i] * p[i];
      for (auto k = start_[i]; k < start_[i + 1]; k++) sum -= weight_[k] * p[neighbour_[k]];  // held entries of p are zero
      image[i] = sum;
    }
    const double alpha = rho / dot(p, image);
    for (int i = 0; i < n; i++) {
      x[i] += alpha * p[i];
      r[i] -= alpha * image[i];
    }
    if (std::sqrt(dot(r, r)) <= TOLERANCE * first) return x;
    precondition();
    const double next = dot(r, z);
    for (int i = 0; i < n; i++) p[i] = z[i] + next / rho * p[i];
    rho = next;
  }
  throw CoreError("not-converged", "The movement of the surface could not be spread into the part.",
                  "Mesh the part anew.");
}

void GraphLaplacian::extend(std::span<const char> held, std::span<double> values, const std::function<void()>& check) const {
  for (int axis = 0; axis < 3; axis++) {
    std::vector<double> right(points(), 0);
    for (int i = 0; i < points(); i++) {
      if (held[i]) continue;
      for (auto k = start_[i]; k < start_[i + 1]; k++)
        if (held[neighbour_[k]]) right[i] += weight_[k] * values[3 * static_cast<std::size_t>(neighbour_[k]) + axis];
    }
    const auto x = solve(held, right, check);
    for (int i = 0; i < points(); i++)
      if (!held[i] && diagonal_[i] > 0) values[3 * static_cast<std::size_t>(i) + axis] = x[i];
  }
}

void GraphLaplacian::gather(std::span<const char> held, std::span<double> values, const std::function<void()>& check) const {
  for (int axis = 0; axis < 3; axis++) {
    std::vector<double> right(points(), 0);
    for (int i = 0; i < points(); i++)
      if (!held[i]) right[i] = values[3 * static_cast<std::size_t>(i) + axis];
    const auto x = solve(held, right, check);
    for (int i = 0; i < points(); i++) {
      double& value = values[3 * static_cast<std::size_t>(i) + axis];
      if (!held[i]) {
        if (diagonal_[i] > 0) value = 0;
        continue;
      }
      for (auto k = start_[i]; k < start_[i + 1]; k++)
        if (!held[neighbour_[k]]) value += weight_[k] * x[neighbour_[k]];
    }
  }
}

}  // namespace artificer
