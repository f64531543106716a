// A result folder read back: what `compare` puts side by side.
//
// Trusted is only what can be checked: the folder has a manifest of this version, every file that its SHA256SUMS names is
// there with the hash that is written beside it, and metrics.csv reads as it was written. Anything else is refused with a
// sentence that names the folder, what is wrong with it and what helps.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "analysis/report/result.h"

namespace peerlab {

struct SavedResult {
  ScenarioResult
      result;         ///< scenario, version, seed, systems, cells, runs with their metrics, and the summary of these
  std::string error;  ///< a sentence; empty when the folder could be read
};

/// Whether the folder claims to be a result: there is a manifest.
bool looks_like_result(const std::string& folder);
/// `sha256` gives the lower-case hexadecimal hash of a text; `version` is the only one that is read.
SavedResult read_result_folder(const std::string& folder, std::string_view version,
                               const std::function<std::string(std::string_view)>& sha256);

}  // namespace peerlab
