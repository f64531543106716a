// Two systems side by side, figure by figure, paired by seed.
//
// Runs with the same cell and seed met the same users, network, workload and faults, so that their difference has much
// less chance in it than either figure. Of every metric that both sides have, the difference first - second is summarised
// over those pairs: the mean with Student's 95 % interval, or, where a run says never (or was censored, which counts as
// never), the median with the interval of order statistics. A pair in which one says never differs by infinity, one in which
// both do by nothing; a pair in which one has no figure at all is left out. Expectations are judged by the same rule. A difference
// is clear when its interval leaves out 0; a single pair never is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/result.h"
#include "analysis/report/terminal.h"

namespace peerlab {

/// One side: a system of a result.
struct Side {
  const ScenarioResult* result = nullptr;  ///< summarised
  std::string system;
  std::string label;  ///< how tables call it
};

struct Difference {
  SummaryLine first;
  SummaryLine second;
  Summary summary;     ///< first - second, over pairs of runs; no value where no pair has two figures
  bool clear = false;  ///< the interval leaves out 0
};

struct Comparison {
  std::string first;  ///< labels
  std::string second;
  std::string cell;
  std::uint64_t pairs = 0;       ///< runs with a seed in common
  std::uint64_t first_runs = 0;  ///< all runs of either side
  std::uint64_t second_runs = 0;
  std::vector<Difference> differences;  ///< metrics of both, in the order of the first
};

/// One comparison per cell that both have. Cells without a common seed have `pairs` 0 and no differences.
std::vector<Comparison> compare(const Side& first, const Side& second);
/// A figure of one side.
struct Term {
  Side side;
  std::string_view metric;
  std::string_view stat;
};
/// The difference first - second of two figures, over the runs of that cell with a seed in common.
Summary paired_difference(const Term& first, const Term& second, std::string_view cell, double level = 0.95);
/// first / second over the same pairs: the mean ratio. Pairs in which it is not finite are left out.
Summary paired_ratio(const Term& first, const Term& second, std::string_view cell);
/// Whether the two systems of one result differ clearly in this figure.
bool differ_clearly(const ScenarioResult& result, std::string_view cell, std::string_view metric, std::string_view stat,
                    std::string_view first, std::string_view second);

/// A difference for people: `+1.02 s [0.97, 1.08]`, shares in `points`, `never` where one side never ends.
std::string difference_in_words(const Difference& difference);

/// Tables for a terminal, headline figures only, ending in a line feed.
std::string print_comparison(const std::vector<Comparison>& comparisons, const TerminalStyle& style);
/// The same as a Markdown table.
std::string markdown_comparison(const std::vector<Comparison>& comparisons);
/// All figures: {"schema", "version", "comparisons": [{"first", "second", "cell", "pairs", "results": [{"metric", "stat",
/// "unit", "first", "second", "difference", "ci95_low", "ci95_high", "n", "clear"}]}]}
std::string comparison_json(const std::vector<Comparison>& comparisons, std::string_view version);

}  // namespace peerlab
