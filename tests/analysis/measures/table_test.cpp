#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

TEST(TableOfMeasures, ExplainsEveryRow) {
  for (const MeasureRow& row : measures()) {
    for (const std::string_view text :
         {row.sentence, row.numerator, row.denominator, row.sampling, row.censoring, row.source, row.moved_by}) {
      EXPECT_FALSE(text.empty()) << row.name;
    }
    EXPECT_TRUE(row.sentence.ends_with('.')) << row.name;
    EXPECT_FALSE(row.metrics.empty()) << row.name;
    ASSERT_NE(row.make, nullptr) << row.name;
  }
}

// The part of a metric's name before the brackets.
std::string base(const std::string& metric) { return metric.substr(0, metric.find('(')); }

TEST(TableOfMeasures, DeclaresExactlyWhatTheMeasuresTell) {
  Story story(3);
  story.cast.faults = {{"f", "partition"}};
  story.totals.kinds = {{"inventory", 1, 61}};
  story.request(Asked::publish, 0, 10);
  story.mines(20, 0, 1, 0);
  for (const MeasureRow& row : measures()) {
    std::set<std::string> declared;
    for (const DeclaredMetric& metric : row.metrics) {
      for (const DeclaredStat& stat : metric.stats) {
        const std::string brackets = metric.argument == Argument::none ? "" : "()";
        declared.insert(std::string(metric.name) + brackets + "." + std::string(stat.name) + " in " +
                        std::string(stat.unit));
      }
    }
    std::set<std::string> told;
    for (const Metric& m : story.told(row.name, 100).metrics) {
      const std::string brackets = m.metric == base(m.metric) ? "" : "()";
      told.insert(base(m.metric) + brackets + "." + m.stat + " in " + m.unit);
    }
    EXPECT_EQ(told, declared) << row.name;
  }
}

TEST(TableOfMeasures, TellsTheSameNumbersInTheSameOrderWhateverHappened) {
  for (const MeasureRow& row : measures()) {
    Story eventful(2);
    eventful.request(Asked::publish, 0, 10);
    eventful.mines(20, 0, 1, 0);
    eventful.tell(30, 1, happened::reorganised, 1, 1);
    const MetricList a = Story(2).told(row.name, 100);
    const MetricList b = eventful.told(row.name, 100);
    ASSERT_EQ(a.metrics.size(), b.metrics.size()) << row.name;
    for (std::size_t i = 0; i < a.metrics.size(); ++i) {
      EXPECT_EQ(a.metrics[i].metric + "." + a.metrics[i].stat, b.metrics[i].metric + "." + b.metrics[i].stat);
      EXPECT_EQ(std::isnan(a.metrics[i].value), a.metrics[i].standing != Standing::measured) << a.metrics[i].metric;
    }
  }
}

TEST(TableOfMeasures, HasNoTwoKindsOfOneName) {
  std::set<std::uint32_t> values;
  const HappeningKind all[] = {happened::block_mined,        happened::block_held,        happened::block_refused,
                               happened::tip_moved,          happened::reorganised,       happened::operation_accepted,
                               happened::operation_acked,    happened::operation_refused, happened::operation_undone,
                               happened::operation_unasked,  happened::read_answered,     happened::record_held,
                               happened::peer_banned,        happened::request_timed_out, happened::compact_incomplete,
                               happened::caught_up,          happened::machine_down,      happened::machine_up,
                               happened::disk_wiped,         happened::fault_began,       happened::fault_ended,
                               happened::operation_deepened, happened::log_grew};
  for (const HappeningKind kind : all) values.insert(kind.value);
  EXPECT_EQ(values.size(), std::size(all));
}

ResolvedMetric parsed(std::string_view text) {
  static const std::vector<std::string> faults = {"eu-cut", "cut (2)"};
  return parse_metric(text, faults);
}

TEST(MetricNames, MeanTheFirstStatisticWhenNoneIsNamed) {
  const ResolvedMetric m = parsed("propagation");
  ASSERT_TRUE(m.key) << m.error;
  EXPECT_EQ(m.key->metric, "propagation");
  EXPECT_EQ(m.key->stat, "p50");
  EXPECT_EQ(m.key->unit, "s");
  EXPECT_EQ(m.key->row->name, "propagation");
}

TEST(MetricNames, AreReadWithDotsBracketsAndStatistics) {
  const auto named = [](std::string_view text) {
    const ResolvedMetric m = parsed(text);
    return m.key ? m.key->metric + " | " + m.key->stat + " | " + m.key->argument : m.error;
  };
  EXPECT_EQ(named("propagation.p90"), "propagation | p90 | ");
  EXPECT_EQ(named("stale.per_mined"), "stale.per_mined | value | ");
  EXPECT_EQ(named("reorg.depth.max"), "reorg.depth | max | ");
  EXPECT_EQ(named("replicated"), "replicated(90) | p50 | ");
  EXPECT_EQ(named("replicated(99).p90"), "replicated(99) | p90 | ");
  EXPECT_EQ(named("agreement"), "agreement(0) | mean | ");
  EXPECT_EQ(named("agreement.end"), "agreement(0) | end | ");
  EXPECT_EQ(named("agreement(12)"), "agreement(12) | mean | 12");
  EXPECT_EQ(named("agreed.after(eu-cut).all"), "agreed.after(eu-cut) | all | ");
  EXPECT_EQ(named("agreed.after(cut (2))"), "agreed.after(cut (2)) | most | ");
  EXPECT_EQ(named("available.writes"), "available.writes | value | ");
  EXPECT_EQ(named("available.writes(600 s)"), "available.writes(10 min) | value | ");
  EXPECT_EQ(named("available.writes(90 s)"), "available.writes(90 s) | value | 90 s");
  EXPECT_EQ(named("available.reads.any"), "available.reads.any | value | ");
  EXPECT_EQ(named("available.reads.any(90 s)"), "available.reads.any(90 s) | value | 90 s");
  EXPECT_EQ(named("available.reads.fresh"), "available.reads.fresh(1 min) | value | ");
  EXPECT_EQ(named("available.reads.fresh(0 s)"), "available.reads.fresh(0 s) | value | ");
  EXPECT_EQ(named("available.reads.fresh(45 s)"), "available.reads.fresh(45 s) | value | 45 s");
  EXPECT_EQ(named("staleness.max"), "staleness | max | ");
  EXPECT_EQ(named("staleness.reads"), "staleness.reads | value | ");
  EXPECT_EQ(named("latency.read.p99"), "latency.read | p99 | ");
  EXPECT_EQ(named("reverted"), "reverted | value | ");
  EXPECT_EQ(named("reverted.lost"), "reverted.lost | value | ");
  EXPECT_EQ(named("cost.bytes_stored.per_useful_byte"), "cost.bytes_stored | per_useful_byte | ");
  EXPECT_EQ(named("messages"), "messages | count | ");
  EXPECT_EQ(named("messages(block body).bytes"), "messages(block body) | bytes | ");
}

TEST(MetricNames, ThatAreWrongGetASentence) {
  EXPECT_EQ(parsed("propogation").error, "There is no metric `propogation`. Did you mean `propagation`?");
  EXPECT_EQ(parsed("propagation.p75").error,
            "`propagation` has no statistic `p75`; it has `p50`, `p90`, `p99`, `p10`.");
  EXPECT_EQ(parsed("replicated(75)").error,
            "`replicated` is measured at 50, 90, 99 and 100 per cent: write `replicated(90)`.");
  EXPECT_NE(parsed("agreed.after").error.find("needs brackets"), std::string::npos);
  EXPECT_NE(parsed("agreed.after(eu-cat)").error.find("Did you mean `eu-cut`?"), std::string::npos);
  EXPECT_NE(parsed("agreement(-1)").error.find("needs a depth"), std::string::npos);
  EXPECT_NE(parsed("available.writes(10)").error.find("needs a duration"), std::string::npos);
  EXPECT_NE(parsed("available.reads.fresh(-1 s)").error.find("needs an age"), std::string::npos);
  EXPECT_NE(parsed("propagation(3)").error.find("takes nothing in brackets"), std::string::npos);
  for (const char* odd : {"", "(", ")", "()", ".", "propagation.", "propagation(", "replicated(90)p50",
                          "replicated(90).", "agreed.after()", "messages()"}) {
    EXPECT_FALSE(parsed(odd).key) << odd;
    EXPECT_FALSE(parsed(odd).error.empty()) << odd;
  }
}

}  // namespace
}  // namespace peerlab
