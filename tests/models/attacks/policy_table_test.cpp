#include "models/attacks/policy_table.h"

#include <gtest/gtest.h>

#include "analysis/theory/withholding.h"
#include "models/attacks/rows.h"

namespace peerlab {
namespace {

using enum Contest;

TEST(PolicyTable, SaysWhatTheLettersSay) {
  const PolicyTable::Parsed p = PolicyTable::parse("*** *a* / w** wmw a** /\nw** *oo");
  ASSERT_EQ(p.error, "");
  EXPECT_EQ(p.table.rows(), 3U);
  EXPECT_EQ(p.table.move({0, 1, relevant}), BranchMove::adopt);
  EXPECT_EQ(p.table.move({1, 1, relevant}), BranchMove::match);
  EXPECT_EQ(p.table.move({1, 1, active}), BranchMove::wait);
  EXPECT_EQ(p.table.move({2, 1, active}), BranchMove::override_public);
}

TEST(PolicyTable, BeyondItsEdgeOverridesWhenAheadAndAdoptsOtherwise) {
  const PolicyTable table = PolicyTable::parse("*** *a*").table;
  EXPECT_EQ(table.move({7, 6, relevant}), BranchMove::override_public);
  EXPECT_EQ(table.move({6, 6, relevant}), BranchMove::adopt);
}

TEST(PolicyTable, RefusesWhatCannotBeDone) {
  EXPECT_NE(PolicyTable::parse("*** o**").error.find("cannot be done for 0 own and 1 public"), std::string::npos);
  EXPECT_NE(PolicyTable::parse("*** *a* / w** m**").error.find("irrelevant"), std::string::npos);
  EXPECT_NE(PolicyTable::parse("*** *x*").error.find("`*x*`"), std::string::npos);
  EXPECT_NE(PolicyTable::parse("****").error, "");
  EXPECT_NE(PolicyTable::parse(" / ").error, "");
  EXPECT_NE(PolicyTable::parse("").error, "");
}

TEST(PolicyTable, ReadsWhatTheTheoryPrints) {
  const WithholdingPolicy best = optimal_withholding(0.4, 0.5, 20);
  const PolicyTable::Parsed p = PolicyTable::parse(policy_table(best, 8));
  ASSERT_EQ(p.error, "");
  EXPECT_EQ(p.table.rows(), 9U);
  for (std::uint32_t a = 1; a <= 8; ++a) {
    for (std::uint32_t h = 1; h <= 8; ++h) {
      const auto action = best.action[(a * 21 + h) * 3 + 1];  // the public branch has just grown
      const BranchMove move = p.table.move({a, h, relevant});
      EXPECT_EQ(static_cast<int>(move), static_cast<int>(action)) << a << ' ' << h;
    }
  }
}

}  // namespace
}  // namespace peerlab
