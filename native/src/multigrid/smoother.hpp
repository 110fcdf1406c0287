#pragma once

#include <vector>

#include "common/run_control.hpp"
#include "sparse/block_matrix.hpp"

namespace artificer {

using FloatVector = Eigen::VectorXf;

/**
 * Chebyshev iteration on the block-Jacobi scaled matrix (Adams, Brezina, Hu, Tuminaro 2003), in single precision with
 * both triangles kept: smoothing only needs the fast-varying part of the error, and memory traffic is all it costs.
 */
class ChebyshevSmoother {
 public:
  ChebyshevSmoother(const SymmetricBlockMatrix& matrix, ThreadTeam& team, const RunControl& control);

  /** x = approximate solution of A x = b from a zero start, of as many vectors as `withWidth` knows. */
  void smooth(const FloatVectorBlock& b, FloatVectorBlock& x);

  /** y = A x */
  void multiply(const FloatVectorBlock& x, FloatVectorBlock& y) const;

 private:
  void copyBothTriangles(const SymmetricBlockMatrix& matrix);
  void invertDiagonal(const SymmetricBlockMatrix& matrix);
  void estimateLargestEigenvalue(const RunControl& control);
  void multiplyRows(const float* x, float* y, std::int64_t begin, std::int64_t end) const;
  template <int Width>
  void multiplyRowsWide(const float* x, float* y, std::int64_t begin, std::int64_t end) const;
  /** direction = keep * direction + gain * D^-1 (b - product), x += direction; without a product all start from zero. */
  template <int Width>
  void step(const FloatVectorBlock& b, const float* product, float keep, float gain, FloatVectorBlock& x);

  static constexpr int DEGREE = 3;
  /** The smoother damps the eigenvalues in [largest / RATIO, largest]; the coarse level takes the rest. */
  static constexpr float RATIO = 15;

  ThreadTeam& team_;
  int rows_;
  std::vector<std::int64_t> rowStart_;
  LargeVector<int> column_;
  LargeVector<float> values_;           // 9 a block, column-major, padded so that 4-wide loads stay inside
  LargeVector<float> inverseDiagonal_;  // 9 a block, column-major
  float largest_ = 1;
  FloatVectorBlock direction_, product_;
};

}  // namespace artificer
