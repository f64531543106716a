// Which of the records requested so far a request is about.
//
//   uniform       every record alike
//   zipf 0.99     rank r in the order of publication with probability proportional to 1 / r^0.99: what is old and loved
//                 stays loved, so that a record keeps its rank while others are published
//   latest 0.99   the same counted from the newest back: news
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "models/base/field.h"
#include "models/base/quantity.h"
#include "models/base/random.h"
#include "models/base/time.h"
#include "models/workloads/history.h"

namespace peerlab {

struct KeyLaw {
  enum class Law : std::uint8_t { uniform, zipf, latest };
  Law law = Law::uniform;
  double skew = 0;  ///< exponent of zipf and latest
  friend bool operator==(const KeyLaw&, const KeyLaw&) = default;
};

Parsed<KeyLaw> parse_key_law(std::string_view text);

/// The fields `keys` and `least_age` of a row that chooses records, and the check of `keys`.
Fields record_fields(std::string_view keys, std::string_view least_age);
std::pair<std::string, std::string> check_keys(const Params& params);

/// Chooses records for one line.
class RecordChoice {
 public:
  /// The parameters must have passed check_keys.
  explicit RecordChoice(const Params& params);
  /// Index in the history of a record that is not erased and was published and last changed at least `least_age` before
  /// `now`, drawn by the law among those. Nothing when there is none, or when 40 draws found only others.
  std::optional<std::size_t> draw(Stream& random, const History& history, Time now) const;

 private:
  KeyLaw keys_;
  Duration least_age_;
};

}  // namespace peerlab
