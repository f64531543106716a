// From a tree to the fields, rows and selectors of a Scenario. Nothing stops at the first mistake.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/read.h"
#include "sim/scenario/tree.h"

namespace peerlab {

/// Reads one tree, once.
class ScenarioReader {
 public:
  ScenarioReader(const Schema& schema, const Sources& sources, Problems& problems)
      : schema_(schema), sources_(sources), problems_(problems) {}

  /// Everything in `tree`. What could not be read stays at its default; `problems` says so.
  Scenario read(const Tree& tree, const std::string& file);

 private:
  // reader.cpp: the ground
  void say(const Spot& spot, std::string sentence);
  /// At byte `offset` of a text's value, if the source shows it there.
  void say_within(const Tree& text, std::size_t offset, std::string sentence);
  void say_unknown(const Tree::Member& member, const std::vector<std::string>& known, const std::string& where);
  void note(const std::string& path, const Tree& value);
  /// The text of a single value; false after saying that it is none. `wanted` completes "X wants ...".
  bool single(const Tree& value, const std::string& key, const std::string& wanted, std::string& out);
  /// Sets those members of `map` that `params` has; everything else must be in `also`.
  void read_fields(const Tree& map, const std::string& path, Params& params, const std::vector<std::string>& also);
  /// Every text of a list, or the one text.
  std::vector<const Tree*> texts(const Tree& value, const std::string& key);
  const Tree* section(const Tree& tree, std::string_view key, Tree::Kind kind);
  std::vector<Selector> read_selectors(const Tree& value, const std::string& key, const std::string& path);

  // read_top.cpp, read_lists.cpp: the sections
  void read_top(const Tree& tree);
  void read_network(const Tree& tree);
  void read_systems(const Tree& tree);
  void read_groups(const Tree& tree);
  void read_workload(const Tree& tree);
  void read_timeline(const Tree& tree);
  void read_entry(const Tree& entry, const std::string& path);
  void read_attacks(const Tree& tree);
  /// `system`: in which of the compared systems an attack or a disturbance happens.
  std::vector<std::string> read_systems_struck(const Tree& value, const std::string& path);
  void read_measure(const Tree& tree);
  void read_record(const Tree& tree);
  void read_expect(const Tree& tree);
  void read_claim(const Tree& tree);    // read_claim.cpp
  void read_effects(const Tree& tree);  // read_effects.cpp
  void read_factors(const Tree& systems);
  void read_price(const Tree& tree);  // read_price.cpp
  void read_stopping(const Tree& tree);
  void read_predictions(const Tree& tree);  // read_predictions.cpp
  void read_prediction(const Tree& item, const std::string& path, const std::vector<std::string>& systems);
  bool take_law(const Tree& item, Prediction& out);
  bool take_published(const Tree& item, Prediction& out);
  void read_validation(const Tree& tree);
  void use(const MeasureRow* row, const std::string& argument);

  const Schema& schema_;
  const Sources& sources_;
  Problems& problems_;
  Scenario out_;
};

}  // namespace peerlab
