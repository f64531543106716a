// Rates that change: bursts and daily curves against the integral of the rate, and what they leave alone.
//
// A count of Poisson arrivals with expectation m must lie in the exact central interval of probability 1 - 1e-6 for m:
// between the quantiles of the Poisson law itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>

#include "tests/models/workloads/demand.h"

namespace peerlab {
namespace {

using test::day;
using test::demand;
using test::line;
using test::of_kind;

Time at(double hour) { return Time::zero() + Duration::from_seconds(hour * 3600); }

std::size_t count(const std::vector<Request>& requests, double from_hour, double until_hour) {
  return static_cast<std::size_t>(std::count_if(requests.begin(), requests.end(), [&](const Request& r) {
    return r.issued >= at(from_hour) && r.issued < at(until_hour);
  }));
}

void expect_exactly_about(std::size_t counted, double expected) {
  const boost::math::poisson law(expected);
  EXPECT_GE(static_cast<double>(counted), boost::math::quantile(law, 5e-7)) << "expected " << expected;
  EXPECT_LE(static_cast<double>(counted), boost::math::quantile(law, 1 - 5e-7)) << "expected " << expected;
}

std::vector<Request> drawn(const WorkloadSpec& spec, const WorkloadContext& context) {
  const std::vector<WorkloadSpec> specs = {spec};
  EXPECT_TRUE(check_workload(specs, context).empty());
  return draw_workload(specs, context);
}

/// Requests of `more` that are not in `all`; fails when some of `all` are missing from `more`.
std::size_t additional(const std::vector<Request>& more, const std::vector<Request>& all) {
  std::size_t i = 0;
  for (const Request& r : more) {
    if (i < all.size() && demand(r) == demand(all[i])) ++i;
  }
  EXPECT_EQ(i, all.size()) << "the plain requests are among the others, in their order";
  return more.size() - i;
}

TEST(Bursts, MultiplyTheRateBetweenTwoInstants) {
  for (const char* rate : {"1 per s in total", "0.02 per s per user"}) {
    const auto requests = drawn(line("pay", {{"rate", rate}, {"burst", "10 times at 2 h for 30 min"}}), day(50));
    expect_exactly_about(count(requests, 0, 2), 2 * 3600);
    expect_exactly_about(count(requests, 2, 2.5), 10 * 1800);
    expect_exactly_about(count(requests, 2.5, 23), 20.5 * 3600);
  }
}

TEST(Bursts, ComeAgainEverySoOften) {
  const auto requests =
      drawn(line("pay", {{"rate", "1 per s in total"}, {"burst", "3 times at 1 h for 15 min every 4 h"}}), day(50));
  for (int hour = 0; hour < 23; ++hour) {
    const double expected = hour % 4 == 1 ? 3600 + 2 * 900 : 3600;
    expect_exactly_about(count(requests, hour, hour + 1), expected);
  }
}

// The calm twin of a stormy workload: without the burst the very same people ask for the very same things.
TEST(Bursts, AddRequestsAndMoveNone) {
  for (const char* rate : {"0.1 per s in total", "0.002 per s per user"}) {
    const auto calm = drawn(line("pay", {{"rate", rate}}), day(50));
    const auto stormy = drawn(line("pay", {{"rate", rate}, {"burst", "5 times at 2 h for 3 h"}}), day(50));
    expect_exactly_about(additional(stormy, calm), 0.4 * 3 * 3600);
    const auto lull = drawn(line("pay", {{"rate", rate}, {"burst", "0.25 times at 2 h for 3 h"}}), day(50));
    expect_exactly_about(additional(calm, lull), 0.075 * 3 * 3600);
    const auto silence = drawn(line("pay", {{"rate", rate}, {"burst", "0 times at 2 h for 3 h"}}), day(50));
    EXPECT_EQ(count(silence, 2, 5), 0U);
    EXPECT_EQ(count(silence, 0, 2), count(calm, 0, 2));
  }
}

TEST(Bursts, OfOneLineMoveNoOther) {
  std::vector<WorkloadSpec> specs = {line("publish", {{"rate", "1 per min in total"}}),
                                     line("pay", {{"rate", "1 per min in total"}})};
  const auto calm = of_kind(draw_workload(specs, day(50)), Asked::publish);
  specs[1] = line("pay", {{"rate", "1 per min in total"}, {"burst", "20 times at 1 h for 1 h"}, {"daily", "50 %"}});
  const auto stormy = of_kind(draw_workload(specs, day(50)), Asked::publish);
  ASSERT_EQ(calm.size(), stormy.size());
  for (std::size_t i = 0; i < calm.size(); ++i) ASSERT_EQ(demand(calm[i]), demand(stormy[i]));
}

/// Mean of 1 + a cos(2 pi (t - peak) / 24) over [from, until), hours.
double mean_factor(double a, double peak, double from, double until) {
  const double turn = 2 * M_PI / 24;
  return 1 + a * (std::sin(turn * (until - peak)) - std::sin(turn * (from - peak))) / (turn * (until - from));
}

TEST(Daily, FollowsACosineWithItsPeakAtTheHourAsked) {
  const auto context = day(50);
  for (const char* rate : {"1 per s in total", "0.02 per s per user"}) {
    const auto requests = drawn(line("pay", {{"rate", rate}, {"daily", "60 %"}, {"peak", "21 h"}}), context);
    for (int hour = 0; hour < 23; ++hour) {
      expect_exactly_about(count(requests, hour, hour + 1), 3600 * mean_factor(0.6, 21, hour, hour + 1));
    }
  }
}

TEST(Daily, PeaksWhereItIsEveningForTheAsker) {
  auto context = day(40);
  for (std::uint32_t u = 0; u < context.users; ++u) context.clocks.push_back(hours(u % 2 == 0 ? 9 : -6));
  for (const char* rate : {"1 per s in total", "0.025 per s per user"}) {
    const auto requests = drawn(line("pay", {{"rate", rate}, {"daily", "100 %"}, {"peak", "20 h"}}), context);
    for (const std::uint32_t side : {0U, 1U}) {
      std::vector<Request> here;
      for (const Request& r : requests) {
        if (r.user.value % 2 == side) here.push_back(r);
      }
      const double peak_utc = side == 0 ? 20 - 9 : 20 + 6;
      for (int hour = 0; hour < 23; ++hour) {
        expect_exactly_about(count(here, hour, hour + 1), 1800 * mean_factor(1, peak_utc, hour, hour + 1));
      }
    }
  }
}

TEST(Daily, AndABurstMultiply) {
  const auto requests = drawn(
      line("pay",
           {{"rate", "1 per s in total"}, {"daily", "50 %"}, {"peak", "3 h"}, {"burst", "4 times at 2 h for 2 h"}}),
      day(50));
  expect_exactly_about(count(requests, 2, 4), 4 * 7200 * mean_factor(0.5, 3, 2, 4));
  expect_exactly_about(count(requests, 14, 16), 7200 * mean_factor(0.5, 3, 14, 16));
}

TEST(Rates, OfEveryKindMayChange) {
  std::vector<WorkloadSpec> specs;
  for (const WorkloadRow& row : workload_rows()) {
    specs.push_back(line(row.name.c_str(), {{"burst", "10 times at 2 h for 1 h"}, {"daily", "30 %"}}));
  }
  EXPECT_TRUE(check_workload(specs, day(10)).empty());
  const auto requests = draw_workload(specs, day(10));
  for (const WorkloadRow& row : workload_rows()) {
    const WorkloadSpec plain = line(row.name.c_str());
    EXPECT_EQ(plain.params.text("burst"), "none") << row.name;
  }
  EXPECT_GT(count(requests, 2, 3), 5 * count(requests, 4, 5));
}

TEST(Rates, RefusesWhatHasNoMeaning) {
  const auto problem_of = [](test::Settings settings) {
    const auto problems = check_workload(std::vector<WorkloadSpec>{line("pay", settings)}, day(5));
    EXPECT_EQ(problems.size(), 1U);
    return problems.empty() ? WorkloadProblem{} : problems[0];
  };
  EXPECT_EQ(problem_of({{"burst", "10 times"}}).field, "burst");
  EXPECT_NE(problem_of({{"burst", "10 times at 23 h for 1 h"}}).sentence.find("never happens"), std::string::npos);
  EXPECT_EQ(problem_of({{"burst", "10 times at 1 h for 1 h"}, {"spacing", "even"}}).field, "burst");
  EXPECT_EQ(problem_of({{"daily", "10 %"}, {"spacing", "even"}}).field, "daily");
  EXPECT_EQ(problem_of({{"burst", "1e6 times at 1 h for 10 h"}, {"rate", "1 per s in total"}}).field, "rate");
}

}  // namespace
}  // namespace peerlab
