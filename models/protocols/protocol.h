// The seam between a system and the runner that builds a world for it.
//
// A protocol is a row of a table: a name, the fields that a user can set, and a function that makes a System from them.
// A System says who takes part (its layout), gives every node its ledger pool if there is one, and makes the nodes. It
// holds what its nodes share (options, genesis), lives as long as the world, and serves one world only.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/base/field.h"
#include "models/base/ids.h"
#include "models/node/message_kind_row.h"
#include "models/node/node.h"
#include "models/node/power.h"

namespace peerlab {

/// What a system is made from.
struct SystemSetup {
  std::uint64_t seed = 0;     ///< of the replication: the same for every system
  std::uint32_t users = 0;    ///< users 0 .. users-1 exist in every system
  Params params;              ///< this system's own fields, complete
  Params protection;          ///< protection_fields(), the same for every system
  Duration duration{};        ///< how long the run lasts
  std::uint32_t regions = 0;  ///< rows of the geography
};

/// One participant. Its place in the list of members is its NodeId.
struct Member {
  std::string_view role;  ///< such as `peer`, `server`, `client`: selectors and measures know it by this name
  MachineId machine;      ///< machine m of a user's own is MachineId(user); Layout::services follow
  UserId user;            ///< whose person sits here; invalid for a service
  double hash_power = 0;  ///< modelled hashes per second; 0 does not mine
  bool store = true;      ///< keeps others' records: counted in replication, agreement and copies
};

/// A machine that belongs to no user, such as a server in a data centre.
struct ServiceMachine {
  RegionId region;          ///< where it stands; invalid: a place is drawn for it as for a user
  std::string_view access;  ///< its access link by name, such as `data-centre`; empty: drawn as for a user
  // Whose it is, where and with what: places in models/base/affiliation.h, which begin again where there are fewer.
  std::uint32_t owner = 0;      ///< operators of services, counted from 0
  std::uint32_t host = 0;       ///< hosting providers, from the largest one
  std::uint32_t version = 0;    ///< versions of the software, from the most widespread one
  bool backup_offline = false;  ///< its backup lies where nobody reaches it from the machine
};

struct Layout {
  std::vector<Member> members;
  /// Machines besides the users', numbered after them: the first is MachineId(users).
  std::vector<ServiceMachine> services;
  /// Whether `edges` are all links; otherwise they are added to the network's graph, which is drawn over the nodes `in_graph`.
  bool own_edges = false;
  std::vector<std::pair<NodeId, NodeId>> edges;  ///< the first one asked for the link
  std::vector<NodeId> in_graph;                  ///< empty: the nodes of all users
  bool open = false;            ///< whoever joins is sent a full copy: he need break nothing to read what is not sealed
  std::vector<Power> powers{};  ///< what whoever holds enough of them can do; a system may leave feats out
  /// Nodes open and close their links themselves: there are none at the start, and the host does not mend any.
  bool finds_links = false;
};

class System {
 public:
  virtual ~System() = default;
  [[nodiscard]] virtual Layout layout() const = 0;
  /// A pool that holds the genesis block: one for all nodes, or one for each. Null without a ledger.
  [[nodiscard]] virtual std::unique_ptr<BlockPool> make_pool() const = 0;
  /// Who will be wrapped by an attack; told before any node is made. Honest code has no use for it: only oracles that a scenario scripts
  /// for validation look at it.
  virtual void note_attackers(std::span<const NodeId> attackers) { (void)attackers; }
  /// The participant of `home.self`. The system outlives it. Called again after a crash.
  [[nodiscard]] virtual std::unique_ptr<Node> make_node(const Home& home) = 0;
  [[nodiscard]] virtual std::span<const MessageKindRow> message_kinds() const = 0;
  /// Participants more than there are users: an attacker's further identities, one on each of these machines, numbered after all
  /// others in this order. Asked before any node is made. Empty: whoever takes part in this system is known to it.
  virtual std::vector<Member> add_identities(std::span<const MachineId> machines) {
    (void)machines;
    return {};
  }
  /// What somebody finds who reads the disk of a machine of this system, or its backup, whether the machine is on or off: the
  /// contents from which its nodes would serve after a restart. `pool` is that of the machine's nodes, null without a ledger.
  /// Systems whose nodes write no contents to disk need not say anything.
  virtual void show_disk(std::span<const DiskEntry> entries, BlockPool* pool, HoldingsSink& sink) {
    (void)entries, (void)pool, (void)sink;
  }
  /// Whether disks and backups hold ciphertext under a key that only the running service has in memory.
  [[nodiscard]] virtual bool disks_encrypted() const { return false; }
  /// Expected modelled hashes per block at the genesis target: total hash power times the block interval. 0: nobody mines.
  [[nodiscard]] virtual double genesis_hashes() const = 0;
  /// How many modelled hashes one real hash stands for, for cost tables. 0: nobody mines.
  [[nodiscard]] virtual double hashes_per_real_hash() const = 0;
  /// The mean time between blocks that the difficulty aims at, zero without blocks: measures use it as their clock.
  [[nodiscard]] virtual Duration block_interval() const = 0;
  /// Blocks between changes of the difficulty; 0: it never changes.
  [[nodiscard]] virtual std::uint32_t retarget_interval() const { return 0; }
};

struct ProtocolRow {
  std::string_view name;      ///< as scenarios write it
  std::string_view sentence;  ///< what it is
  std::string_view source;    ///< paper, BIP or RFC it follows
  Fields (*fields)() = nullptr;
  /// What is wrong with these values together, as a sentence; empty when nothing is.
  std::string (*check)(const Params&) = nullptr;
  std::unique_ptr<System> (*make)(const SystemSetup&) = nullptr;
  /// When its stores are first copied to where no wipe reaches them; zero: they never are. Null: it takes no backups.
  Duration (*first_backup)(const Params&) = nullptr;
};

/// The fields of `protection:`, which every system honours alike.
Fields protection_fields();

}  // namespace peerlab
