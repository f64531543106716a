#include "sim/scenario/expectation.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

using Comparison = Expectation::Comparison;

const std::vector<std::string> one{"p2p"};
const std::vector<std::string> two{"p2p", "central"};
const std::vector<std::string> faults{"eu-cut"};

ParsedExpectation parse(std::string_view text, const std::vector<std::string>& systems = one) {
  return parse_expectation(text, systems, faults);
}

TEST(Expectation, ComparesAMetricWithAValueInItsUnit) {
  const auto e = parse("propagation.p50 < 3 s");
  ASSERT_TRUE(e.value) << e.error;
  EXPECT_EQ(e.value->left.key.metric, "propagation");
  EXPECT_EQ(e.value->left.key.stat, "p50");
  EXPECT_EQ(e.value->left.system, "p2p");
  EXPECT_EQ(e.value->comparison, Comparison::less);
  EXPECT_EQ(e.value->low, 3.0);
  EXPECT_EQ(parse("propagation.p50 < 200 ms").value->low, 0.2);
  EXPECT_EQ(parse("stale.per_mined <= 1 %").value->low, 0.01);
  EXPECT_EQ(parse("stale.per_mined<=1 %").value->comparison, Comparison::at_most);
  EXPECT_EQ(parse("agreed.after(eu-cut) < 30 min").value->low, 1800.0);
  EXPECT_EQ(parse("reorg.depth.max >= 1").value->comparison, Comparison::at_least);
  EXPECT_EQ(parse("stale.blocks == 0").value->comparison, Comparison::equal);
  EXPECT_EQ(parse("stale.blocks != 7 blocks").value->low, 7.0);
  EXPECT_EQ(parse("stale.per_mined == 0").value->low, 0.0) << "zero needs no unit";
  EXPECT_EQ(parse("propagation > 1 s").value->left.key.stat, "p50") << "the first statistic is meant";
}

TEST(Expectation, MayAskByHowMuchTwoMetricsDiffer) {
  const auto e = parse("stale.per_mined@p2p < stale.per_mined@central by 0.1 %", two);
  ASSERT_TRUE(e.value) << e.error;
  EXPECT_EQ(e.value->margin, 0.001);
  EXPECT_EQ(e.value->right->system, "central");
  EXPECT_EQ(parse("stale.per_mined@p2p < stale.per_mined@central", two).value->margin, 0.0);
  const auto without_unit = parse("stale.per_mined@p2p < stale.per_mined@central by 7", two);
  EXPECT_FALSE(without_unit.value);
  EXPECT_EQ(without_unit.offset, 49U);
  EXPECT_NE(parse("stale.per_mined@p2p == stale.per_mined@central by 1 %", two).error.find("<, <=, > and >= only"),
            std::string::npos);
}

TEST(Expectation, KnowsIntervalsAndOtherMetrics) {
  const auto within = parse("propagation.p90 within 1.8 s..2.3 s");
  ASSERT_TRUE(within.value) << within.error;
  EXPECT_EQ(within.value->low, 1.8);
  EXPECT_EQ(within.value->high, 2.3);
  const auto between = parse("stale.per_mined@central > stale.per_mined@p2p", two);
  ASSERT_TRUE(between.value) << between.error;
  EXPECT_EQ(between.value->left.system, "central");
  ASSERT_TRUE(between.value->right);
  EXPECT_EQ(between.value->right->system, "p2p");
}

TEST(Expectation, SaysWhatItDoesNotUnderstandAndWhere) {
  struct Case {
    std::string_view text;
    std::string_view sentence;
    std::size_t offset;
  };
  const Case cases[] = {
      {"propagaton.p50 < 3 s", "Did you mean", 0},
      {"propagation.p51 < 3 s", "no statistic", 0},
      {"propagation.p50 < 3", "has no unit", 18},
      {"propagation.p50 < 3 %", "no unit of time", 18},
      {"propagation.p50 = 3 s", "write `==`", 16},
      {"propagation.p50 =< 3 s", "", 0},
      {"propagation.p50 <> 3 s", "no such sign", 17},
      {"propagation.p50", "compares a metric with a value", 0},
      {"propagation.p50 <", "missing", 17},
      {"< 3 s", "metric is missing", 0},
      {"propagation.p50@p3p < 3 s", "no system `p3p`", 16},
      {"agreed.after(us-cut) < 3 s", "no fault named `us-cut`", 0},
      {"propagation.p50 within 3 s", "two ends", 23},
      {"propagation.p50 within 3 s..1 s", "wrong way round", 23},
      {"propagation.p50 < stale.per_mined", "cannot be compared", 18},
      {"stale.blocks == 7 peers", "in blocks", 16},
  };
  for (const Case& c : cases) {
    const auto e = parse(c.text);
    EXPECT_FALSE(e.value) << c.text;
    EXPECT_FALSE(e.error.empty()) << c.text;
    EXPECT_NE(e.error.find(c.sentence), std::string::npos) << c.text << ": " << e.error;
    if (!c.sentence.empty()) {
      EXPECT_EQ(e.offset, c.offset) << c.text << ": " << e.error;
    }
  }
  EXPECT_NE(parse("stale.per_mined < 1 %", two).error.find("Say of which system"), std::string::npos);
}

}  // namespace
}  // namespace peerlab
