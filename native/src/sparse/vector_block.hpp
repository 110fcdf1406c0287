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

/** What a register of the processor holds. Packs that are wider are taken apart through memory by the compiler: three times slower. */
#if defined(__AVX512F__)
constexpr std::size_t REGISTER_BYTES = 64;
constexpr int REGISTERS = 32;
#elif defined(__AVX__)
constexpr std::size_t REGISTER_BYTES = 32;
constexpr int REGISTERS = 16;
#else
constexpr std::size_t REGISTER_BYTES = 16;
constexpr int REGISTERS = 16;
#endif

template <typename Scalar, int Width>
constexpr bool fitsRegister = Width * sizeof(Scalar) <= REGISTER_BYTES && (Width & (Width - 1)) == 0;

/** The values of vectors at one degree of freedom, in registers. */
template <typename Scalar, int Width, bool Fits = fitsRegister<Scalar, Width>>
struct Lanes {
  static constexpr int REGISTERS_TAKEN = 1;
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
/** More than a register holds: in two parts. */
template <typename Scalar, int Width>
struct Lanes<Scalar, Width, false> {
  static constexpr int LOW = Width == 12 ? 8 : Width / 2, HIGH = Width - LOW;
  Lanes<Scalar, LOW> low;
  Lanes<Scalar, HIGH> high;
  static constexpr int REGISTERS_TAKEN = decltype(low)::REGISTERS_TAKEN + decltype(high)::REGISTERS_TAKEN;

  static Lanes load(const Scalar* from) {
    return {Lanes<Scalar, LOW>::load(from), Lanes<Scalar, HIGH>::load(from + LOW)};
  }
  void store(Scalar* to) const {
    low.store(to);
    high.store(to + LOW);
  }
  void add(Scalar factor, const Lanes& other) {
    low.add(factor, other.low);
    high.add(factor, other.high);
  }
};

/** How many of `Width` vectors to take at a time, so that `rows` values of each stay in registers. */
template <typename Scalar, int Width, int Rows>
constexpr int lanesAtATime() {
  return Rows * Lanes<Scalar, Width>::REGISTERS_TAKEN <= REGISTERS ? Width : 4;
}

}  // namespace artificer
