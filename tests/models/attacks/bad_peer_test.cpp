#include "models/attacks/bad_peer.h"

#include "models/replication/messages.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

/// Four peers, everybody with everybody; the last one is bad.
struct BadPeers : testing::TestWithParam<std::pair<const char*, Verdict>> {
  static std::unique_ptr<Table> table(const std::string& what, bool private_pools = false) {
    Table::Options o;
    o.nodes = 4;
    o.start = false;
    o.private_pools = private_pools;
    auto t = std::make_unique<Table>(o);
    Params params = Params::defaults(bad_peer_row().fields());
    EXPECT_EQ(params.set("what", what), "");
    EXPECT_EQ(params.set("every", "1 min"), "");
    t->wrap(3, [&](std::unique_ptr<Node> honest, const Home& home) {
      return bad_peer_row().wrap(std::move(honest), {home, params});
    });
    t->start();
    return t;
  }
};

TEST_P(BadPeers, IsCutOffByEverybodyForThatFaultAndTheHonestChainGoesOn) {
  const auto& [what, verdict] = GetParam();
  for (const bool private_pools : {false, true}) {
    const auto t = table(what, private_pools);
    t->run(seconds(30));
    t->win(0);
    t->run(seconds(100));
    for (std::uint32_t n = 0; n < 3; ++n) EXPECT_EQ(t->count(happened::peer_banned, n), 1U) << n;
    for (const Table::Told& told : t->told()) {
      if (told.what.kind != happened::peer_banned) continue;
      EXPECT_EQ(told.what.subject, 3U);
      EXPECT_EQ(name(static_cast<Verdict>(told.what.detail)), name(verdict));
    }
    for (int i = 0; i < 3; ++i) {
      t->win(static_cast<std::uint32_t>(i));
      t->run(minutes(10));
    }
    for (std::uint32_t n = 0; n < 3; ++n) EXPECT_EQ(t->height(n), 4U);
    EXPECT_EQ(t->parcels().alive(), 0U);
  }
}

INSTANTIATE_TEST_SUITE_P(Faults, BadPeers,
                         testing::Values(std::pair{"work", Verdict::bad_proof_of_work},
                                         std::pair{"merkle", Verdict::bad_merkle_root},
                                         std::pair{"coinbase", Verdict::inflated_coinbase},
                                         std::pair{"mutated", Verdict::merkle_mutated},
                                         std::pair{"garbage", Verdict::malformed}),
                         [](const auto& fault) { return std::string(fault.param.first); });

TEST(BadPeer, IsNeverTakenBack) {
  const auto t = BadPeers::table("garbage");
  t->run(seconds(70));
  t->mend(0, 3);
  t->run(seconds(1));
  EXPECT_EQ(t->place(NodeId(0), NodeId(3)), Links::no_place);
}

TEST(BadPeer, OfAllFaultsEachComesInTurn) {
  Table::Options o;
  o.nodes = 2;
  o.start = false;
  Table t(o);
  Params params = Params::defaults(bad_peer_row().fields());
  t.wrap(1, [&](std::unique_ptr<Node> honest, const Home& home) {
    return bad_peer_row().wrap(std::move(honest), {home, params});
  });
  t.loses = [](NodeId from, NodeId, const Message&) { return from == NodeId(1); };  // nobody hears, nobody cuts it off
  t.start();
  t.run(minutes(51));
  EXPECT_EQ(t.sent(kind::block_body), 4U);
  EXPECT_EQ(t.sent(garbage_kind), 1U);
}

TEST(BadPeer, MinesHonestlyMeanwhile) {
  const auto t = BadPeers::table("garbage");
  t->run(seconds(30));
  t->win(3);
  t->run(seconds(10));
  EXPECT_EQ(t->height(0), 1U);
}

}  // namespace
}  // namespace peerlab
