// The values of one axis of a sweep: a list, or a range of a field.
//
//   [1 s, 10 s, 1 min]                        these
//   {from: 100, to: 500, step: 100}           100 200 300 400 500
//   {from: 1 s, to: 100 s, points: 3}         1 s, 50.5 s, 100 s
//   {from: 1 s, to: 100 s, points: 3, scale: log}   1 s, 10 s, 100 s
//
// A range is of a field that holds a number: whole numbers stay whole, what lies between the ends has four significant digits
// (it is what people write, and no last bit of a logarithm can show), and the ends are exact.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/base/field.h"
#include "sim/scenario/tree.h"

namespace peerlab {

/// Most values of one axis, and most cells of a sweep.
inline constexpr std::size_t sweep_most_values = 2000;

/// Values to choose from.
class AxisValues {
 public:
  /// Reads `value`; `field` is the one that the axis moves, if the table has it. Appends what is wrong.
  static AxisValues read(const Tree& value, const std::string& path, const std::optional<Field>& field,
                         const Sources& sources, bool needs_points, Problems& problems);

  /// The values of the axis in order; of a range without points and step, its ends.
  [[nodiscard]] const std::vector<Tree>& all() const { return all_; }
  /// The value at share `u` (0 <= u < 1) of the way: of a range anything between its ends, else one of the list.
  [[nodiscard]] Tree at(double u) const;

 private:
  struct Range {
    Field field;
    double from = 0;
    double to = 0;
    bool log = false;
    Tree pattern;  ///< place and origin of made values
  };
  [[nodiscard]] static Tree made(const Range& range, double value);
  [[nodiscard]] static double between(const Range& range, double u);

  std::vector<Tree> all_;
  std::optional<Range> range_;
};

}  // namespace peerlab
