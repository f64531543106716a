#include "models/protocols/nakamoto_system.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/ledger/target.h"
#include "models/protocols/nakamoto_holdings.h"
#include "models/replication/message_kinds.h"

namespace peerlab {
namespace {

/// Hash power of a peer where all are equal, in modelled hashes per second. Only cost figures depend on it.
constexpr double equal_power = 1e12;

/// What each peer draws once, at least 1.
std::vector<double> powers(const NakamotoOptions& options, std::uint64_t seed, std::uint32_t users) {
  std::vector<double> power(users, equal_power);
  if (options.equal_shares) return power;
  for (std::uint32_t u = 0; u < users; ++u) {
    Stream chance(seed, purpose("hash power"), u);
    power[u] = std::max(1.0, options.hash_shares.sample(chance));
  }
  return power;
}

}  // namespace

NakamotoSystem::NakamotoSystem(const SystemSetup& setup) : users_(setup.users), peers_(setup.users), book_(setup.seed) {
  shared_.options = NakamotoOptions::from(setup.params, setup.protection);
  shared_.seed = setup.seed;
  shared_.users = users_;
  shared_.book = &book_;
  power_ = powers(shared_.options, setup.seed, users_);
  double total = 0;
  for (const double p : power_) total += p;
  genesis_hashes_ = total * shared_.options.rules.spacing.seconds();
  shared_.hashes_per_real_hash = genesis_hashes_ / expected_hashes(shared_.options.rules.genesis_bits);
}

Layout NakamotoSystem::layout() const {
  Layout layout;
  layout.members.reserve(users_);
  for (std::uint32_t u = 0; u < users_; ++u)
    layout.members.push_back({"peer", MachineId(u), UserId(u), power_[u], true});
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

std::unique_ptr<Node> NakamotoSystem::make_node(const Home& home) {
  CHECK(home.pool != nullptr);
  CHECK(home.self.value < users_);
  const bool mines = power_[home.self.index()] > 0;
  return peers_.make(home.self.value, home, UserId(home.self.value), shared_, cache_of(home.pool), mines);
}

std::span<const MessageKindRow> NakamotoSystem::message_kinds() const { return replication_message_kinds(); }

void NakamotoSystem::show_disk(std::span<const DiskEntry> entries, BlockPool* pool, HoldingsSink& sink) {
  CHECK(pool != nullptr);
  show_peer_disk(shared_, *pool, entries, sink);
}

ProtocolRow nakamoto_row() {
  return {"nakamoto",
          "Every user runs a peer that keeps all blocks, mines, and follows the chain with the most work.",
          "Nakamoto 2008, Bitcoin: A Peer-to-Peer Electronic Cash System; BIP 130, 152, 340",
          nakamoto_fields,
          check_nakamoto,
          [](const SystemSetup& setup) -> std::unique_ptr<System> { return std::make_unique<NakamotoSystem>(setup); }};
}

}  // namespace peerlab
