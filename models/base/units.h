// The units that quantities are written in: one table per kind.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace peerlab {

struct Unit {
  std::string name;
  std::int64_t factor = 1;  ///< base units in one of it
  int power = 0;            ///< factor as a power of ten; only where `decimal`
  bool decimal = true;      ///< false for min, h, d, KiB, ...
};

struct Units {
  std::string what;      ///< "time"
  std::string article;   ///< "a duration"
  std::string example;   ///< a sentence that shows how to write one
  std::string too_fine;  ///< ends the sentence that begins with the quoted text
  std::string too_large;
  std::vector<Unit> units;
  std::vector<std::pair<std::string, std::string>> slips;  ///< spellings that people use elsewhere, and ours

  [[nodiscard]] const Unit* find(std::string_view name) const;
  /// Our spelling of what was probably meant, or nothing.
  [[nodiscard]] std::string meant(std::string_view typed) const;
};

const Units& duration_units();   ///< base unit: nanosecond
const Units& size_units();       ///< base unit: byte
const Units& bandwidth_units();  ///< base unit: bit/s
const Units& share_units();      ///< per cent

}  // namespace peerlab
