#include "models/workloads/workload.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <set>

#include "tests/models/workloads/demand.h"

namespace peerlab {
namespace {

using test::day;
using test::demand;
using test::line;
using test::of_kind;

/// Whether a Poisson count lies within 3.9 standard errors of what was expected.
void expect_about(std::size_t count, double expected) {
  EXPECT_NEAR(static_cast<double>(count), expected, 3.9 * std::sqrt(expected));
}

double fits_evenly(const std::vector<std::uint64_t>& counts) {
  double total = 0;
  for (const std::uint64_t n : counts) total += static_cast<double>(n);
  const double expected = total / static_cast<double>(counts.size());
  double statistic = 0;
  for (const std::uint64_t n : counts) statistic += std::pow(static_cast<double>(n) - expected, 2) / expected;
  return boost::math::cdf(
      boost::math::complement(boost::math::chi_squared(static_cast<double>(counts.size() - 1)), statistic));
}

TEST(Workload, ComesInTheOrderOfIssueNumberedFromZero) {
  const auto context = day(50);
  const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", "1 per min in total"}}),
                                           line("pay", {{"rate", "1 per h per user"}})};
  const auto requests = draw_workload(specs, context);
  ASSERT_GT(requests.size(), 1000U);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(requests[i].number, i);
    if (i > 0) {
      EXPECT_LE(requests[i - 1].issued, requests[i].issued);
    }
  }
}

TEST(Workload, ARateInTotalMeansTheWholeOfTheUsers) {
  const auto context = day(50);
  const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", "0.2 per s in total"}})};
  expect_about(draw_workload(specs, context).size(), 0.2 * 23 * 3600);
}

TEST(Workload, ARatePerUserMeansEachOfThem) {
  const auto context = day(50);
  const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", "10 per h per user"}})};
  expect_about(draw_workload(specs, context).size(), 50 * 23 * 10);
}

TEST(Workload, PoissonGapsAreExponential) {
  const auto context = day(5);
  const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", "1 per s in total"}})};
  const auto requests = draw_workload(specs, context);
  std::vector<std::uint64_t> cells(20);  // each of probability 1/20
  for (std::size_t i = 1; i < requests.size(); ++i) {
    const double gap = (requests[i].issued - requests[i - 1].issued).seconds();
    ++cells[std::min<std::size_t>(19, static_cast<std::size_t>(20 * (1 - std::exp(-gap))))];
  }
  EXPECT_GT(fits_evenly(cells), 1e-4);
}

TEST(Workload, EvenSpacingIsEvenAndDoesNotDrift) {
  const auto context = day(5);
  const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", "7 per s in total"}, {"spacing", "even"}})};
  const auto requests = draw_workload(specs, context);
  const double gap = 1e9 / 7;
  ASSERT_NEAR(static_cast<double>(requests.size()), 23 * 3600 * 7, 1);
  const auto first = static_cast<double>(requests[0].issued.ns);
  EXPECT_LT(first, gap);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    ASSERT_NEAR(static_cast<double>(requests[i].issued.ns) - first, static_cast<double>(i) * gap, 2);
  }
}

TEST(Workload, EvenlySpacedUsersBeginEachAtAnInstantOfTheirOwn) {
  const auto context = day(200);
  const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", "1 per h per user"}, {"spacing", "even"}})};
  const auto requests = draw_workload(specs, context);
  EXPECT_EQ(requests.size(), 200U * 23);
  std::set<std::int64_t> phases;
  for (const Request& request : requests) phases.insert(request.issued.ns % hours(1).ns / minutes(1).ns);
  EXPECT_GT(phases.size(), 50U);
}

TEST(Workload, AsksNothingOutsideItsWindowNorInTheLastSettle) {
  const auto context = day(5);
  const std::vector<WorkloadSpec> whole = {line("publish", {{"rate", "1 per s in total"}})};
  const auto all = draw_workload(whole, context);
  EXPECT_GE(all.front().issued, Time::zero());
  EXPECT_LT(all.front().issued, Time::zero() + minutes(1));
  EXPECT_LT(all.back().issued, Time::zero() + hours(23));
  EXPECT_GT(all.back().issued, Time::zero() + hours(23) - minutes(1));

  const std::vector<WorkloadSpec> part = {
      line("publish", {{"rate", "1 per s in total"}, {"from", "10 h"}, {"until", "11 h"}})};
  const auto some = draw_workload(part, context);
  expect_about(some.size(), 3600);
  EXPECT_GE(some.front().issued, Time::zero() + hours(10));
  EXPECT_LT(some.back().issued, Time::zero() + hours(11));
}

TEST(Workload, EveryUserAsksAsOftenAsEveryOther) {
  const auto context = day(40);
  for (const char* rate : {"1 per s in total", "0.02 per s per user"}) {
    std::vector<std::uint64_t> counts(40);
    const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", rate}})};
    for (const Request& request : draw_workload(specs, context)) ++counts[request.user.index()];
    EXPECT_GT(fits_evenly(counts), 1e-4) << rate;
  }
}

TEST(Workload, AShareOfTheUsersIsThatManyPeople) {
  const auto context = day(40);
  for (const char* rate : {"1 per s in total", "0.1 per s per user"}) {
    std::set<UserId> people;
    const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", rate}, {"users", "25 %"}})};
    for (const Request& request : draw_workload(specs, context)) people.insert(request.user);
    EXPECT_EQ(people.size(), 10U) << rate;
  }
}

TEST(Workload, RecordsHaveNamesThatNoOtherHas) {
  const auto context = day(10);
  const std::vector<WorkloadSpec> specs = {
      line("publish", {{"rate", "1 per min per user"}}), line("publish", {{"rate", "1 per min in total"}}),
      line("pay", {{"rate", "1 per min in total"}}), line("publish", {{"rate", "1 per min in total"}})};
  std::set<RecordName> names;
  const auto published = of_kind(draw_workload(specs, context), Asked::publish);
  for (const Request& request : published) {
    EXPECT_EQ(request.record.publisher, request.user);
    names.insert(request.record);
  }
  EXPECT_EQ(names.size(), published.size());
}

TEST(Workload, SizesFollowTheirLawWithinABlock) {
  auto context = day(10);
  const std::vector<WorkloadSpec> specs = {
      line("publish", {{"rate", "1 per s in total"}, {"size", "lognormal median 2 kB sigma 1"}})};
  const auto requests = draw_workload(specs, context);
  const auto below = std::count_if(requests.begin(), requests.end(), [](const Request& r) { return r.size < 2000; });
  EXPECT_NEAR(static_cast<double>(below), static_cast<double>(requests.size()) / 2,
              3.9 * std::sqrt(static_cast<double>(requests.size())) / 2);
  context.size_most = 3000;
  std::uint32_t largest = 0;
  for (const Request& request : draw_workload(specs, context)) {
    EXPECT_GE(request.size, 1U);
    largest = std::max(largest, request.size);
  }
  EXPECT_EQ(largest, 3000U);
  const std::vector<WorkloadSpec> tiny = {line("publish", {{"size", "uniform 0 B..1 B"}})};
  for (const Request& request : draw_workload(tiny, context)) EXPECT_EQ(request.size, 1U);
}

TEST(Workload, AsManyRecordsArePrivateAsItSays) {
  const auto context = day(10);
  const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", "1 per s in total"}, {"private", "30 %"}})};
  const auto requests = draw_workload(specs, context);
  const auto n = static_cast<double>(requests.size());
  const auto hidden = std::count_if(requests.begin(), requests.end(), [](const Request& r) { return r.is_private; });
  EXPECT_NEAR(static_cast<double>(hidden), 0.3 * n, 3.9 * std::sqrt(0.21 * n));
}

TEST(Workload, EveryRequestCarriesTheDeadlineOfItsLine) {
  const auto context = day(10);
  const std::vector<WorkloadSpec> specs = {line("publish", {{"deadline", "42 s"}}), line("pay")};
  for (const Request& request : draw_workload(specs, context)) {
    EXPECT_EQ(request.deadline, request.what == Asked::publish ? seconds(42) : minutes(10));
  }
}

TEST(Workload, PaymentsGoToAnybodyElse) {
  const auto context = day(8);
  const std::vector<WorkloadSpec> specs = {line("pay", {{"rate", "1 per s in total"}, {"amount", "uniform 5..9"}})};
  std::vector<std::uint64_t> steps(7);  // from payer to payee around the ring of users
  for (const Request& request : draw_workload(specs, context)) {
    ASSERT_LT(request.other.value, 8U);
    ASSERT_NE(request.other, request.user);
    ++steps[(request.other.value + 8 - request.user.value) % 8 - 1];
    EXPECT_GE(request.amount, 5U);
    EXPECT_LE(request.amount, 9U);
  }
  EXPECT_GT(fits_evenly(steps), 1e-4);
}

TEST(Workload, WithoutLinesNobodyAsksForAnything) { EXPECT_TRUE(draw_workload({}, day(5)).empty()); }

TEST(WorkloadCheck, AcceptsEveryKindAtItsDefaultsBesidePublish) {
  std::vector<WorkloadSpec> specs;
  for (const WorkloadRow& row : workload_rows()) specs.push_back({&row, Params::defaults(row.fields())});
  EXPECT_TRUE(check_workload(specs, day(10)).empty());
  EXPECT_FALSE(draw_workload(specs, day(10)).empty());
}

TEST(WorkloadCheck, NamesTheLineAndTheFieldOfEachProblem) {
  const auto problem_of = [](std::vector<WorkloadSpec> specs, WorkloadContext context) {
    const auto problems = check_workload(specs, context);
    EXPECT_EQ(problems.size(), 1U);
    return problems.empty() ? WorkloadProblem{} : problems[0];
  };
  const WorkloadProblem reads = problem_of({line("pay"), line("read")}, day(5));
  EXPECT_EQ(reads.line, 1U);
  EXPECT_NE(reads.sentence.find("no line of the workload publishes"), std::string::npos);
  EXPECT_EQ(problem_of({line("publish"), line("read", {{"keys", "zipf"}})}, day(5)).field, "keys");
  EXPECT_EQ(problem_of({line("publish", {{"from", "2 h"}, {"until", "1 h"}})}, day(5)).field, "until");
  EXPECT_EQ(problem_of({line("publish", {{"from", "23 h"}})}, day(5)).field, "from");
  EXPECT_EQ(problem_of({line("publish", {{"users", "0 %"}})}, day(5)).field, "users");
  EXPECT_EQ(problem_of({line("publish", {{"size", "5 GB"}})}, day(5)).field, "size");
  EXPECT_EQ(problem_of({line("publish"), line("update", {{"size", "uniform 2 MB..3 MB"}})}, day(5)).line, 1U);
  EXPECT_EQ(problem_of({line("publish", {{"rate", "1e6 per s in total"}})}, day(5)).field, "rate");
  EXPECT_NE(problem_of({line("pay")}, day(1)).sentence.find("second user"), std::string::npos);
}

TEST(WorkloadRows, HaveNamesSentencesAndFieldsThatParse) {
  std::set<std::string> names;
  for (const WorkloadRow& row : workload_rows()) {
    EXPECT_TRUE(names.insert(row.name).second);
    EXPECT_EQ(find_workload(row.name), &row);
    EXPECT_EQ(row.sentence.back(), '.');
    for (const Field& field : row.fields()) {
      EXPECT_TRUE(parse_value(field, field.fallback)) << row.name << " " << field.name;
      EXPECT_TRUE(parse_value(field, field.example)) << row.name << " " << field.name;
      EXPECT_EQ(field.sentence.back(), '.') << row.name << " " << field.name;
    }
  }
  EXPECT_EQ(find_workload("steal"), nullptr);
}

}  // namespace
}  // namespace peerlab
