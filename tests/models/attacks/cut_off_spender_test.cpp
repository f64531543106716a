// A merchant whose only neighbour is the attacker: an eclipse and a double spend together, one wrapper around the other.
#include "models/attacks/cut_off_spender.h"

#include <gtest/gtest.h>

#include "models/attacks/eclipse.h"
#include "models/attacks/rows.h"
#include "models/node/attempt.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

/// Node 0 attacks, node 1 is the merchant, who has no link but to him; 2 and 3 are the other miners.
struct Shop {
  std::vector<NodeId> attackers{NodeId(0)};
  std::vector<NodeId> merchant{NodeId(1)};
  Params eclipse = Params::defaults(eclipse_row_of_attacks().fields());
  Params spend = Params::defaults(double_spend_attack_row().fields());
  std::unique_ptr<Table> table;

  explicit Shop(std::uint64_t seed = 1, bool cut_off = true, bool private_pools = false) {
    EXPECT_EQ(eclipse.set("tell", "0"), "");
    EXPECT_EQ(eclipse.set("deaf", "yes"), "");
    for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
             {"branch", "for-merchant"}, {"confirmations", "3"}, {"give_up", "0"}, {"trials", "1"}}) {
      EXPECT_EQ(spend.set(name, text), "");
    }
    Table::Options o;
    o.nodes = 4;
    o.start = false;
    o.seed = seed;
    o.private_pools = private_pools;
    o.links = {{0, 1}, {0, 2}, {0, 3}, {2, 3}};
    if (!cut_off) o.links.emplace_back(1, 2);
    table = std::make_unique<Table>(o);
    table->wrap(0, [&](std::unique_ptr<Node> honest, const Home& home) {
      auto silent = eclipse_row_of_attacks().wrap(std::move(honest), {home, eclipse, attackers, merchant});
      return double_spend_attack_row().wrap(std::move(silent), {home, spend, attackers, merchant});
    });
    table->start();
    table->run(seconds(30));
  }
  void win(std::uint32_t node) {
    table->win(node);
    table->run(seconds(600));
  }
  /// What the merchant owns beyond his ten coins of the genesis block, as he sees it or as somebody else does.
  [[nodiscard]] std::uint64_t received(std::uint32_t seen_by) {
    const Replica& r = table->replica(seen_by);
    std::uint64_t sum = 0;
    for (const Coin& coin : spendable_coins(table->pool(seen_by), r.tree.tip(), r.mempool,
                                            KeyPair::derive(table_seed(), 1).public_key())) {
      sum += coin.amount;
    }
    return sum - 10 * 100'000'000ULL;
  }
  [[nodiscard]] std::size_t won() const {
    std::size_t n = 0;
    for (const Table::Told& told : table->told()) {
      n += told.what.kind == happened::attempt_ended && told.what.amount == 1 ? 1U : 0U;
    }
    return n;
  }
  [[nodiscard]] static std::uint64_t table_seed() { return 1; }
};

class CutOffSpending : public testing::TestWithParam<bool> {};

TEST_P(CutOffSpending, TheMerchantSeesHisConfirmationsAndNobodyElseDoes) {
  Shop shop(1, true, GetParam());
  Table& t = *shop.table;
  for (int i = 0; i < 3; ++i) shop.win(0);
  EXPECT_EQ(t.height(1), 3U);
  EXPECT_EQ(shop.received(1), 1U) << "paid, three blocks deep";
  EXPECT_EQ(t.height(2), 0U) << "and the others have heard of none of these blocks";
  EXPECT_EQ(shop.received(2), 0U);
  EXPECT_EQ(t.replica(2).mempool.size(), 1U) << "but of the other spending";
  EXPECT_EQ(shop.won(), 0U) << "which is in no chain yet";
  for (int i = 0; i < 3; ++i) shop.win(2);
  EXPECT_EQ(shop.won(), 0U) << "three blocks against three";
  shop.win(3);
  EXPECT_EQ(shop.won(), 1U);
  EXPECT_EQ(t.height(1), 3U) << "the merchant hears of nothing";
  shop.win(0);
  EXPECT_EQ(t.height(2), 5U) << "afterwards he mines honestly";
}

TEST_P(CutOffSpending, OneWhoHearsTheOthersHandsOverNothing) {
  Shop shop(1, false, GetParam());
  for (int i = 0; i < 4; ++i) shop.win(2);
  for (int i = 0; i < 3; ++i) shop.win(0);
  EXPECT_EQ(shop.table->height(1), 4U) << "the public chain is the longer one";
  EXPECT_EQ(shop.received(1), 0U);
  EXPECT_EQ(shop.won(), 0U);
}

TEST_P(CutOffSpending, OneWhoIsHeardByTheOthersKeepsThePayment) {
  Shop shop(1, false, GetParam());
  shop.win(0);
  for (int i = 0; i < 4; ++i) shop.win(2);
  EXPECT_EQ(shop.received(1), 1U);
  EXPECT_EQ(shop.received(3), 1U) << "his block went round, and the others built on it";
  EXPECT_EQ(shop.won(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Pools, CutOffSpending, testing::Bool(),
                         [](const auto& of) { return of.param ? "PrivatePools" : "SharedPool"; });

// With a tenth of the hash power the secret branch wins against three confirmations in one of seventy attempts. Against a merchant who is
// cut off every attempt succeeds, and its price is the three blocks.
TEST(CutOffSpender, AttemptsNeverFailAndCostAsManyBlocksAsTheMerchantWants) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Shop shop;
    Stream chance(seed, purpose("winner"));
    std::size_t his = 0;
    for (int block = 0; block < 1000 && shop.won() == 0; ++block) {
      const bool attacker = chance.chance(0.1);
      const auto other = static_cast<std::uint32_t>(chance.below(2));
      shop.win(attacker ? 0 : 2 + other);
      his += attacker ? 1U : 0U;
    }
    ASSERT_EQ(shop.won(), 1U) << seed;
    const HeaderTree& headers = shop.table->pool(1).headers;
    const BlockRef merchants = shop.table->replica(1).tree.tip();
    const BlockRef common = headers.fork(merchants, shop.table->replica(2).tree.tip());
    EXPECT_EQ(headers.height(merchants) - headers.height(common), 3U) << seed;
    EXPECT_GE(his, 3U);
  }
}

TEST(CutOffSpender, TermsThatMakeNoSenseAreRefused) {
  const auto said = [](const std::string& name, const std::string& text) {
    Params params = Params::defaults(double_spend_attack_row().fields());
    EXPECT_EQ(params.set("branch", "for-merchant"), "");
    EXPECT_EQ(params.set(name, text), "");
    return double_spend_attack_row().check(params, hours(10));
  };
  EXPECT_EQ(said("confirmations", "2"), "");
  EXPECT_TRUE(said("confirmations", "0").starts_with("confirmations: "));
  EXPECT_TRUE(said("head_start", "1").starts_with("head_start: "));
  EXPECT_TRUE(said("hash_share", "0 %").starts_with("hash_share: "));
}

}  // namespace
}  // namespace peerlab
