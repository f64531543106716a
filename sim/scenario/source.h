// The texts that a scenario is made of: its file, the files it extends, and arguments of the command line.
//
// A file is read only when it can be a scenario: at most 4 MB, UTF-8 text without control characters, no folder, not
// empty. Everything else is refused in a sentence before any parser sees it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/problem.h"

namespace peerlab {

inline constexpr std::uint64_t scenario_most_bytes = 4'000'000;

/// Where a value was written.
struct Spot {
  std::uint32_t source = 0;  ///< index in Sources
  std::uint32_t line = 0;    ///< from 1; 0: the source as a whole
  std::uint32_t column = 0;  ///< from 1, in bytes
};

class Sources {
 public:
  /// Adds a text under the name that messages give it; returns its index.
  std::uint32_t add(std::string name, std::string text);
  /// Adds a file, or appends the problem that keeps it from being read and returns `none`.
  std::uint32_t add_file(const std::string& path, Problems& problems);
  static constexpr std::uint32_t none = 0xffffffff;

  [[nodiscard]] const std::string& name(std::uint32_t source) const { return texts_[source].name; }
  [[nodiscard]] const std::string& text(std::uint32_t source) const { return texts_[source].text; }
  /// The whole line of a place; empty for a source as a whole.
  [[nodiscard]] std::string_view line(const Spot& spot) const;
  /// Everything from a place to the end of its source.
  [[nodiscard]] std::string_view from(const Spot& spot) const;
  [[nodiscard]] Problem problem(const Spot& spot, std::string sentence) const;

 private:
  struct Text {
    std::string name;
    std::string text;
    std::vector<std::size_t> line_starts;
  };
  std::vector<Text> texts_;
};

/// Why a text of that name cannot be a scenario, as a sentence; empty when it can.
std::string text_refusal(std::string_view text, std::string_view name);

}  // namespace peerlab
