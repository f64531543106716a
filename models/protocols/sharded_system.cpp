#include "models/protocols/sharded_system.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/ledger/pool.h"
#include "models/protocols/gossip_store.h"
#include "models/protocols/sealing.h"

namespace peerlab {
namespace {

Fields sharded_fields() {
  return {
      field("copies", Kind::whole, "3",
            "Machines that hold each record, the publisher's own included; all of them where there are fewer.", "2",
            "1", "100"),
      field("placement", Kind::choice, "random",
            "On which machines the other copies lie: random = on any of those that belong to the publisher's; copysets "
            "= "
            "on those of a few groups into which all machines are cut.",
            "copysets", "", "", {"random", "copysets"}),
      field("scatter", Kind::whole, "0",
            "Scatter width: how many machines share records with one, which is what its repair has to draw on; 0: all "
            "others with random, as few as the copies need with copysets.",
            "10", "0", "1000000"),
      field("acks", Kind::whole, "0", "Copies that lie on disk when a write counts as done; 0: all.", "2", "0", "100"),
      field("timeout", Kind::duration, "5 s",
            "A machine that has not answered is not waited for any longer: the next one is asked, a copy is sent "
            "again.",
            "2 s", "10 ms", "1 h"),
      field("compare_every", Kind::duration, "30 s",
            "Time between two comparisons with a random machine that holds the same records, which also take place "
            "when it comes back; 0 s: never, so that nobody restores what was lost.",
            "10 s", "0 s", "1 d"),
      field("signatures", Kind::choice, "owner",
            "Who vouches for a write: owner = his signature is kept with it and everybody checks it, none = whoever "
            "passes it on is believed.",
            "none", "", "", {"owner", "none"}),
      encryption_field(),
  };
}

std::string check_sharded(const Params& params) {
  const std::int64_t copies = params.whole("copies");
  const std::int64_t scatter = params.whole("scatter");
  if (params.whole("acks") > copies)
    return "acks: a write has " + std::to_string(copies) + " copies, so that no more of them can be waited for.";
  if (scatter > 0 && scatter < copies - 1)
    return "scatter: the other " + std::to_string(copies - 1) +
           " copies lie on different machines, so that it is at least " + std::to_string(copies - 1) + ", or 0.";
  const Duration compare = params.duration("compare_every");
  if (compare.ns > 0 && compare < milliseconds(100)) return "compare_every: at least 100 ms, or 0 s for never.";
  return {};
}

GossipOptions version_options(const SystemSetup& setup) {
  GossipOptions o;
  o.owner_signatures = setup.params.text("signatures") == "owner";
  o.encrypt_private = seals_private(setup.params, setup.protection);
  return o;
}

ShardedOptions options_of(const SystemSetup& setup) {
  ShardedOptions o;
  const std::int64_t acks = setup.params.whole("acks");
  o.acks = static_cast<std::uint32_t>(acks > 0 ? acks : setup.params.whole("copies"));
  o.timeout = setup.params.duration("timeout");
  o.compare_every = setup.params.duration("compare_every");
  return o;
}

Placement placement_of(const SystemSetup& setup) {
  const auto copies = std::min(static_cast<std::uint32_t>(setup.params.whole("copies")), setup.users);
  const bool random = setup.params.text("placement") == "random";
  const auto asked = static_cast<std::uint32_t>(setup.params.whole("scatter"));
  const std::uint32_t usual = random ? setup.users - 1 : copies - 1;
  const std::uint32_t scatter = asked > 0 ? std::clamp(asked, copies - 1, setup.users - 1) : usual;
  return {random ? Placement::Rule::random : Placement::Rule::copysets, setup.users, copies, scatter, setup.seed};
}

}  // namespace

ShardedSystem::ShardedSystem(const SystemSetup& setup)
    : shared_{{version_options(setup), setup.seed, setup.users}, options_of(setup), placement_of(setup), {}} {
  if (shared_.options.compare_every.ns > 0) shared_.fellows = shared_.placement.fellows();
}

Layout ShardedSystem::layout() const {
  Layout layout;
  layout.own_edges = true;
  layout.edges = shared_.fellows;
  const std::uint32_t users = shared_.versions.users;
  std::vector<NodeId> everybody;
  layout.members.reserve(users);
  for (std::uint32_t u = 0; u < users; ++u) {
    layout.members.push_back({"peer", MachineId(u), UserId(u), 0, true});
    everybody.push_back(NodeId(u));
  }
  // What it takes to stop somebody or to undo something depends on the record: those who hold its copies. No number says it for all.
  // Nobody orders the writes, so that any peer can have one accepted that the readers do not check.
  layout.powers.push_back({.feat = Feat::alter,
                           .rule = shared_.versions.options.owner_signatures ? Power::Rule::never : Power::Rule::nodes,
                           .among = everybody,
                           .needed = 1});
  return layout;
}

std::unique_ptr<BlockPool> ShardedSystem::make_pool() const { return nullptr; }

std::unique_ptr<Node> ShardedSystem::make_node(const Home& home) {
  CHECK(home.self.value < shared_.versions.users);
  return std::make_unique<ShardedStore>(home, UserId(home.self.value), shared_);
}

std::span<const MessageKindRow> ShardedSystem::message_kinds() const { return sharded_message_kinds(); }

void ShardedSystem::show_disk(std::span<const DiskEntry> entries, BlockPool*, HoldingsSink& sink) {
  for (const DiskEntry& entry : entries) {
    if (entry.kind != ShardedStore::stored_version) continue;
    const Version& version = *shared_.versions.journal[entry.ref];
    if (entry.bytes == version.bytes) show_version(version, sink);
  }
}

ProtocolRow sharded_store_row() {
  return {
      "sharded-store",
      "Users run peers that keep each record on a few of them, at random or in groups, and know by its name on which.",
      "Cidon et al. 2013 (USENIX ATC) for the placements; Thomas 1979 (ACM TODS 4) for the later writer",
      sharded_fields,
      check_sharded,
      [](const SystemSetup& setup) -> std::unique_ptr<System> { return std::make_unique<ShardedSystem>(setup); },
      nullptr};
}

}  // namespace peerlab
