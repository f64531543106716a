// A scenario as one plain value: what sim/run builds worlds from. Made by read_scenario, complete and checked.
//
// Everything has a default. `origins` says of each value that was set where that was; a path that is missing there is at
// its default. Rows point into the tables of models/registry and analysis/measures, which live as long as the program.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/measures/measure.h"
#include "models/attacks/attack.h"
#include "models/base/field.h"
#include "models/disturbances/timeline.h"
#include "models/protocols/protocol.h"
#include "models/workloads/workload.h"
#include "sim/scenario/problem.h"

namespace peerlab {

/// How a value came about.
struct Origin {
  enum class From : std::uint8_t { fallback, preset, file, quick, full, set };
  From from = From::fallback;
  std::string file;  ///< as the user named it
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string source_line;  ///< the line, for the caret of a problem that is found later
  std::uint32_t caret = 0;
};

/// One of `systems:`.
struct SystemEntry {
  std::string name;
  const ProtocolRow* protocol = nullptr;
  Params params;
};

/// One of `groups:`.
struct GroupEntry {
  std::string name;
  std::vector<Selector> who;
};

/// One of `attacks:`.
struct AttackEntry {
  const AttackRow* row = nullptr;
  /// `who` attacks; of an attack on machines those `on` which it falls, empty for all.
  std::vector<Selector> who;
  std::vector<Selector> victim{};
  std::vector<std::string> systems{};  ///< in which of them; empty: in all
  Params params;
  [[nodiscard]] bool strikes(const std::string& system) const;
};

/// A measure to make: `measure_row->make(argument)`.
struct MeasureUse {
  const MeasureRow* row = nullptr;
  std::string argument;
  friend bool operator==(const MeasureUse&, const MeasureUse&) = default;
};

/// A metric of one system.
struct MetricTerm {
  MetricKey key;
  std::string system;  ///< always filled in: the only system when the text names none
};

/// One of `expect:`. Judged on the 95 % interval over replications; `== 0` means zero in every replication.
struct Expectation {
  enum class Comparison : std::uint8_t { equal, not_equal, less, at_most, more, at_least, within };
  std::string text;
  MetricTerm left;
  Comparison comparison = Comparison::equal;
  double low = 0;                   ///< the value compared with, in the metric's base unit; `within`: the lower end
  double high = 0;                  ///< `within`: the upper end; otherwise the same value
  std::optional<MetricTerm> right;  ///< compared with this instead
  double margin = 0;                ///< `by`: by how much at least, in the metric's base unit
  Origin origin;
};

/// `claim:`: what is said of one of the systems, and what would have to be true for it.
struct Claim {
  std::string sentence;               ///< what is said; empty: the scenario makes no claim
  std::vector<Expectation> criteria;  ///< it holds in a cell where all of these do; none: no verdict, figures only
  std::vector<MetricKey> show;        ///< figures of the table, besides those of the criteria
  bool ratios = false;                ///< the table also says how many times the first system's figures are the others'
  std::vector<std::string> limits;    ///< what cannot be measured
};

/// One of `compare_with:`: what the literature says a figure is, by a closed form or as published.
struct Prediction {
  std::string text;  ///< as written, in one line
  MetricTerm term;
  std::string law;       ///< name of the closed form; empty: a published figure
  std::string gives;     ///< which of its figures
  std::string inputs{};  ///< with their values, as people read them: `q = 30 %, z = 6`
  std::string source{};
  double value = 0;              ///< in the metric's base unit
  double error = 0;              ///< its own standard error: of a published sample; 0: exact
  std::optional<double> band{};  ///< agrees within this much, in the metric's unit; none: within 3.9 standard errors
  std::string band_text{};
  std::string differs{};  ///< why it is known not to agree, checked; empty: nobody knows of anything
};

/// `validation:`: which published result the scenario is about.
struct Validation {
  std::string item;  ///< such as V4; empty: none
  std::string compares;
  std::string source;
  std::string tolerance;
};

/// `effects:`: the scenario is a factorial, and the main effects of its factors are told.
struct EffectsAsked {
  std::vector<std::string> factors;                                       ///< of the systems
  std::vector<std::pair<std::string, std::vector<std::string>>> systems;  ///< (system, level of each of these)
  std::vector<MetricKey> show;                                            ///< effects on these; none: not asked for
  std::vector<std::string> missing;  ///< sentences: which combinations there are not, and why
};

/// `price:`: the scenario is swept over an attacker's budget, and what it takes to succeed is told.
struct PriceAsked {
  std::string budget;  ///< path of the axis, such as `attacks.0.machines`; empty: not asked for
  std::vector<Expectation>
      success;  ///< what a replication must show to count as a success, a line for each figure and system
};

/// When a scenario has run often enough: `replications: {min, max, until: METRIC@SYSTEM.ci95 < X}`.
struct StoppingRule {
  std::uint32_t least = 2;  ///< replications at first, and of every further batch
  std::string text;         ///< `until` as written
  MetricTerm term;
  double bound = 0;       ///< half the width of the 95 % interval must be below this, in the metric's unit ...
  bool relative = false;  ///< ... or below this share of the value
};

struct ScenarioCell;

struct Scenario {
  std::string file;  ///< where it was read
  std::string name;
  std::string question;
  std::vector<std::string> look;  ///< what to look at
  std::vector<std::string> next;  ///< what to try next
  std::uint64_t seed = 1;
  std::uint32_t replications = 1;        ///< with a stopping rule: the most
  std::optional<StoppingRule> stopping;  ///< none: as many as `replications` says
  Duration warmup{};
  Duration duration{};
  Duration settle{};
  std::uint32_t stop_blocks =
      0;  ///< end when this many blocks were mined and `settle` has passed since; 0: at `duration`
  Params network;
  std::string graph_file;  ///< `network.file` as written; in `network` it is the path from here
  Params machines;         ///< whose users' machines are, where they stand, what they run
  Params cpu;
  Params prices;
  Params protection;
  std::vector<SystemEntry> systems;
  std::vector<GroupEntry> groups;
  std::vector<WorkloadSpec> workload;
  std::vector<TimelineEntry> timeline;
  std::vector<AttackEntry> attacks;
  std::vector<MeasureUse>
      measure;  ///< all measures to make: those asked for and those that expectations need, each once
  std::vector<std::string> measure_texts;  ///< `measure:` as written; empty: the usual ones
  bool record_trees = false;
  bool record_network = false;
  bool record_replay = false;
  bool record_trace = false;
  /// As if `record:` named it, in every cell: what `--trace` asks for.
  void trace_too();
  std::vector<Expectation> expect;
  std::vector<Prediction> predictions;  ///< of `compare_with:`
  Validation validation;
  Claim claim;
  EffectsAsked effects;
  PriceAsked price;
  std::vector<ScenarioCell> cells;  ///< of `grid:` or `sweep:`; none: the scenario itself is all there is
  std::string grid;                 ///< a line for each factor and level; empty without
  bool quick = false;               ///< read with --quick
  bool full = false;                ///< read with --full

  std::map<std::string, Origin> origins;  ///< by path, such as `systems.p2p.block_interval` or `workload.0.rate`

  [[nodiscard]] std::uint32_t users() const { return static_cast<std::uint32_t>(network.whole("users")); }
  /// End of the cohort: the last instant at which operations and blocks count.
  [[nodiscard]] Time cohort_end() const { return Time::zero() + (duration - settle); }
  [[nodiscard]] std::vector<std::string> fault_names() const;
  /// How many worlds a run of it is: cells, systems, replications.
  [[nodiscard]] std::size_t worlds() const;
};

/// One value that a cell has of its own: a path as --set takes it, and the value as YAML in one line.
struct CellChange {
  std::string path;
  std::string value;
  friend bool operator==(const CellChange&, const CellChange&) = default;
};

/// One cell of `grid:` or `sweep:`: the whole scenario with a few values of its own, complete and checked like any other.
/// Its own list of cells is empty.
struct ScenarioCell {
  std::vector<std::pair<std::string, std::string>> levels;  ///< (factor, level), or (axis, value)
  std::string name;                 ///< `fault=one-machine encryption=plain`, or `block_interval=1 min, users=100`
  std::vector<CellChange> changes;  ///< of a sweep
  Scenario scenario;
};

/// A problem at the place where the value of `path` was set, or else what stands above it.
Problem problem_of(const Scenario& scenario, std::string_view path, std::string sentence);

}  // namespace peerlab
