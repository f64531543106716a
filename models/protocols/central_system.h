// The system around `central-server`: a client on every user's machine, and servers in data centres.
#pragma once

#include <memory>

#include "models/protocols/central_client.h"
#include "models/protocols/central_server.h"
#include "models/protocols/protocol.h"

namespace peerlab {

class CentralSystem final : public System {
 public:
  explicit CentralSystem(const SystemSetup& setup);

  /// Clients are nodes 0 .. users-1 on their users' machines, servers follow on machines of their own. Every client is linked
  /// to every server, and the servers among each other.
  [[nodiscard]] Layout layout() const override;
  [[nodiscard]] std::unique_ptr<BlockPool> make_pool() const override;
  [[nodiscard]] std::unique_ptr<Node> make_node(const Home& home) override;
  [[nodiscard]] std::span<const MessageKindRow> message_kinds() const override;
  void show_disk(std::span<const DiskEntry> entries, BlockPool* pool, HoldingsSink& sink) override;
  [[nodiscard]] bool disks_encrypted() const override { return shared_.options.encrypted_at_rest; }
  [[nodiscard]] double genesis_hashes() const override { return 0; }
  [[nodiscard]] double hashes_per_real_hash() const override { return 0; }
  [[nodiscard]] Duration block_interval() const override { return {}; }

  [[nodiscard]] CentralShared& shared() { return shared_; }

 private:
  void name_powers(Layout& layout) const;

  std::uint32_t regions_;
  CentralShared shared_;
};

/// The row of the table of protocols.
ProtocolRow central_server_row();

}  // namespace peerlab
