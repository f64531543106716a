#include "sim/scenario/resolved.h"

#include <gtest/gtest.h>

#include "tests/sim/scenario/small_schema.h"

namespace peerlab {
namespace {

const std::string everything = R"(schema: 1
name: all
question: "What: is # this? It's \"it\"."
look: [a sentence, "another: one"]
replications: 3
duration: 6 h
stop: {blocks: 12}
network: {preset: simblock-2019, users: 77}
systems:
  p2p: {protocol: chain, block_interval: 90 s, shares: normal 400000 sd 100000, body_size: 535 kB}
machines: {hosted: 28 %, versions: 90 % 10 %}
groups: {cartel: random 5 % of role=peer, two: [region=NA and role=peer, node 3]}
workload:
  - {kind: publish, rate: 7 per min per user, size: lognormal median 2 kB sigma 1}
timeline:
  - {at: 1 h, for: 30 min, partition: [region=EU, rest], name: eu-cut}
  - {at: 2 h, every: 1 h, for: 1 min, crash: random 5 % of role=peer}
attacks:
  - {kind: noise, who: random 2 of role=peer}
measure: [propagation, agreed.after]
expect: [propagation.p50 < 3 s, stale.per_mined <= 1 %]
quick: {replications: 1}
)";

TEST(Resolved, ReadsBackAsTheSameScenario) {
  const ReadResult first = test::read(everything);
  ASSERT_TRUE(first.scenario) << format_problems(first.problems);
  const std::string text = print_resolved(*first.scenario, WithOrigins::no);
  const ReadResult second = test::read(text);
  ASSERT_TRUE(second.scenario) << format_problems(second.problems) << text;
  EXPECT_EQ(print_resolved(*second.scenario, WithOrigins::no), text);
  EXPECT_EQ(second.scenario->question, "What: is # this? It's \"it\".");
  EXPECT_EQ(second.scenario->systems.at(0).params.duration("block_interval"), seconds(90));
  EXPECT_EQ(second.scenario->timeline.at(1).every, hours(1));
  EXPECT_EQ(second.scenario->machines.text("versions"), "90 % 10 %");
  ASSERT_EQ(second.scenario->groups.size(), 2U);
  EXPECT_EQ(second.scenario->groups.at(1).who.size(), 2U);
  EXPECT_EQ(second.scenario->measure, first.scenario->measure);
}

TEST(Resolved, WithOriginsReadsBackToo) {
  const ReadResult first = test::read(everything);
  ASSERT_TRUE(first.scenario);
  const ReadResult second = test::read(print_resolved(*first.scenario, WithOrigins::yes));
  ASSERT_TRUE(second.scenario) << format_problems(second.problems);
  EXPECT_EQ(print_resolved(*second.scenario, WithOrigins::no), print_resolved(*first.scenario, WithOrigins::no));
}

TEST(Resolved, SaysWhereEachValueCameFrom) {
  ReadOptions options;
  options.overrides = {{"--set", "network.users=88"}, {"--seed", "seed=9"}};
  options.quick = true;
  const ReadResult result = test::read(everything, options);
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  const std::string text = print_resolved(*result.scenario, WithOrigins::yes);
  const auto line = [&](const std::string& begins) {
    const std::size_t at = text.find("\n" + begins);
    EXPECT_NE(at, std::string::npos) << begins << "\n" << text;
    return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
  };
  const auto ends = [&](const std::string& begins, const std::string& end) {
    EXPECT_TRUE(line(begins).ends_with("# " + end)) << line(begins);
  };
  ends("warmup: 0 s", "default");
  ends("duration: 6 h", "test.yaml:6");
  ends("  users: 88", "--set");
  ends("seed: 9", "--seed");
  ends("replications: 1", "--quick, test.yaml:22");
  ends("    block_interval: 90 s", "test.yaml:10");
  ends("    compact: real", "default");
  EXPECT_NE(text.find("# preset of test.yaml:8"), std::string::npos);
}

TEST(Resolved, DoesNotDependOnWhereTheFileWas) {
  const ReadResult here = test::read(everything);
  const ReadResult there = read_scenario_text(everything, "/somewhere/else/other.yaml", test::small_schema());
  ASSERT_TRUE(here.scenario && there.scenario);
  EXPECT_EQ(print_resolved(*here.scenario, WithOrigins::no), print_resolved(*there.scenario, WithOrigins::no));
}

}  // namespace
}  // namespace peerlab
