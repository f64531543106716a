#include <gtest/gtest.h>

#include "models/attacks/stubborn.h"
#include "tests/models/attacks/mining_table.h"

namespace peerlab {
namespace {

using enum BranchMove;
using enum Contest;

TEST(Selfish, DoesInEveryStateWhatTheAlgorithmSays) {
  EXPECT_EQ(selfish_move({1, 0, irrelevant}), wait) << "keeps its first block";
  EXPECT_EQ(selfish_move({5, 0, irrelevant}), wait);
  EXPECT_EQ(selfish_move({0, 1, relevant}), adopt);
  EXPECT_EQ(selfish_move({1, 1, relevant}), match) << "a lead of one is gone: race";
  EXPECT_EQ(selfish_move({2, 1, active}), override_public) << "and wins it with its next block";
  EXPECT_EQ(selfish_move({1, 2, relevant}), adopt) << "or loses it";
  EXPECT_EQ(selfish_move({2, 1, relevant}), override_public) << "a lead of two is cashed in";
  EXPECT_EQ(selfish_move({3, 1, relevant}), match) << "a longer one answers block by block";
  EXPECT_EQ(selfish_move({4, 1, active}), wait);
}

TEST(Stubborn, GoesOnWhereSm1Stops) {
  EXPECT_EQ(stubborn_move({.lead = true}, {2, 1, relevant}), match);
  EXPECT_EQ(stubborn_move({.lead = false}, {2, 1, relevant}), override_public);
  EXPECT_EQ(stubborn_move({.lead = false, .equal_fork = true}, {2, 1, active}), wait);
  EXPECT_EQ(stubborn_move({.lead = false, .equal_fork = false}, {2, 1, active}), override_public);
  EXPECT_EQ(stubborn_move({.trail = 1}, {1, 2, relevant}), wait);
  EXPECT_EQ(stubborn_move({.trail = 1}, {1, 3, relevant}), adopt);
  EXPECT_EQ(stubborn_move({.trail = 1}, {2, 2, irrelevant}), wait) << "caught up, too late for a race";
  EXPECT_EQ(stubborn_move({.trail = 1}, {3, 2, irrelevant}), override_public);
}

TEST(Stubborn, WithoutAnyStubbornnessIsSelfish) {
  const Stubbornness none{.lead = false, .equal_fork = false, .trail = 0};
  for (std::uint32_t own = 0; own < 6; ++own) {
    for (std::uint32_t others = 0; others < 6; ++others) {
      for (const Contest contest : {irrelevant, relevant, active}) {
        // Selfish miners never hold one block more than others who have some, the last block theirs and nobody divided.
        if (own == 0 || (contest == irrelevant && others > 0)) continue;
        if ((contest == relevant || contest == active) && others == 0) continue;
        EXPECT_EQ(stubborn_move(none, {own, others, contest}), selfish_move({own, others, contest}))
            << own << ' ' << others << ' ' << static_cast<int>(contest);
      }
    }
  }
}

struct Withholding_ : testing::TestWithParam<bool> {
  static MiningTable::Options options() {
    MiningTable::Options o;
    o.private_pools = GetParam();
    return o;
  }
};

TEST_P(Withholding_, HiddenBlocksAreNobodysUntilTheyAreWorthMore) {
  MiningTable t(selfish_row(), options());
  t.attacker();
  t.attacker();
  EXPECT_EQ(t.table().height(1), 0U) << "nobody has heard of them";
  t.honest(1);
  for (std::uint32_t n = 1; n < 4; ++n) EXPECT_EQ(t.table().height(n), 2U) << "the honest block is void";
  for (const BlockRef b : t.main_chain()) EXPECT_TRUE(t.is_his(b));
  EXPECT_EQ(t.table().count(happened::block_mined), 3U);
}

TEST_P(Withholding_, ARaceIsLostWhereEverybodyHeardTheOtherBlockFirst) {
  MiningTable t(selfish_row(), options());
  t.attacker();
  t.honest(1);
  EXPECT_EQ(t.table().height(2), 1U);
  t.honest(2);  // on the honest block: first seen
  EXPECT_EQ(t.main_chain().size(), 2U);
  EXPECT_EQ(t.revenue(), 0);
  t.attacker();  // has adopted: a new private branch on top
  t.attacker();
  t.honest(3);
  EXPECT_EQ(t.main_chain().size(), 4U);
  EXPECT_DOUBLE_EQ(t.revenue(), 0.5);
}

TEST_P(Withholding_, ALongLeadAnswersBlockByBlockAndWinsInTheEnd) {
  MiningTable t(selfish_row(), options());
  for (int i = 0; i < 4; ++i) t.attacker();
  t.honest(1);
  EXPECT_EQ(t.table().height(1), 1U);
  EXPECT_FALSE(t.is_his(t.main_chain().front())) << "a draw, and the honest block was there first";
  t.honest(1);
  t.honest(1);
  EXPECT_EQ(t.main_chain().size(), 4U) << "the lead is down to one: everything is published";
  EXPECT_DOUBLE_EQ(t.revenue(), 1);
}

TEST_P(Withholding_, UntilItBeginsItMinesHonestly) {
  MiningTable::Options o = options();
  o.attack = {{"from", "1 h"}};
  MiningTable t(selfish_row(), o);
  t.attacker();
  EXPECT_EQ(t.table().height(1), 1U);
  t.table().run(hours(1));
  t.attacker();
  EXPECT_EQ(t.table().height(1), 1U);
}

INSTANTIATE_TEST_SUITE_P(Pools, Withholding_, testing::Bool(),
                         [](const auto& of) { return std::string(of.param ? "PrivatePools" : "SharedPool"); });

TEST(Selfish, AfterACrashTheHiddenBlocksAreGoneAndEverythingGoesOn) {
  MiningTable t(selfish_row(), {});
  t.attacker();
  t.attacker();
  t.table().crash(0);
  t.table().restart(0);
  t.honest(1);
  EXPECT_EQ(t.table().height(1), 1U);
  EXPECT_EQ(t.revenue(), 0);
}

TEST(TieBreak, GammaOneSendsEverybodyToTheAttackersBlock) {
  MiningTable::Options o;
  o.set = {{"tie_break", "gamma 100 %"}};
  MiningTable t(selfish_row(), o);
  t.attacker();
  t.honest(1);
  for (std::uint32_t n = 1; n < 4; ++n) {
    EXPECT_EQ(t.table().height(n), 1U);
    EXPECT_EQ(t.table().tip(n), t.table().tip(1));
  }
  EXPECT_DOUBLE_EQ(t.revenue(), 1);
}

TEST(TieBreak, ARandomRuleDividesTheHonest) {
  std::size_t his = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    MiningTable::Options o;
    o.set = {{"tie_break", "random"}};
    o.seed = seed;
    MiningTable t(selfish_row(), o);
    t.attacker();
    t.honest(2);
    his += t.revenue() > 0.5 ? 1 : 0;
  }
  EXPECT_GT(his, 8U);  // 20 expected, 3.9 standard errors are 12
  EXPECT_LT(his, 32U);
}

}  // namespace
}  // namespace peerlab
