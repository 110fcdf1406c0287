#include "multigrid/smoother.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "multigrid/largest_eigenvalue.hpp"

namespace artificer {

namespace {

typedef float Float4 __attribute__((vector_size(16)));

/** Four consecutive floats; the caller ignores the fourth lane. */
inline Float4 load(const float* p) {
  Float4 v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

/** sum + block * x for a column-major 3x3 block. */
inline Float4 accumulate(Float4 sum, const float* block, const float* x) {
  return sum + load(block) * x[0] + load(block + 3) * x[1] + load(block + 6) * x[2];
}

}  // namespace

ChebyshevSmoother::ChebyshevSmoother(const SymmetricBlockMatrix& matrix, ThreadTeam& team, const RunControl& control)
    : team_(team), rows_(matrix.rows) {
  copyBothTriangles(matrix);
  invertDiagonal(matrix);
  estimateLargestEigenvalue(control);
}

void ChebyshevSmoother::copyBothTriangles(const SymmetricBlockMatrix& matrix) {
  rowStart_.assign(rows_ + 1, 0);
  for (int row = 0; row < rows_; row++)
    for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++) {
      rowStart_[row + 1]++;
      if (matrix.column[p] != row) rowStart_[matrix.column[p] + 1]++;
    }
  for (int row = 0; row < rows_; row++) rowStart_[row + 1] += rowStart_[row];
  column_.resize(rowStart_.back());
  values_.resize(9 * column_.size() + 4);
  std::fill(values_.end() - 4, values_.end(), 0.0f);
  std::vector<std::int64_t> next(rowStart_.begin(), rowStart_.end() - 1);
  for (int row = 0; row < rows_; row++)
    for (auto p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++) {
      const int column = matrix.column[p];
      const double* v = matrix.block(p);
      const auto own = next[row]++;
      column_[own] = column;
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) values_[9 * own + 3 * j + i] = static_cast<float>(v[3 * i + j]);
      if (column == row) continue;
      const auto mirrored = next[column]++;
      column_[mirrored] = row;
      for (int i = 0; i < 9; i++) values_[9 * mirrored + i] = static_cast<float>(v[i]);
    }
}

void ChebyshevSmoother::invertDiagonal(const SymmetricBlockMatrix& matrix) {
  inverseDiagonal_.resize(9 * static_cast<std::size_t>(rows_) + 4);
  std::fill(inverseDiagonal_.end() - 4, inverseDiagonal_.end(), 0.0f);
  for (int row = 0; row < rows_; row++) {
    const Eigen::Matrix3f inverse = ConstBlockMap(matrix.diagonal(row)).inverse().cast<float>();
    std::memcpy(&inverseDiagonal_[9 * static_cast<std::size_t>(row)], inverse.data(), 9 * sizeof(float));
  }
}

void ChebyshevSmoother::multiplyRows(const float* x, float* y, std::int64_t begin, std::int64_t end) const {
  for (auto row = begin; row < end; row++) {
    Float4 even{}, odd{};
    auto p = rowStart_[row];
    const auto last = rowStart_[row + 1];
    for (; p + 1 < last; p += 2) {
      even = accumulate(even, &values_[9 * p], x + 3 * static_cast<std::size_t>(column_[p]));
      odd = accumulate(odd, &values_[9 * p + 9], x + 3 * static_cast<std::size_t>(column_[p + 1]));
    }
    if (p < last) even = accumulate(even, &values_[9 * p], x + 3 * static_cast<std::size_t>(column_[p]));
    const Float4 sum = even + odd;
    for (int axis = 0; axis < 3; axis++) y[3 * row + axis] = sum[axis];
  }
}

template <int Width>
void ChebyshevSmoother::multiplyRowsWide(const float* x, float* y, std::int64_t begin, std::int64_t end) const {
  using Row = Lanes<float, Width>;
  constexpr int AHEAD = 6;  // blocks whose vectors are fetched early
  for (auto row = begin; row < end; row++) {
    Row sum[3];
    for (auto p = rowStart_[row]; p < rowStart_[row + 1]; p++) {
      const float* v = &values_[9 * p];
      const float* z = x + static_cast<std::size_t>(3 * Width) * column_[p];
      if (p + AHEAD < rowStart_.back())
        for (int i = 0; i < 3 * Width; i += 16)
          __builtin_prefetch(x + static_cast<std::size_t>(3 * Width) * column_[p + AHEAD] + i);
      for (int j = 0; j < 3; j++) {
        const Row other = Row::load(z + j * Width);
        for (int i = 0; i < 3; i++) sum[i].add(v[3 * j + i], other);
      }
    }
    for (int i = 0; i < 3; i++) sum[i].store(y + (3 * row + i) * Width);
  }
}

void ChebyshevSmoother::multiply(const FloatVectorBlock& x, FloatVectorBlock& y) const {
  y.resize(x.rows(), x.cols());
  withWidth(x.cols(), [&](auto width) {
    team_.forRange(rows_, [&](std::int64_t begin, std::int64_t end) {
      if constexpr (width == 1) multiplyRows(x.data(), y.data(), begin, end);
      else multiplyRowsWide<width>(x.data(), y.data(), begin, end);
    }, 1024);
  });
}

void ChebyshevSmoother::estimateLargestEigenvalue(const RunControl& control) {
  largest_ = static_cast<float>(largestScaledEigenvalue<FloatVectorBlock>(
      3 * static_cast<Eigen::Index>(rows_),
      [&](const FloatVectorBlock& x, FloatVectorBlock& y) {
        control.check();
        multiply(x, y);
      },
      [&](const FloatVectorBlock& x, FloatVectorBlock& y) {
        for (std::int64_t row = 0; row < rows_; row++)
          for (int i = 0; i < 3; i++) {
            const float* inverse = &inverseDiagonal_[9 * row];
            y(3 * row + i) =
                inverse[i] * x(3 * row) + inverse[3 + i] * x(3 * row + 1) + inverse[6 + i] * x(3 * row + 2);
          }
      }));
}

template <int Width>
void ChebyshevSmoother::step(const FloatVectorBlock& b, const float* product, float keep, float gain,
                             FloatVectorBlock& x) {
  team_.forRange(rows_, [&](std::int64_t begin, std::int64_t end) {
    using Row = Lanes<float, Width>;
    for (auto row = begin; row < end; row++) {
      const std::size_t at = static_cast<std::size_t>(3 * Width) * row;
      const float* inverse = &inverseDiagonal_[9 * row];
      Row residual[3];
      for (int j = 0; j < 3; j++) {
        residual[j] = Row::load(b.data() + at + j * Width);
        if (product != nullptr) residual[j].add(-1, Row::load(product + at + j * Width));
      }
      for (int i = 0; i < 3; i++) {
        float* d = direction_.data() + at + i * Width;
        float* value = x.data() + at + i * Width;
        Row next, moved;
        for (int j = 0; j < 3; j++) next.add(gain * inverse[3 * j + i], residual[j]);
        if (product != nullptr) {
          next.add(keep, Row::load(d));
          moved = Row::load(value);
        }
        moved.add(1, next);
        next.store(d);
        moved.store(value);
      }
    }
  });
}

void ChebyshevSmoother::smooth(const FloatVectorBlock& b, FloatVectorBlock& x) {
  const float low = largest_ / RATIO, centre = (largest_ + low) / 2, half = (largest_ - low) / 2;
  const float sigma = centre / half;
  x.resize(b.rows(), b.cols());
  direction_.resize(b.rows(), b.cols());
  withWidth(b.cols(), [&](auto width) {
    float rho = 1 / sigma;
    step<width>(b, nullptr, 0, 1 / centre, x);
    for (int k = 1; k < DEGREE; k++) {
      const float next = 1 / (2 * sigma - rho);
      multiply(x, product_);
      step<width>(b, product_.data(), next * rho, 2 * next / half, x);
      rho = next;
    }
  });
}

}  // namespace artificer
