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

}  // namespace

std::string print_differences(const ScenarioResult& result, const TerminalStyle& style) {
  std::string out;
  if (result.systems.size() < 2) return out;
  const std::string& first = result.systems.front();
  for (std::size_t i = 1; i < result.systems.size(); ++i) {
    for (const Comparison& c : compare({&result, result.systems[i], result.systems[i]}, {&result, first, first})) {
      if (c.pairs < 2) continue;
      std::string names;
      std::size_t shown = 0;
      std::size_t clear = 0;
      for (const Difference& d : c.differences) {
        if (!d.first.headline || !d.summary.has_value()) continue;
        ++shown;
        if (!d.clear) continue;
        ++clear;
        names += (names.empty() ? "" : ", ") + named(d);
      }
      const std::string where = c.cell.empty() ? "" : ", " + c.cell;
      std::string text = c.first + " differs from " + first + where + " in " + std::to_string(clear) + " of " +
                         std::to_string(shown) + " figures";
      text += names.empty() ? "." : ": " + names + ".";
      out += wrapped(text, width_of(style)) + "\n";
    }
  }
  if (out.empty()) return out;
  return out +
         painted(style, "2",
                 wrapped("A figure differs where the 95 % interval of the difference, taken run by run, leaves out 0. "
                         "`peerlab compare` shows by how much.",
                         width_of(style))) +
         "\n";
}

}  // namespace peerlab
