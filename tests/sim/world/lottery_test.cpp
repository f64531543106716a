#include "sim/world/lottery.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace peerlab {
namespace {

NodeId node(std::uint32_t i) { return NodeId(i); }

TEST(Lottery, IsSilentWhileNobodyMines) {
  Lottery lottery(1, {1, 1});
  EXPECT_FALSE(lottery.next().has_value());
  lottery.mine(Time::zero(), node(0), 600);
  EXPECT_TRUE(lottery.next().has_value());
  lottery.idle(Time::zero(), node(0));
  EXPECT_FALSE(lottery.next().has_value());
}

// Ten equal miners of power 1 at 6000 hashes a block: one block in 600 s; intervals are exponential.
TEST(Lottery, FindsBlocksAtTheRateOfPowerOverDifficulty) {
  Lottery lottery(7, std::vector<double>(10, 1.0));
  for (std::uint32_t i = 0; i < 10; ++i) lottery.mine(Time::zero(), node(i), 6000);
  constexpr int blocks = 20'000;
  double squares = 0;
  Time before;
  for (int k = 0; k < blocks; ++k) {
    const Time at = *lottery.next();
    ASSERT_TRUE(lottery.take(at).valid());
    const double gap = (at - before).seconds();
    squares += gap * gap;
    before = at;
  }
  const double mean = before.seconds() / blocks;
  EXPECT_NEAR(mean, 600, 3.9 * 600 / std::sqrt(blocks));
  EXPECT_NEAR(squares / blocks, 2 * 600.0 * 600.0, 3.9 * std::sqrt(20.0) * 600 * 600 / std::sqrt(blocks));
}

TEST(Lottery, ChoosesTheWinnerByHashPower) {
  Lottery lottery(3, {1, 0, 3});
  for (std::uint32_t i = 0; i < 3; ++i) lottery.mine(Time::zero(), node(i), 100);
  std::vector<int> wins(3);
  constexpr int blocks = 10'000;
  for (int k = 0; k < blocks; ++k) ++wins[lottery.take(*lottery.next()).index()];
  EXPECT_EQ(wins[1], 0);
  EXPECT_NEAR(wins[2], 0.75 * blocks, 3.9 * std::sqrt(blocks * 0.75 * 0.25));
}

// A branch with twice the difficulty finds blocks at half the rate, and the easy branch is not disturbed by it.
TEST(Lottery, FollowsTheDifficultyOfEachBranch) {
  Lottery lottery(5, {1, 1});
  lottery.mine(Time::zero(), node(0), 100);
  lottery.mine(Time::zero(), node(1), 200);
  std::vector<int> wins(2);
  Time at;
  for (int k = 0; k < 40'000; ++k) {
    at = *lottery.next();
    const NodeId winner = lottery.take(at);
    if (winner.valid()) ++wins[winner.index()];
  }
  const double expected = at.seconds() / 100;
  EXPECT_NEAR(wins[0], expected, 3.9 * std::sqrt(expected));
  EXPECT_NEAR(wins[1], expected / 2, 3.9 * std::sqrt(expected / 2));
}

// A machine that is off leaves its share unused: the others find no more than before.
TEST(Lottery, LosesThePowerOfWhoIsOff) {
  Lottery lottery(9, {1, 1});
  lottery.mine(Time::zero(), node(0), 100);
  int wins = 0;
  Time at;
  for (int k = 0; k < 20'000; ++k) {
    at = *lottery.next();
    if (lottery.take(at).valid()) ++wins;
  }
  const double expected = at.seconds() / 100;
  EXPECT_NEAR(wins, expected, 3.9 * std::sqrt(expected));
}

// When the easiest difficulty changes between two candidates, the waiting time already passed still counts.
TEST(Lottery, KeepsWhatHasPassedWhenTheDifficultyChanges) {
  Lottery fixed(11, {1});
  fixed.mine(Time::zero(), node(0), 100);
  const double wait = (*fixed.next()).seconds();
  Lottery changed(11, {1});
  changed.mine(Time::zero(), node(0), 100);
  const Time half = Time::zero() + Duration::from_seconds(wait / 2);
  changed.mine(half, node(0), 200);
  EXPECT_NEAR((*changed.next()).seconds(), wait / 2 + wait, 1e-6);
}

TEST(Lottery, DrawsTheSameCandidatesWhateverElseHappens) {
  Lottery a(13, {1, 2, 3});
  Lottery b(13, {1, 2, 3});
  for (std::uint32_t i = 0; i < 3; ++i) {
    a.mine(Time::zero(), node(i), 50);
    b.mine(Time::zero(), node(i), 50);
  }
  for (int k = 0; k < 100; ++k) {
    EXPECT_EQ(a.next(), b.next());
    b.mine(*b.next(), node(1), 50);  // says nothing new
    EXPECT_EQ(a.take(*a.next()), b.take(*b.next()));
  }
}

TEST(Lottery, AccountsForTheHashesTried) {
  Lottery lottery(1, {2, 3});
  lottery.mine(Time::zero(), node(0), 100);
  lottery.mine(Time::zero() + seconds(10), node(1), 100);
  lottery.idle(Time::zero() + seconds(20), node(0));
  EXPECT_DOUBLE_EQ(lottery.hashes_tried(Time::zero() + seconds(30)), 2 * 20 + 3 * 20);
}

}  // namespace
}  // namespace peerlab
