// What `run` and `validate` have in common: names of scenarios and changes to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cli/command_line.h"
#include "sim/scenario/read.h"

namespace peerlab {

struct ScenarioArguments {
  std::vector<std::string> names;
  std::vector<std::string> sets;
  std::vector<std::string> axes;  ///< of `peerlab sweep`
  std::optional<std::string> seed;
  std::optional<std::string> replications;
  bool quick = false;
  bool full = false;

  /// Adds the arguments to a command.
  void add_to(Command command, bool names_required);
  /// Only the changes: --set, --seed, -r, --quick.
  void add_changes_to(Command command);
  /// --axis.
  void add_axes_to(Command command);
  /// The changes, in the order in which they win.
  [[nodiscard]] std::vector<Override> overrides() const;
  /// ` --set ... --seed ... -r ... --quick`, as far as given: what reproduces a run besides its name.
  [[nodiscard]] std::string as_command() const;
};

/// A scenario that was read, or why not.
struct NamedScenario {
  std::string file;
  ReadResult read;
};

/// Reads all that the names mean; no names mean all scenarios there are. Says what cannot be found or is wrong on stderr;
/// `fine` is false then.
struct ReadScenarios {
  std::vector<NamedScenario> scenarios;
  bool fine = true;
};
ReadScenarios read_scenarios(const ScenarioArguments& arguments, const Schema& schema);

/// The tables that scenarios are read with.
Schema program_schema();
/// Where scenarios lie: $PEERLAB_SCENARIOS, the source tree this program was built from, or where it was installed.
std::vector<std::string> scenario_roots();
/// What to write after `peerlab run` for this scenario: its name where that is enough to find its file, and otherwise the name of the
/// file, without the folder, which is no part of a result.
std::string word_for(const Scenario& scenario);

}  // namespace peerlab
