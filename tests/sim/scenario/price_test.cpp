// The section `price:` of a scenario: what it reads, and what it refuses.
#include "sim/scenario/price.h"

#include <gtest/gtest.h>

#include "sim/scenario/read.h"
#include "sim/scenario/resolved.h"
#include "sim/scenario/schema.h"

namespace peerlab {
namespace {

const std::string priced_head = R"(schema: 1
systems: {p2p: {protocol: nakamoto}, central: {protocol: central-server}}
network: {users: 30}
duration: 3 h
replications: 2
workload: [{kind: publish, rate: 2 per min in total}]
)";
const std::string attack = "attacks: [{kind: refuse, victim: node 1, choose: random, machines: 1, at: 30 min}]\n";
const std::string sweep = "sweep: {grid: {attacks.0.machines: [4, 1, 2]}}\n";
const std::string price = "price: {budget: attacks.0.machines, success: [acts.refuse@p2p > 50 %]}\n";

const Fields cpu = {field("signature", Kind::duration, "37 us", "A price.", "1 us", "0 ns", "1 s")};
ReadResult read_priced(const std::string& text) {
  return read_scenario_text(text, "test.yaml", standard_schema(cpu), {});
}
std::string sentences(const std::string& text) {
  std::string all;
  for (const Problem& p : read_priced(text).problems) all += p.sentence + "\n";
  return all;
}

TEST(PriceSection, OrdersTheBudgetsOfTheSweep) {
  const ReadResult result = read_priced(priced_head + attack + sweep + price);
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  const std::vector<Budget> budgets = budgets_of(*result.scenario);
  ASSERT_EQ(budgets.size(), 3U);
  EXPECT_EQ(budgets[0].k, 1);
  EXPECT_EQ(budgets[2].k, 4);
  EXPECT_EQ(budget_unit(*result.scenario), "machines");
  EXPECT_EQ(result.scenario->price.success.size(), 1U);
}

TEST(PriceSection, IsCountedInWhatTheAttackSays) {
  std::string owners = attack;
  owners.replace(owners.find("machines: 1"), 11, "machines: 1, counted_in: owners");
  const ReadResult result = read_priced(priced_head + owners + sweep + price);
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  EXPECT_EQ(budget_unit(*result.scenario), "owners");
}

TEST(PriceSection, IsTheSameWhenItsResolvedFormIsReadAgain) {
  const ReadResult first = read_priced(priced_head + attack + sweep + price);
  ASSERT_TRUE(first.scenario) << format_problems(first.problems);
  const std::string text = print_resolved(*first.scenario, WithOrigins::no);
  const ReadResult again = read_priced(text);
  ASSERT_TRUE(again.scenario) << format_problems(again.problems) << text;
  EXPECT_EQ(print_resolved(*again.scenario, WithOrigins::no), text);
}

TEST(PriceSection, SaysWhatIsWrongWithIt) {
  EXPECT_NE(sentences(priced_head + attack + price).find("trying several budgets"), std::string::npos);
  EXPECT_NE(sentences(priced_head + attack + sweep + "price: {success: [acts.refuse@p2p > 50 %]}\n")
                .find("The price of what?"),
            std::string::npos);
  EXPECT_NE(
      sentences(priced_head + attack + sweep + "price: {budget: attacks.0.machines}\n").find("When has the attack"),
      std::string::npos);
  EXPECT_NE(
      sentences(priced_head + attack + sweep + "price: {budget: network.users, success: [acts.refuse@p2p > 50 %]}\n")
          .find("no number of a line of `attacks:`"),
      std::string::npos);
  EXPECT_NE(sentences(priced_head + attack + sweep +
                      "price: {budget: attacks.0.machines, success: [acts.refuse@p2p > acts.refuse@central]}\n")
                .find("compares two"),
            std::string::npos);
  const std::string two = "sweep: {grid: {attacks.0.machines: [1, 2], network.users: [30, 40]}}\n";
  EXPECT_NE(sentences(priced_head + attack + two + price).find("have the same budget"), std::string::npos);
  std::string by_value = attack;
  by_value.replace(by_value.find("random"), 6, "value");
  EXPECT_NE(sentences(priced_head + by_value + sweep + price).find("choose: random"), std::string::npos);
}

}  // namespace
}  // namespace peerlab
