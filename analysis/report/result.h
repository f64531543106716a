// The answer to a scenario as one plain value: everything that terminal, CSV and JSON print.
//
// sim/run fills it. Host facts (wall time, machine, paths) live in HostFacts and reach manifest.json and the terminal
// alone, so that all other files are the same bytes for the same scenario and seed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/observation/metric.h"
#include "analysis/report/claim.h"
#include "analysis/report/judged_prediction.h"
#include "analysis/report/main_effects.h"
#include "analysis/report/price_table.h"
#include "analysis/statistics/summary.h"

namespace peerlab {

enum class ExpectationVerdict : std::uint8_t { pass, fail, inconclusive };

struct JudgedExpectation {
  std::string text;  ///< as the user wrote it
  ExpectationVerdict verdict = ExpectationVerdict::inconclusive;
  std::string explanation;  ///< "1.02 s [0.97, 1.08] over 10 runs"
  std::string cell{};       ///< of which cell of a sweep; empty without one
};

/// One run: one (system, cell, seed).
struct RunRecord {
  std::string system;
  std::string cell;  ///< the cell of a sweep, such as `block_interval=1 min`; empty without a sweep
  std::uint32_t replication = 0;
  std::uint64_t seed = 0;
  std::string digest;  ///< lower-case hexadecimal
  Time end;
  std::uint64_t events = 0;
  std::vector<Metric> metrics;  ///< in the order of the table of measures
  std::vector<BlockLine> blocks;
  std::string trees;    ///< the tree as each node knew it, as CSV; empty unless asked for
  std::string network;  ///< who was linked to whom at the start, as GraphML; empty unless asked for
  /// Who stood where when, as JSON (analysis/report/recording.h), for the block tree and the replay; empty unless it was small or
  /// asked for.
  std::string recording{};
  std::string trace{};     ///< event by event, as lines of JSON; empty unless asked for
  std::string perfetto{};  ///< the same for a Chrome trace; empty unless asked for, or where there are many nodes
};

/// One figure over all runs of a (system, cell).
struct SummaryLine {
  std::string system;
  std::string cell;
  std::string metric;
  std::string stat;
  std::string unit;
  Summary summary;
  std::uint64_t sample = 0;    ///< sizes within the runs, added up
  std::uint64_t censored = 0;  ///< runs that ended first
  double censored_at = 0;      ///< the longest of their waits: print `> censored_at`
  Standing standing = Standing::measured;
  std::string note;
  bool headline = true;
};

struct ScenarioResult {
  std::string scenario;
  std::string question;
  std::vector<std::string> look;  ///< what to look at
  std::string next;               ///< what to try next; several lines are several suggestions
  std::string setup;              ///< one line: "500 nodes, 1 d simulated, 10 runs"
  std::string version;
  std::string command;  ///< reproduces it; without -j, -o, paths and times
  std::uint64_t seed = 0;
  std::vector<std::string> systems;  ///< in the scenario's order
  std::vector<std::string> cells;    ///< one empty cell without a sweep
  std::vector<RunRecord> runs;       ///< by cell, system, replication
  std::vector<SummaryLine> lines;    ///< filled by summarise()
  std::vector<JudgedExpectation> expectations;
  std::vector<JudgedPrediction> predictions;  ///< by cell
  std::optional<ValidationItem> validation;
  std::optional<JudgedClaim> claim;
  std::optional<MainEffects> effects;    ///< of a factorial
  std::optional<PriceTable> price;       ///< of an attack, over its budget
  std::vector<std::string> assumptions;  ///< sentences: prices, adversary
  std::vector<std::string> warnings;     ///< sentences of the run, beside those that thin_evidence() finds
};

struct HostFacts {
  std::string host;  ///< name, processor, compiler, as far as known
  double wall_seconds = 0;
  double cpu_seconds = 0;
  double peak_mebibytes = 0;
  std::uint32_t threads = 1;
  std::string started;       ///< ISO 8601
  std::string folder;        ///< where the files are; empty: none written
  std::size_t pictures = 0;  ///< among them, in plots/
};

/// The result as a folder holds it: figures of nine digits. What is drawn from it comes out the same when it is drawn again
/// from the folder.
ScenarioResult as_saved(const ScenarioResult& result);
/// Fills `lines` from `runs`: one per (cell, system, metric, stat), in the order in which they first occur. A censored run
/// counts as "never". Intervals are held to what is possible: nothing below zero, no share above one.
void summarise(ScenarioResult& result);
/// The line of that name, or null.
const SummaryLine* find_line(const ScenarioResult& result, std::string_view system, std::string_view cell,
                             std::string_view metric, std::string_view stat);
/// That figure with an interval of another level, or for another use. No value where no run has one.
Summary summary_of(const ScenarioResult& result, std::string_view system, std::string_view cell,
                   std::string_view metric, std::string_view stat, double level, ShareInterval use);
/// Sentences where the evidence is weak: few runs, few blocks, wide intervals, unfinished business.
std::vector<std::string> thin_evidence(const ScenarioResult& result);

}  // namespace peerlab
