// The system `sharded-store`: every user runs a peer, and each record lies on a few of them.
#pragma once

#include "models/protocols/protocol.h"
#include "models/protocols/sharded_store.h"

namespace peerlab {

class ShardedSystem final : public System {
 public:
  explicit ShardedSystem(const SystemSetup& setup);

  [[nodiscard]] Layout layout() const override;
  [[nodiscard]] std::unique_ptr<BlockPool> make_pool() const override;
  [[nodiscard]] std::unique_ptr<Node> make_node(const Home& home) override;
  [[nodiscard]] std::span<const MessageKindRow> message_kinds() const override;
  void show_disk(std::span<const DiskEntry> entries, BlockPool* pool, HoldingsSink& sink) override;
  [[nodiscard]] double genesis_hashes() const override { return 0; }
  [[nodiscard]] double hashes_per_real_hash() const override { return 0; }
  [[nodiscard]] Duration block_interval() const override { return {}; }

 private:
  ShardedShared shared_;
};

ProtocolRow sharded_store_row();

}  // namespace peerlab
