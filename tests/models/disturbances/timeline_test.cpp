#include "models/disturbances/timeline.h"

#include <gtest/gtest.h>

#include <set>

#include "models/disturbances/rows.h"
#include "tests/models/disturbances/fake_machines.h"

namespace peerlab {
namespace {

using test::FakeMachines;
using Lines = std::vector<std::string>;

Time at(std::int64_t minute) { return Time::zero() + minutes(minute); }

struct When {
  std::int64_t at = 0;  ///< in minutes, like the others
  std::int64_t for_ = 0;
  std::int64_t every = 0;
};

TimelineEntry entry(const char* kind, When when, std::initializer_list<const char*> selectors,
                    std::initializer_list<std::pair<const char*, const char*>> settings = {}) {
  const DisturbanceRow* row = find_disturbance(kind);
  EXPECT_NE(row, nullptr) << kind;
  TimelineEntry e;
  e.at = at(when.at);
  e.for_ = minutes(when.for_);
  e.every = minutes(when.every);
  e.row = row;
  for (const char* text : selectors) e.selectors.push_back(*parse_selector(text).value);
  e.params = Params::defaults(row->fields());
  for (const auto& [name, value] : settings) EXPECT_EQ(e.params.set(name, value), "");
  return e;
}

Population peers(int n) {
  Population population({"EU", "NA"});
  for (int i = 0; i < n; ++i) population.add_node(population.add_machine(RegionId::of(i % 2)), "peer", true);
  return population;
}

/// "10 begin 0": minute, what, entry.
Lines plan(const std::vector<TimelineEntry>& entries, std::int64_t end) {
  Lines lines;
  for (const Act& act : schedule(entries, at(end))) {
    lines.push_back(std::to_string(act.at.ns / minutes(1).ns) + (act.what == Act::What::begin ? " begin " : " end ") +
                    std::to_string(act.entry));
  }
  return lines;
}

/// What the machines go through in a run of `end` minutes.
Lines run(const std::vector<TimelineEntry>& entries, std::int64_t end, int machines = 4, std::uint64_t seed = 1) {
  const Population population = peers(machines);
  EXPECT_TRUE(check_schedule(entries, at(end)).empty());
  EXPECT_TRUE(check_selectors(entries, population, seed, at(end)).empty());
  FakeMachines fake;
  Timeline timeline(entries, population, seed, fake, at(end));
  for (const Act& act : timeline.plan()) timeline.perform(act);
  return fake.take();
}

TEST(Schedule, SortsBeginningsAndEndsByTimeWhateverTheOrderOfTheEntries) {
  EXPECT_EQ(plan({entry("crash", {50, 10}, {"node 0"}), entry("wipe", {20, 35}, {"node 1"})}, 100),
            (Lines{"20 begin 1", "50 begin 0", "55 end 1", "60 end 0"}));
}

TEST(Schedule, AtOneInstantEndsComeFirstThenTheOrderOfTheEntries) {
  EXPECT_EQ(plan({entry("crash", {30}, {"node 0"}), entry("crash", {10, 20}, {"node 1"}),
                  entry("crash", {30}, {"node 2"}), entry("crash", {20, 10}, {"node 3"})},
                 100),
            (Lines{"10 begin 1", "20 begin 3", "30 end 1", "30 end 3", "30 begin 0", "30 begin 2"}));
}

TEST(Schedule, RepeatsUntilTheEnd) {
  EXPECT_EQ(plan({entry("crash", {10, 5, 30}, {"node 0"})}, 100),
            (Lines{"10 begin 0", "15 end 0", "40 begin 0", "45 end 0", "70 begin 0", "75 end 0", "100 begin 0"}));
}

TEST(Schedule, CountsTheOccurrences) {
  const std::vector<TimelineEntry> entries = {entry("crash", {10, 5, 30}, {"node 0"})};
  const std::vector<Act> acts = schedule(entries, at(100));
  EXPECT_EQ(acts[0].occurrence, 0U);
  EXPECT_EQ(acts[3].occurrence, 1U);
  EXPECT_EQ(acts[6].occurrence, 2U + 1);
}

TEST(Schedule, WhatWouldEndBeyondTheRunHasNoEndInIt) {
  EXPECT_EQ(plan({entry("crash", {50, 60}, {"node 0"})}, 100), (Lines{"50 begin 0"}));
  EXPECT_EQ(plan({entry("crash", {50, 50}, {"node 0"})}, 100), (Lines{"50 begin 0", "100 end 0"}));
  std::vector<TimelineEntry> endless = {entry("crash", {50}, {"node 0"})};
  endless[0].for_ = Duration::max();  // the sum would not fit
  EXPECT_EQ(plan(endless, 100), (Lines{"50 begin 0"}));
}

TEST(Schedule, WithoutForNothingUndoesIt) {
  EXPECT_EQ(plan({entry("partition", {50}, {"node 0", "rest"})}, 100), (Lines{"50 begin 0"}));
}

TEST(Schedule, WhoJoinsIsAbsentFromTheStart) {
  EXPECT_EQ(plan({entry("join", {50}, {"node 0"})}, 100), (Lines{"0 begin 0", "50 end 0"}));
}

TEST(CheckSchedule, FindsWhatContradictsItself) {
  const auto field_of = [](TimelineEntry e) {
    const std::vector<TimelineEntry> entries = {entry("crash", {1}, {"node 0"}), std::move(e)};
    const auto problems = check_schedule(entries, at(100));
    EXPECT_EQ(problems.size(), 1U);
    if (problems.empty()) return std::string("none");
    EXPECT_EQ(problems[0].entry, 1U);
    EXPECT_FALSE(problems[0].sentence.empty());
    return problems[0].field;
  };
  EXPECT_EQ(field_of(entry("crash", {100}, {"node 0"})), "at");
  EXPECT_EQ(field_of(entry("crash", {10, 0, 10}, {"node 0"})), "every");
  EXPECT_EQ(field_of(entry("crash", {10, 11, 10}, {"node 0"})), "every");
  EXPECT_EQ(field_of(entry("join", {0}, {"node 0"})), "at");
  EXPECT_EQ(field_of(entry("join", {10, 5}, {"node 0"})), "for");
  EXPECT_EQ(field_of(entry("join", {10, 0, 20}, {"node 0"})), "every");
  EXPECT_EQ(field_of(entry("restart", {10, 5}, {"node 0"})), "for");
  EXPECT_EQ(field_of(entry("degrade", {10, 5}, {"node 0"})), "degrade");
  TimelineEntry often = entry("crash", {10}, {"node 0"});
  often.for_ = often.every = nanoseconds(1);
  EXPECT_EQ(field_of(often), "every");
}

TEST(CheckSelectors, FindsWhoMatchesNobodyInThisSystem) {
  const std::vector<TimelineEntry> entries = {entry("crash", {10}, {"node 0"}),
                                              entry("crash", {10}, {"node 1", "role=server"}),
                                              entry("partition", {10}, {"role=peer and region=EU", "region=EU"})};
  const auto problems = check_selectors(entries, peers(4), 1, at(100));
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].entry, 1U);
  EXPECT_EQ(problems[0].selector, 1U);
  EXPECT_EQ(problems[0].field, "crash");
  EXPECT_EQ(problems[1].entry, 2U);
  EXPECT_EQ(problems[1].selector, 1U);
}

// [3 of all, 2 of the 4 in Europe]: whether two Europeans are left depends on the lots of each occurrence.
TEST(CheckSelectors, LooksAtEveryOccurrenceOfTwoRandomSides) {
  const std::vector<TimelineEntry> entries = {entry("partition", {1, 1, 1}, {"random 3", "random 2 of region=EU"})};
  EXPECT_FALSE(check_selectors(entries, peers(8), 1, at(200)).empty());
  bool first_is_fine = false;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    first_is_fine = first_is_fine || check_selectors(entries, peers(8), seed, at(1)).empty();
  }
  EXPECT_TRUE(first_is_fine);
}

TEST(Timeline, ACrashHoldsTheMachineDownUntilItIsOver) {
  EXPECT_EQ(run({entry("crash", {10, 5}, {"nodes 1..2"})}, 100),
            (Lines{"crash 1", "crash 2", "restart 1", "restart 2"}));
}

TEST(Timeline, ACrashWithoutForLastsUntilARestart) {
  EXPECT_EQ(run({entry("crash", {10}, {"node 1"})}, 100), (Lines{"crash 1"}));
  EXPECT_EQ(run({entry("crash", {10}, {"node 1"}), entry("restart", {20}, {"node 1"})}, 100),
            (Lines{"crash 1", "crash 1", "restart 1"}));  // switching off what is off does nothing
}

// Two outages that overlap on machine 1: it must stay down until the later of them is over.
TEST(Timeline, TheEndOfAShortOutageRevivesNobodyInTheMiddleOfALongOne) {
  EXPECT_EQ(run({entry("crash", {10, 30}, {"nodes 0..1"}), entry("crash", {20, 5}, {"nodes 1..2"})}, 100),
            (Lines{"crash 0", "crash 1", "crash 1", "crash 2", "restart 2", "restart 0", "restart 1"}));
}

TEST(Timeline, ARestartInTheMiddleOfAnOutageEndsItForGood) {
  EXPECT_EQ(run({entry("crash", {10, 30}, {"node 1"}), entry("restart", {20}, {"node 1"})}, 100),
            (Lines{"crash 1", "crash 1", "restart 1"}));
}

TEST(Timeline, AWipedMachineComesBackWhenItIsOver) {
  EXPECT_EQ(run({entry("wipe", {10, 5}, {"node 1"})}, 100), (Lines{"crash 1", "wipe 1", "restart 1"}));
  EXPECT_EQ(run({entry("wipe", {10}, {"node 1"})}, 100), (Lines{"crash 1", "wipe 1"}));
}

TEST(Timeline, WhoJoinsIsOffFromTheStartAndNotRevivedByOthers) {
  EXPECT_EQ(run({entry("join", {50}, {"node 3"}), entry("crash", {10, 10}, {"nodes 2..3"})}, 100),
            (Lines{"crash 3", "crash 2", "crash 3", "restart 2", "restart 3"}));
}

TEST(Timeline, APartitionCutsItsSidesAndHealsThem) {
  EXPECT_EQ(run({entry("crash", {1}, {"node 0"}), entry("partition", {10, 5}, {"region=EU", "rest"})}, 100),
            (Lines{"crash 0", "cut 4: 1 2 1 2", "heal 4"}));
}

TEST(Timeline, OverlappingPartitionsAreHealedEachByItsOwnNumber) {
  EXPECT_EQ(
      run({entry("partition", {10, 20}, {"node 0", "rest"}), entry("partition", {20, 20}, {"node 1", "node 2"})}, 100),
      (Lines{"cut 0: 1 2 2 2", "cut 4: 0 1 2 0", "heal 0", "heal 4"}));
}

TEST(Timeline, AnIsolatedMachineReachesNobody) {
  EXPECT_EQ(run({entry("isolate", {10, 5}, {"nodes 1..2"})}, 100), (Lines{"cut 0: 1 2 3 1", "heal 0"}));
}

// More machines than a cut has groups: still nobody among them reaches anybody, and the others reach one another.
TEST(Timeline, IsolatesMoreMachinesThanACutHasGroups) {
  const Population population = peers(1000);
  const std::vector<TimelineEntry> entries = {entry("isolate", {10, 5}, {"nodes 100..899"})};
  FakeMachines fake;
  Timeline timeline(entries, population, 1, fake, at(100));
  const auto acts = timeline.plan();
  timeline.perform(acts[0]);
  const auto isolated = [](std::size_t m) { return m >= 100 && m < 900; };
  for (std::size_t a = 0; a < 1000; ++a) {
    for (std::size_t b = 0; b < 1000; ++b) {
      ASSERT_EQ(fake.passes(a, b), a == b || (!isolated(a) && !isolated(b))) << a << " " << b;
    }
  }
  timeline.perform(acts[1]);
  EXPECT_TRUE(fake.cuts.empty());
}

TEST(Timeline, DegradationsOfOneMachineMultiplyAndAreTakenBackOneByOne) {
  EXPECT_EQ(run({entry("degrade", {10, 20}, {"node 1"}, {{"latency_factor", "2"}, {"loss", "50 %"}}),
                 entry("degrade", {20, 20}, {"node 1"},
                       {{"latency_factor", "3"}, {"bandwidth_factor", "0.5"}, {"loss", "50 %"}})},
                100),
            (Lines{"degrade 1 latency 2.000000 bandwidth 1.000000 loss 0.500000",
                   "degrade 1 latency 6.000000 bandwidth 0.500000 loss 0.750000",
                   "degrade 1 latency 3.000000 bandwidth 0.500000 loss 0.500000",
                   "degrade 1 latency 1.000000 bandwidth 1.000000 loss 0.000000"}));
}

TEST(Timeline, EachOccurrenceDrawsItsVictimsAnewAndLetsGoOfTheSame) {
  const std::vector<TimelineEntry> entries = {entry("crash", {10, 10, 20}, {"random 1"})};
  const Lines lines = run(entries, 1000, 50);
  std::set<std::string> victims;
  for (std::size_t i = 0; i + 1 < lines.size(); i += 2) {
    EXPECT_EQ("re" + std::string("start") + lines[i].substr(5), lines[i + 1]);
    victims.insert(lines[i]);
  }
  EXPECT_GT(victims.size(), 20U);
  EXPECT_EQ(lines, run(entries, 1000, 50));
  EXPECT_NE(lines, run(entries, 1000, 50, 2));
}

TEST(Timeline, AnEntryMoreAtTheEndChangesNobodysVictims) {
  std::vector<TimelineEntry> entries = {entry("crash", {10}, {"random 2"})};
  const Lines one = run(entries, 100, 50);
  entries.push_back(entry("crash", {20}, {"random 2"}));
  const Lines two = run(entries, 100, 50);
  EXPECT_EQ(Lines(two.begin(), two.begin() + 2), one);
  EXPECT_NE(Lines(two.begin() + 2, two.end()), one);
}

TEST(Timeline, TheBusiestAreThoseThatMovedMostUntilThen) {
  const std::vector<TimelineEntry> entries = {entry("crash", {10, 10, 20}, {"busiest 2 of region=EU"})};
  const Population population = peers(8);  // even numbers are in Europe
  FakeMachines fake;
  Timeline timeline(entries, population, 1, fake, at(40));
  const auto acts = timeline.plan();
  fake.bytes = {5, 900, 7, 900, 7, 900, 1, 900};
  timeline.perform(acts[0]);
  fake.bytes = {500, 0, 0, 0, 0, 0, 100, 0};  // who was chosen at the beginning is let go of at the end
  timeline.perform(acts[1]);
  timeline.perform(acts[2]);
  EXPECT_EQ(fake.take(), (Lines{"crash 2", "crash 4", "restart 2", "restart 4", "crash 0", "crash 6"}));
}

TEST(DisturbanceRows, HaveNamesSentencesAndFieldsThatParse) {
  std::set<std::string> names;
  for (const DisturbanceRow& row : disturbance_rows()) {
    EXPECT_TRUE(names.insert(row.name).second);
    EXPECT_EQ(find_disturbance(row.name), &row);
    EXPECT_EQ(row.sentence.back(), '.');
    for (const Field& field : row.fields()) {
      EXPECT_TRUE(parse_value(field, field.fallback)) << field.name;
      EXPECT_TRUE(parse_value(field, field.example)) << field.name;
    }
  }
  EXPECT_EQ(find_disturbance("earthquake"), nullptr);
}

}  // namespace
}  // namespace peerlab
