// Machines that come and go.
#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <map>

#include "models/disturbances/rows.h"
#include "models/disturbances/timeline.h"
#include "tests/models/disturbances/fake_machines.h"

namespace peerlab {
namespace {

using test::FakeMachines;

constexpr const char* session = "session";
constexpr const char* absence = "absence";

TimelineEntry churn(const char* selector, std::initializer_list<std::pair<const char*, const char*>> settings) {
  TimelineEntry entry;
  entry.row = find_disturbance("churn");
  entry.selectors.push_back(*parse_selector(selector).value);
  entry.params = Params::defaults(entry.row->fields());
  for (const auto& [name, value] : settings) EXPECT_EQ(entry.params.set(name, value), "") << name;
  return entry;
}

Population peers(std::uint32_t n) {
  Population population;
  for (std::uint32_t i = 0; i < n; ++i) population.add_node(population.add_machine(), "peer", true);
  return population;
}

/// Per machine the instants at which it left and came back, in turns.
using Turns = std::map<std::string, std::vector<Time>>;

Turns turns(const std::vector<TimelineEntry>& entries, std::uint32_t machines, Duration lasts, std::uint64_t seed = 1) {
  const Population population = peers(machines);
  const Time end = Time::zero() + lasts;
  EXPECT_TRUE(check_schedule(entries, end).empty());
  EXPECT_TRUE(check_selectors(entries, population, seed, end).empty());
  FakeMachines fake;
  Timeline timeline(entries, population, seed, fake, end);
  Turns found;
  for (const Act& act : timeline.plan()) {
    timeline.perform(act);
    for (const std::string& line : fake.take()) {
      std::vector<Time>& of = found[line.substr(line.find(' ') + 1)];
      EXPECT_EQ(line.substr(0, line.find(' ')), of.size() % 2 == 0 ? "crash" : "restart");
      of.push_back(act.at);
    }
  }
  return found;
}

/// The probability of a fit no better than this, when each cell is equally likely.
double fit(const std::vector<double>& cells) {
  double total = 0;
  for (const double n : cells) total += n;
  const double expected = total / static_cast<double>(cells.size());
  double statistic = 0;
  for (const double n : cells) statistic += (n - expected) * (n - expected) / expected;
  return boost::math::cdf(
      boost::math::complement(boost::math::chi_squared(static_cast<double>(cells.size() - 1)), statistic));
}

TEST(Churn, SessionsAndAbsencesFollowTheirLaws) {
  const auto found =
      turns({churn("all", {{session, "exponential 20 min"}, {absence, "exponential 5 min"}})}, 200, hours(100));
  std::vector<double> sessions(20);
  std::vector<double> absences(20);
  for (const auto& [machine, instants] : found) {
    Time before = Time::zero();
    for (std::size_t i = 0; i < instants.size(); ++i) {
      // A turn that would reach beyond the end is not there: look only at those that began long before.
      if (before > Time::zero() + hours(95)) break;
      const double mean = i % 2 == 0 ? 1200 : 300;
      const double below = 1 - std::exp(-(instants[i] - before).seconds() / mean);
      ++(i % 2 == 0 ? sessions : absences)[std::min<std::size_t>(19, static_cast<std::size_t>(20 * below))];
      before = instants[i];
    }
  }
  EXPECT_GT(fit(sessions), 1e-4);
  EXPECT_GT(fit(absences), 1e-4);
}

TEST(Churn, ConstantTimesMakeATimetable) {
  const auto found = turns({churn("node 1", {{session, "40 min"}, {absence, "10 min"}})}, 3, minutes(125));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at("1"),
            (std::vector<Time>{{minutes(40).ns}, {minutes(50).ns}, {minutes(90).ns}, {minutes(100).ns}}));
}

TEST(Churn, WhoeverIsAwayWhenItIsOverComesBack) {
  TimelineEntry entry = churn("all", {{session, "40 min"}, {absence, "30 min"}});
  entry.at = Time::zero() + minutes(10);
  entry.for_ = minutes(60);
  const auto found = turns({entry}, 2, hours(5));
  for (const auto& [machine, instants] : found) {
    EXPECT_EQ(instants, (std::vector<Time>{{minutes(50).ns}, {minutes(70).ns}})) << machine;
  }
  EXPECT_EQ(found.size(), 2U);
}

TEST(Churn, OneMachineMoreShiftsNobodysTurns) {
  const std::vector<TimelineEntry> entries = {churn("all", {{session, "exponential 1 h"}})};
  const auto few = turns(entries, 20, hours(24));
  const auto more = turns(entries, 21, hours(24));
  EXPECT_EQ(few.size(), 20U);
  for (const auto& [machine, instants] : few) EXPECT_EQ(more.at(machine), instants) << machine;
  EXPECT_NE(turns(entries, 20, hours(24), 2), few);
}

TEST(Churn, EachEntryAndEachOccurrenceHasTurnsOfItsOwn) {
  TimelineEntry daily = churn("node 0", {{session, "exponential 1 h"}, {absence, "exponential 1 h"}});
  daily.for_ = daily.every = hours(24);
  const auto instants = turns({daily}, 1, hours(48)).at("0");
  std::vector<Time> first;
  std::vector<Time> second;
  for (const Time at : instants) {
    if (at < Time::zero() + hours(24)) first.push_back(at);
    if (at > Time::zero() + hours(24)) second.push_back(at - hours(24));
  }
  EXPECT_NE(first, second);
  daily.every = {};
  const auto together = turns({daily}, 1, hours(24));
  const TimelineEntry idle = churn("node 1", {{session, "exponential 1 h"}});
  EXPECT_NE(turns({idle, daily}, 2, hours(24)).at("0"), together.at("0"));
}

TEST(Churn, RefusesWhatCannotBePlanned) {
  const auto problem = [](const TimelineEntry& entry) {
    const std::vector<TimelineEntry> entries = {entry};
    auto problems = check_schedule(entries, Time::zero() + hours(24));
    if (problems.empty()) problems = check_selectors(entries, peers(1000), 1, Time::zero() + hours(24));
    return problems.empty() ? std::string() : problems[0].sentence;
  };
  EXPECT_EQ(problem(churn("all", {})), "");
  EXPECT_NE(problem(churn("busiest 3", {})).find("before the run"), std::string::npos);
  EXPECT_NE(problem(churn("all", {{session, "2 s"}, {absence, "2 s"}})).find("a million"), std::string::npos);
  EXPECT_NE(Params::defaults(find_disturbance("churn")->fields()).set(session, "exponential 10 ms"), "");
}

TEST(Wear, MachinesFailWithTheirDisksAndAreReplaced) {
  const Population population = peers(50);
  const Time end = Time::zero() + hours(200);
  TimelineEntry entry;
  entry.row = find_disturbance("wear");
  entry.selectors.push_back(*parse_selector("all").value);
  entry.params = Params::defaults(entry.row->fields());
  EXPECT_EQ(entry.params.set("lifetime", "exponential 10 h"), "");
  EXPECT_EQ(entry.params.set("replaced_after", "exponential 1 h"), "");
  const std::vector<TimelineEntry> entries = {entry};
  FakeMachines fake;
  Timeline timeline(entries, population, 1, fake, end);
  std::map<std::string, int> lines;
  for (const Act& act : timeline.plan()) {
    timeline.perform(act);
    for (const std::string& line : fake.take()) ++lines[line.substr(0, line.find(' '))];
  }
  // 50 machines times 200 h over 11 h a turn: 909 of each, give or take 3.9 times 30.
  EXPECT_NEAR(lines["wipe"], 909, 117);
  EXPECT_NEAR(lines["restart"], lines["wipe"], 50) << "whoever is missing at the end comes back after it";
  EXPECT_EQ(lines["crash"], lines["wipe"]) << "power off, and the disk is gone";
}

}  // namespace
}  // namespace peerlab
