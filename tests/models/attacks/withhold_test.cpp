#include "models/attacks/withhold.h"

#include "models/replication/messages.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

/// 0 mines, 1 is the attacker, 2 hears from both; 0 and 2 are linked as well when `detour`.
struct Withholding : testing::Test {
  static std::unique_ptr<Table> table(const std::vector<std::pair<std::string, std::string>>& set, bool detour,
                                      bool private_pools = false) {
    Table::Options o;
    o.nodes = 3;
    o.start = false;
    o.private_pools = private_pools;
    o.links = {{0, 1}, {1, 2}};
    if (detour) o.links.emplace_back(0, 2);
    auto t = std::make_unique<Table>(o);
    Params params = Params::defaults(withhold_row().fields());
    for (const auto& [name, text] : set) EXPECT_EQ(params.set(name, text), "");
    t->wrap(1, [&](std::unique_ptr<Node> honest, const Home& home) {
      return withhold_row().wrap(std::move(honest), {home, params, {}, {}});
    });
    t->start();
    return t;
  }
};

TEST_F(Withholding, WhoHasNoOtherNeighbourNeverGetsTheBlock) {
  for (const bool private_pools : {false, true}) {
    const auto t = table({{"what", "blocks"}}, false, private_pools);
    t->win(0);
    t->run(minutes(10));
    EXPECT_EQ(t->height(2), 0U);
    EXPECT_GE(t->count(happened::request_timed_out, 2), 1U);
  }
}

TEST_F(Withholding, WhoHasAnotherNeighbourAsksItAfterTheTimeout) {
  const auto t = table({{"what", "blocks"}}, true);
  // The attacker is heard first: what 0 says to 2 comes late.
  t->loses = [&](NodeId from, NodeId to, const Message& m) {
    return from == NodeId(0) && to == NodeId(2) && m.kind == kind::block_inventory &&
           t->now() < Time::zero() + seconds(1);
  };
  t->win(0);
  t->run(seconds(5));
  EXPECT_EQ(t->height(2), 0U);
  t->mend(0, 2);
  t->cut(0, 2);
  t->mend(0, 2);  // says again what it has
  t->run(seconds(30));
  EXPECT_EQ(t->height(2), 1U);
  EXPECT_EQ(t->count(happened::peer_banned), 0U) << "a slow neighbour is no cheat";
}

TEST_F(Withholding, DeliversJustBeforeTheTimeoutWhenAskedTo) {
  const auto t = table({{"what", "blocks"}, {"delay", "19 s"}}, false);
  t->win(0);
  t->run(seconds(19));
  EXPECT_EQ(t->height(2), 0U);
  t->run(milliseconds(500));
  EXPECT_EQ(t->height(2), 1U);
  EXPECT_EQ(t->count(happened::request_timed_out, 2), 0U);
  EXPECT_EQ(t->parcels().alive(), 0U);
}

TEST_F(Withholding, AnnouncesBeforeItHasTheBlock) {
  const auto t = table({{"what", "blocks"}}, false);
  std::size_t told = 0;
  t->loses = [&](NodeId from, NodeId to, const Message& m) {
    if (from == NodeId(1) && to == NodeId(2) && m.kind == kind::block_inventory) ++told;
    return from == NodeId(0) && m.kind != kind::block_inventory;  // the attacker is never sent the body
  };
  t->win(0);
  t->run(seconds(1));
  EXPECT_EQ(told, 1U);
}

TEST_F(Withholding, LeavesOthersThanItsVictimsAlone) {
  Table::Options o;
  o.nodes = 3;
  o.start = false;
  o.links = {{0, 1}, {1, 2}};
  Table t(o);
  const Params params = Params::defaults(withhold_row().fields());
  const std::vector<NodeId> victims{NodeId(0)};
  t.wrap(1, [&](std::unique_ptr<Node> honest, const Home& home) {
    return withhold_row().wrap(std::move(honest), {home, params, {}, victims});
  });
  t.start();
  t.win(0);
  t.run(seconds(10));
  EXPECT_EQ(t.height(2), 1U);
  EXPECT_EQ(withhold_row().name, "withhold");
}

}  // namespace
}  // namespace peerlab
