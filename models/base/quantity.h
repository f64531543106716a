// Quantities as people write them: a number, a space, a unit. Never a bare number where a unit belongs.
//
//   duration   50 ms   1.5 s   10 min   24 h   7 d   200 us   30 ns
//   size       250 B   2 kB    1 MB     4 GB   (powers of 1000)   64 KiB  1 MiB  2 GiB  (powers of 1024)
//   bandwidth  96 kbit/s  8 Mbit/s  1 Gbit/s     (decimal)
//   share      25 %    0.1 %
//   rate       2 per s in total    1 per min per user    0.5 per h in total
//   law        50 ms | constant 50 ms | uniform 10 ms..50 ms | exponential 100 ms | normal 400 ms sd 100 ms |
//              lognormal median 2 kB sigma 1 | pareto scale 10 ms shape 3
//
// A parser returns the value or a sentence that says what is wrong and how to write it; it never throws. Numbers are
// decimal with an optional fraction and exponent (`1e6`), without commas, infinities or hexadecimal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/distribution.h"
#include "models/base/time.h"

namespace peerlab {

/// What sort of value a field holds.
enum class Kind : std::uint8_t { flag, whole, real, share, duration, size, bandwidth, rate, text, choice, law };

/// A value, or the sentence that says why there is none.
template <class T>
struct Parsed {
  std::optional<T> value;
  std::string error;
  explicit operator bool() const { return value.has_value(); }
};

/// How often something happens: `per_second` events, in total or for each user.
struct Rate {
  double per_second = 0;
  bool per_user = false;
  friend bool operator==(const Rate&, const Rate&) = default;
};

Parsed<bool> parse_flag(std::string_view text);           ///< yes/no, true/false, on/off
Parsed<std::int64_t> parse_whole(std::string_view text);  ///< 42, 1e6 when whole
Parsed<double> parse_real(std::string_view text);
Parsed<double> parse_share(std::string_view text);  ///< `25 %` -> 0.25; between 0 and 100 %
Parsed<Duration> parse_duration(std::string_view text);
Parsed<std::int64_t> parse_size(std::string_view text);  ///< bytes
Parsed<double> parse_bandwidth(std::string_view text);   ///< bit/s
Parsed<Rate> parse_rate(std::string_view text);
/// A law whose values are of kind `of` (duration, size, bandwidth or real), in base units: ns, bytes, bit/s.
Parsed<Distribution> parse_law(std::string_view text, Kind of);

/// The shortest text that reads back as the same value, with a unit a person would choose: `10 min`, `535 kB`, `25 %`.
std::string write_duration(Duration value);
std::string write_size(std::int64_t bytes);
std::string write_bandwidth(double bits_per_second);
std::string write_share(double share);
std::string write_rate(Rate rate);
std::string write_law(const Distribution& law, Kind of);
/// Name of a kind with an example, for messages: "a duration, such as `50 ms`".
std::string describe_kind(Kind kind);

/// The entry of `candidates` that a typist most likely meant (edit distance at most a third of the length), if any.
std::optional<std::string> nearest_name(std::string_view typed, const std::vector<std::string>& candidates);

}  // namespace peerlab
