// A flood of payments that nobody signed, among the peers of a ledger.
#include <gtest/gtest.h>

#include "models/attacks/flooder.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

TEST(FlooderAmongPeers, IsCutOffByEverybodyAfterTheFirstPieceWhichEverybodyChecked) {
  for (const bool private_pools : {false, true}) {
    Table::Options o;
    o.nodes = 4;
    o.start = false;
    o.private_pools = private_pools;
    Table t(o);
    t.wrap(3, [](std::unique_ptr<Node> honest, const Home& home) -> std::unique_ptr<Node> {
      return std::make_unique<Flooder>(std::move(honest), home, Flooder::What::writes);
    });
    t.start();
    t.run(seconds(30));
    const std::uint32_t checked = t.work(NodeId(0)).signatures;
    for (std::uint32_t i = 0; i < 20; ++i) {
      Request request;
      request.what = Asked::publish;
      request.user = UserId(3);
      request.number = first_forged + i;
      t.submit(3, request);
      t.run(seconds(1));
    }
    for (std::uint32_t n = 0; n < 3; ++n) {
      EXPECT_EQ(t.count(happened::peer_banned, n), 1U) << n;
      EXPECT_EQ(t.work(NodeId(n)).signatures, checked + 1) << "one piece, and no more";
    }
    for (const Table::Told& told : t.told()) {
      if (told.what.kind != happened::peer_banned) continue;
      EXPECT_EQ(told.what.subject, 3U);
      EXPECT_EQ(name(static_cast<Verdict>(told.what.detail)), name(Verdict::bad_signature));
    }
    EXPECT_EQ(t.parcels().alive(), 0U);
  }
}

}  // namespace
}  // namespace peerlab
