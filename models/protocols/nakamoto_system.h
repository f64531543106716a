// The system around the `nakamoto` peers: one peer per user, all of them mining, on the network's own graph. With light users, each of
// these has a light client in place of a peer; the graph is drawn over the full peers, to some of which each of them is linked. With
// a `peer_selection` that is not fixed, each node stands inside a PeerDiscovery, which finds its links.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "models/protocols/nakamoto.h"
#include "models/protocols/peer_discovery.h"

namespace peerlab {

class NakamotoSystem final : public System {
 public:
  explicit NakamotoSystem(const SystemSetup& setup);

  [[nodiscard]] Layout layout() const override;
  [[nodiscard]] std::unique_ptr<BlockPool> make_pool() const override;
  void note_attackers(std::span<const NodeId> attackers) override;
  [[nodiscard]] std::unique_ptr<Node> make_node(const Home& home) override;
  [[nodiscard]] std::span<const MessageKindRow> message_kinds() const override;
  std::vector<Member> add_identities(std::span<const MachineId> machines) override;
  void show_disk(std::span<const DiskEntry> entries, BlockPool* pool, HoldingsSink& sink) override;
  [[nodiscard]] double genesis_hashes() const override { return genesis_hashes_; }
  [[nodiscard]] double hashes_per_real_hash() const override { return shared_.hashes_per_real_hash; }
  [[nodiscard]] Duration block_interval() const override { return shared_.options.rules.spacing; }
  [[nodiscard]] std::uint32_t retarget_interval() const override { return shared_.options.rules.retarget_interval; }

  [[nodiscard]] const NakamotoShared& shared() const { return shared_; }
  [[nodiscard]] const DiscoveryShared& discovery() const { return discovery_; }

 private:
  CompactCache& cache_of(const BlockPool* pool);
  [[nodiscard]] std::unique_ptr<Node> make_peer(const Home& home);
  [[nodiscard]] Layout layout_with_light_users() const;

  std::uint32_t users_;
  NakamotoPeers peers_;
  std::vector<std::unique_ptr<NakamotoPeers>> identities_;  ///< beyond the users, one each
  mutable KeyBook book_;
  NakamotoShared shared_;
  DiscoveryShared discovery_;
  Bits miners_;  ///< users with hash power
  double genesis_hashes_ = 0;
  std::vector<std::pair<const BlockPool*, std::unique_ptr<CompactCache>>> caches_;
};

}  // namespace peerlab
