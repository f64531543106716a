// What falls in common: "leave" and "exploit", at once or one after another.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "models/disturbances/rows.h"
#include "models/disturbances/timeline.h"
#include "tests/models/disturbances/fake_machines.h"

namespace peerlab {
namespace {

using test::FakeMachines;
using Lines = std::vector<std::string>;

Time at(std::int64_t minute) { return Time::zero() + minutes(minute); }

/// At minute 10, until minute `until` if that is not 0.
TimelineEntry entry(const char* kind, const char* selector, std::int64_t until,
                    std::initializer_list<std::pair<const char*, const char*>> settings = {}) {
  TimelineEntry e;
  e.row = find_disturbance(kind);
  e.at = at(10);
  if (until > 0) e.for_ = at(until) - e.at;
  e.selectors.push_back(*parse_selector(selector).value);
  e.params = Params::defaults(e.row->fields());
  for (const auto& [name, value] : settings) EXPECT_EQ(e.params.set(name, value), "") << name;
  return e;
}

/// Odd machines run v2.
Population peers(std::uint32_t n) {
  Population population;
  for (std::uint32_t m = 0; m < n; ++m) {
    population.add_node(population.add_machine(), "peer", true);
    population.set_affiliation(MachineId(m), {m, homes_first + m, m % 2});
  }
  return population;
}

struct Happened {
  Time at;
  std::string line;
};
std::vector<Happened> run(const TimelineEntry& e, std::uint32_t machines, Time end, std::uint64_t seed = 1) {
  const Population population = peers(machines);
  const std::vector<TimelineEntry> entries{e};
  EXPECT_TRUE(check_schedule(entries, end).empty());
  EXPECT_TRUE(check_selectors(entries, population, seed, end).empty());
  FakeMachines fake;
  Timeline timeline(entries, population, seed, fake, end);
  std::vector<Happened> all;
  for (const Act& act : timeline.plan()) {
    timeline.perform(act);
    for (const std::string& line : fake.take()) all.push_back({act.at, line});
  }
  return all;
}
Lines lines(const std::vector<Happened>& all) {
  Lines out;
  for (const Happened& one : all) out.push_back(one.line);
  return out;
}

TEST(Leave, TakesMachinesAwayForGood) {
  EXPECT_EQ(lines(run(entry("leave", "nodes 1..2", 0), 4, at(100))),
            (Lines{"crash 1", "leave 1", "crash 2", "leave 2"}));
}

TEST(Leave, TakesNeitherForNorEvery) {
  TimelineEntry e = entry("leave", "node 1", 20);
  e.every = minutes(30);
  const std::vector<TimelineProblem> problems = check_schedule(std::vector<TimelineEntry>{e}, at(100));
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].field, "for");
  EXPECT_EQ(problems[1].field, "every");
}

TEST(Exploit, OpensEveryMachineOfAVersionAndItsBackupsAndTheyComeBackEmpty) {
  EXPECT_EQ(lines(run(entry("exploit", "version=v2", 30), 4, at(100))),
            (Lines{"crash 1", "wipe 1", "destroy backup 1", "crash 3", "wipe 3", "destroy backup 3", "restart 1",
                   "restart 3"}));
}

TEST(Exploit, ACrashLeavesDisksAndBackupsAlone) {
  EXPECT_EQ(lines(run(entry("exploit", "version=v2", 0, {{"then", "crash"}}), 4, at(100))),
            (Lines{"crash 1", "crash 3"}));
}

// A worm: each machine falls after an exponential time of its own, those that it would reach after the end never do.
TEST(Exploit, ReachesMachinesOneAfterAnotherByTheGivenLaw) {
  constexpr std::uint32_t n = 4000;
  const auto all = run(entry("exploit", "all", 30, {{"then", "crash"}, {"within", "exponential 10 min"}}), n, at(100));
  std::uint32_t fell = 0;
  std::uint32_t early = 0;
  std::uint32_t back = 0;
  for (const Happened& one : all) {
    if (one.line.starts_with("restart")) {
      EXPECT_EQ(one.at, at(30));
      ++back;
    } else {
      EXPECT_LT(one.at, at(30));
      ++fell;
      if (one.at < at(20)) ++early;
    }
  }
  EXPECT_EQ(back, fell);
  const auto near = [](std::uint32_t count, double p) { EXPECT_NEAR(count, n * p, 3.9 * std::sqrt(n * p * (1 - p))); };
  near(fell, 1 - std::exp(-2.0));
  near(early, 1 - std::exp(-1.0));
}

TEST(Exploit, OneMoreMachineShiftsNobodysTime) {
  const TimelineEntry worm = entry("exploit", "all", 90, {{"then", "crash"}, {"within", "exponential 10 min"}});
  std::map<std::string, Time> few;
  for (const Happened& one : run(worm, 50, at(100))) few.emplace(one.line, one.at);
  std::map<std::string, Time> many;
  for (const Happened& one : run(worm, 51, at(100))) many.emplace(one.line, one.at);
  EXPECT_EQ(few.size() + 2, many.size());
  for (const auto& [line, when] : few) EXPECT_EQ(many.at(line), when) << line;
}

}  // namespace
}  // namespace peerlab
