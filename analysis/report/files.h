// The files of a result folder, as text. The same result gives the same bytes; only manifest.json speaks of the host.
//
// Numbers have nine significant digits. JSON has no infinities: they are the strings "Infinity" and "-Infinity", and a
// figure that does not exist is null. CSV follows RFC 4180 (CRLF, quotes doubled), units stand in the column names,
// `Infinity` is written out and a missing value is an empty cell.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/result.h"

namespace peerlab {

struct ResultFile {
  std::string name;  ///< may lie one folder down: `plots/latency.svg`
  std::string content;
};

/// {"schema", "scenario", "question", "setup", "version", "seed", "command", "look", "next", "assumptions", "digests", "results": [{"system", "cell", "metric",
/// "stat", "value", "ci95_low", "ci95_high", "n", "unit", "how", "standing", "sample", "censored", "note"}], "expectations":
/// [{"text", "verdict", "explanation"}], "warnings"}
std::string summary_json(const ScenarioResult& result);
/// Tidy: one row per run, one column per metric and statistic.
std::string runs_csv(const ScenarioResult& result);
/// Long: one row per run, metric and statistic.
std::string metrics_csv(const ScenarioResult& result);
/// One row per block of every run.
std::string blocks_csv(const ScenarioResult& result);
/// A gzip stream (RFC 1952) whose time is 0 and whose system is "unknown".
std::string gzip(std::string_view text);
/// What such a stream holds; nothing when it is cut short or damaged.
std::optional<std::string> gunzip(std::string_view stream);
/// The paragraph that a student pastes into a report.
std::string methods_md(const ScenarioResult& result);
/// The stem of the files that belong to one run: `p2p-0`.
std::string run_name(const RunRecord& run);
/// `identity` names the scenario with all its values, for instance the hash of scenario.resolved.yaml.
std::string manifest_json(const ScenarioResult& result, const HostFacts& host, std::string_view identity);

/// All files of a result folder; those of runs that recorded more lie in `trees/`, `networks/` and `replays/`, traces of
/// all systems in `events.jsonl.gz` and `trace.perfetto.json.gz`. `identity` as for manifest_json. `sha256` gives the lower-case hexadecimal hash of a text. SHA256SUMS covers all but
/// itself and manifest.json, in the format of sha256sum.
std::vector<ResultFile> result_files(const ScenarioResult& result, std::string_view resolved_yaml,
                                     const HostFacts& host, std::string_view identity,
                                     const std::function<std::string(std::string_view)>& sha256);

}  // namespace peerlab
