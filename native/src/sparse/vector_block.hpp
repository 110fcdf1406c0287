#pragma once

#include <cstring>
#include <stdexcept>
#include <type_traits>

#include <Eigen/Dense>

namespace artificer {

/**
 * Several vectors side by side: the values of one degree of freedom stand together, so that a matrix is read once for all of
 * them. Solving is bound by reading memory: ten vectors at once take the time of about three.
 */
template <typename Scalar>
using VectorsOf = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using VectorBlock = VectorsOf<double>;
using FloatVectorBlock = VectorsOf<float>;

/** Widths that there are fast kernels for; columns beyond those that are wanted hold zeros. */
constexpr int WIDEST = 12;
inline int paddedWidth(int count) { return count <= 1 ? 1 : 4 * ((count + 3) / 4); }

/** Calls work(std::integral_constant<int, width>). */
template <typename Work>
void withWidth(Eigen::Index width, Work&& work) {
  switch (width) {
    case 1: return work(std::integral_constant<int, 1>{});
    case 4: return work(std::integral_constant<int, 4>{});
    case 8: return work(std::integral_constant<int, 8>{});
    case 12: return work(std::integral_constant<int, 12>{});
    default: throw std::logic_error("no kernel for this number of vectors");
  }
}

/** The values of all vectors at one degree of freedom, in registers. */
template <typename Scalar, int Width>
struct Lanes {
  typedef Scalar Packed __attribute__((vector_size(Width * sizeof(Scalar))));
  Packed all{};

  static Lanes load(const Scalar* from) {
    Lanes lanes;
    std::memcpy(&lanes.all, from, sizeof lanes.all);
    return lanes;
  }
  void store(Scalar* to) const { std::memcpy(to, &all, sizeof all); }
  void add(Scalar factor, const Lanes& other) { all += factor * other.all; }
};
template <typename Scalar>
struct Lanes<Scalar, 12> {
  Lanes<Scalar, 8> low;
  Lanes<Scalar, 4> high;

  static Lanes load(const Scalar* from) { return {Lanes<Scalar, 8>::load(from), Lanes<Scalar, 4>::load(from + 8)}; }
  void store(Scalar* to) const {
    low.store(to);
    high.store(to + 8);
  }
  void add(Scalar factor, const Lanes& other) {
    low.add(factor, other.low);
    high.add(factor, other.high);
  }
};

}  // namespace artificer
