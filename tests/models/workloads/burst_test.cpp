#include "models/workloads/burst.h"

#include <gtest/gtest.h>

#include <vector>

namespace peerlab {
namespace {

Burst parsed(const char* text) {
  const Parsed<Burst> burst = parse_burst(text);
  EXPECT_TRUE(burst) << text << ": " << burst.error;
  return burst.value.value_or(Burst{});
}

Time at(std::int64_t minute) { return Time::zero() + minutes(minute); }

TEST(Burst, IsReadAsItIsSpoken) {
  EXPECT_EQ(parsed("none"), Burst{});
  const Burst once{.factor = 10, .at = at(60), .lasts = minutes(10), .every = {}};
  EXPECT_EQ(parsed("10 times at 1 h for 10 min"), once);
  EXPECT_EQ(parsed("10 at 1 h for 10 min"), once);
  EXPECT_EQ(parsed(" 10  x for 10 min   at 60 min "), once);
  const Burst daily{.factor = 0.5, .at = at(0), .lasts = hours(1), .every = hours(24)};
  EXPECT_EQ(parsed("0.5 times at 0 s for 1 h every 24 h"), daily);
}

TEST(Burst, SaysWhatIsWrongAndHowToWriteIt) {
  const auto error = [](const char* text) {
    const Parsed<Burst> burst = parse_burst(text);
    EXPECT_FALSE(burst) << text;
    EXPECT_NE(burst.error.find("Write `none`, `10 times at 1 h for 10 min`"), std::string::npos) << burst.error;
    return burst.error;
  };
  EXPECT_NE(error("").find("says nothing"), std::string::npos);
  EXPECT_NE(error("lots at 1 h for 10 min").find("`lots`"), std::string::npos);
  EXPECT_NE(error("10 times").find("does not say when"), std::string::npos);
  EXPECT_NE(error("10 times at 1 h").find("how long"), std::string::npos);
  EXPECT_NE(error("10 times at 1 h for 0 s").find("how long"), std::string::npos);
  EXPECT_NE(error("10 times at 1 h at 2 h for 1 min").find("twice"), std::string::npos);
  EXPECT_NE(error("10 times at 1 for 1 min").find("After `at`"), std::string::npos);
  EXPECT_NE(error("10 times at 1 h for 2 h every 1 h").find("before it is over"), std::string::npos);
  EXPECT_NE(error("10 times at 1 h for 1 ms every 1 ms").find("a second"), std::string::npos);
  EXPECT_NE(error("10 times until 1 h").find("`until`"), std::string::npos);
  EXPECT_NE(error("-1 times at 1 h for 1 h").find("between 0"), std::string::npos);
  EXPECT_NE(error("1 times at 1 h for 1 h").find("no burst"), std::string::npos);
}

TEST(Burst, CoversItsOccurrencesAndNothingElse) {
  const Burst burst = parsed("3 times at 60 min for 10 min every 30 min");
  std::vector<std::int64_t> covered;
  for (std::int64_t minute = 0; minute < 140; ++minute) {
    if (burst.covers(at(minute))) covered.push_back(minute);
  }
  std::vector<std::int64_t> expected;
  for (const std::int64_t begin : {60, 90, 120}) {
    for (std::int64_t minute = begin; minute < begin + 10; ++minute) expected.push_back(minute);
  }
  EXPECT_EQ(covered, expected);
}

// Whatever the window: its parts are together as long as the instants that are covered.
TEST(Burst, PartsOfAWindowAreThoseThatAreCovered) {
  for (const char* text : {"3 times at 7 min for 5 min every 11 min", "3 times at 7 min for 30 min", "none",
                           "3 times at 0 s for 4 min every 4 min"}) {
    const Burst burst = parsed(text);
    for (std::int64_t from = 0; from < 40; ++from) {
      for (std::int64_t until = from; until < 60; ++until) {
        std::int64_t covered = 0;
        for (std::int64_t minute = from; minute < until; ++minute) covered += burst.covers(at(minute));
        ASSERT_EQ(burst.within(at(from), at(until)), minutes(covered)) << text << " " << from << " " << until;
      }
    }
  }
}

}  // namespace
}  // namespace peerlab
