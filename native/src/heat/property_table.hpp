#pragma once

#include <algorithm>
#include <array>
#include <vector>

namespace artificer {

/**
 * A quantity of `WIDTH` components that depends piecewise linearly on one argument (a temperature, degC, or a time, s) and is
 * constant beyond its ends. Arguments ascend; a repeated argument is a jump, before which the earlier value holds.
 */
template <int WIDTH>
struct Table {
  std::vector<double> arguments;
  std::vector<double> values;  // WIDTH a row

  bool constant() const { return arguments.size() < 2; }
  double first() const { return arguments.front(); }
  double last() const { return arguments.back(); }
  bool covers(double x) const { return constant() || (x >= first() && x <= last()); }

  /** Values at x and, if asked for, their derivatives there. */
  std::array<double, WIDTH> at(double x, std::array<double, WIDTH>* slope = nullptr) const {
    std::array<double, WIDTH> result;
    if (slope) slope->fill(0);
    const std::size_t next = std::lower_bound(arguments.begin(), arguments.end(), x) - arguments.begin();
    if (constant() || next == 0 || next == arguments.size()) {
      const std::size_t row = constant() || next == 0 ? 0 : arguments.size() - 1;
      std::copy_n(&values[WIDTH * row], WIDTH, result.begin());
      return result;
    }
    const double width = arguments[next] - arguments[next - 1];
    const double share = (x - arguments[next - 1]) / width;
    for (int c = 0; c < WIDTH; c++) {
      const double from = values[WIDTH * (next - 1) + c], to = values[WIDTH * next + c];
      result[c] = from + share * (to - from);
      if (slope) (*slope)[c] = (to - from) / width;
    }
    return result;
  }
};

using ScalarTable = Table<1>;

inline double valueAt(const ScalarTable& table, double x) { return table.at(x)[0]; }

/** Integral of a table from 0 to x: heat content of a specific heat. */
class TableIntegral {
 public:
  TableIntegral() = default;
  explicit TableIntegral(const ScalarTable& table) : table_(table) {
    for (std::size_t i = 1; i < table_.arguments.size(); i++)
      upTo_.push_back((upTo_.empty() ? 0 : upTo_.back()) + 0.5 * (table_.arguments[i] - table_.arguments[i - 1]) *
                                                               (table_.values[i] + table_.values[i - 1]));
    offset_ = fromFirst(0);
  }
  double at(double x) const { return fromFirst(x) - offset_; }

 private:
  double fromFirst(double x) const {
    if (table_.constant()) return table_.values[0] * x;
    if (x <= table_.first()) return table_.values.front() * (x - table_.first());
    const std::size_t next = std::lower_bound(table_.arguments.begin(), table_.arguments.end(), x) - table_.arguments.begin();
    if (next == table_.arguments.size()) return upTo_.back() + table_.values.back() * (x - table_.last());
    const double before = next >= 2 ? upTo_[next - 2] : 0;
    return before + 0.5 * (x - table_.arguments[next - 1]) * (table_.values[next - 1] + table_.at(x)[0]);
  }

  ScalarTable table_;
  std::vector<double> upTo_;  // from the first argument to the (i + 1)-th
  double offset_ = 0;
};

}  // namespace artificer
