// From text to Scenario, or every error at once with file, line and column.
//
//   text -> tree -> extends -> quick -> --set -> fields, rows and selectors -> checks -> Scenario
//
// A scenario with `sweep:` is read once as it stands and once for each cell, with the cell's values laid over it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/problem.h"
#include "sim/scenario/scenario.h"
#include "sim/scenario/schema.h"

namespace peerlab {

/// One argument that overrides a value: `--set network.users=100`, `--seed 7`.
struct Override {
  std::string option;  ///< as messages name it: `--set`
  std::string text;    ///< PATH=VALUE
};

struct ReadOptions {
  std::vector<Override> overrides;  ///< in order; the last one wins
  std::vector<Override> axes;       ///< PATH=VALUES: axes of `sweep.grid` beside those of the file
  bool quick = false;
  bool full = false;  ///< what `full:` says; not together with `quick`
  /// `extends` may not leave this folder. Empty: the folder of the file that was asked for.
  std::string root;
};

struct ReadResult {
  std::optional<Scenario> scenario;  ///< only when there is no problem
  Problems problems;
};

/// Reads the file at `path`.
ReadResult read_scenario(const std::string& path, const Schema& schema, const ReadOptions& options = {});
/// Reads `text`; `name` stands in messages, and `extends` counts from the folder it names.
ReadResult read_scenario_text(std::string text, const std::string& name, const Schema& schema,
                              const ReadOptions& options = {});

}  // namespace peerlab
