// A result as one page, `report.html`: it asks no network for anything, opens from disk, prints, and says everything without a
// script.
//
// First comes what a reader wants first: the question, the answer with its interval, the verdict on each expectation, the
// systems side by side on the same axes, what the evidence is too thin for, and the command that makes it all again. Then every
// chart with its figures as a table below, all figures, the method. A script, where one may run, adds sorting and filtering,
// zoom, the block tree and the replay; all that it needs is in the page. The policy in the head names the hash of that one script
// and forbids everything else, and what users wrote is escaped everywhere: a hostile name is only characters.
//
// Several results share one page: their first screens side by side, the same charts next to each other, figures in one table, and
// the differences where they have seeds in common. The same results give the same bytes.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/result.h"

namespace peerlab {

struct ReportPart {
  const ScenarioResult* result = nullptr;  ///< as_saved()
  std::string label;                       ///< how a page of several calls it
};

/// `sha256` gives the lower-case hexadecimal hash of a text.
std::string report_html(const std::vector<ReportPart>& parts,
                        const std::function<std::string(std::string_view)>& sha256);

}  // namespace peerlab
