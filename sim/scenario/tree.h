// YAML as a plain tree: maps, lists and texts, each with its place. Nothing is interpreted: `010` and `no` stay text.
//
// yaml-cpp's events are read, not its nodes, so that duplicate keys, anchors, aliases, tags, merge keys (`<<`) and nesting
// deeper than 64 are seen where they stand and refused. Recursion is bounded by that depth.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.h"
#include "sim/scenario/source.h"

namespace peerlab {

struct Tree {
  enum class Kind : std::uint8_t { nothing, text, list, map };
  struct Member;

  Kind kind = Kind::nothing;
  std::string text;
  Spot spot;
  Origin::From from = Origin::From::file;
  std::vector<Tree> items;      ///< of a list
  std::vector<Member> members;  ///< of a map, in the order of the file

  [[nodiscard]] const Tree* find(std::string_view key) const;
  [[nodiscard]] Tree* find(std::string_view key);
};
struct Tree::Member {
  std::string key;
  Spot spot;  ///< of the key
  Tree value;
};

/// More than this was written by no person, and would keep the reader busy for minutes.
inline constexpr std::size_t tree_most_depth = 64;
inline constexpr std::size_t tree_most_entries = 4096;  ///< of one map or list
inline constexpr std::size_t tree_most_values = 50'000;

/// The one document of a source. Appends problems; nothing when the text is no YAML at all.
std::optional<Tree> parse_tree(const Sources& sources, std::uint32_t source, Problems& problems);

/// Lays `over` on `base`: maps are merged key by key, everything else is replaced.
void overlay(Tree& base, const Tree& over);
/// Says of every value in it how it came there.
void mark(Tree& tree, Origin::From from);

}  // namespace peerlab
