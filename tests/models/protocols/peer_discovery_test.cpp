#include "models/protocols/peer_discovery.h"

#include <algorithm>
#include <set>

#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

/// Peers on a table without links, who find each other.
std::unique_ptr<Table> table(const std::string& how, std::uint32_t nodes,
                             std::vector<std::pair<std::string, std::string>> more = {}, bool private_pools = false) {
  Table::Options o;
  o.nodes = nodes;
  o.no_links = true;
  o.private_pools = private_pools;
  o.set = {{"peer_selection", how}, {"outbound", "4"}};
  o.set.insert(o.set.end(), more.begin(), more.end());
  return std::make_unique<Table>(o);
}

PeerDiscovery& discovery(Table& t, std::uint32_t n) { return dynamic_cast<PeerDiscovery&>(t.node(n)); }

TEST(PeerDiscovery, FillsItsOutboundSlotsAndTheNetworkCarriesBlocks) {
  for (const char* how : {"uniform", "address-manager"}) {
    for (const bool private_pools : {false, true}) {
      const auto t = table(how, 20, {}, private_pools);
      t->run(minutes(1));
      for (std::uint32_t n = 0; n < 20; ++n) {
        const std::vector<NodeId> mine = discovery(*t, n).outbound();
        EXPECT_EQ(mine.size(), 4U) << how << ' ' << n;
        for (const NodeId peer : mine) EXPECT_NE(t->place(NodeId(n), peer), Links::no_place);
      }
      t->win(0);
      t->run(minutes(1));
      for (std::uint32_t n = 0; n < 20; ++n) EXPECT_EQ(t->height(n), 1U) << how << ' ' << n;
      EXPECT_EQ(t->parcels().alive(), 0U);
    }
  }
}

TEST(PeerDiscovery, TakesAnotherNeighbourWhenOneIsGone) {
  for (const char* how : {"uniform", "address-manager"}) {
    const auto t = table(how, 20);
    t->run(minutes(1));
    const NodeId first = discovery(*t, 0).outbound().front();
    t->crash(first.value);
    t->run(minutes(2));
    const std::vector<NodeId> now = discovery(*t, 0).outbound();
    EXPECT_EQ(now.size(), 4U) << how;
    EXPECT_EQ(std::count(now.begin(), now.end(), first), 0);
  }
}

TEST(PeerDiscovery, ReportsItsSlots) {
  const auto t = table("uniform", 10);
  t->run(seconds(10));
  EXPECT_EQ(t->count(happened::outbound_opened), 40U);
  EXPECT_EQ(t->count(happened::outbound_closed), 0U);
  t->cut(0, discovery(*t, 0).outbound().front().value);
  EXPECT_EQ(t->count(happened::outbound_closed, 0), 1U);
}

TEST(PeerDiscovery, AFullNodeRefusesNewcomersWhenItMayNotEvict) {
  const auto t = table("uniform", 12, {{"inbound", "2"}, {"evict", "no"}, {"outbound", "2"}});
  t->run(minutes(5));
  for (std::uint32_t n = 0; n < 12; ++n) EXPECT_LE(discovery(*t, n).inbound_count(), 2U);
}

TEST(PeerDiscovery, AFullNodeMakesRoomButKeepsItsOlderHalf) {
  Table::Options o;
  o.nodes = 12;
  o.no_links = true;
  o.start = false;
  o.set = {{"peer_selection", "uniform"}, {"inbound", "4"}, {"outbound", "1"}};
  Table t(o);
  std::vector<NodeId> let_go;
  for (std::uint32_t n = 1; n < 12; ++n) {
    Outbox out;
    t.node(0).connected(Time::zero() + seconds(n), NodeId(n), true, out);
    for (const Wish& w : out.wishes()) {
      if (w.kind == Wish::Kind::disconnect) let_go.push_back(w.node);
    }
    EXPECT_LE(discovery(t, 0).inbound_count(), 4U);
  }
  EXPECT_EQ(let_go.size(), 7U);
  EXPECT_EQ(std::count(let_go.begin(), let_go.end(), NodeId(1)), 0);
  EXPECT_EQ(std::count(let_go.begin(), let_go.end(), NodeId(2)), 0);
}

TEST(PeerDiscovery, WhoBreaksTheRulesIsNotAskedAgain) {
  const auto t = table("uniform", 6, {{"outbound", "4"}, {"extra_every", "1 min"}});
  t->run(minutes(1));
  const NodeId bad = discovery(*t, 0).outbound().front();
  Outbox out;
  t->node(0).receive(t->now(), bad, garbage(1, 100), out);
  EXPECT_EQ(std::count_if(out.wishes().begin(), out.wishes().end(),
                          [&](const Wish& w) { return w.kind == Wish::Kind::connect && w.node == bad; }),
            0);
  const std::vector<NodeId> held = discovery(*t, 0).outbound();
  EXPECT_EQ(std::count(held.begin(), held.end(), bad), 0);
}

TEST(PeerDiscovery, AfterARestartTheTablesAreThereAndTheAnchorsComeFirst) {
  const auto t = table("address-manager", 40, {{"anchors", "2"}});
  t->run(minutes(10));
  t->win(0);  // writes a block, and flushes
  t->run(minutes(1));
  t->win(0);
  t->run(minutes(1));
  const std::vector<NodeId> before = discovery(*t, 5).outbound();
  const std::size_t known = discovery(*t, 5).addresses_known().all().size();
  ASSERT_GT(known, 10U);
  t->crash(5);
  t->restart(5, {5});  // nobody is linked by the table: it finds them itself
  EXPECT_EQ(discovery(*t, 5).addresses_known().all().size(), known);
  t->run(seconds(10));
  const std::vector<NodeId> after = discovery(*t, 5).outbound();
  ASSERT_GE(after.size(), 2U);
  EXPECT_EQ(std::set<NodeId>(after.begin(), after.begin() + 2), std::set<NodeId>(before.begin(), before.begin() + 2));
  EXPECT_EQ(t->height(5), 2U);
}

TEST(PeerDiscovery, WithoutADiskItAsksTheSeedServersAgain) {
  const auto t = table("address-manager", 20);
  t->run(minutes(1));
  t->wipe(5);
  t->restart(5, {5});
  t->run(seconds(30));
  EXPECT_EQ(discovery(*t, 5).outbound().size(), 4U);
}

TEST(PeerDiscovery, LearnsOfOthersFromItsNeighbours) {
  const auto t = table("address-manager", 40, {{"seed_addresses", "6"}, {"outbound", "3"}});
  t->run(minutes(30));
  std::size_t known = 0;
  for (std::uint32_t n = 0; n < 40; ++n) known += discovery(*t, n).addresses_known().all().size();
  EXPECT_GT(known / 40, 12U) << "seed servers told six at most";
  EXPECT_GT(t->sent(kind::get_addresses), 0U);
}

TEST(PeerDiscovery, OutboundNeighboursLieInDifferentGroups) {
  const auto t = table("address-manager", 30, {{"address_groups", "6"}});
  t->run(minutes(5));
  for (std::uint32_t n = 0; n < 30; ++n) {
    std::set<std::uint32_t> groups;
    const std::vector<NodeId> mine = discovery(*t, n).outbound();
    for (const NodeId peer : mine) groups.insert(group_of(discovery(*t, n).book().of(peer)));
    EXPECT_EQ(groups.size(), mine.size()) << n;
  }
}

TEST(PeerDiscovery, LightUsersFindFullPeersOnly) {
  const auto t = table("uniform", 20, {{"light", "50 %"}, {"light_peers", "3"}});
  t->run(minutes(1));
  for (std::uint32_t n = 0; n < 20; ++n) {
    const PeerDiscovery& me = discovery(*t, n);
    const std::vector<NodeId> held = me.outbound();
    if (me.book().takes_connections(NodeId(n))) continue;
    EXPECT_EQ(held.size(), 3U);
    EXPECT_EQ(me.inbound_count(), 0U);
    for (const NodeId peer : held) EXPECT_TRUE(me.book().takes_connections(peer));
  }
}

TEST(PeerDiscovery, ALightUserWhosePeersAreAllGoneFindsOthers) {
  for (const char* how : {"uniform", "address-manager"}) {
    const auto t = table(how, 20, {{"light", "50 %"}, {"light_peers", "2"}});
    t->run(minutes(2));
    std::uint32_t light = 0;
    while (discovery(*t, light).book().takes_connections(NodeId(light))) ++light;
    const std::vector<NodeId> before = discovery(*t, light).outbound();
    ASSERT_EQ(before.size(), 2U) << how;
    for (const NodeId peer : before) t->crash(peer.value);
    t->run(minutes(5));
    const std::vector<NodeId> now = discovery(*t, light).outbound();
    EXPECT_EQ(now.size(), 2U) << how;
    for (const NodeId peer : now) {
      EXPECT_EQ(std::count(before.begin(), before.end(), peer), 0) << how;
      EXPECT_TRUE(discovery(*t, light).book().takes_connections(peer)) << how;
    }
  }
}

TEST(AddressMessages, AreAsLongAsTheySayAndReadBackTheSame) {
  Parcels parcels;
  for (const std::size_t count : {0U, 1U, 252U, 253U, 1000U}) {
    std::vector<ToldAddress> list;
    for (std::size_t i = 0; i < count; ++i) {
      list.push_back({NetAddress(static_cast<std::uint32_t>(i * 77'777)), static_cast<std::uint32_t>(i)});
    }
    const Message m = addresses(parcels, list);
    const MessageKindRow* row = row_of(address_message_rows(), kind::addresses);
    const Bytes bytes = row->encode(m, parcels, nullptr);
    EXPECT_EQ(bytes.size(), row->wire_size(m, parcels, nullptr));
    const auto read = row->decode(bytes, parcels, nullptr);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(parcels.as<AddressesParcel>(*read).list, list);
    EXPECT_EQ(row->content(*read, parcels, nullptr), row->content(m, parcels, nullptr));
    Bytes shorter(bytes.begin(), bytes.end() - 1);
    EXPECT_FALSE(row->decode(shorter, parcels, nullptr).has_value());
  }
  const MessageKindRow* ask = row_of(address_message_rows(), kind::get_addresses);
  const Bytes bytes = ask->encode(get_addresses(), parcels, nullptr);
  EXPECT_EQ(bytes.size(), ask->wire_size(get_addresses(), parcels, nullptr));
  EXPECT_TRUE(ask->decode(bytes, parcels, nullptr).has_value());
}

}  // namespace
}  // namespace peerlab
