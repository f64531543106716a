// The system `gossip-store`: every user runs a peer, and there is neither server nor chain.
#pragma once

#include "models/protocols/gossip_versions.h"
#include "models/protocols/protocol.h"

namespace peerlab {

class GossipSystem final : public System {
 public:
  explicit GossipSystem(const SystemSetup& setup);

  [[nodiscard]] Layout layout() const override;
  [[nodiscard]] std::unique_ptr<BlockPool> make_pool() const override;
  [[nodiscard]] std::unique_ptr<Node> make_node(const Home& home) override;
  [[nodiscard]] std::span<const MessageKindRow> message_kinds() const override;
  void show_disk(std::span<const DiskEntry> entries, BlockPool* pool, HoldingsSink& sink) override;
  [[nodiscard]] double genesis_hashes() const override { return 0; }
  [[nodiscard]] double hashes_per_real_hash() const override { return 0; }
  [[nodiscard]] Duration block_interval() const override { return {}; }

 private:
  GossipShared shared_;
};

ProtocolRow gossip_store_row();

}  // namespace peerlab
