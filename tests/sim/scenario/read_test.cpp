#include "sim/scenario/read.h"

#include <gtest/gtest.h>

#include "sim/scenario/check.h"
#include "tests/sim/scenario/small_schema.h"

namespace peerlab {
namespace {

using test::head;
using test::problems_of;
using test::read;

const Scenario& good(const ReadResult& result) {
  static const Scenario none;
  EXPECT_TRUE(result.scenario) << format_problems(result.problems);
  return result.scenario ? *result.scenario : none;
}

void expect_problem(const std::string& yaml, const std::string& part, const ReadOptions& options = {}) {
  const std::string text = problems_of(yaml, options);
  EXPECT_NE(text.find(part), std::string::npos) << "wanted: " << part << "\ngot:\n" << text << "\nof:\n" << yaml;
}

ReadOptions sets(std::vector<std::string> values, bool quick = false) {
  ReadOptions options;
  for (std::string& v : values) options.overrides.push_back({"--set", std::move(v)});
  options.quick = quick;
  return options;
}

TEST(Scenario, NeedsNothingButASystem) {
  const ReadResult result = read(head);
  const Scenario& s = good(result);
  EXPECT_EQ(s.name, "test") << "the file's stem";
  EXPECT_EQ(s.duration, hours(24));
  EXPECT_EQ(s.settle, minutes(10));
  EXPECT_EQ(s.replications, 2U) << "one run says nothing about chance";
  EXPECT_EQ(s.systems.at(0).name, "p2p");
  EXPECT_EQ(s.systems.at(0).params.duration("block_interval"), minutes(10));
  EXPECT_FALSE(s.measure.empty()) << "all usual measures";
  EXPECT_NE(problems_of("schema: 1\n").find("A scenario says what is simulated"), std::string::npos);
}

TEST(Scenario, ReadsEverySection) {
  const ReadResult result = read(R"(schema: 1
name: lost
question: Is a record harder to lose?
look: one sentence
next: [peerlab run hello, "peerlab run lost --set a.b='1 s'"]
seed: 7
replications: 10
warmup: 30 min
duration: 6 h
settle: 30 min
stop: {blocks: 100}
network: {preset: internet-2019, users: 1000}
cpu: {signature: 50 us}
protection: {encryption: end-to-end, key_copies: 2}
systems:
  p2p: {protocol: chain, block_interval: 1 min, shares: normal 400000 sd 100000}
workload:
  - {kind: publish, rate: 2 per s in total, size: lognormal median 2 kB sigma 1}
  - {kind: pay, rate: 1 per min per user}
timeline:
  - {at: 160 min, for: 10 min, wipe: random 1 of role=store, name: one}
  - {at: 4 h, for: 30 min, partition: [region=EU, rest], name: eu-cut}
attacks:
  - {kind: noise, who: random 2 of role=peer, every: 5 min}
measure: [propagation, agreed.after, stale]
expect:
  - propagation.p50 < 3 s
  - agreed.after(eu-cut) < 30 min
)");
  const Scenario& s = good(result);
  EXPECT_EQ(s.name, "lost");
  EXPECT_EQ(s.look, std::vector<std::string>{"one sentence"});
  EXPECT_EQ(s.next.at(1), "peerlab run lost --set a.b='1 s'");
  EXPECT_EQ(s.seed, 7U);
  EXPECT_EQ(s.replications, 10U);
  EXPECT_EQ(s.stop_blocks, 100U);
  EXPECT_EQ(s.users(), 1000U);
  EXPECT_EQ(s.cpu.duration("signature"), microseconds(50));
  EXPECT_EQ(s.protection.text("encryption"), "end-to-end");
  EXPECT_EQ(s.systems.at(0).params.law("shares"), Distribution::normal(4e5, 1e5));
  ASSERT_EQ(s.workload.size(), 2U);
  EXPECT_EQ(s.workload.at(0).row->name, "publish");
  ASSERT_EQ(s.timeline.size(), 2U);
  EXPECT_EQ(s.timeline.at(1).name, "eu-cut");
  EXPECT_EQ(s.timeline.at(1).at, Time::zero() + hours(4));
  EXPECT_EQ(s.timeline.at(1).for_, minutes(30));
  EXPECT_EQ(s.timeline.at(1).selectors.size(), 2U);
  ASSERT_EQ(s.attacks.size(), 1U);
  EXPECT_EQ(s.attacks.at(0).params.duration("every"), minutes(5));
  EXPECT_EQ(s.measure.size(), 3U);
  EXPECT_EQ(s.expect.size(), 2U);
  EXPECT_EQ(s.origins.at("systems.p2p.block_interval").line, 16U);
  EXPECT_EQ(s.cohort_end(), Time::zero() + hours(5) + minutes(30));
}

TEST(Scenario, TakesSeveralSystems) {
  const ReadResult result = read(
      "systems: {p2p: {protocol: chain}, central: {protocol: server, servers: 3}}\n"
      "expect: [stale.per_mined@p2p < 5 %, propagation@central < 1 s]\n");
  const Scenario& s = good(result);
  EXPECT_EQ(s.systems.size(), 2U);
  EXPECT_EQ(s.expect.at(1).left.system, "central");
}

TEST(Scenario, ReportsAllMistakesAtOnceEachWithItsPlace) {
  const std::string text = problems_of(
      "schema: 1\n"
      "druation: 24 h\n"
      "warmup: 5\n"
      "replications: many\n"
      "network: {users: -3}\n"
      "systems: {p2p: {protocol: chian}}\n"
      "expect: [propagaton < 3 s]\n");
  EXPECT_NE(
      text.find(
          "test.yaml:2:1: There is no key `druation` in a scenario. Did you mean `duration`?\n  druation: 24 h\n  ^\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("test.yaml:3:9: `warmup`: `5` has no unit."), std::string::npos) << text;
  EXPECT_NE(text.find("test.yaml:4:15: `replications`"), std::string::npos) << text;
  EXPECT_NE(text.find("test.yaml:5:18: `users`"), std::string::npos) << text;
  EXPECT_NE(text.find("test.yaml:6:27: There is no protocol `chian`. Did you mean `chain`?"), std::string::npos)
      << text;
  EXPECT_NE(text.find("test.yaml:7:10: There is no metric `propagaton`. Did you mean `propagation`?"),
            std::string::npos)
      << text;
}

TEST(Scenario, RefusesValuesThatOtherReadersWouldTwist) {
  expect_problem(head + "replications: 010\n", "leading zero");
  expect_problem(head + "replications: 0x10\n", "hexadecimal");
  expect_problem(head + "replications: no\n", "`no` does not begin with a number");
  expect_problem(head + "replications: 1.5\n", "not a whole number");
  expect_problem(head + "replications: 1e30\n", "too large");
  expect_problem(head + "replications: 0\n", "the least is 1");
  expect_problem(head + "replications: -4\n", "too small");
  expect_problem(head + "seed: -1\n", "too small");
  expect_problem("schema: 2\nsystems: {p2p: {protocol: chain}}\n", "the most is 1");
  expect_problem(head + "duration: 24\n", "has no unit");
  expect_problem(head + "duration: [24 h]\n", "not a list");
  expect_problem(head + "duration: {h: 24}\n", "not a map");
  expect_problem(head + "duration:\n", "has no value");
  expect_problem(head + "duration: 1,000 s\n", "`1000 s`");
  expect_problem(head + "network: 5\n", "`network` is a map");
  expect_problem(head + "workload: publish\n", "`workload` is a list");
  expect_problem(head + "name: a/b\n", "cannot be a name");
  expect_problem(head + "name: ../../etc\n", "cannot be a name");
  expect_problem("- a\n- b\n", "A scenario is a map");
  expect_problem("just text\n", "A scenario is a map");
}

TEST(Scenario, HintsAtCommasThatSplitAValue) {
  expect_problem(head + "workload: [{kind: publish, rate: 2 per s, in total}]\n", "values carry no commas");
}

TEST(Scenario, FindsMistakesInSystems) {
  expect_problem("systems: {p2p: {block_interval: 1 min}}\n", "names no protocol");
  expect_problem("systems: {p2p: chain}\n", "a map that names its protocol");
  expect_problem("systems: {p2p: {protocol: chain, blok_interval: 1 min}}\n", "Did you mean `block_interval`?");
  expect_problem("systems: {p2p: {protocol: chain, block_interval: 500 ms}}\n", "the least is 1 s");
  expect_problem("systems: {p2p: {protocol: chain, compact: modeled}}\n", "Did you mean `modelled`?");
  expect_problem("systems: {p2p: {protocol: chain, body_size: 2 MB}}\n", "more than a block holds");
  expect_problem("systems: {p 2 p: {protocol: chain}}\n", "cannot be a name");
  expect_problem("systems: {}\n", "says what is simulated");
}

TEST(Scenario, FindsMistakesInLists) {
  expect_problem(head + "workload: [{rate: 1 per s in total}]\n", "names its kind");
  expect_problem(head + "workload: [{kind: publsh}]\n", "Did you mean `publish`?");
  expect_problem(head + "workload: [{kind: publish, rat: 1 per s in total}]\n", "Did you mean `rate`?");
  expect_problem(head + "workload: [{kind: publish, rate: 1 per s}]\n", "`in total` or `per user`");
  expect_problem(head + "timeline: [{at: 4 h, crsh: all}]\n", "Did you mean `crash`?");
  expect_problem(head + "timeline: [{at: 4 h}]\n", "does not say what happens");
  expect_problem(head + "timeline: [{crash: all}]\n", "does not say when");
  expect_problem(head + "timeline: [{at: 4 h, crash: all, wipe: all}]\n", "does one thing");
  expect_problem(head + "timeline: [{at: 4 h, partition: region=EU}]\n", "wants a list of sides");
  expect_problem(head + "timeline: [{at: 4 h, for: 1 h, partition: [region=EU]}]\n", "at least two sides");
  expect_problem(head + "timeline: [{at: 1 h, crash: all, name: x}, {at: 2 h, crash: all, name: x}]\n",
                 "has the name `x` already");
  expect_problem(head + "timeline: [{at: 1 h, crash: random 5 of}]\n", "test.yaml:3:");
  expect_problem(head + "attacks: [{who: all}]\n", "names its kind");
  expect_problem(head + "attacks: [{kind: noise}]\n", "who attacks");
  expect_problem(head + "attacks: [{kind: nois, who: all}]\n", "Did you mean `noise`?");
  expect_problem(head + "measure: [propagaton]\n", "Did you mean `propagation`?");
  expect_problem(head + "measure: {propagation: 1}\n", "`measure` wants text");
}

TEST(Scenario, PointsIntoTheSelectorThatIsWrong) {
  const std::string text = problems_of(head + "timeline:\n  - {at: 1 h, crash: random 5 % off role=peer}\n");
  ASSERT_FALSE(text.empty());
  EXPECT_EQ(text.find("test.yaml:4:"), 0U) << text;
  const std::string caret = text.substr(text.rfind("\n  ", text.size() - 2));
  EXPECT_GT(caret.find('^'), std::string("    - {at: 1 h, crash: ").size())
      << "the caret stands inside of the selector\n"
      << text;
}

TEST(Scenario, IsCheckedAsAWhole) {
  expect_problem(head + "duration: 1 h\nwarmup: 50 min\nsettle: 10 min\n", "Nothing is left to measure");
  expect_problem(head + "network: {users: 0}\n", "users");
  expect_problem(head + "network: {users: 16777201}\n", "16777200");
  expect_problem(head + "duration: 3 h\ntimeline: [{at: 4 h, crash: all}]\n", "test.yaml:4:");
  expect_problem(head + "network: {users: 10}\ntimeline: [{at: 4 h, crash: node 5000}]\n", "There is no node 5000");
  expect_problem(head + "workload: [{kind: transfer, rate: 1 per min in total}]\n", "test.yaml:3:");
  expect_problem(head + "expect: [propagation@central < 1 s]\n", "There is no system `central`");
}

TEST(Scenario, RefusesGroupsAndSharesThatCannotBe) {
  EXPECT_NE(problems_of(head + "machines: {versions: 50 % 20 %}\n").find("add up to 100 %"), std::string::npos);
  EXPECT_NE(problems_of(head + "groups: {loud: busiest 3}\n").find("nobody is busy yet"), std::string::npos);
  EXPECT_NE(problems_of(head + "groups: {\"a b\": all}\n").find("cannot be a name"), std::string::npos);
}

TEST(Scenario, GivesUnnamedDisturbancesNames) {
  const ReadResult result =
      read(head + "timeline: [{at: 1 h, for: 1 min, crash: all}, {at: 2 h, for: 1 min, crash: all}]\n");
  EXPECT_EQ(good(result).fault_names(), (std::vector<std::string>{"crash", "crash-2"}));
}

TEST(Set, ChangesOneValueWithTheSameChecks) {
  const std::string text = head + "workload: [{kind: publish, rate: 1 per s in total}]\n";
  const ReadResult result =
      read(text, sets({"network.users=42", "systems.p2p.block_interval=1 min", "workload.0.rate=5 per min in total",
                       "timeline=[{at: 1 h, for: 5 min, crash: all}]", "question=a: b # c"}));
  const Scenario& s = good(result);
  EXPECT_EQ(s.users(), 42U);
  EXPECT_EQ(s.systems.at(0).params.duration("block_interval"), minutes(1));
  EXPECT_EQ(s.workload.at(0).params.rate("rate"), (Rate{5.0 / 60, false}));
  EXPECT_EQ(s.timeline.size(), 1U);
  EXPECT_EQ(s.question, "a: b # c") << "a value is text, whatever stands in it";
  EXPECT_EQ(s.origins.at("network.users").from, Origin::From::set);
  EXPECT_EQ(read(text, sets({"seed=1", "seed=2"})).scenario->seed, 2U) << "the last one wins";

  expect_problem(text, "--set:1:1: There is no key `usrs` in `network`. Did you mean `users`?\n  network.usrs=5\n",
                 sets({"network.usrs=5"}));
  expect_problem(text, "--set:1:15: `users`: `five`", sets({"network.users=five"}));
  expect_problem(text, "Write PATH=VALUE", sets({"network.users"}));
  expect_problem(text, "Write PATH=VALUE", sets({"=5"}));
  expect_problem(text, "not a map", sets({"seed.x=5"}));
  expect_problem("seed: 3\n" + head, "single value", sets({"seed.x=5"}));
  expect_problem(text, "is a list", sets({"workload.rate=5"}));
  expect_problem(text, "there is no 3", sets({"workload.3.rate=5"}));
  expect_problem(text, "joined by single points", sets({"network..users=5"}));
  expect_problem(text, "There is no key `nonsense`", sets({"nonsense=5"}));
  expect_problem(text, "--set:1:", sets({"timeline=[{at: 1 h"}));
  expect_problem(text, "cannot be set from outside", sets({"schema=1"}));
}

TEST(Quick, MeansWhatTheScenarioSaysOrTwoRunsAndATenth) {
  const std::string plain = head + "replications: 10\nduration: 10 h\n";
  const ReadResult tenth = read(plain, sets({}, true));
  EXPECT_EQ(good(tenth).replications, 2U);
  EXPECT_EQ(good(tenth).duration, hours(1));
  EXPECT_EQ(good(tenth).settle, minutes(6));
  const ReadResult kept = read(plain, sets({"replications=5"}, true));
  EXPECT_EQ(good(kept).replications, 5U) << "--set wins over --quick";
  const ReadResult said =
      read(plain + "quick: {replications: 3, network.users: 50, stop: {blocks: 7}}\n", sets({}, true));
  EXPECT_EQ(good(said).replications, 3U);
  EXPECT_EQ(good(said).duration, hours(10));
  EXPECT_EQ(good(said).users(), 50U);
  EXPECT_EQ(good(said).stop_blocks, 7U);
  EXPECT_EQ(good(said).origins.at("network.users").from, Origin::From::quick);
  const ReadResult planned = read(plain + "timeline: [{at: 5 h, for: 1 h, crash: all}]\n", sets({}, true));
  EXPECT_EQ(good(planned).duration, hours(10)) << "something is planned in the fifth hour";
  expect_problem(plain + "quick: {replicatons: 3}\n", "Did you mean `replications`?");
  expect_problem(plain + "quick: 3\n", "`quick` is a map");
}

}  // namespace
}  // namespace peerlab
