// A full peer whose disk was tampered with gives out blocks with other contents: whoever catches up from it finds out.
#include <gtest/gtest.h>

#include "models/attacks/deceiver.h"
#include "models/replication/messages.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

TEST(TamperedBody, DoesNotLeadToItsMerkleRootAndItsSenderIsCutOff) {
  for (const bool private_pools : {false, true}) {
    Table::Options o;
    o.nodes = 3;
    o.start = false;
    o.private_pools = private_pools;
    Table t(o);
    t.wrap(0, [](std::unique_ptr<Node> honest, const Home& home) -> std::unique_ptr<Node> {
      return std::make_unique<Deceiver>(std::move(honest), home, Forgery::altered, false, Time::never());
    });
    t.keep_away(2);
    t.start();
    Request request;
    request.what = Asked::publish;
    request.user = UserId(1);
    request.record = {UserId(1), 0};
    request.size = 500;
    t.submit(1, request);
    t.run(seconds(30));
    for (int i = 0; i < 4; ++i) {
      t.win(1);
      t.run(minutes(10));
    }
    ASSERT_EQ(t.height(1), 4U);
    t.restart(2, {0});  // it joins, and knows nobody but the tampered one
    t.run(minutes(2));
    ASSERT_GT(t.sent(kind::block_body), 0U);
    EXPECT_EQ(t.height(2), 0U) << "it does not take the altered block";
    ASSERT_EQ(t.count(happened::peer_banned, 2), 1U);
    for (const Table::Told& told : t.told()) {
      if (told.what.kind != happened::peer_banned) continue;
      EXPECT_EQ(told.what.subject, 0U);
      EXPECT_EQ(name(static_cast<Verdict>(told.what.detail)), name(Verdict::bad_merkle_root));
    }
    t.mend(2, 1);
    t.run(minutes(2));
    EXPECT_EQ(t.height(2), 4U) << "the header was right, and so is the body that an honest peer has";
    EXPECT_EQ(t.tip(2), t.tip(1));
  }
}

}  // namespace
}  // namespace peerlab
