// Who attacks whom, with how much hash power, and what is refused before anything runs.
#include "sim/run/place_attacks.h"

#include <gtest/gtest.h>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

const std::string head =
    "schema: 1\nname: a\nduration: 2 h\nsettle: 10 min\nnetwork: {users: 10, degree: 4}\nsystems:\n"
    "  calm: {protocol: nakamoto, hash_shares: uniform 1..9}\n  p2p: {protocol: nakamoto, hash_shares: uniform 1..9}\n"
    "  servers: {protocol: central-server}\n";

ReadResult read(const std::string& attacks) {
  return read_scenario_text(head + "attacks:\n" + attacks, "test.yaml", standard_schema(cost_fields()));
}

/// Everything that is said before the run.
std::string refusal(const std::string& attacks) {
  const ReadResult result = read(attacks);
  if (!result.scenario) return format_problems(result.problems);
  return format_problems(run_scenario(*result.scenario, RunOptions{}).problems);
}

std::unique_ptr<Built> built(const std::string& attacks, std::size_t system) {
  const ReadResult result = read(attacks);
  EXPECT_TRUE(result.scenario) << format_problems(result.problems);
  Problems problems;
  auto out = build(*result.scenario, result.scenario->systems[system], 7, RunModes{}, problems);
  EXPECT_TRUE(problems.empty()) << format_problems(problems);
  return out;
}

TEST(PlaceAttacks, GivesTheAttackerHisShareAndLeavesTheOthersTheirProportions) {
  const std::string attack = "  - {kind: selfish, system: p2p, who: node 3, hash_share: 40 %}\n";
  const auto calm = built(attack, 0);
  const auto attacked = built(attack, 1);
  double total = 0;
  double before = 0;
  for (std::uint32_t n = 0; n < 10; ++n) {
    before += calm->plan.layout.members[n].hash_power;
    total += attacked->plan.layout.members[n].hash_power;
  }
  EXPECT_NEAR(total / before, 1, 1e-12);
  EXPECT_NEAR(attacked->plan.layout.members[3].hash_power / total, 0.4, 1e-12);
  const auto ratio = [](const Built& b) {
    return b.plan.layout.members[1].hash_power / b.plan.layout.members[2].hash_power;
  };
  EXPECT_NEAR(ratio(*attacked), ratio(*calm), 1e-12);
  EXPECT_TRUE(attacked->cast.nodes[3].attacker);
  EXPECT_FALSE(calm->cast.nodes[3].attacker);
  EXPECT_TRUE(calm->plan.attacks.empty());
}

TEST(PlaceAttacks, MarksTheSameVictimsInEverySystemAndAttacksOnlyWhereItSays) {
  const std::string attack =
      "  - {kind: censor-miners, system: p2p, who: nodes 0..2, victim: random 2 of nodes 5..9, hash_share: 30 %}\n";
  const auto calm = built(attack, 0);
  const auto attacked = built(attack, 1);
  std::size_t victims = 0;
  for (std::uint32_t n = 0; n < 10; ++n) {
    EXPECT_EQ(calm->cast.nodes[n].victim, attacked->cast.nodes[n].victim);
    victims += attacked->cast.nodes[n].victim ? 1 : 0;
  }
  EXPECT_EQ(victims, 2U);
  ASSERT_EQ(attacked->plan.attacks.size(), 3U);
  EXPECT_EQ(attacked->plan.attacks[1].attackers.size(), 3U);
  EXPECT_EQ(attacked->plan.attacks[1].victims.size(), 2U);
}

TEST(PlaceAttacks, RefusesBeforeTheRunWithPlaceAndSentence) {
  const auto refuses = [](const std::string& attacks, const std::string& words) {
    const std::string said = refusal(attacks);
    EXPECT_NE(said.find(words), std::string::npos) << attacks << said;
    EXPECT_NE(said.find("test.yaml:"), std::string::npos) << said;
  };
  refuses("  - {kind: selfish, system: p2p, hash_share: 120 %}\n", "hash_share");
  refuses(
      "  - {kind: selfish, system: p2p, who: node 1, hash_share: 60 %}\n"
      "  - {kind: majority, system: p2p, who: node 2, hash_share: 55 %}\n",
      "115 % of the hash power together");
  refuses("  - {kind: orphan, system: p2p, who: node 4, victim: nodes 3..5}\n",
          "attacker and victim of the same attack");
  refuses("  - {kind: selfish, system: p2p, who: nodes 1..2}\n", "is one pool with one private branch");
  refuses("  - {kind: selfish, system: servers, who: node 1}\n", "no full peer of a ledger");
  refuses("  - {kind: race, system: servers, who: node 1, victim: node 2}\n", "no full peer of a ledger");
  refuses("  - {kind: selfish, system: p2p, who: region=XX}\n", "");
  refuses("  - {kind: selfish, system: p2q}\n", "Did you mean `p2p`?");
  refuses("  - {kind: selfish, system: p2p, from: 3 h}\n", "begin when the run is over");
  refuses("  - {kind: orphan, system: p2p, who: node 4}\n", "does not say against whom");
  refuses("  - {kind: selfish, system: p2p, victim: node 4}\n", "There is no key `victim`");
  refuses("  - {kind: majority, system: p2p, depth: 9, give_up: 9}\n", "it can never succeed");
  refuses("  - {kind: double-spend, system: p2p, confirmations: 0}\n", "head_start");
  refuses("  - {kind: policy, system: p2p, table: xyz}\n", "three of the letters");
  refuses("  - {kind: censor-miners, system: p2p, who: all, victim: node 4}\n", "attacker and victim");
  refuses("  - {kind: censor-miners, system: p2p, who: nodes 0..9, victim: busiest 1}\n", "busiest");
}

TEST(PlaceAttacks, StacksTheAttacksOfOneMachineInTheOrderOfTheirLines) {
  const auto attacked = built(
      "  - {kind: bad-peer, system: p2p, who: nodes 4..5}\n"
      "  - {kind: selfish, system: p2p, who: node 4, hash_share: 10 %}\n",
      1);
  ASSERT_EQ(attacked->plan.attacks.size(), 3U);
  EXPECT_EQ(attacked->plan.attacks[0].node, NodeId(4));
  EXPECT_EQ(attacked->plan.attacks[0].row->name, "bad-peer") << "next to the honest peer";
  EXPECT_EQ(attacked->plan.attacks[1].node, NodeId(4));
  EXPECT_EQ(attacked->plan.attacks[1].row->name, "selfish");
  EXPECT_EQ(attacked->plan.attacks[2].node, NodeId(5));
}

struct Refused {
  std::string attacks;
  std::string place;  ///< line and column; the attacks begin at line 10
  std::string words;
};

class RefusedAttacks : public testing::TestWithParam<Refused> {};

TEST_P(RefusedAttacks, BeforeTheRunWithThePlaceAndASentence) {
  const std::string said = refusal(GetParam().attacks);
  EXPECT_NE(said.find("test.yaml:" + GetParam().place), std::string::npos) << said;
  EXPECT_NE(said.find(GetParam().words), std::string::npos) << said;
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedAttacks,
    testing::Values(
        // More machines than there are, and none where nothing is done without.
        Refused{"  - {kind: insider, system: servers, who: role=server, machines: 2}\n",
                "11:", "too few to break into 2"},
        Refused{"  - {kind: tamper, system: servers, who: role=server, machines: 0}\n", "11:", "does nothing"},
        Refused{"  - {kind: ransom, machines: 0}\n", "11:", "does nothing"},
        // Shares of nothing and of everything.
        Refused{"  - {kind: selfish, system: p2p, hash_share: 0 %}\n", "11:", "without hash power"},
        Refused{"  - {kind: selfish, system: p2p, hash_share: 101 %}\n", "11:", "hash_share"},
        Refused{"  - {kind: selfish, system: p2p, who: node 1, hash_share: 40 %}\n"
                "  - {kind: majority, system: p2p, who: node 2, hash_share: 60 %}\n",
                "12:", "100 % of the hash power together"},
        // One machine, two masters.
        Refused{"  - {kind: selfish, system: p2p, who: node 4, hash_share: 10 %}\n"
                "  - {kind: stubborn, system: p2p, who: node 4, hash_share: 20 %}\n",
                "12:", "line 1 (`selfish`) and `stubborn` both decide what is mined there"},
        Refused{"  - {kind: bad-peer, system: p2p, who: nodes 1..3}\n"
                "  - {kind: bad-peer, system: p2p, who: nodes 3..4, every: 1 min}\n",
                "12:", "line 1 (`bad-peer`) does the same there already"},
        Refused{"  - {kind: tamper, system: servers, who: role=server}\n"
                "  - {kind: split-view, system: servers, who: role=server}\n",
                "12:", "both decide what readers there are told"},
        Refused{"  - {kind: selfish, system: p2p, who: node 4, hash_share: 10 %}\n"
                "  - {kind: breach, system: p2p, who: nodes 4..5}\n",
                "12:", "an attacker's own"},
        // Victims that are not there, attack themselves, or are no merchants.
        Refused{"  - {kind: orphan, system: p2p, who: node 4, victim: node 12}\n", "11:", ""},
        Refused{"  - {kind: orphan, system: p2p, who: node 4, victim: node 90000}\n", "11:", "no node 90000"},
        Refused{"  - {kind: orphan, system: p2p, who: node 4, victim: nodes 3..5}\n", "11:", "attacker and victim"},
        Refused{"  - {kind: double-spend, system: p2p, who: node 4, victim: nodes 5..6}\n", "11:", "pays one merchant"},
        // What can never succeed in two hours of blocks of ten minutes.
        Refused{"  - {kind: double-spend, system: p2p, confirmations: 50}\n", "11:", "can never succeed"},
        Refused{"  - {kind: majority, system: p2p, depth: 100}\n", "11:", "can never succeed"},
        Refused{"  - {kind: majority, system: p2p, depth: 9, give_up: 9}\n", "11:", "it can never succeed"},
        Refused{"  - {kind: selfish, system: p2p, from: 2 h}\n", "11:", "begin when the run is over"},
        Refused{"  - {kind: selfish, system: p2p, from: 115 min}\n", "11:", "nothing is counted after 110 min"},
        Refused{"  - {kind: breach, at: 3 h}\n", "11:", "the run is over"},
        Refused{"  - {kind: refuse, system: p2p, victim: nodes 0..3, machines: 7}\n",
                "11:", "a victim would attack himself"},
        Refused{"  - {kind: insider, system: servers, who: role=server, machines: 2, counted_in: owners}\n",
                "11:", "chooses 1 owner"},
        // Expectations that no run could meet.
        Refused{"  - {kind: selfish, system: p2p}\nexpect: [attack.success@p2p > 10 %]\n", "12:", "made in attempts"},
        Refused{"  - {kind: selfish, system: p2p}\nexpect: [revenue.share@calm > 10 %]\n",
                "12:", "no figure in `calm`"},
        Refused{"  - {kind: selfish, system: p2p}\nexpect: [acts@p2p == 0]\n", "12:", "an attack on machines"},
        Refused{"  - {kind: breach}\nexpect: [exposed(5000)@p2p > 10 %]\n", "12:", "asks for 5000 machines"},
        Refused{"  - {kind: breach}\nexpect: [exposed(1)@p2p > 100 %]\n", "12:", "between 0 % and 100 %"},
        Refused{"  - {kind: breach}\nreplications: 0\n", "12:", "replications"},
        Refused{"  - {kind: breach}\ntimeline: [{at: 1 h, for: 5 min, crash: node 3, name: dark, system: p2p}]\n"
                "expect: [agreed.after(dark)@calm < 1 min]\n",
                "13:", "does not happen in `calm`"}));

TEST(PlaceAttacks, AnAttackOnOneSystemLeavesItsTwinUntouched) {
  const std::string attack = "  - {kind: selfish, system: p2p, who: node 3, hash_share: 40 %}\n";
  const ReadResult with = read(attack);
  const ReadResult without = read_scenario_text(head, "test.yaml", standard_schema(cost_fields()));
  ASSERT_TRUE(with.scenario && without.scenario);
  const RunReport a = run_scenario(*with.scenario, RunOptions{});
  const RunReport b = run_scenario(*without.scenario, RunOptions{});
  ASSERT_EQ(a.result.runs.size(), b.result.runs.size());
  for (std::size_t i = 0; i < a.result.runs.size(); ++i) {
    const bool attacked = a.result.runs[i].system == "p2p";
    EXPECT_EQ(a.result.runs[i].digest == b.result.runs[i].digest, !attacked) << a.result.runs[i].system;
  }
}

TEST(PlaceAttacks, RefusesRacesThatTheNumbersOfTheNodesWouldDecide) {
  const auto race = [](const std::string& latency, const std::string& tie) {
    return format_problems(read_scenario_text("schema: 1\nname: race\nnetwork: {preset: uniform, users: 10, latency: " +
                                                  latency + "}\nsystems: {p2p: {protocol: nakamoto, tie_break: " + tie +
                                                  "}}\nattacks: [{kind: selfish, who: node 0, hash_share: 30 %}]\n",
                                              "test.yaml", standard_schema(cost_fields()))
                               .problems);
  };
  EXPECT_NE(race("0 s", "first-seen").find("decides no race"), std::string::npos) << race("0 s", "first-seen");
  EXPECT_EQ(race("0 s", "random"), "");
  EXPECT_EQ(race("0 s", "gamma 50 %"), "");
  EXPECT_EQ(race("1 ms", "first-seen"), "");
}

}  // namespace
}  // namespace peerlab
