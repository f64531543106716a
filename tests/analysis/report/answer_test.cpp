#include "analysis/report/answer.h"

#include <gtest/gtest.h>

#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

TEST(StatedAnswer, IsTheFigureThatTheScenarioHoldsAgainstEachOther) {
  const StatedAnswer answer = answer_of(example_result());
  EXPECT_EQ(answer.metric, "cost.bytes_sent");
  EXPECT_TRUE(answer.sentence.starts_with("`cost.bytes_sent` is 7.50 GB [7.48, 7.52] for `p2p`, against 247 kB"))
      << answer.sentence;
  EXPECT_NE(answer.sentence.find("The difference, `p2p` less `central`, is +7.50 GB"), std::string::npos)
      << answer.sentence;
  EXPECT_NE(answer.sentence.find("a clear one"), std::string::npos) << answer.sentence;
  EXPECT_FALSE(answer.meaning.empty());
}

TEST(StatedAnswer, WithoutExpectationsIsTheFirstFigure) {
  ScenarioResult result = example_result();
  result.expectations.clear();
  EXPECT_EQ(answer_of(result).metric, "propagation.p50");
  EXPECT_EQ(verdicts_in_words(result), "");
  result.lines.clear();
  EXPECT_EQ(answer_of(result).sentence, "");
}

TEST(StatedAnswer, FindsMetricsWithSpacesInBrackets) {
  ScenarioResult result = example_result();
  for (RunRecord& run : result.runs) run.metrics.push_back(example_share("available.writes(10 s)", 9, 10));
  summarise(result);
  result.expectations = {{"available.writes(10 s)@p2p > 50 %", ExpectationVerdict::pass, ""},
                         {"no.such@p2p > 1", ExpectationVerdict::pass, ""}};
  EXPECT_EQ(asked_metrics(result), std::vector<std::string>{"available.writes(10 s)"});
  EXPECT_EQ(answer_of(result).metric, "available.writes(10 s)");
  EXPECT_EQ(verdicts_in_words(result), "All 2 expectations held.");
}

TEST(StatedAnswer, OfASweepOfOneSystemGoesFromCellToCell) {
  ScenarioResult result = example_result();
  result.systems = {"p2p"};
  result.expectations = {{"stale.per_mined@p2p < 50 %", ExpectationVerdict::pass, ""}};
  result.runs.clear();
  result.cells.clear();
  for (std::uint64_t users = 1; users <= 5; ++users) {
    RunRecord run;
    run.system = "p2p";
    run.cell = "users=" + std::to_string(users);
    run.metrics = {example_share("stale.per_mined", 10 * users, 100)};
    result.cells.push_back(run.cell);
    result.runs.push_back(run);
  }
  summarise(result);
  EXPECT_EQ(answer_of(result).sentence.find("`stale.per_mined` is 10.0 % "), 0U) << answer_of(result).sentence;
  EXPECT_NE(answer_of(result).sentence.find(" at users=5, the first and the last of 5 cells."), std::string::npos)
      << answer_of(result).sentence;
  result.cells.resize(2);
  EXPECT_NE(answer_of(result).sentence.find(" at users=1 and 20.0 % "), std::string::npos)
      << answer_of(result).sentence;
}

}  // namespace
}  // namespace peerlab
