// The drawn history against a reader of it: whoever replays the requests from the first to the last finds each of them to
// be about a record that exists, asked for by the one who owns it then.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "models/workloads/history.h"
#include "tests/models/workloads/demand.h"

namespace peerlab {
namespace {

using test::day;
using test::demand;
using test::line;
using test::of_kind;

struct Known {
  UserId owner;
  Time published;
  Time changed;
  bool is_private = false;
  bool erased = false;
};

std::vector<WorkloadSpec> everything() {
  return {line("publish", {{"rate", "1 per min in total"}, {"private", "40 %"}}),
          line("transfer", {{"rate", "3 per min in total"}, {"least_age", "5 min"}}),
          line("read", {{"rate", "5 per min in total"}}),
          line("update", {{"rate", "1 per min in total"}, {"least_age", "0 s"}}),
          line("erase", {{"rate", "10 per h in total"}, {"least_age", "1 h"}}),
          line("read", {{"rate", "10 per h per user"}, {"keys", "latest 1"}, {"least_age", "10 s"}})};
}

TEST(HistoryProperty, EveryRequestFitsTheHistoryBeforeIt) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto requests = draw_workload(everything(), day(20, seed));
    std::map<RecordName, Known> records;
    std::map<Asked, int> seen;
    for (const Request& r : requests) {
      ++seen[r.what];
      if (r.what == Asked::publish) {
        ASSERT_FALSE(records.contains(r.record));
        records[r.record] = {r.user, r.issued, r.issued, r.is_private, false};
        continue;
      }
      ASSERT_TRUE(records.contains(r.record));
      Known& record = records[r.record];
      ASSERT_FALSE(record.erased);
      ASSERT_EQ(r.is_private, record.is_private);
      if (r.what == Asked::read) {
        if (record.is_private) {
          ASSERT_EQ(r.user, record.owner);
        }
        continue;
      }
      ASSERT_EQ(r.user, record.owner);
      const Duration age = r.issued - record.changed;
      if (r.what == Asked::transfer) {
        ASSERT_GE(age, minutes(5));
        ASSERT_NE(r.other, r.user);
        ASSERT_LT(r.other.value, 20U);
        record.owner = r.other;
      }
      if (r.what == Asked::update) {
        ASSERT_GT(r.size, 0U);
      }
      if (r.what == Asked::erase) {
        ASSERT_GE(age, hours(1));
        record.erased = true;
      }
      record.changed = r.issued;
    }
    EXPECT_GT(seen[Asked::transfer], 3000);
    EXPECT_GT(seen[Asked::erase], 150);
    EXPECT_GT(seen[Asked::read], 10000);
  }
}

TEST(HistoryProperty, TheSameSeedDrawsTheSameWorkloadAndAnotherSeedAnother) {
  const auto once = draw_workload(everything(), day(20, 1));
  const auto again = draw_workload(everything(), day(20, 1));
  const auto other = draw_workload(everything(), day(20, 2));
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    ASSERT_EQ(once[i].number, again[i].number);
    ASSERT_EQ(demand(once[i]), demand(again[i]));
  }
  EXPECT_NE(demand(once[0]), demand(other[0]));
}

std::uint64_t folded(const std::vector<Request>& requests) {
  std::uint64_t hash = 0;
  const auto fold = [&](std::uint64_t value) { hash = mix64(hash + 0x9e3779b97f4a7c15ULL + value); };
  for (const Request& r : requests) {
    fold(static_cast<std::uint64_t>(r.what) << 32 | r.number);
    fold(std::uint64_t{r.user.value} << 32 | r.other.value);
    fold(r.record.packed());
    fold(std::uint64_t{r.size} << 1 | static_cast<std::uint64_t>(r.is_private));
    fold(r.amount);
    fold(static_cast<std::uint64_t>(r.issued.ns));
    fold(static_cast<std::uint64_t>(r.deadline.ns));
  }
  return hash;
}

// The same workload on every compiler, build and processor: what once came out must always come out.
TEST(HistoryProperty, DrawsThePinnedWorkload) {
  auto specs = everything();
  specs.push_back(line("pay", {{"rate", "1 per min in total"}, {"spacing", "even"}, {"users", "30 %"}}));
  const auto requests = draw_workload(specs, day(20, 42));
  EXPECT_EQ(requests.size(), 20224U);
  EXPECT_EQ(folded(requests), 11220334609876425521ULL);
}

/// What remains of `all` without the requests for which `left_out` holds.
template <class LeftOut>
auto demands(const std::vector<Request>& all, LeftOut&& left_out) {
  std::vector<decltype(demand(all[0]))> kept;
  for (const Request& r : all) {
    if (!left_out(r)) kept.push_back(demand(r));
  }
  return kept;
}

TEST(HistoryProperty, OneMoreLineChangesNothingInTheOthers) {
  const std::vector<WorkloadSpec> few = {line("publish", {{"rate", "1 per min in total"}}),
                                         line("transfer", {{"rate", "1 per min in total"}}),
                                         line("pay", {{"rate", "10 per h per user"}})};
  std::vector<WorkloadSpec> more = few;
  more.insert(more.begin() + 1, line("read", {{"rate", "2 per min in total"}}));  // in the middle, of a new kind
  const auto without = demands(draw_workload(few, day(20)), [](const Request&) { return false; });
  const auto with = demands(draw_workload(more, day(20)), [](const Request& r) { return r.what == Asked::read; });
  EXPECT_EQ(without, with);
}

TEST(HistoryProperty, ASecondLineOfTheSameKindRenamesNoRecordOfTheFirst) {
  const std::vector<WorkloadSpec> one = {line("publish", {{"rate", "1 per min in total"}})};
  std::vector<WorkloadSpec> two = one;
  two.push_back(line("publish", {{"rate", "5 per min in total"}}));
  const auto alone = draw_workload(one, day(20));
  const auto together = draw_workload(two, day(20));
  std::set<RecordName> of_first;
  for (const Request& r : alone) of_first.insert(r.record);
  const auto kept = demands(together, [&](const Request& r) { return !of_first.contains(r.record); });
  EXPECT_EQ(kept, demands(alone, [](const Request&) { return false; }));
}

TEST(HistoryProperty, OneMoreUserChangesNothingForTheOthersWhenTheRateIsPerUser) {
  const std::vector<WorkloadSpec> specs = {line("publish", {{"rate", "10 per h per user"}, {"private", "50 %"}})};
  const auto twenty = demands(draw_workload(specs, day(20)), [](const Request&) { return false; });
  const auto of_thirty = demands(draw_workload(specs, day(30)), [](const Request& r) { return r.user.value >= 20; });
  EXPECT_EQ(twenty, of_thirty);
}

TEST(HistoryProperty, ALongerRunBeginsLikeAShorterOne) {
  auto longer = day(20);
  longer.end = longer.end + hours(24);
  const auto shorter_day = demands(draw_workload(everything(), day(20)), [](const Request&) { return false; });
  const auto first_part = demands(draw_workload(everything(), longer),
                                  [](const Request& r) { return r.issued >= Time::zero() + hours(23); });
  EXPECT_EQ(shorter_day, first_part);
}

}  // namespace
}  // namespace peerlab
