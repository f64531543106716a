#include "models/protocols/central_system.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/ledger/pool.h"
#include "models/protocols/central_holdings.h"
#include "models/protocols/central_message_kinds.h"

namespace peerlab {

CentralSystem::CentralSystem(const SystemSetup& setup)
    : regions_(setup.regions), shared_(CentralOptions::from(setup.params, setup.protection), setup.seed, setup.users) {}

Layout CentralSystem::layout() const {
  Layout layout;
  const CentralOptions& options = shared_.options;
  layout.own_edges = true;
  for (std::uint32_t u = 0; u < shared_.users; ++u) {
    layout.members.push_back({"client", MachineId(u), UserId(u), 0, false});
    for (std::uint32_t s = 0; s < options.servers; ++s) layout.edges.emplace_back(NodeId(u), shared_.server(s));
  }
  for (std::uint32_t s = 0; s < options.servers; ++s) {
    const std::uint32_t step = options.spread ? s : 0;
    layout.members.push_back({"server", MachineId(shared_.users + s), UserId(), 0, true});
    layout.services.push_back({.region = RegionId((options.region.value + step) % std::max(regions_, 1U)),
                               .access = options.access,
                               .owner = 0,
                               .host = s % options.hosts,
                               .version = s % options.versions,
                               .backup_offline = options.backup_offline});
    for (std::uint32_t other = 0; other < s; ++other) {
      layout.edges.emplace_back(shared_.server(other), shared_.server(s));
    }
  }
  name_powers(layout);
  return layout;
}

// The first server begins as primary. It alone takes writes, so it can keep some out, and say what nobody has signed. Without a
// majority nothing is done. Who is elected has the longest log, so that all must forget together.
void CentralSystem::name_powers(Layout& layout) const {
  const CentralOptions& options = shared_.options;
  std::vector<NodeId> servers;
  for (std::uint32_t s = 0; s < options.servers; ++s) servers.push_back(shared_.server(s));
  const std::vector<NodeId> primary{shared_.server(0)};
  const std::uint32_t stops = options.servers - options.majority() + 1;
  layout.powers = {
      {.feat = Feat::stop_writes, .among = servers, .needed = stops},
      {.feat = Feat::stop_reads, .among = servers, .needed = options.read_anywhere ? options.servers : stops},
      {.feat = Feat::refuse, .among = primary, .needed = 1},
      {.feat = Feat::alter,
       .rule = options.owner_signatures ? Power::Rule::never : Power::Rule::nodes,
       .among = primary,
       .needed = 1},
      {.feat = Feat::undo, .among = servers, .needed = options.servers},
  };
}

std::unique_ptr<BlockPool> CentralSystem::make_pool() const { return nullptr; }

std::unique_ptr<Node> CentralSystem::make_node(const Home& home) {
  if (home.self.value < shared_.users) {
    return std::make_unique<CentralClient>(home, UserId(home.self.value), shared_);
  }
  CHECK(shared_.is_server(home.self));
  return std::make_unique<CentralServer>(home, shared_);
}

std::span<const MessageKindRow> CentralSystem::message_kinds() const { return central_message_kinds(); }

void CentralSystem::show_disk(std::span<const DiskEntry> entries, BlockPool*, HoldingsSink& sink) {
  show_log(shared_.journal, entries, sink);
}

ProtocolRow central_server_row() {
  return {"central-server",
          "A service: one or more servers keep everything, and every user's client asks them.",
          "Raft (Ongaro and Ousterhout 2014) for the replicas; BIP 340 for sessions and owners' signatures",
          central_fields,
          check_central,
          [](const SystemSetup& setup) -> std::unique_ptr<System> { return std::make_unique<CentralSystem>(setup); },
          [](const Params& params) { return params.duration("backup_every"); }};
}

}  // namespace peerlab
