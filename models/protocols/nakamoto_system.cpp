#include "models/protocols/nakamoto_system.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/ledger/target.h"
#include "models/protocols/light_client.h"
#include "models/protocols/nakamoto_holdings.h"
#include "models/protocols/pool_shares.h"
#include "models/replication/message_kinds.h"

namespace peerlab {
namespace {

/// Hash power of a peer where all are equal, in modelled hashes per second. Only cost figures depend on it.
constexpr double equal_power = 1e12;

/// What each peer draws once, at least 1. Light users have none.
std::vector<double> powers(const NakamotoOptions& options, std::uint64_t seed, std::uint32_t users, const Bits& light) {
  if (options.pool_shares) return pool_powers(seed, users, light, equal_power * users);
  std::vector<double> power(users, equal_power);
  if (const std::vector<double>& listed = options.listed_shares; !listed.empty()) {
    for (std::uint32_t u = 0; u < users; ++u)
      power[u] = u < listed.size() && !light.has(u) ? listed[u] * equal_power * users : 0;
    return power;
  }
  for (std::uint32_t u = 0; u < users; ++u) {
    if (!options.equal_shares) {
      Stream chance(seed, purpose("hash power"), u);
      power[u] = std::max(1.0, options.hash_shares.sample(chance));
    }
    if (light.has(u)) power[u] = 0;
  }
  return power;
}

/// The nearest whole number of users, at least one of whom keeps a copy: those with the smallest lots. So who is light with a small
/// share is light with a larger one, in every system.
Bits choose_light(double share, std::uint64_t seed, std::uint32_t users) {
  Bits light;
  const auto wanted = static_cast<std::uint32_t>(share * users + 0.5);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> lots;
  for (std::uint32_t u = 0; u < users && wanted > 0; ++u) {
    Stream chance(seed, purpose("light user"), u);
    lots.emplace_back(chance.bits(), u);
  }
  std::sort(lots.begin(), lots.end());
  const std::size_t count = std::min<std::size_t>(wanted, users == 0 ? 0 : users - 1);
  for (std::size_t i = 0; i < count && i < lots.size(); ++i) light.add(lots[i].second);
  return light;
}

std::span<const MessageKindRow> nakamoto_message_kinds() {
  static const std::vector<MessageKindRow> rows = [] {
    std::vector<MessageKindRow> all;
    for (const auto part : {replication_message_kinds(), address_message_rows(), light_message_rows()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return rows;
}

}  // namespace

NakamotoSystem::NakamotoSystem(const SystemSetup& setup)
    : users_(setup.users),
      peers_(setup.users),
      book_(setup.seed),
      discovery_{PeerSelection::from(setup.params),
                 AddressBook(setup.seed, static_cast<std::uint32_t>(setup.params.whole("address_groups"))),
                 setup.seed} {
  shared_.options = NakamotoOptions::from(setup.params, setup.protection);
  shared_.seed = setup.seed;
  shared_.users = users_;
  shared_.book = &book_;
  shared_.light = choose_light(shared_.options.light_share, setup.seed, users_);
  if (discovery_.selection.dynamic()) {
    for (std::uint32_t u = 0; u < users_; ++u) discovery_.book.add(MachineId(u), !shared_.light.has(u));
  }
  const std::vector<double> power = powers(shared_.options, setup.seed, users_, shared_.light);
  double total = 0;
  for (std::uint32_t u = 0; u < users_; ++u) {
    total += power[u];
    if (power[u] > 0) miners_.add(u);
  }
  genesis_hashes_ = total * shared_.options.rules.spacing.seconds();
  shared_.hashes_per_real_hash = genesis_hashes_ / expected_hashes(shared_.options.rules.genesis_bits);
}

namespace {

/// Whoever mines more than half decides which blocks stay: he leaves out what he likes, or everything. What is signed he cannot
/// alter. Reads end where nobody with a copy is left.
void name_powers(Layout& layout) {
  for (const Feat feat : {Feat::stop_writes, Feat::refuse, Feat::undo}) {
    layout.powers.push_back({.feat = feat, .rule = Power::Rule::hash_power});
  }
  layout.powers.push_back({.feat = Feat::alter, .rule = Power::Rule::never});
  Power reads{.feat = Feat::stop_reads};
  reads.among.reserve(layout.members.size());
  for (std::uint32_t i = 0; i < layout.members.size(); ++i) {
    if (layout.members[i].store) reads.among.push_back(NodeId(i));
  }
  reads.needed = static_cast<std::uint32_t>(reads.among.size());
  layout.powers.push_back(std::move(reads));
}

}  // namespace

Layout NakamotoSystem::layout() const {
  if (shared_.light.count() > 0) return layout_with_light_users();
  Layout layout;
  layout.open = true;
  layout.own_edges = layout.finds_links = discovery_.selection.dynamic();
  layout.members.reserve(users_);
  const std::vector<double> power = powers(shared_.options, shared_.seed, users_, shared_.light);
  for (std::uint32_t u = 0; u < users_; ++u)
    layout.members.push_back({"peer", MachineId(u), UserId(u), power[u], true});
  name_powers(layout);
  return layout;
}

Layout NakamotoSystem::layout_with_light_users() const {
  Layout layout;
  layout.open = true;
  layout.own_edges = layout.finds_links = discovery_.selection.dynamic();
  layout.members.reserve(users_);
  const std::vector<double> power = powers(shared_.options, shared_.seed, users_, shared_.light);
  for (std::uint32_t u = 0; u < users_; ++u) {
    const bool light = shared_.light.has(u);
    layout.members.push_back({light ? "light" : "peer", MachineId(u), UserId(u), power[u], !light});
    if (!light) layout.in_graph.push_back(NodeId(u));
  }
  const std::vector<NodeId>& full = layout.in_graph;
  const std::size_t links = layout.finds_links ? 0 : std::min<std::size_t>(shared_.options.light_peers, full.size());
  for (std::uint32_t u = 0; u < users_; ++u) {
    if (!shared_.light.has(u)) continue;
    Stream chance(shared_.seed, purpose("access peers"), u);
    std::vector<NodeId> chosen;
    while (chosen.size() < links) {
      const NodeId peer = full[chance.below(full.size())];
      if (std::find(chosen.begin(), chosen.end(), peer) == chosen.end()) chosen.push_back(peer);
    }
    for (const NodeId peer : chosen) layout.edges.emplace_back(NodeId(u), peer);
  }
  name_powers(layout);
  return layout;
}

std::unique_ptr<BlockPool> NakamotoSystem::make_pool() const {
  Genesis genesis;
  genesis.number = mix64(shared_.seed) & 0xffffffff;
  if (shared_.options.coins_per_user > 0) {
    for (std::uint32_t u = 0; u < users_; ++u) {
      genesis.allotments.push_back(
          {book_.public_key(UserId(u)), shared_.options.coin_amount, shared_.options.coins_per_user});
    }
  }
  return std::make_unique<BlockPool>(shared_.options.rules, genesis);
}

CompactCache& NakamotoSystem::cache_of(const BlockPool* pool) {
  for (const auto& [known, cache] : caches_) {
    if (known == pool) return *cache;
  }
  caches_.emplace_back(pool, std::make_unique<CompactCache>());
  return *caches_.back().second;
}

void NakamotoSystem::note_attackers(std::span<const NodeId> attackers) {
  for (const NodeId id : attackers) {
    shared_.hostile.add(id.value);
    shared_.hostile_keys.push_back(book_.public_key(UserId(id.value)));
  }
}

std::vector<Member> NakamotoSystem::add_identities(std::span<const MachineId> machines) {
  std::vector<Member> added;
  for (const MachineId machine : machines) {
    added.push_back({"peer", machine, UserId(), 0, true});
    identities_.push_back(std::make_unique<NakamotoPeers>(1));
    if (discovery_.selection.dynamic()) discovery_.book.add(machine, true);
  }
  return added;
}

std::unique_ptr<Node> NakamotoSystem::make_peer(const Home& home) {
  const std::uint32_t self = home.self.value;
  if (self >= users_) {
    CHECK(self - users_ < identities_.size());
    return identities_[self - users_]->make(0, home, shared_, cache_of(home.pool), false);
  }
  if (shared_.is_light(home.self)) return std::make_unique<LightClient>(home, UserId(self), shared_);
  return peers_.make(self, home, shared_, cache_of(home.pool), miners_.has(self));
}

std::unique_ptr<Node> NakamotoSystem::make_node(const Home& home) {
  CHECK(home.pool != nullptr);
  std::unique_ptr<Node> made = make_peer(home);
  const PeerSelection& selection = discovery_.selection;
  if (!selection.dynamic()) return made;
  const bool light = shared_.is_light(home.self);
  auto around = std::make_unique<PeerDiscovery>(std::move(made), home, discovery_,
                                                light ? shared_.options.light_peers : selection.outbound,
                                                light ? 0 : selection.inbound);
  if (home.self.value >= users_) around->forgo_disk();
  return around;
}

std::span<const MessageKindRow> NakamotoSystem::message_kinds() const { return nakamoto_message_kinds(); }

void NakamotoSystem::show_disk(std::span<const DiskEntry> entries, BlockPool* pool, HoldingsSink& sink) {
  CHECK(pool != nullptr);
  show_peer_disk(shared_, *pool, entries, sink);
}

ProtocolRow nakamoto_row() {
  return {
      "nakamoto",
      "Users run peers that keep all blocks, mine, and follow the chain with the most work; some may be light and ask.",
      "Nakamoto 2008, Bitcoin: A Peer-to-Peer Electronic Cash System; BIP 130, 152, 340",
      nakamoto_fields,
      check_nakamoto,
      [](const SystemSetup& setup) -> std::unique_ptr<System> { return std::make_unique<NakamotoSystem>(setup); }};
}

}  // namespace peerlab
