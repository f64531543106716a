#include "models/protocols/gossip_system.h"

#include "models/base/check.h"
#include "models/ledger/pool.h"
#include "models/protocols/gossip_messages.h"
#include "models/protocols/gossip_store.h"

namespace peerlab {

GossipSystem::GossipSystem(const SystemSetup& setup)
    : shared_(GossipOptions::from(setup.params, setup.protection), setup.seed, setup.users) {}

Layout GossipSystem::layout() const {
  Layout layout;
  layout.members.reserve(shared_.users);
  for (std::uint32_t u = 0; u < shared_.users; ++u) {
    layout.members.push_back({"peer", MachineId(u), UserId(u), 0, true});
  }
  return layout;
}

std::unique_ptr<BlockPool> GossipSystem::make_pool() const { return nullptr; }

std::unique_ptr<Node> GossipSystem::make_node(const Home& home) {
  CHECK(home.self.value < shared_.users);
  return std::make_unique<GossipStore>(home, UserId(home.self.value), shared_);
}

std::span<const MessageKindRow> GossipSystem::message_kinds() const { return gossip_message_kinds(); }

void GossipSystem::show_disk(std::span<const DiskEntry> entries, BlockPool*, HoldingsSink& sink) {
  for (const DiskEntry& entry : entries) {
    if (entry.kind != GossipStore::stored_version) continue;
    const Version& version = *shared_.journal[entry.ref];
    if (entry.bytes == version.bytes) show_version(version, sink);
  }
}

ProtocolRow gossip_store_row() {
  return {
      "gossip-store",
      "Users run peers that pass on records by gossip, without a chain: nobody orders writes, and the later one wins.",
      "Demers et al. 1987 (PODC) for gossip and anti-entropy; Thomas 1979 (ACM TODS 4) for the later writer",
      gossip_fields,
      nullptr,
      [](const SystemSetup& setup) -> std::unique_ptr<System> { return std::make_unique<GossipSystem>(setup); },
      nullptr};
}

}  // namespace peerlab
