// Ways in which a network falls apart: "halves", "bridge", "majority-ring" and "one-way".
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "models/disturbances/rows.h"
#include "models/disturbances/timeline.h"
#include "tests/models/disturbances/fake_machines.h"

namespace peerlab {
namespace {

using test::FakeMachines;

Population peers(int n) {
  Population population({"EU", "NA"});
  for (int i = 0; i < n; ++i) population.add_node(population.add_machine(RegionId::of(i % 2)), "peer", true);
  return population;
}

TimelineEntry entry(const char* kind, std::initializer_list<const char*> selectors,
                    std::initializer_list<std::pair<const char*, const char*>> settings = {}) {
  TimelineEntry e;
  e.row = find_disturbance(kind);
  e.at = Time::zero() + minutes(10);
  e.for_ = minutes(10);
  for (const char* text : selectors) e.selectors.push_back(*parse_selector(text).value);
  e.params = Params::defaults(e.row->fields());
  for (const auto& [name, value] : settings) EXPECT_EQ(e.params.set(name, value), "") << name;
  return e;
}

/// Who hears whom while it lasts: [from][to].
using Heard = std::vector<std::vector<bool>>;
Heard during(const TimelineEntry& e, int n, std::uint64_t seed = 1) {
  const Population population = peers(n);
  const std::vector<TimelineEntry> entries{e};
  const Time end = Time::zero() + hours(1);
  EXPECT_TRUE(check_schedule(entries, end).empty());
  EXPECT_TRUE(check_selectors(entries, population, seed, end).empty());
  FakeMachines fake;
  Timeline timeline(entries, population, seed, fake, end);
  const std::vector<Act> plan = timeline.plan();
  EXPECT_EQ(plan.size(), 2U);
  timeline.perform(plan.at(0));
  Heard heard(static_cast<std::size_t>(n), std::vector<bool>(static_cast<std::size_t>(n)));
  for (std::size_t a = 0; a < heard.size(); ++a) {
    for (std::size_t b = 0; b < heard.size(); ++b) heard[a][b] = fake.passes(a, b);
  }
  timeline.perform(plan.at(1));
  EXPECT_TRUE(fake.cuts.empty());
  return heard;
}
std::size_t degree(const std::vector<bool>& row) {
  return static_cast<std::size_t>(std::count(row.begin(), row.end(), true));
}

TEST(Halves, PartsTheMachinesInTwoAndLeavesTheOthersAlone) {
  const Heard heard = during(entry("halves", {"nodes 0..9"}), 12);
  for (std::size_t m = 0; m < 10; ++m) EXPECT_EQ(degree(heard[m]), 7U);  // five, and the two outside
  EXPECT_EQ(degree(heard[10]), 12U);
}

TEST(Halves, AreDrawnAnewForEachSeed) {
  std::set<Heard> different;
  for (std::uint64_t seed = 0; seed < 20; ++seed) different.insert(during(entry("halves", {"all"}), 12, seed));
  EXPECT_GT(different.size(), 15U);
}

TEST(Bridge, SeesBothHalves) {
  const Heard heard = during(entry("bridge", {"all"}, {{"bridges", "2"}}), 12);
  std::multiset<std::size_t> degrees;
  for (const std::vector<bool>& row : heard) degrees.insert(degree(row));
  EXPECT_EQ(degrees.count(12), 2U);
  EXPECT_EQ(degrees.count(7), 10U);
}

TEST(Bridge, LeavesTwoToBePartedAtLeast) {
  const Heard heard = during(entry("bridge", {"all"}, {{"bridges", "100"}}), 5);
  std::multiset<std::size_t> degrees;
  for (const std::vector<bool>& row : heard) degrees.insert(degree(row));
  EXPECT_EQ(degrees.count(4), 2U);
  EXPECT_EQ(degrees.count(5), 3U);
}

// Kingsbury's majorities ring: everybody sees a majority, and no two see the same one.
TEST(MajorityRing, EverybodySeesAMajorityAndNoTwoTheSame) {
  for (const int n : {5, 7, 8, 21, 255}) {
    const Heard heard = during(entry("majority-ring", {"all"}), n);
    std::set<std::vector<bool>> seen;
    for (const std::vector<bool>& row : heard) {
      EXPECT_GT(2 * degree(row), static_cast<std::size_t>(n));
      EXPECT_LT(degree(row), static_cast<std::size_t>(n)) << n;
      seen.insert(row);
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(n));
  }
}

TEST(MajorityRing, ManyMachinesShareThePlacesEvenly) {
  const Heard heard = during(entry("majority-ring", {"all"}), 600);
  for (const std::vector<bool>& row : heard) {
    EXPECT_GT(degree(row), 290U);
    EXPECT_LT(degree(row), 320U);
  }
}

TEST(MajorityRing, FewerThanFiveMachinesAreRefused) {
  const std::vector<TimelineEntry> entries{entry("majority-ring", {"all"})};
  const auto problems = check_selectors(entries, peers(4), 1, Time::zero() + hours(1));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].sentence, "`majority-ring` needs at least 5 machines; 4 are chosen.");
}

TEST(OneWay, WhatTheFirstSideSaysIsLostAndItStillHearsTheOthers) {
  const Heard heard = during(entry("one-way", {"region=EU", "rest"}), 4);  // even machines are in Europe
  EXPECT_FALSE(heard[0][1]);
  EXPECT_TRUE(heard[1][0]);
  EXPECT_TRUE(heard[0][2]);
  EXPECT_TRUE(heard[3][1]);
}

}  // namespace
}  // namespace peerlab
