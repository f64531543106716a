#include "analysis/report/claim.h"

#include <gtest/gtest.h>

#include <limits>

#include "analysis/report/claims_table.h"
#include "analysis/report/result.h"

namespace peerlab {
namespace {

using enum ClaimVerdict;

std::vector<JudgedClaim::InCell> cells(std::initializer_list<ClaimVerdict> verdicts) {
  std::vector<JudgedClaim::InCell> all;
  for (const ClaimVerdict verdict : verdicts) all.push_back({"", {}, verdict});
  return all;
}

TEST(Claim, HoldsInAllFailsInAllAndOtherwiseDepends) {
  EXPECT_EQ(over_cells(cells({holds, holds})), holds);
  EXPECT_EQ(over_cells(cells({fails, fails})), fails);
  EXPECT_EQ(over_cells(cells({holds, fails})), depends);
  EXPECT_EQ(over_cells(cells({holds, fails, inconclusive})), depends);
}

TEST(Claim, IsInconclusiveWhereTheOpenCellsCouldTurnIt) {
  EXPECT_EQ(over_cells(cells({holds, inconclusive})), inconclusive);
  EXPECT_EQ(over_cells(cells({fails, inconclusive})), inconclusive);
}

TEST(Claim, CellsWithoutAThreatAreLeftOut) {
  EXPECT_EQ(over_cells(cells({holds, not_challenged})), holds);
  EXPECT_EQ(over_cells(cells({not_challenged, not_challenged})), not_challenged);
}

TEST(Claim, NamesTheFactorThatMakesTheLargestDifference) {
  // The fault decides all, encryption one cell of three.
  std::vector<JudgedClaim::InCell> all;
  const auto add = [&](const char* encryption, const char* fault, ClaimVerdict verdict) {
    all.push_back({"", {{"encryption", encryption}, {"fault", fault}}, verdict});
  };
  add("plain", "one", holds);
  add("plain", "all", fails);
  add("plain", "some", holds);
  add("sealed", "one", holds);
  add("sealed", "all", fails);
  add("sealed", "some", fails);
  const MainEffect effect = main_effect(all);
  EXPECT_EQ(effect.factor, "fault");
  EXPECT_EQ(effect.effect, 1.0);
  EXPECT_EQ(effect.all, std::vector<std::string>{"one"});
  EXPECT_EQ(effect.some, std::vector<std::string>{"some"});
  EXPECT_EQ(effect.none, std::vector<std::string>{"all"});
}

ScenarioResult two_cells() {
  ScenarioResult result;
  result.systems = {"p2p", "central"};
  result.cells = {"fault=one", "fault=all"};
  for (const std::string& cell : result.cells) {
    for (const std::string& system : result.systems) {
      for (std::uint32_t r = 0; r < 2; ++r) {
        Metric lost;
        lost.metric = "lost";
        lost.stat = "value";
        lost.value = system == "p2p" ? 0.25 : 0.5;
        lost.unit = "share";
        lost.n = 1;
        RunRecord run;
        run.system = system;
        run.cell = cell;
        run.replication = r;
        run.seed = r;
        run.metrics.push_back(lost);
        result.runs.push_back(run);
      }
    }
  }
  summarise(result);
  JudgedClaim claim;
  claim.sentence = "Records are harder to lose.";
  claim.verdict = depends;
  claim.on_what = "It depends most on `fault`: holds for one; fails for all.";
  claim.criteria = {{"lost@p2p < lost@central by 0.1 %", 1, 1, 0}};
  claim.cells = {{"fault=one", {{"fault", "one"}}, holds}, {"fault=all", {{"fault", "all"}}, fails}};
  claim.figures = {{"lost", "value"}};
  claim.ratios = true;
  claim.limits = {"what nobody knows."};
  result.claim = claim;
  return result;
}

TEST(ClaimsTable, SaysVerdictFiguresAndOnWhatItDepends) {
  const ScenarioResult result = two_cells();
  const std::string text = print_claims({&result}, {.width = 60, .colour = false, .unicode = true});
  EXPECT_EQ(text.substr(0, text.find("\n\n")), R"(Records are harder to lose.                          depends
    lost        p2p     central
  ✓ one         25.0 %  50.0 %
      p2p's is          0.500 times
  ✗ all         25.0 %  50.0 %
      p2p's is          0.500 times
  It depends most on `fault`: holds for one; fails for all.
  `lost@p2p < lost@central by 0.1 %`: 1 of 2
  Not measured: what nobody knows.)");
}

TEST(ClaimsTable, NothingIsSoManyTimesNever) {
  // Five minutes against never were "0 times".
  ScenarioResult result = two_cells();
  for (RunRecord& run : result.runs) {
    if (run.system == "central" && run.cell == "fault=one")
      run.metrics.front().value = std::numeric_limits<double>::infinity();
  }
  summarise(result);
  const std::string text = print_claims({&result}, {.width = 60, .colour = false, .unicode = true});
  EXPECT_NE(text.find("  ✓ one         25.0 %  unbounded\n      p2p's is          -\n"), std::string::npos) << text;
  EXPECT_NE(text.find("      p2p's is          0.500 times\n"), std::string::npos) << text;
}

TEST(ClaimsTable, ResultsWithoutAClaimGiveNone) {
  const ScenarioResult none;
  EXPECT_EQ(print_claims({&none}, {}), "");
}

}  // namespace
}  // namespace peerlab
