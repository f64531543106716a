// Rumours alone, and in a gossip-replicated store on a table.
#include "models/protocols/rumours.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/protocols/gossip_table.h"

namespace peerlab {
namespace {

constexpr std::uint64_t news = 7;

Rumours in_rounds(const Interest& interest) { return {true, seconds(1), interest}; }
Interest feedback(std::uint32_t calls) { return {Interest::Rule::feedback, calls, {}}; }

TEST(Rumours, AreToldFromTheNextRoundOn) {
  Stream chance(1, purpose("test"));
  Rumours r = in_rounds(feedback(2));
  r.hear(Time::zero() + milliseconds(2300), news, 1);
  EXPECT_EQ(r.next_call(Time::zero() + milliseconds(2300), chance), Time::zero() + seconds(3));
  EXPECT_EQ(r.call(Time::zero() + seconds(3), chance), std::vector<std::uint64_t>{news});
}

// Two callers of one round both bring news; the state at its beginning decides, not the order within it.
TEST(Rumours, AreJudgedByWhatWasKnownWhenTheRoundBegan) {
  Rumours r = in_rounds(feedback(2));
  r.hear(Time::zero() + milliseconds(3001), news, 5);
  EXPECT_FALSE(r.knew(Time::zero() + milliseconds(3002), news, 5));
  EXPECT_TRUE(r.knew(Time::zero() + milliseconds(4001), news, 5));
  EXPECT_FALSE(r.knew(Time::zero() + milliseconds(4001), news, 6)) << "a later version is news";
}

TEST(Rumours, LoseInterestAfterSoManyUselessCallsInARow) {
  Rumours r = in_rounds(feedback(2));
  r.hear(Time::zero(), news, 5);
  r.answered(5, true);
  r.answered(5, false);  // a useful call begins the count anew
  r.answered(5, true);
  EXPECT_EQ(r.hot(), 1U);
  r.answered(5, true);
  EXPECT_EQ(r.hot(), 0U);
}

TEST(Rumours, TossACoinAfterEachCall) {
  Stream chance(1, purpose("test"));
  int calls = 0;
  constexpr int repeats = 4000;
  for (int i = 0; i < repeats; ++i) {
    Rumours r = in_rounds({Interest::Rule::coin, 4, {}});
    r.hear(Time::zero(), news, 5);
    for (std::int64_t round = 1; r.hot() > 0; ++round)
      calls += static_cast<int>(r.call(Time::zero() + seconds(round), chance).size());
  }
  EXPECT_NEAR(calls / double{repeats}, 4, 3.9 * std::sqrt(12.0 / repeats)) << "geometric of mean 4, variance 12";
}

TEST(Rumours, EndSoLongAfterTheyWereHeard) {
  Stream chance(1, purpose("test"));
  Rumours r(false, seconds(1), {Interest::Rule::after, 0, seconds(10)});
  r.hear(Time::zero(), news, 5);
  EXPECT_EQ(r.call(Time::zero() + seconds(10), chance).size(), 1U);
  EXPECT_TRUE(r.call(Time::zero() + milliseconds(10'001), chance).empty());
  EXPECT_EQ(r.next_call(Time::zero() + seconds(11), chance), Time::never());
}

TEST(Rumours, ReadTheirRuleFromText) {
  EXPECT_EQ(parse_interest("feedback 5")->calls, 5U);
  EXPECT_EQ(parse_interest("coin 2")->rule, Interest::Rule::coin);
  EXPECT_EQ(parse_interest("after 1 min")->time, minutes(1));
  for (const char* wrong : {"", "feedback", "coin 0", "feedback -1", "after 0 s", "never", "coin three"})
    EXPECT_FALSE(parse_interest(wrong)) << wrong;
}

constexpr RecordName photo{UserId(0), 0};

TEST(GossipByCalls, ReachesEverybodyWithoutComparisons) {
  for (const char* spread : {"push", "rounds"}) {
    GossipTable table({.users = 6,
                       .set = {{"spread", spread}, {"compare_every", "0 s"}, {"lose_interest", "feedback 20"}},
                       .coded = true});
    const std::uint32_t number = table.ask(Asked::publish, 0, photo);
    table.run(minutes(5));
    EXPECT_TRUE(table.everywhere(photo, number)) << spread;
  }
}

TEST(GossipByCalls, FallsSilentWhenNobodyIsInterested) {
  GossipTable table({.users = 6, .set = {{"spread", "push"}, {"compare_every", "0 s"}, {"lose_interest", "coin 1"}}});
  table.ask(Asked::publish, 0, photo);
  table.run(minutes(5));
  int holders = 0;
  for (std::uint32_t u = 0; u < 6; ++u) holders += table.at(u, photo) != nullptr ? 1 : 0;
  EXPECT_GE(holders, 2) << "the first call is always news";
}

}  // namespace
}  // namespace peerlab
