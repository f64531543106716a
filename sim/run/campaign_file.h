// A campaign as one SQLite file: cells, runs, metrics, digests and where they come from, to be asked in SQL.
//
//   sqlite3 campaign.sqlite "select cell, system, avg(value) from results where metric = 'stale.per_mined' group by 1, 2"
//
// Tables: provenance (key, value), cells, cell_values (what each cell changes), systems, runs, metrics; the view `results` has
// the names beside the values. Numbers have the nine significant digits of the CSV files beside it; a figure that does not exist is
// NULL, one that never came about is infinite. The same result gives the same bytes.
//
// A file is read only when it is one of ours: SQLite's own check passes, its application id is peerlab's, the version is
// this one and every row makes sense. Anything else is refused with a sentence.
#pragma once

#include <string>
#include <string_view>

#include "analysis/report/result.h"
#include "analysis/report/saved.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

/// The bytes of the file.
std::string campaign_file(const Scenario& scenario, const ScenarioResult& result, std::string_view resolved_yaml,
                          std::string_view identity);
/// Whether the file begins as every SQLite database does.
bool looks_like_campaign(const std::string& path);
/// What `campaign_file` made, as `compare` needs it; `version` is the only one that is read.
SavedResult read_campaign_file(const std::string& path, std::string_view version);

}  // namespace peerlab
