// Light users: what they ask, what they check, and what becomes of it when full peers lie, are silent or go off.
#include <gtest/gtest.h>

#include "models/protocols/refusal.h"
#include "tests/models/protocols/light_table.h"

namespace peerlab {
namespace {

SystemSetup setup_of(std::uint32_t users, const char* share, std::uint64_t seed = 1) {
  SystemSetup setup;
  setup.seed = seed;
  setup.users = users;
  setup.params = Params::defaults(nakamoto_fields());
  EXPECT_EQ(setup.params.set("light", share), "");
  setup.protection = Params::defaults(protection_fields());
  return setup;
}

TEST(LightUsers, AreTheStatedShareAndKeepNothingForOthers) {
  const Layout layout = NakamotoSystem(setup_of(200, "80 %")).layout();
  std::uint32_t light = 0;
  for (const Member& m : layout.members) {
    if (m.role != "light") continue;
    ++light;
    EXPECT_FALSE(m.store);
    EXPECT_EQ(m.hash_power, 0);
  }
  EXPECT_EQ(light, 160U);
  EXPECT_EQ(layout.in_graph.size(), 40U) << "the peers' own graph";
  EXPECT_EQ(layout.edges.size(), 320U) << "two access peers each";
  for (const auto& [asker, peer] : layout.edges) {
    EXPECT_EQ(layout.members[asker.index()].role, "light");
    EXPECT_EQ(layout.members[peer.index()].role, "peer");
  }
}

TEST(LightUsers, OfASmallShareAreLightWithALargerOneToo) {
  const Layout few = NakamotoSystem(setup_of(100, "20 %")).layout();
  const Layout many = NakamotoSystem(setup_of(100, "70 %")).layout();
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_TRUE(few.members[i].role == "peer" || many.members[i].role == "light") << i;
  }
  const Layout all = NakamotoSystem(setup_of(3, "99 %")).layout();
  EXPECT_EQ(all.in_graph.size(), 1U) << "somebody has to keep the chain";
}

TEST(LightUsers, AreNobodyByDefault) {
  const Layout layout = NakamotoSystem(setup_of(20, "0 %")).layout();
  EXPECT_TRUE(layout.in_graph.empty());
  EXPECT_TRUE(layout.edges.empty());
}

TEST(LightClient, PublishesThroughAPeerAndCountsTheDepthByItsOwnHeaders) {
  LightTable t(LightTable::half(6));
  const std::uint32_t user = t.light[0];
  const std::uint32_t number = t.publish(user, 1);
  t->run(seconds(30));
  ASSERT_NE(t.said(happened::operation_accepted, number), nullptr);
  EXPECT_EQ(t.said(happened::operation_accepted, number)->who, NodeId(t.peers_of(user)[0])) << "who let it in says so";
  EXPECT_EQ(t->count(happened::record_held), 3U) << "every full peer, and no light one";
  t.mine(t.full[2], 1);
  EXPECT_EQ(t.said(happened::operation_acked, number), nullptr);
  t.mine(t.full[2], 1);
  ASSERT_NE(t.said(happened::operation_acked, number), nullptr);
  EXPECT_EQ(t.said(happened::operation_acked, number)->who, NodeId(user));
  EXPECT_EQ(t.said(happened::operation_acked, number)->what.amount, 2U);
  EXPECT_EQ(t.said(happened::operation_final, number), nullptr);
  t.mine(t.full[1], 4);
  EXPECT_EQ(t.said(happened::operation_final, number)->what.amount, 6U);
  EXPECT_EQ(t->sent(kind::proof_request), 1U) << "once for the first block";
  EXPECT_EQ(t->parcels().alive(), 0U);
  for (const std::uint32_t n : t.light) {
    EXPECT_EQ(dynamic_cast<const LightClient&>(t->node(n)).best(), t->replica(t.full[0]).tree.tip());
  }
}

TEST(LightClient, IsToldOfBlocksAndNotOfTransactions) {
  LightTable t(LightTable::half(6));
  std::size_t transactions = 0;
  std::size_t bodies = 0;
  t->loses = [&](NodeId, NodeId to, const Message& m) {
    const bool to_light = t->system().shared().is_light(to);
    transactions += to_light && m.kind == kind::transaction_inventory ? 1U : 0U;
    bodies += to_light && (m.kind == kind::block_body || m.kind == kind::compact_block) ? 1U : 0U;
    return false;
  };
  for (std::uint32_t i = 0; i < 5; ++i) t.publish(t.full[0], i);
  t.mine(t.full[0], 3);
  EXPECT_EQ(transactions, 0U);
  EXPECT_EQ(bodies, 0U);
  EXPECT_GE(t->sent(kind::headers), 9U) << "three blocks, three light users";
}

void does_everything(bool private_pools) {
  LightTable::Options o = LightTable::half(6, {{"ack", "depth 1"}});
  o.protection = {{"encryption", "end-to-end"}};
  o.private_pools = private_pools;
  LightTable t(o);
  const std::uint32_t a = t.light[0];
  const std::uint32_t b = t.light[1];
  const RecordName open{UserId(a), 1};
  const RecordName secret{UserId(a), 2};
  t.publish(a, 1);
  t.publish(a, 2, true);
  t->run(seconds(30));
  const std::uint32_t updated = t.change(Asked::update, a, open);
  const std::uint32_t given = t.change(Asked::transfer, a, secret, b, true);
  t->run(seconds(30));
  const std::uint32_t paid = t.change(Asked::pay, b, {}, a);
  const std::uint32_t again = t.change(Asked::transfer, b, secret, t.full[0], true);
  t->run(seconds(30));
  const std::uint32_t erased = t.change(Asked::erase, a, open);
  t->run(seconds(30));
  std::vector<std::uint32_t> reads;
  for (const std::uint32_t reader : {t.light[2], t.full[1]}) {
    reads.push_back(t.change(Asked::read, reader, open));
    reads.push_back(t.change(Asked::read, reader, secret));
  }
  t->run(seconds(5));
  for (const std::uint32_t read : reads) {
    ASSERT_NE(t.said(happened::read_answered, read), nullptr) << read;
    EXPECT_EQ(t.said(happened::read_answered, read)->what.amount, 1U);
  }
  EXPECT_EQ(t.said(happened::read_answered, reads[0])->what.detail, erased) << "for a light reader";
  EXPECT_EQ(t.said(happened::read_answered, reads[1])->what.detail, again);
  EXPECT_EQ(t.said(happened::read_answered, reads[2])->what.detail, erased) << "as for one with a copy";
  EXPECT_EQ(t.said(happened::read_answered, reads[3])->what.detail, again);
  t.mine(t.full[0], 1);
  for (const std::uint32_t number : {0U, 1U, updated, given, paid, again, erased}) {
    EXPECT_NE(t.said(happened::operation_acked, number), nullptr) << number;
    EXPECT_EQ(t.said(happened::operation_refused, number), nullptr) << number;
  }
  EXPECT_EQ(t->count(happened::peer_banned), 0U);
  EXPECT_EQ(t->parcels().alive(), 0U);
}

TEST(LightClient, DoesEverythingAUserCanDo) { does_everything(false); }
TEST(LightClient, DoesEverythingOverTheWireToo) { does_everything(true); }

TEST(LightClient, SpendsWhatWasPaidToItOnlyAfterItHasSeenThePayment) {
  LightTable::Options o = LightTable::half(4, {{"coins_per_user", "1"}, {"coin_amount", "20000"}});
  LightTable t(o);
  const std::uint32_t user = t.light[0];
  Request pay;
  pay.what = Asked::pay;
  pay.user = UserId(t.full[0]);
  pay.other = UserId(user);
  pay.amount = 12'000;
  t.ask(pay);
  t->run(seconds(30));
  std::size_t fetched = 0;
  t->loses = [&](NodeId from, NodeId, const Message& m) {
    fetched += m.kind == kind::transaction_request && from == NodeId(user) ? 1U : 0U;
    return false;
  };
  pay.user = UserId(user);
  pay.other = UserId(t.full[1]);
  pay.amount = 30'000;  // more than his first coin
  const std::uint32_t number = t.ask(pay);
  t->run(seconds(5));
  EXPECT_NE(t.said(happened::operation_accepted, number), nullptr);
  EXPECT_EQ(fetched, 1U);
}

TEST(LightClient, MakesOneWriteAfterTheOtherAndSpendsNoCoinTwice) {
  LightTable t(LightTable::half(6, {{"coins_per_user", "2"}, {"ack", "depth 1"}}));
  for (std::uint32_t i = 0; i < 6; ++i) t.publish(t.light[0], i);
  t->run(seconds(60));
  EXPECT_EQ(t->count(happened::operation_accepted), 6U) << "the third spends the change of the first";
  t.mine(t.full[0], 1);
  EXPECT_EQ(t->count(happened::operation_acked, t.light[0]), 6U);
}

TEST(LightClient, IsRefusedWhatTheLedgerRefuses) {
  LightTable t(LightTable::half(4, {{"coins_per_user", "1"}, {"coin_amount", "2000"}}));
  const std::uint32_t poor = t.change(Asked::pay, t.light[0], {}, t.full[0]);
  const std::uint32_t nothing = t.change(Asked::update, t.light[1], {UserId(t.full[0]), 77});
  t->run(seconds(30));
  ASSERT_NE(t.said(happened::operation_refused, poor), nullptr);
  EXPECT_EQ(t.said(happened::operation_refused, poor)->what.detail, static_cast<std::uint64_t>(Verdict::overspend));
  ASSERT_NE(t.said(happened::operation_refused, nothing), nullptr);
  EXPECT_EQ(t.said(happened::operation_refused, nothing)->what.detail,
            static_cast<std::uint64_t>(Verdict::unknown_output));
}

// --- peers that are silent or gone -----------------------------------------------------------------------------------

TEST(LightClient, AsksTheNextPeerWhenOneIsSilent) {
  LightTable t(LightTable::half(6));
  const std::uint32_t user = t.light[0];
  t.publish(t.full[0], 1);
  t->run(seconds(30));
  const std::uint32_t silent = t.peers_of(user)[0];
  t->loses = [&](NodeId from, NodeId, const Message&) { return from == NodeId(silent); };
  const Time asked = t->now();
  const std::uint32_t read = t.change(Asked::read, user, {UserId(t.full[0]), 1});
  t->run(seconds(10));
  ASSERT_NE(t.said(happened::read_answered, read), nullptr);
  EXPECT_EQ(t.said(happened::read_answered, read)->at, asked + seconds(5) + milliseconds(20));
  EXPECT_EQ(t->count(happened::request_timed_out, user), 1U);
  const std::uint32_t next = t.change(Asked::read, user, {UserId(t.full[0]), 1});
  t->run(seconds(1));
  EXPECT_NE(t.said(happened::read_answered, next), nullptr) << "the one that answered is asked first from now on";
}

TEST(LightClient, GivesUpAtItsDeadlineAndNotBefore) {
  LightTable t(LightTable::half(6));
  const std::uint32_t user = t.light[0];
  for (const std::uint32_t peer : t.peers_of(user)) t->cut(user, peer);
  Request read;
  read.what = Asked::read;
  read.user = UserId(user);
  read.record = {UserId(t.full[0]), 1};
  read.deadline = seconds(40);
  const std::uint32_t number = t.ask(read);
  t->run(seconds(39));
  EXPECT_EQ(t.said(happened::operation_refused, number), nullptr);
  t->run(seconds(2));
  ASSERT_NE(t.said(happened::operation_refused, number), nullptr);
  EXPECT_EQ(t.said(happened::operation_refused, number)->what.detail, static_cast<std::uint64_t>(Refusal::gave_up));
}

TEST(LightClient, WaitsForALinkAndAsksWhenThereIsOne) {
  LightTable t(LightTable::half(6));
  const std::uint32_t user = t.light[0];
  const std::vector<std::uint32_t> peers = t.peers_of(user);
  for (const std::uint32_t peer : peers) t->cut(user, peer);
  t.mine(t.full[0], 3);
  const std::uint32_t number = t.publish(user, 1);
  t->run(seconds(300));
  EXPECT_EQ(t.said(happened::operation_accepted, number), nullptr);
  t->mend(user, peers[1]);
  t->run(seconds(1));
  EXPECT_NE(t.said(happened::operation_accepted, number), nullptr);
  EXPECT_EQ(dynamic_cast<const LightClient&>(t->node(user)).best(), t->replica(t.full[0]).tree.tip())
      << "and catches up";
}

TEST(LightClient, BringsItsTransactionBackWhenThePeerThatTookItHasLostIt) {
  LightTable t(LightTable::half(6, {{"ack", "depth 1"}, {"announce_every", "1 h"}}));
  const std::uint32_t user = t.light[0];
  const std::uint32_t number = t.publish(user, 1);
  t->run(seconds(1));
  ASSERT_NE(t.said(happened::operation_accepted, number), nullptr);
  t->crash(t.peers_of(user)[0]);  // before it told anybody
  const std::uint32_t other = t.peers_of(user)[0];
  t.mine(other, 2);  // after the first the user asks, and hears that nobody knows of it
  EXPECT_NE(t.said(happened::operation_acked, number), nullptr);
}

TEST(LightClient, ComesBackWithItsHeadersAndItsOwnTransactions) {
  LightTable t(LightTable::half(6));
  const std::uint32_t user = t.light[0];
  const std::vector<std::uint32_t> peers = t.peers_of(user);
  const std::uint32_t number = t.publish(user, 1);
  t.mine(t.full[0], 1);
  t->crash(user, true);
  t.mine(t.full[0], 3);
  EXPECT_EQ(t.said(happened::operation_acked, number), nullptr);
  t->restart(user, peers);
  t->run(seconds(5));
  ASSERT_NE(t.said(happened::operation_acked, number), nullptr);
  EXPECT_EQ(t.said(happened::operation_acked, number)->what.amount, 4U);
}

TEST(LightClient, SeesItsOperationUndoneAndDoneAgain) {
  LightTable t(LightTable::half(4, {{"ack", "depth 1"}, {"light_peers", "1"}}));
  const std::uint32_t user = t.light[0];
  const std::uint32_t near = t.peers_of(user)[0];
  const std::uint32_t far = near == t.full[0] ? t.full[1] : t.full[0];
  t->cut(near, far);
  const std::uint32_t number = t.publish(user, 1);
  t.mine(near, 1);
  ASSERT_NE(t.said(happened::operation_acked, number), nullptr);
  t.mine(far, 2);
  t->mend(near, far);
  t->run(seconds(30));
  EXPECT_NE(t.said(happened::operation_undone, number), nullptr) << "the longer chain does not have it";
  t.mine(far, 1);
  EXPECT_EQ(t->count(happened::operation_acked, user), 2U);
}

// --- peers that lie --------------------------------------------------------------------------------------------------

using Forge = std::function<std::optional<Message>(Table&, std::uint32_t liar, const Message&)>;

/// The peer that the light user asks first sends what `forge` makes of its messages.
void make_liar(LightTable& t, std::uint32_t liar, const Forge& forge) {
  t->wrap(liar, [&](std::unique_ptr<Node> inner, const Home&) {
    return std::make_unique<Edited>(std::move(inner), [&t, liar, forge](Outbox& out) {
      for (Wish& w : out.wishes()) {
        if (w.kind != Wish::Kind::send) continue;
        const std::optional<Message> lie = forge(*t.table, liar, w.message);
        if (!lie) continue;
        t->parcels().drop(w.message);
        w.message = *lie;
      }
    });
  });
}

LightTable liar_table(std::uint32_t& liar) {
  LightTable::Options o = LightTable::half(6, {{"ack", "depth 1"}});
  o.start = false;
  LightTable t(o);
  liar = t.peers_of(t.light[0])[0];
  return t;
}

void expect_caught_lying_to_a_reader(const Forge& forge) {
  std::uint32_t liar = 0;
  LightTable t = liar_table(liar);
  make_liar(t, liar, forge);
  t->start();
  const std::uint32_t user = t.light[0];
  const std::uint32_t honest = t.peers_of(user)[1];
  t.publish(honest, 1);
  t->run(seconds(30));
  const std::uint32_t updated = t.change(Asked::update, honest, {UserId(honest), 1});
  t->run(seconds(30));
  const std::uint32_t read = t.change(Asked::read, user, {UserId(honest), 1});
  t->run(seconds(30));
  ASSERT_NE(t.said(happened::read_answered, read), nullptr);
  EXPECT_EQ(t.said(happened::read_answered, read)->what.amount, 1U);
  EXPECT_EQ(t.said(happened::read_answered, read)->what.detail, updated) << "from the next peer";
  EXPECT_EQ(t.peers_of(user), std::vector<std::uint32_t>{honest}) << "the liar is cut off";
  EXPECT_NE(t.said(happened::peer_banned, liar), nullptr);
}

/// The same answer with its last transaction bent and interned anew.
Forge bent_last(const std::function<void(Transaction&)>& bend) {
  return [bend](Table& table, std::uint32_t liar, const Message& m) -> std::optional<Message> {
    if (m.kind != kind::light_answer) return std::nullopt;
    const auto& honest = table.parcels().as<LightAnswerParcel>(m);
    if (honest.custody.empty()) return std::nullopt;
    BlockPool& pool = table.pool(liar);
    Transaction tx = pool.transactions.transaction(honest.custody.back());
    bend(tx);
    std::vector<TxRef> custody = honest.custody;
    custody.back() = pool.transactions.intern(tx);
    return light_answer(table.parcels(), pool, honest.number, honest.coins, custody);
  };
}

TEST(LightReader, RefusesOtherContent) {
  expect_caught_lying_to_a_reader(
      bent_last([](Transaction& tx) { tx.enclosures[0].content = declared_content(9, 700); }));
}

TEST(LightReader, RefusesOtherContentUnderItsOwnCommitment) {
  expect_caught_lying_to_a_reader(bent_last([](Transaction& tx) {
    tx.enclosures[0].content = declared_content(9, 700);
    tx.outputs[0].record->commitment = commitment(tx.enclosures[0].content);
  }));
}

TEST(LightReader, RefusesAWriteThatAnotherKeyHasSigned) {
  expect_caught_lying_to_a_reader(bent_last([](Transaction& tx) {
    const KeyPair thief = KeyPair::derive(99, 1);
    for (Input& input : tx.inputs) input.owner = thief.public_key();
    sign_inputs(tx, thief);
  }));
}

TEST(LightReader, RefusesARecordThatOnlyItsEndIsShownOf) {
  expect_caught_lying_to_a_reader([](Table& table, std::uint32_t liar, const Message& m) -> std::optional<Message> {
    if (m.kind != kind::light_answer) return std::nullopt;
    const auto& honest = table.parcels().as<LightAnswerParcel>(m);
    if (honest.custody.size() < 2) return std::nullopt;
    return light_answer(table.parcels(), table.pool(liar), honest.number, honest.coins, {honest.custody.back()});
  });
}

TEST(LightClient, BelievesNoForgedProof) {
  const auto bend = [](const std::function<void(Whereabouts&)>& how) {
    return [how](Table& table, std::uint32_t liar, const Message& m) -> std::optional<Message> {
      if (m.kind != kind::proofs) return std::nullopt;
      std::vector<Whereabouts> list = table.parcels().as<ProofsParcel>(m).list;
      for (Whereabouts& where : list) {
        if (where.state == Whereabouts::State::in_block) how(where);
      }
      return proofs(table.parcels(), table.pool(liar), list);
    };
  };
  const std::vector<Forge> forgeries = {
      bend([](Whereabouts& w) { w.proof.branch[0].bytes[3] ^= 1; }),
      bend([](Whereabouts& w) { w.proof.place ^= 1; }),
      bend([](Whereabouts& w) { w.proof.branch.clear(); }),
  };
  for (const Forge& forge : forgeries) {
    std::uint32_t liar = 0;
    LightTable t = liar_table(liar);
    make_liar(t, liar, forge);
    t->start();
    const std::uint32_t user = t.light[0];
    const std::uint32_t number = t.publish(user, 1);
    t->run(seconds(30));
    t.mine(t.peers_of(user)[1], 1);
    EXPECT_NE(t.said(happened::peer_banned, liar), nullptr);
    t.mine(t.peers_of(user)[0], 1);
    ASSERT_NE(t.said(happened::operation_acked, number), nullptr) << "by the next peer's proof";
    EXPECT_EQ(t.said(happened::operation_acked, number)->what.amount, 2U);
  }
}

TEST(LightClient, FindsOutWhenACoinIsNotWorthWhatItsPeerSays) {
  const Forge forge = [](Table& table, std::uint32_t liar, const Message& m) -> std::optional<Message> {
    if (m.kind != kind::light_answer) return std::nullopt;
    const auto& honest = table.parcels().as<LightAnswerParcel>(m);
    std::vector<Coin> coins = honest.coins;
    for (Coin& coin : coins) coin.amount = 5'000;  // the rest would go to the miner
    return light_answer(table.parcels(), table.pool(liar), honest.number, coins, honest.custody);
  };
  std::uint32_t liar = 0;
  LightTable t = liar_table(liar);
  make_liar(t, liar, forge);
  t->start();
  const std::uint32_t number = t.publish(t.light[0], 1);
  t->run(seconds(30));
  EXPECT_NE(t.said(happened::peer_banned, liar), nullptr);
  EXPECT_NE(t.said(happened::operation_accepted, number), nullptr);
}

}  // namespace
}  // namespace peerlab
