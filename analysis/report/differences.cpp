#include "analysis/report/differences.h"

#include <algorithm>

#include "analysis/report/comparison.h"
#include "analysis/report/layout.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

// `stale.per_mined (lower)`: the sign as a word.
std::string named(const Difference& d) {
  return metric_label(d.first.metric, d.first.stat) + (d.summary.value > 0 ? " (higher)" : " (lower)");
}

// `central differs from p2p in 5 of 11 figures`; with the names of the figures where the table does not mark them.
std::string sentence(const Comparison& c, bool with_names) {
  std::string names;
  std::size_t shown = 0;
  std::size_t clear = 0;
  for (const Difference& d : c.differences) {
    const bool figures = d.first.standing == Standing::measured && d.second.standing == Standing::measured;
    if (!d.first.headline || !figures || !d.summary.has_value()) continue;
    ++shown;
    if (!d.clear) continue;
    ++clear;
    names += (names.empty() ? "" : ", ") + named(d);
  }
  const std::string text = c.first + " differs from " + c.second + (c.cell.empty() ? "" : ", " + c.cell) + " in " +
                           std::to_string(clear) + " of " + std::to_string(shown) + " figures";
  return text + (names.empty() || !with_names ? "." : ": " + names + ".");
}

/// Of more systems than these only the comparisons with the first are told: nobody reads all pairs of twelve.
constexpr std::size_t most_for_all_pairs = 5;

}  // namespace

std::string print_differences(const ScenarioResult& result, const TerminalStyle& style) {
  std::string out;
  for (std::size_t i = 1; i < result.systems.size(); ++i) {
    const std::size_t others = result.systems.size() > most_for_all_pairs ? 1 : i;
    for (std::size_t other = 0; other < others; ++other) {
      const Side first{&result, result.systems[i], result.systems[i]};
      const Side second{&result, result.systems[other], result.systems[other]};
      for (const Comparison& c : compare(first, second)) {
        if (c.pairs >= 2) out += wrapped(sentence(c, other > 0), width_of(style)) + "\n";
      }
    }
  }
  if (out.empty()) return out;
  return out + painted(style, "2", wrapped("`peerlab compare` shows by how much.", width_of(style))) + "\n";
}

}  // namespace peerlab
