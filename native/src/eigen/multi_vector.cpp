#include "eigen/multi_vector.hpp"

namespace artificer {

namespace {
/** Rows worked on at once: what is read stays in the second-level cache. */
constexpr std::int64_t CHUNK = 1024;
}  // namespace

MultiVector innerProducts(const ConstColumns& x, const ConstColumns& y, ThreadTeam& team) {
  std::vector<MultiVector> sums(team.size(), MultiVector::Zero(x.cols(), y.cols()));
  const std::int64_t rows = x.rows();
  team.run([&](int member) {
    const auto begin = rows * member / team.size(), end = rows * (member + 1) / team.size();
    for (auto row = begin; row < end; row += CHUNK) {
      const auto count = std::min(CHUNK, end - row);
      sums[member].noalias() += x.middleRows(row, count).transpose() * y.middleRows(row, count);
    }
  });
  for (int member = 1; member < team.size(); member++) sums[0] += sums[member];
  return sums[0];
}

void addProduct(const ConstColumns& x, const MultiVector& c, Columns y, ThreadTeam& team) {
  team.forRange(x.rows(), [&](std::int64_t begin, std::int64_t end) {
    for (auto row = begin; row < end; row += CHUNK) {
      const auto count = std::min(CHUNK, end - row);
      y.middleRows(row, count).noalias() += x.middleRows(row, count) * c;
    }
  });
}

void rotate(Columns x, const MultiVector& c, ThreadTeam& team) {
  team.forRange(x.rows(), [&](std::int64_t begin, std::int64_t end) {
    MultiVector turned;
    for (auto row = begin; row < end; row += CHUNK) {
      const auto count = std::min(CHUNK, end - row);
      turned.noalias() = x.block(row, 0, count, c.rows()) * c;
      x.block(row, 0, count, c.cols()) = turned;
    }
  });
}

}  // namespace artificer
