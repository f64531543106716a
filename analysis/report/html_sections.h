// The sections of a report's page, in the order in which they stand.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/html.h"
#include "analysis/report/plots.h"

namespace peerlab {

/// A result with its pictures and its place among the results of the page.
struct PagePart {
  const ScenarioResult* result = nullptr;
  std::string label;  ///< empty: the only one
  std::string ids;    ///< what its ids begin with
  std::vector<Picture> pictures;
};

/// Question, answer, verdicts, systems side by side, warnings, command.
std::string html_first_screen(const PagePart& part);
/// Main effects of a factorial, within the first screen; empty without.
std::string html_effects(const PagePart& part);
/// What an attack takes, by its budget, within the first screen; empty without.
std::string html_price(const PagePart& part);
/// All charts, each with its figures; those of several results next to each other.
std::string html_charts(const std::vector<PagePart>& parts);
/// All figures of all results.
std::string html_figures(const std::vector<PagePart>& parts);
/// Differences of the other results from the first, where they have seeds in common; empty for one.
std::string html_differences(const std::vector<PagePart>& parts);
/// How it was made, to cite.
std::string html_methods(const PagePart& part);
/// Figures beside what the literature says; empty where nothing is compared.
std::string html_predictions(const std::vector<PagePart>& parts);
/// Everything for the script: curves, blocks, recordings.
std::string html_data(const std::vector<PagePart>& parts);

}  // namespace peerlab
