#include "sim/run/judge_claim.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/result.h"
#include "sim/run/judge.h"

namespace peerlab {
namespace {

constexpr double risk = 0.05;  ///< of all cells together

void add_figure(JudgedClaim& claim, const MetricKey& key) {
  const bool there = std::any_of(claim.figures.begin(), claim.figures.end(),
                                 [&](const auto& f) { return f.metric == key.metric && f.stat == key.stat; });
  if (!there) claim.figures.push_back({key.metric, key.stat});
}

/// Its line in the claim; a level of the grid may have criteria of its own.
JudgedClaim::Criterion& criterion_of(JudgedClaim& claim, const Expectation& criterion) {
  const auto known = std::find_if(claim.criteria.begin(), claim.criteria.end(),
                                  [&](const auto& c) { return c.text == criterion.text; });
  if (known != claim.criteria.end()) return *known;
  return claim.criteria.emplace_back(JudgedClaim::Criterion{criterion.text, 0, 0, 0});
}

ClaimVerdict judge_cell(const std::vector<Expectation>& criteria, const ScenarioResult& result, std::string_view cell,
                        double level, JudgedClaim& claim) {
  bool unchallenged = false;
  std::size_t fails = 0;
  std::size_t open = 0;
  std::vector<ExpectationVerdict> verdicts;
  for (const Expectation& criterion : criteria) {
    verdicts.push_back(judge_at(criterion, result, cell, level, unchallenged));
    fails += verdicts.back() == ExpectationVerdict::fail ? 1 : 0;
    open += verdicts.back() == ExpectationVerdict::inconclusive ? 1 : 0;
  }
  if (unchallenged) return ClaimVerdict::not_challenged;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    JudgedClaim::Criterion& told = criterion_of(claim, criteria[i]);
    ++(verdicts[i] == ExpectationVerdict::pass   ? told.holds
       : verdicts[i] == ExpectationVerdict::fail ? told.fails
                                                 : told.inconclusive);
  }
  if (fails > 0) return ClaimVerdict::fails;
  return open > 0 ? ClaimVerdict::inconclusive : ClaimVerdict::holds;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i)
    out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return out;
}

std::vector<std::string> cells_that(const JudgedClaim& claim, ClaimVerdict verdict) {
  std::vector<std::string> names;
  for (const JudgedClaim::InCell& cell : claim.cells) {
    if (cell.verdict != verdict) continue;
    std::string name;
    for (const auto& [factor, level] : cell.levels) name += (name.empty() ? "" : " ") + level;
    names.push_back(name);
  }
  return names;
}

/// The criterion that fails in most cells.
const JudgedClaim::Criterion* hardest(const JudgedClaim& claim) {
  const JudgedClaim::Criterion* worst = nullptr;
  for (const JudgedClaim::Criterion& one : claim.criteria) {
    if (one.fails > 0 && (worst == nullptr || one.fails > worst->fails)) worst = &one;
  }
  return worst;
}

std::string on_what(const JudgedClaim& claim) {
  const std::size_t cells = claim.cells.size();
  const bool grid = cells > 1;
  const JudgedClaim::Criterion* hard = hardest(claim);
  std::string text;
  switch (claim.verdict) {
    case ClaimVerdict::none: return "";
    case ClaimVerdict::holds: text = grid ? fmt::format("It holds in all {} cells.", cells) : ""; break;
    case ClaimVerdict::fails:
      text = grid ? fmt::format("It holds in none of {} cells.", cells) : "";
      if (hard != nullptr) text += (grid ? " " : "") + fmt::format("What fails is `{}`.", hard->text);
      break;
    case ClaimVerdict::depends: {
      const MainEffect effect = main_effect(claim.cells);
      text = fmt::format("It depends most on `{}`:", effect.factor);
      if (!effect.all.empty()) text += " holds for " + joined(effect.all) + ";";
      if (!effect.some.empty()) text += " partly for " + joined(effect.some) + ";";
      if (!effect.none.empty()) text += " fails for " + joined(effect.none) + ";";
      text.back() = '.';
      if (hard != nullptr) text += fmt::format(" What fails most is `{}`.", hard->text);
      break;
    }
    case ClaimVerdict::inconclusive: break;
    case ClaimVerdict::not_challenged: return "What it speaks of did not occur in these runs.";
  }
  const std::vector<std::string> open = cells_that(claim, ClaimVerdict::inconclusive);
  if (!open.empty()) {
    text += text.empty() ? "" : " ";
    text += grid ? "Too little evidence for a verdict in " + joined(open) + ": raise `replications`."
                 : "Too little evidence for a verdict: raise `replications`.";
  }
  const std::vector<std::string> calm = cells_that(claim, ClaimVerdict::not_challenged);
  if (!calm.empty()) text += " Not challenged in " + joined(calm) + ".";
  return text;
}

}  // namespace

JudgedClaim judge_claim(const Scenario& scenario, const ScenarioResult& result) {
  const Claim& asked = scenario.claim;
  JudgedClaim claim;
  claim.sentence = asked.sentence;
  claim.ratios = asked.ratios;
  claim.limits = asked.limits;
  const auto take = [&](const std::vector<Expectation>& criteria) {
    for (const Expectation& criterion : criteria) {
      (void)criterion_of(claim, criterion);
      add_figure(claim, criterion.left.key);
      if (criterion.right) add_figure(claim, criterion.right->key);
    }
  };
  take(asked.criteria);
  for (const ScenarioCell& cell : scenario.cells) take(cell.scenario.claim.criteria);
  for (const MetricKey& key : asked.show) add_figure(claim, key);

  for (const ScenarioCell& cell : scenario.cells) claim.cells.push_back({cell.name, cell.levels, ClaimVerdict::none});
  if (claim.cells.empty()) claim.cells.emplace_back();
  if (claim.criteria.empty()) return claim;
  const double level = 1 - risk / static_cast<double>(claim.cells.size());
  for (std::size_t i = 0; i < claim.cells.size(); ++i) {
    // A fault's number within the criteria's metrics is its cell's own.
    const std::vector<Expectation>& criteria =
        scenario.cells.empty() ? asked.criteria : scenario.cells[i].scenario.claim.criteria;
    claim.cells[i].verdict = judge_cell(criteria, result, claim.cells[i].cell, level, claim);
  }
  claim.verdict = over_cells(claim.cells);
  claim.on_what = on_what(claim);
  return claim;
}

}  // namespace peerlab
