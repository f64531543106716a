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
  layout.open = true;
  layout.members.reserve(shared_.users);
  for (std::uint32_t u = 0; u < shared_.users; ++u) {
    layout.members.push_back({"peer", MachineId(u), UserId(u), 0, true});
  }
  // Whoever is left goes on by himself: only all of them together can stop it, or forget. A peer sends what it holds to anybody, so
  // that a user is refused by all or by none.
  std::vector<NodeId> everybody;
  for (std::uint32_t u = 0; u < shared_.users; ++u) everybody.push_back(NodeId(u));
  for (const Feat feat : {Feat::stop_writes, Feat::stop_reads, Feat::refuse, Feat::undo}) {
    layout.powers.push_back({.feat = feat, .among = everybody, .needed = shared_.users});
  }
  // Nobody orders the writes, so that any peer can have one accepted that the readers do not check.
  layout.powers.push_back({.feat = Feat::alter,
                           .rule = shared_.options.owner_signatures ? Power::Rule::never : Power::Rule::nodes,
                           .among = everybody,
                           .needed = 1});
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
      check_gossip,
      [](const SystemSetup& setup) -> std::unique_ptr<System> { return std::make_unique<GossipSystem>(setup); },
      nullptr};
}

}  // namespace peerlab
