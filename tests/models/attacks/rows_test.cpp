// What scenarios can say of attacks by mining: names, fields, and that these explain themselves.
#include "models/attacks/rows.h"

#include <gtest/gtest.h>

#include <set>

namespace peerlab {
namespace {

TEST(AttackRows, HaveTheNamesThatScenariosUse) {
  EXPECT_EQ(selfish_row().name, "selfish");
  EXPECT_EQ(stubborn_row().name, "stubborn");
  EXPECT_EQ(policy_table_row().name, "policy");
  EXPECT_EQ(double_spend_attack_row().name, "double-spend");
  EXPECT_EQ(finney_row().name, "finney");
  EXPECT_EQ(race_row().name, "race");
  EXPECT_EQ(majority_row().name, "majority");
  EXPECT_EQ(censor_miners_row().name, "censor-miners");
  EXPECT_EQ(orphan_row().name, "orphan");
  EXPECT_EQ(feather_fork_row().name, "feather-fork");
  EXPECT_EQ(fee_snipe_row().name, "fee-snipe");
}

TEST(AttackRows, ExplainEveryFieldAndPassTheirOwnCheckAtTheirDefaults) {
  for (const AttackRow& row :
       {selfish_row(), stubborn_row(), policy_table_row(), double_spend_attack_row(), finney_row(), race_row(),
        majority_row(), censor_miners_row(), orphan_row(), feather_fork_row(), fee_snipe_row()}) {
    std::set<std::string> names;
    for (const Field& f : row.fields()) {
      EXPECT_TRUE(f.sentence.ends_with(".")) << row.name << ' ' << f.name;
      EXPECT_TRUE(parse_value(f, f.fallback)) << row.name << ' ' << f.name;
      EXPECT_TRUE(parse_value(f, f.example)) << row.name << ' ' << f.name;
      EXPECT_TRUE(names.insert(f.name).second) << row.name << ' ' << f.name;
    }
    EXPECT_EQ(row.mines, names.contains("hash_share")) << row.name;
    if (row.check != nullptr) {
      EXPECT_EQ(row.check(Params::defaults(row.fields()), hours(24)), "") << row.name;
    }
  }
}

}  // namespace
}  // namespace peerlab
