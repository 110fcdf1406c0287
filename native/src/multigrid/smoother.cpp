#include "multigrid/smoother.hpp"

#include <cmath>
#include <cstring>

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

ChebyshevSmoother::ChebyshevSmoother(const SymmetricBlockMatrix& matrix, ThreadTeam& team)
    : team_(team), rows_(matrix.rows) {
  copyBothTriangles(matrix);
  invertDiagonal(matrix);
  direction_.resize(3 * rows_);
  product_.resize(3 * rows_);
  estimateLargestEigenvalue();
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

void ChebyshevSmoother::multiply(const float* x, float* y) const {
  team_.forRange(rows_, [&](std::int64_t begin, std::int64_t end) { multiplyRows(x, y, begin, end); }, 1024);
}

void ChebyshevSmoother::estimateLargestEigenvalue() {
  // A fixed pseudo-random start keeps results the same from run to run.
  FloatVector x(3 * rows_), scaled(3 * rows_);
  std::uint32_t state = 12345;
  for (auto& value : x) {
    state = state * 1664525u + 1013904223u;
    value = static_cast<float>(state >> 8) / (1 << 24) - 0.5f;
  }
  for (int step = 0; step < 12; step++) {
    x /= x.norm();
    multiply(x.data(), product_.data());
    for (std::int64_t row = 0; row < rows_; row++) {
      const Float4 v = accumulate(Float4{}, &inverseDiagonal_[9 * row], &product_[3 * row]);
      for (int axis = 0; axis < 3; axis++) scaled[3 * row + axis] = v[axis];
    }
    x.swap(scaled);
    largest_ = x.norm();
  }
  largest_ *= 1.1f;  // the power iteration approaches from below
}

void ChebyshevSmoother::smooth(const FloatVector& b, FloatVector& x) {
  const float low = largest_ / RATIO, centre = (largest_ + low) / 2, half = (largest_ - low) / 2;
  const float sigma = centre / half;
  float rho = 1 / sigma;
  const auto step = [&](std::int64_t begin, std::int64_t end, const float* product, float keep, float gain) {
    for (auto row = begin; row < end; row++) {
      float residual[3];
      for (int axis = 0; axis < 3; axis++)
        residual[axis] = b[3 * row + axis] - (product != nullptr ? product[3 * row + axis] : 0.0f);
      const Float4 v = accumulate(Float4{}, &inverseDiagonal_[9 * row], residual);
      for (int axis = 0; axis < 3; axis++) {
        float& d = direction_[3 * row + axis];
        d = (product != nullptr ? keep * d : 0.0f) + gain * v[axis];
        float& value = x[3 * row + axis];
        value = (product != nullptr ? value : 0.0f) + d;
      }
    }
  };
  x.resize(b.size());
  team_.forRange(rows_, [&](std::int64_t begin, std::int64_t end) { step(begin, end, nullptr, 0, 1 / centre); });
  for (int k = 1; k < DEGREE; k++) {
    const float next = 1 / (2 * sigma - rho);
    multiply(x.data(), product_.data());
    team_.forRange(rows_, [&](std::int64_t begin, std::int64_t end) {
      step(begin, end, product_.data(), next * rho, 2 * next / half);
    });
    rho = next;
  }
}

}  // namespace artificer
