#include "analysis/report/claim.h"

#include <algorithm>

namespace peerlab {

std::string_view claim_word(ClaimVerdict verdict) {
  switch (verdict) {
    case ClaimVerdict::none: return "no verdict";
    case ClaimVerdict::holds: return "holds";
    case ClaimVerdict::fails: return "fails";
    case ClaimVerdict::depends: return "depends";
    case ClaimVerdict::inconclusive: return "inconclusive";
    case ClaimVerdict::not_challenged: return "not challenged";
  }
  return "";
}

ClaimVerdict over_cells(const std::vector<JudgedClaim::InCell>& cells) {
  const auto count = [&](ClaimVerdict verdict) {
    return std::count_if(cells.begin(), cells.end(), [&](const auto& c) { return c.verdict == verdict; });
  };
  const auto holds = count(ClaimVerdict::holds);
  const auto fails = count(ClaimVerdict::fails);
  if (holds > 0 && fails > 0) return ClaimVerdict::depends;
  if (count(ClaimVerdict::inconclusive) > 0) return ClaimVerdict::inconclusive;
  if (holds > 0) return ClaimVerdict::holds;
  return fails > 0 ? ClaimVerdict::fails : ClaimVerdict::not_challenged;
}

MainEffect main_effect(const std::vector<JudgedClaim::InCell>& cells) {
  MainEffect best;
  const std::size_t factors = cells.empty() ? 0 : cells.front().levels.size();
  for (std::size_t f = 0; f < factors; ++f) {
    struct Level {
      std::string name;
      std::size_t holds = 0;
      std::size_t judged = 0;
    };
    std::vector<Level> levels;
    for (const JudgedClaim::InCell& cell : cells) {
      if (cell.verdict != ClaimVerdict::holds && cell.verdict != ClaimVerdict::fails) continue;
      const std::string& name = cell.levels[f].second;
      auto level = std::find_if(levels.begin(), levels.end(), [&](const Level& l) { return l.name == name; });
      if (level == levels.end()) level = levels.insert(levels.end(), {name, 0, 0});
      ++level->judged;
      if (cell.verdict == ClaimVerdict::holds) ++level->holds;
    }
    MainEffect one;
    one.factor = cells.front().levels[f].first;
    double least = 1;
    double most = 0;
    for (const Level& level : levels) {
      const double share = static_cast<double>(level.holds) / static_cast<double>(level.judged);
      least = std::min(least, share);
      most = std::max(most, share);
      (level.holds == level.judged ? one.all : level.holds == 0 ? one.none : one.some).push_back(level.name);
    }
    one.effect = most - least;
    if (one.effect > best.effect) best = std::move(one);  // among equals the first
  }
  return best;
}

}  // namespace peerlab
