#include "models/disturbances/selector.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace peerlab {
namespace {

const std::vector<std::string> regions = {"NORTH_AMERICA", "EUROPE", "SOUTH_AMERICA",
                                          "ASIA_PACIFIC",  "JAPAN",  "AUSTRALIA"};

// Machines 0 .. 9 are peers, alternately in North America and Europe, 0 .. 4 of group x, of degree 20, 19, ... 11;
// machine 10 runs two servers in Japan; machine 11 is a client's, without others' records; machine 12 runs nothing.
Population example() {
  Population p(regions);
  for (std::uint32_t m = 0; m < 10; ++m) {
    const MachineId machine = p.add_machine(RegionId(m % 2), m < 5 ? "x" : "");
    p.add_node(machine, "peer", true);
    p.set_degree(machine, 20 - m);
  }
  const MachineId host = p.add_machine(RegionId(4));
  p.add_node(host, "server", true);
  p.add_node(host, "server", true);
  p.add_node(p.add_machine(RegionId(1)), "client", false);
  p.add_machine(RegionId(1));
  return p;
}

Selector parsed(const std::string& text) {
  ParsedSelector selector = parse_selector(text);
  EXPECT_TRUE(selector) << text << ": " << selector.error;
  return selector.value.value_or(Selector{});
}

std::vector<std::uint32_t> chosen(const std::string& text, std::uint64_t seed = 1, std::uint32_t occurrence = 0) {
  const Population population = example();
  const Selected found = select(parsed(text), population, {.seed = seed, .number = 0, .occurrence = occurrence});
  EXPECT_EQ(found.error, "") << text;
  std::vector<std::uint32_t> numbers;
  for (const MachineId machine : found.machines) numbers.push_back(machine.value);
  return numbers;
}

using Numbers = std::vector<std::uint32_t>;

TEST(Selector, ChoosesByRoleRegionGroupAndNode) {
  EXPECT_EQ(chosen("all"), (Numbers{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));  // where nothing runs is nobody
  EXPECT_EQ(chosen("role=peer"), (Numbers{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_EQ(chosen("role=client"), (Numbers{11}));
  EXPECT_EQ(chosen("region=JAPAN"), (Numbers{10}));
  EXPECT_EQ(chosen("group=x"), (Numbers{0, 1, 2, 3, 4}));
  EXPECT_EQ(chosen("node 3"), (Numbers{3}));
  EXPECT_EQ(chosen("nodes 3..5"), (Numbers{3, 4, 5}));
  EXPECT_EQ(chosen("nodes 10 .. 12"), (Numbers{10, 11}));  // nodes 10 and 11 share a machine
}

TEST(Selector, WhoeverKeepsOthersRecordsIsAStore) {
  EXPECT_EQ(chosen("role=store"), (Numbers{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST(Selector, KnowsARegionByItsCodeAndByItsLongForm) {
  for (const char* text : {"region=EU", "region=eu", "region=Europe", "region = EUROPE"}) {
    EXPECT_EQ(chosen(text), (Numbers{1, 3, 5, 7, 9, 11})) << text;
  }
  EXPECT_EQ(chosen("region=NA"), chosen("region=north-america"));
  Population coded({"EU", "NA"});
  coded.add_node(coded.add_machine(RegionId(0)), "peer", true);
  EXPECT_EQ(select(parsed("region=europe"), coded, {}).machines.size(), 1U);
}

TEST(Selector, AndMeansBoth) {
  EXPECT_EQ(chosen("role=peer and region=EU"), (Numbers{1, 3, 5, 7, 9}));
  EXPECT_EQ(chosen("role=peer and region=EU and group=x"), (Numbers{1, 3}));
  EXPECT_EQ(chosen("nodes 0..3 and region=NA"), (Numbers{0, 2}));
}

TEST(Selector, TheHighestDegreesGoFirstAndTiesByNumber) {
  EXPECT_EQ(chosen("highest-degree 3"), (Numbers{0, 1, 2}));
  EXPECT_EQ(chosen("highest-degree 20 % of role=peer and region=EU"), (Numbers{1}));
  Population ties;
  for (int i = 0; i < 5; ++i) ties.add_node(ties.add_machine(), "peer", true);
  EXPECT_EQ(select(parsed("highest-degree 2"), ties, {}).machines,
            (std::vector<MachineId>{MachineId(0), MachineId(1)}));
}

TEST(Selector, ARandomChoiceTakesTheNumberOrTheNearestShare) {
  EXPECT_EQ(chosen("random 4 of role=peer").size(), 4U);
  EXPECT_EQ(chosen("random 25 % of role=peer").size(), 3U);
  EXPECT_EQ(chosen("random 5 % of role=peer").size(), 1U);
  EXPECT_EQ(chosen("random 50%").size(), 6U);
  for (const std::uint32_t m : chosen("random 3 of role=peer and region=EU")) EXPECT_EQ(m % 2, 1U);
}

TEST(Selector, ARandomChoiceDependsOnSeedNumberAndOccurrenceAlone) {
  EXPECT_EQ(chosen("random 3"), chosen("random 3"));
  std::set<Numbers> different;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    for (std::uint32_t occurrence = 0; occurrence < 10; ++occurrence)
      different.insert(chosen("random 3", seed, occurrence));
  }
  EXPECT_GT(different.size(), 60U);  // of 220
}

TEST(Selector, EveryMachineIsChosenAsOftenAsEveryOther) {
  std::vector<int> counts(10);
  constexpr int rounds = 4000;
  for (int seed = 0; seed < rounds; ++seed) {
    for (const std::uint32_t m : chosen("random 3 of role=peer", static_cast<std::uint64_t>(seed))) ++counts[m];
  }
  for (const int count : counts) EXPECT_NEAR(count, rounds * 0.3, 3.9 * std::sqrt(rounds * 0.3 * 0.7));
}

// Common random numbers: a system with a few more machines loses the same people, but for those whom a newcomer's lot beats.
// In a chain of peers everybody is a peer, in a service everybody but the servers is a client: `user` means both.
TEST(Selector, AUserIsWhoeverHasAPersonSittingThere) {
  Population p(regions);
  p.add_node(p.add_machine(), "server", true);
  p.add_node(p.add_machine(), "client", false, true);
  p.add_node(p.add_machine(), "peer", true, true);
  const auto users = select(parsed("role=user"), p, {}).machines;
  EXPECT_EQ(users, (std::vector<MachineId>{MachineId(1), MachineId(2)}));
}

TEST(Selector, MoreMachinesShiftNobodysLot) {
  Population few;
  Population many;
  for (int i = 0; i < 200; ++i) few.add_node(few.add_machine(), "peer", true);
  for (int i = 0; i < 205; ++i) many.add_node(many.add_machine(), "peer", true);
  const auto of_few = select(parsed("random 20"), few, {.seed = 3}).machines;
  const auto of_many = select(parsed("random 20"), many, {.seed = 3}).machines;
  std::vector<MachineId> both;
  std::set_intersection(of_few.begin(), of_few.end(), of_many.begin(), of_many.end(), std::back_inserter(both));
  EXPECT_GE(both.size(), 15U);
}

// Six peers and a service of three servers: peers 0 .. 2 at provider 1, 3 at provider 2, the others at home; servers at
// providers 1, 2, 2; versions v2 for machines 0 and 8, v1 for the others.
Population affiliated() {
  Population p;
  const auto add = [&](const char* role, const Affiliation& belongs) {
    const MachineId machine = p.add_machine();
    p.add_node(machine, role, true);
    p.set_affiliation(machine, belongs);
  };
  for (std::uint32_t m = 0; m < 6; ++m) {
    add("peer", {m, m < 3 ? 0 : m == 3 ? 1 : homes_first + m, m == 0 ? 1U : 0U});
  }
  add("server", {operators_first, 0, 0});
  add("server", {operators_first, 1, 0});
  add("server", {operators_first, 1, 1});
  return p;
}

Numbers of(const std::string& text) {
  const Selected found = select(parsed(text), affiliated(), {});
  EXPECT_EQ(found.error, "") << text;
  Numbers numbers;
  for (const MachineId machine : found.machines) numbers.push_back(machine.value);
  return numbers;
}

TEST(Selector, ChoosesByOwnerHostAndVersion) {
  EXPECT_EQ(of("owner=operator"), (Numbers{6, 7, 8}));
  EXPECT_EQ(of("owner=user-4"), (Numbers{4}));
  EXPECT_EQ(of("host=provider-1"), (Numbers{0, 1, 2, 6}));
  EXPECT_EQ(of("host=provider-2 and role=server"), (Numbers{7, 8}));
  EXPECT_EQ(of("host=home"), (Numbers{4, 5}));
  EXPECT_EQ(of("host=home-5"), (Numbers{5}));
  EXPECT_EQ(of("version=v2"), (Numbers{0, 8}));
}

TEST(Selector, TheLargestOwnerHostOrVersionIsAllOfIt) {
  EXPECT_EQ(of("largest owner"), (Numbers{6, 7, 8}));
  EXPECT_EQ(of("largest owner of role=peer"), (Numbers{0}));  // among equals the first
  EXPECT_EQ(of("largest host"), (Numbers{0, 1, 2, 6}));
  EXPECT_EQ(of("largest host of role=server"), (Numbers{7, 8}));
  EXPECT_EQ(of("largest version of role=peer"), (Numbers{1, 2, 3, 4, 5}));
}

TEST(Selector, TheLargestCanBeASide) {
  const std::vector<Selector> sides = {parsed("largest host"), parsed("rest")};
  EXPECT_EQ(select_sides(sides, affiliated(), {}).side_of_machine,
            (std::vector<std::uint8_t>{1, 1, 1, 2, 2, 2, 1, 2, 2}));
}

TEST(Selector, SaysWhichOwnersHostsAndVersionsThereAre) {
  const auto error_of = [&](const std::string& text) { return select(parsed(text), affiliated(), {}).error; };
  EXPECT_NE(error_of("owner=operater").find("Did you mean `operator`"), std::string::npos);
  EXPECT_NE(error_of("host=moon").find("`home`, `provider-1`, `provider-2`"), std::string::npos)
      << error_of("host=moon");
  EXPECT_NE(error_of("version=v9").find("no version `v9`"), std::string::npos);
  Population peers;
  peers.add_node(peers.add_machine(), "peer", true, true);
  EXPECT_NE(select(parsed("owner=operator"), peers, {}).error.find("`user-0`"), std::string::npos);
}

TEST(Selector, TwoRandomChoicesInOneListAreDrawnApart) {
  Population p;
  for (int i = 0; i < 1000; ++i) p.add_node(p.add_machine(), "peer", true);
  const std::vector<Selector> twice = {parsed("random 10"), parsed("random 10")};
  EXPECT_GT(select_any(twice, p, {.seed = 1}).machines.size(), 15U);
}

TEST(Selector, AListChoosesWhomAnyOfItChooses) {
  const std::vector<Selector> list = {parsed("node 4"), parsed("nodes 3..5"), parsed("region=JP")};
  const Selected found = select_any(list, example(), {});
  EXPECT_EQ(found.machines, (std::vector<MachineId>{MachineId(3), MachineId(4), MachineId(5), MachineId(10)}));
}

TEST(Selector, NobodyIsAnErrorNeverACalmRun) {
  const Population population = example();
  const auto error_of = [&](const std::string& text) {
    const Selected found = select(parsed(text), population, {});
    EXPECT_TRUE(found.machines.empty() || !found.error.empty()) << text;
    return found.error;
  };
  EXPECT_NE(error_of("role=client and region=NA").find("matches no machine"), std::string::npos);
  EXPECT_NE(error_of("role=per").find("Did you mean `peer`"), std::string::npos);
  EXPECT_NE(error_of("role=zebra").find("`server`"), std::string::npos);
  EXPECT_NE(error_of("region=Mars").find("no region `Mars`"), std::string::npos);
  EXPECT_NE(error_of("group=y").find("no group `y`"), std::string::npos);
  EXPECT_NE(error_of("node 13").find("nodes 0 to 12"), std::string::npos);
  EXPECT_NE(error_of("random 1 % of role=peer").find("rounds to none"), std::string::npos);
  EXPECT_NE(error_of("random 11 of role=peer").find("only 10"), std::string::npos);
  EXPECT_NE(error_of("rest").find("sides"), std::string::npos);
  const std::vector<Selector> list = {parsed("node 1"), parsed("role=peer and group=y")};
  const Selected found = select_any(list, population, {});
  EXPECT_EQ(found.selector, 1U);
  EXPECT_EQ(found.offset, 14U);
}

TEST(SelectorGrammar, LargestWantsToKnowWhat) {
  const ParsedSelector bare = parse_selector("largest of role=peer");
  EXPECT_EQ(bare.offset, 8U);
  EXPECT_NE(bare.error.find("Largest what?"), std::string::npos);
  EXPECT_NE(parse_selector("hots=x").error.find("Did you mean `host`"), std::string::npos);
}

struct Wrong {
  const char* text;
  std::size_t offset;
  const char* says;
};

TEST(SelectorGrammar, SaysWhatIsWrongAndWhere) {
  for (const Wrong& wrong : std::initializer_list<Wrong>{{"", 0, "Nobody is chosen"},
                                                         {"   ", 3, "Nobody is chosen"},
                                                         {"peer", 0, "chooses nobody known"},
                                                         {"rol=peer", 0, "Did you mean `role`"},
                                                         {"role", 4, "Expected `=`"},
                                                         {"role=", 5, "Expected a name"},
                                                         {"role==peer", 5, "Expected a name"},
                                                         {"role=peer region=EU", 10, "Expected `and`"},
                                                         {"role=peer and", 13, "must follow `and`."},
                                                         {"role=peer and random 3", 14, "comes first"},
                                                         {"all and rest", 8, "stands alone"},
                                                         {"rest and all", 5, "stands alone"},
                                                         {"random", 6, "How many"},
                                                         {"random many", 7, "not a number"},
                                                         {"random 0", 7, "nobody"},
                                                         {"random 0 %", 7, "nobody"},
                                                         {"random 101 % of all", 7, ""},
                                                         {"random 2.5", 7, "not a number"},
                                                         {"random -1", 7, "not a number"},
                                                         {"random 3 role=peer", 9, "Expected `of`"},
                                                         {"random 3 of", 11, "Of whom"},
                                                         {"node x", 5, "number of a node"},
                                                         {"nodes 3..", 9, "last number"},
                                                         {"nodes 9..3", 9, "backwards"},
                                                         {"node 99999999999", 5, "number of a node"}}) {
    const ParsedSelector selector = parse_selector(wrong.text);
    EXPECT_FALSE(selector) << wrong.text;
    EXPECT_EQ(selector.offset, wrong.offset) << wrong.text << ": " << selector.error;
    EXPECT_NE(selector.error.find(wrong.says), std::string::npos) << wrong.text << ": " << selector.error;
    EXPECT_FALSE(selector.error.empty()) << wrong.text;
  }
}

TEST(SelectorGrammar, NeverCrashesOnRandomWords) {
  const std::vector<std::string> words = {
      "all",  "rest",  "role", "=",    "peer",           "random", "5",  "%",  "of",         "and",
      "node", "nodes", "..",   "3..9", "highest-degree", "",       "\t", "=%", "99999999999"};
  Stream random(1, purpose("selector fuzz"));
  int good = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::uint64_t n = random.below(8); n > 0; --n) {
      text += words[random.below(words.size())];
      if (random.chance(0.7)) text += " ";
    }
    const ParsedSelector selector = parse_selector(text);
    ASSERT_EQ(bool(selector), selector.error.empty()) << text;
    ASSERT_LE(selector.offset, text.size()) << text;
    good += bool(selector);
  }
  EXPECT_GT(good, 200);
}

std::vector<int> sides(std::initializer_list<const char*> texts, std::string* error = nullptr, std::uint64_t seed = 1) {
  std::vector<Selector> selectors;
  for (const char* text : texts) selectors.push_back(parsed(text));
  const Sides found = select_sides(selectors, example(), {.seed = seed});
  if (error == nullptr) {
    EXPECT_EQ(found.error, "");
  } else {
    *error = found.error;
  }
  return {found.side_of_machine.begin(), found.side_of_machine.end()};
}

TEST(Sides, RestIsWhoeverIsInNoOther) {
  EXPECT_EQ(sides({"region=EU", "rest"}), (std::vector<int>{2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 0}));
  EXPECT_EQ(sides({"rest", "node 0"}), (std::vector<int>{2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0}));
}

TEST(Sides, WhoeverIsNamedByNoneIsInNone) {
  EXPECT_EQ(sides({"nodes 0..2", "nodes 4..5"}), (std::vector<int>{1, 1, 1, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(Sides, RandomOnesChooseAmongWhoIsLeft) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::vector<int> side =
        sides({"random 4 of role=peer", "random 5 of role=peer", "node 0", "rest"}, nullptr, seed);
    EXPECT_EQ(side[0], 3);
    EXPECT_EQ(std::count(side.begin(), side.end(), 1), 4);
    EXPECT_EQ(std::count(side.begin(), side.end(), 2), 5);
    EXPECT_EQ(std::count(side.begin(), side.end(), 4), 2);
  }
}

TEST(Sides, AreRefusedWhenTheyOverlapOrLackSomebody) {
  std::string error;
  (void)sides({"region=EU", "node 1"}, &error);
  EXPECT_NE(error.find("Machine 1 is in two sides: `region=EU` and `node 1`"), std::string::npos) << error;
  (void)sides({"region=EU"}, &error);
  EXPECT_NE(error.find("at least two sides"), std::string::npos) << error;
  (void)sides({"all", "rest"}, &error);
  EXPECT_NE(error.find("Nobody is left"), std::string::npos) << error;
  (void)sides({"node 1", "rest", "rest"}, &error);
  EXPECT_NE(error.find("Only one side"), std::string::npos) << error;
  (void)sides({"random 8 of role=peer", "random 8 of role=peer"}, &error);
  EXPECT_NE(error.find("Only 2 machines are left"), std::string::npos) << error;
}

TEST(Population, FindsTheNodesOfItsMachines) {
  const Population population = example();
  const std::vector<MachineId> machines = {MachineId(3), MachineId(10)};
  EXPECT_EQ(population.nodes_on(machines), (std::vector<NodeId>{NodeId(3), NodeId(10), NodeId(11)}));
}

}  // namespace
}  // namespace peerlab
