// The field table: the one description of everything that a user can set.
//
// Each plug-in exports its `fields()` beside its code. The scenario reader, `--set`, `peerlab explain`, the JSON Schema
// and the reference page are all made from these rows, so that a key can be neither undocumented nor unchecked.
// Params holds the values of one such table, parsed and complete: a name that is not in the table is our own fault (CHECK).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "models/base/distribution.h"
#include "models/base/quantity.h"
#include "models/base/time.h"

namespace peerlab {

/// One thing a user can set.
struct Field {
  std::string name{};  ///< the key, such as `block_interval`
  Kind kind = Kind::text;
  std::string fallback{};              ///< the default, written as a user would write it; must parse
  std::string sentence{};              ///< what it means, one sentence with a full stop
  std::string example{};               ///< a value worth showing; must parse
  std::string least{};                 ///< smallest allowed value as text, inclusive; empty: no bound
  std::string most{};                  ///< largest allowed value as text, inclusive; empty: no bound
  std::vector<std::string> choices{};  ///< for Kind::choice: all of them
  Kind of = Kind::duration;            ///< for Kind::law: the kind of its values
};
using Fields = std::vector<Field>;

/// One row of a field table in a line; empty bounds are none.
Field field(std::string_view name, Kind kind, std::string_view fallback, std::string_view sentence,
            std::string_view example, std::string_view least = "", std::string_view most = "",
            std::vector<std::string> choices = {});

using Value = std::variant<bool, std::int64_t, double, Duration, Rate, Distribution, std::string>;

/// Parses `text` as a value of `field`: kind, choices and range. The sentence of a failure names no place; the caller does.
Parsed<Value> parse_value(const Field& field, std::string_view text);
/// Writes a value as the user would.
std::string write_value(const Field& field, const Value& value);

/// The values of one field table.
class Params {
 public:
  Params() = default;
  /// Every field at its default.
  static Params defaults(const Fields& fields);

  /// Sets a field from text; returns the sentence of a failure, or an empty string.
  std::string set(std::string_view name, std::string_view text);

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] std::int64_t whole(std::string_view name) const;
  [[nodiscard]] double real(std::string_view name) const;
  [[nodiscard]] double share(std::string_view name) const;  ///< 0 .. 1
  [[nodiscard]] Duration duration(std::string_view name) const;
  [[nodiscard]] std::int64_t size(std::string_view name) const;  ///< bytes
  [[nodiscard]] double bandwidth(std::string_view name) const;   ///< bit/s
  [[nodiscard]] Rate rate(std::string_view name) const;
  [[nodiscard]] const Distribution& law(std::string_view name) const;
  [[nodiscard]] const std::string& text(std::string_view name) const;  ///< Kind::text and Kind::choice
  [[nodiscard]] const std::vector<std::pair<Field, Value>>& rows() const { return rows_; }

 private:
  [[nodiscard]] const Value& value(std::string_view name) const;
  std::vector<std::pair<Field, Value>> rows_;
};

}  // namespace peerlab
