// One finished run as text that comes back bit for bit, to be kept while the others are still running.
//
// The first line is the hash of the rest. Numbers with a fraction are written as their 64 bits, so that files made of a run
// that was kept are the same bytes as those of a run that was not. What is damaged, cut short or of another key is no run.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/report/result.h"

namespace peerlab {

/// `key` names the scenario with all its values and the program that ran it.
std::string kept_run_text(const RunRecord& run, std::string_view key,
                          const std::function<std::string(std::string_view)>& sha256);
std::optional<RunRecord> read_kept_run(std::string_view text, std::string_view key,
                                       const std::function<std::string(std::string_view)>& sha256);

}  // namespace peerlab
