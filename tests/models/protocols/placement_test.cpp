// Which machines hold which record.
#include "models/protocols/placement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace peerlab {
namespace {

using Rule = Placement::Rule;

std::set<std::set<NodeId>> sets_used(const Placement& placement, std::uint32_t machines, std::uint32_t records_each) {
  std::set<std::set<NodeId>> sets;
  for (std::uint32_t m = 0; m < machines; ++m) {
    for (std::uint32_t k = 0; k < records_each; ++k) {
      const std::vector<NodeId> holders = placement.holders({UserId(m), k});
      EXPECT_EQ(holders.front(), NodeId(m)) << "the first copy is the publisher's";
      sets.emplace(holders.begin(), holders.end());
    }
  }
  return sets;
}

TEST(Placement, HoldersAreSoManyDifferentMachinesAndTheSameForEverybody) {
  for (const Rule rule : {Rule::random, Rule::copysets}) {
    const Placement placement(rule, 30, 4, 9, 7);
    const Placement again(rule, 30, 4, 9, 7);
    for (std::uint32_t k = 0; k < 200; ++k) {
      const RecordName record{UserId(k % 30), k};
      const std::vector<NodeId> holders = placement.holders(record);
      EXPECT_EQ(std::set<NodeId>(holders.begin(), holders.end()).size(), 4U);
      EXPECT_EQ(holders, again.holders(record));
      for (const NodeId holder : holders) EXPECT_LT(holder.value, 30U);
    }
  }
}

TEST(Placement, RandomUsesAllSetsOfTheMachinesThatBelongToTheWriters) {
  const Placement placement(Rule::random, 100, 3, 10, 3);
  EXPECT_EQ(placement.sets(), 45U);  // choose(10, 2)
  std::set<std::set<NodeId>> of_one;
  std::set<NodeId> partners;
  for (std::uint32_t k = 0; k < 45; ++k) {
    const std::vector<NodeId> holders = placement.holders({UserId(17), k});
    of_one.emplace(holders.begin(), holders.end());
    partners.insert(holders.begin() + 1, holders.end());
  }
  EXPECT_EQ(of_one.size(), 45U) << "each once before any comes again";
  EXPECT_EQ(partners.size(), 10U);
  EXPECT_EQ(partners.count(NodeId(17)), 0U);
}

TEST(Placement, CopysetsAreAsFewAsTheScatterWidthAllows) {
  const Placement two(Rule::copysets, 300, 3, 2, 3);
  EXPECT_EQ(sets_used(two, 300, 4).size(), 100U);  // N S / (R (R - 1))
  const Placement ten(Rule::copysets, 300, 3, 10, 3);
  EXPECT_EQ(ten.sets(), 5U);
  const std::size_t sets = sets_used(ten, 300, 5).size();
  EXPECT_GE(sets, 490U) << "500, less a few that came up twice";
  EXPECT_LE(sets, 500U);
}

TEST(Placement, WhereTheMachinesDoNotDivideTheLastGroupIsFilledUp) {
  const Placement placement(Rule::copysets, 11, 3, 2, 5);
  EXPECT_EQ(sets_used(placement, 11, 2).size(), 4U);
  for (std::uint32_t m = 0; m < 11; ++m) EXPECT_EQ(placement.holders({UserId(m), 0}).size(), 3U);
}

TEST(Placement, PartnersAreDrawnEvenly) {
  const Placement placement(Rule::random, 200, 2, 5, 11);
  std::map<NodeId, int> chosen;
  for (std::uint32_t m = 0; m < 200; ++m) {
    for (std::uint32_t k = 0; k < 5; ++k) ++chosen[placement.holders({UserId(m), k})[1]];
  }
  double squares = 0;
  for (std::uint32_t m = 0; m < 200; ++m) squares += (chosen[NodeId(m)] - 5.0) * (chosen[NodeId(m)] - 5.0) / 5;
  EXPECT_LT(squares, 199 + 4 * 20.0) << "chi-square of 199 degrees of freedom";
}

TEST(Placement, FellowsAreThosePairsThatHoldSomethingTogether) {
  for (const Placement& placement : {Placement(Rule::random, 20, 3, 4, 2), Placement(Rule::copysets, 20, 3, 4, 2),
                                     Placement(Rule::random, 8, 2, 7, 2)}) {
    std::set<std::pair<NodeId, NodeId>> pairs;
    for (std::uint32_t m = 0; m < 20; ++m) {
      for (std::uint32_t k = 0; k < placement.sets() && m < (placement.sets() == 7 ? 8U : 20U); ++k) {
        const std::vector<NodeId> holders = placement.holders({UserId(m), k});
        for (const NodeId a : holders) {
          for (const NodeId b : holders) {
            if (a < b) pairs.emplace(a, b);
          }
        }
      }
    }
    const auto fellows = placement.fellows();
    EXPECT_EQ(std::set(fellows.begin(), fellows.end()), pairs);
    EXPECT_EQ(fellows.size(), pairs.size());
    EXPECT_TRUE(std::is_sorted(fellows.begin(), fellows.end()));
  }
}

TEST(Placement, OneCopyIsTheWritersOwn) {
  const Placement placement(Rule::random, 5, 1, 4, 2);
  EXPECT_EQ(placement.holders({UserId(3), 8}), std::vector<NodeId>{NodeId(3)});
  EXPECT_TRUE(placement.fellows().empty());
}

TEST(Placement, WithMoreSetsThanAnybodyHasRecordsTheyAreDrawnByLots) {
  const Placement placement(Rule::random, 3000, 3, 2999, 2);
  std::set<std::set<NodeId>> sets = sets_used(placement, 20, 50);
  EXPECT_EQ(sets.size(), 1000U) << "of 4.5 million each";
}

}  // namespace
}  // namespace peerlab
