// A result folder read back: what `compare` puts side by side and `report` draws again.
//
// Trusted is only what can be checked: the folder has a manifest of this version, every file that its SHA256SUMS names is
// there with the hash that is written beside it, and metrics.csv reads as it was written. Anything else is refused with a
// sentence that names the folder, what is wrong with it and what helps. Of report.html nothing is asked: it is made of the others.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/result.h"

namespace peerlab {

struct SavedResult {
  ScenarioResult result;  ///< all but the trees and networks of runs, their ends and events; figures have nine digits
  std::string error;      ///< a sentence; empty when the folder could be read
};

/// RFC 4180; nothing when a quote is left open.
std::optional<std::vector<std::vector<std::string>>> csv_rows(std::string_view csv);
/// Adds what stands beside metrics.csv: words and expectations of summary.json, blocks, recordings. False when one of these
/// files is not as it was written.
bool read_beside_metrics(const std::string& folder, ScenarioResult& result);

/// Whether the folder claims to be a result: there is a manifest.
bool looks_like_result(const std::string& folder);
/// `sha256` gives the lower-case hexadecimal hash of a text; `version` is the only one that is read.
SavedResult read_result_folder(const std::string& folder, std::string_view version,
                               const std::function<std::string(std::string_view)>& sha256);

}  // namespace peerlab
