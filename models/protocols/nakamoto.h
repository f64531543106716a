// `nakamoto`: a complete honest peer of a proof-of-work ledger (Nakamoto 2008), as Bitcoin's nodes behave.
//
// It keeps every block, follows the chain with the most work, relays what is new and valid, mines on its tip, and acts for the
// user at its machine. What it is made of: BlockTree and Mempool (models/ledger) say what is valid and where the tip is;
// BlockRelay, TransactionRelay and HeaderSync (models/replication) bring what is missing; Wallet makes transactions. The peer wires
// them: each handler reads a message, hands it to a piece, and turns what came of it into wishes and reports.
// nakamoto.cpp has messages, links and timers, nakamoto_blocks.cpp blocks and mining, nakamoto_user.cpp the user's side,
// nakamoto_holdings.cpp what an auditor finds.
//
// Its disk holds blocks in the order of arrival and the user's own transactions. The latter are synced at once, a block with the
// next one: a crash loses at most the last block, perhaps torn, which any neighbour has. A restarted peer reads its disk, asks
// its neighbours for headers and mines again once it has caught up.
//
// Nine of ten messages announce what is here or under way already. The former read the first cache line of the object and
// nothing else, the latter write the second, from where `settle_announcers` hands them to the tracker before anybody asks it.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "models/base/big_pages.h"
#include "models/protocols/nakamoto_options.h"
#include "models/protocols/protocol.h"
#include "models/protocols/wallet.h"
#include "models/replication/compact.h"
#include "models/replication/header_sync.h"
#include "models/replication/transaction_relay.h"

namespace peerlab {

/// What all nakamoto nodes of a world share.
struct NakamotoShared {
  NakamotoOptions options;
  std::uint64_t seed = 0;
  std::uint32_t users = 0;          ///< 0 .. users-1 have keys
  double hashes_per_real_hash = 0;  ///< modelled hashes that one real hash stands for
  KeyBook* book = nullptr;
  Bits light;                           ///< nodes of light users
  Bits hostile;                         ///< nodes that an attack wraps; only a scripted `tie_break` looks
  std::vector<PublicKey> hostile_keys;  ///< whom their blocks pay
  [[nodiscard]] bool is_light(NodeId node) const { return light.has(node.value); }
};

class alignas(64) Nakamoto final : public Node {
 public:
  ~Nakamoto() override;
  /// Lives among NakamotoPeers and nowhere else: its end does not free its place.
  static void operator delete(Nakamoto* peer, std::destroying_delete_t);

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  [[nodiscard]] bool expect(const Message& message) const override;
  void expect_more() const override;
  void wake(Time now, Slot slot, Outbox& out) override;
  void submit(Time now, const Request& request, Outbox& out) override;
  void connected(Time now, NodeId peer, bool inbound, Outbox& out) override;
  void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) override;
  void won(Time now, Outbox& out) override;
  void show(HoldingsSink& sink) const override;

  /// For tests and attackers that look at what they wrap.
  [[nodiscard]] const Replica& replica() const;
  [[nodiscard]] const NakamotoShared& shared() const;

 private:
  friend class NakamotoPeers;
  struct Cold;
  /// `place`: room for a Cold. `cache` belongs to the node's pool. `mines`: it has hash power.
  Nakamoto(void* place, const Home& home, const NakamotoShared& shared, CompactCache& cache, bool mines);
  void receive_cold(Time now, NodeId from, const Message& message, Outbox& out);
  void hear_of_block(Time now, NodeId from, const Message& message, Outbox& out);
  void take_block(Time now, NodeId from, const BlockRelay::Arrival& arrival, Outbox& out);
  bool place_header(Time now, NodeId from, BlockRef block, Outbox& out);
  /// `know`: who need not be told of the block.
  void take_outcome(Time now, NodeId from, const Block& block, const BlockTree::Outcome& outcome,
                    std::span<const NodeId> know, Outbox& out);
  void move_tip(Time now, const BlockTree::Outcome& outcome, BlockRef arrived, std::span<const NodeId> know,
                Outbox& out);
  void weigh_tie(Time now, BlockRef rival, std::span<const NodeId> know, Outbox& out);
  void read(const Request& request, Outbox& out);
  void take_transaction(Time now, NodeId from, TxRef tx, Outbox& out);
  void take_bundle(Time now, NodeId from, const Message& message, Outbox& out);
  void take_light_transaction(Time now, NodeId from, TxRef tx, Outbox& out);
  void note_records(std::span<const TxRef> list, Outbox& out);
  void note_shown(std::span<const TxRef> list, Outbox& out);
  void follow_operations(bool reorganised, Outbox& out);
  void catch_up(Time now, Outbox& out);
  void cut_off(Time now, NodeId peer, Verdict verdict, Outbox& out);
  void let_go(Time now, NodeId peer, Outbox& out);
  void ask_elsewhere(std::span<const RequestTracker::Late> late, Outbox& out);
  void mine(Outbox& out);

  /// Who announced the block that is under way, since the last look.
  struct Announcers {
    static constexpr std::uint32_t most = 12;
    std::uint32_t block = 0xffffffff;  ///< none: the next announcement takes the long way
    std::uint32_t count = 0;
    NodeId who[most];
  };
  void settle_announcers();
  void forget(BlockRef block);
  void rest();  ///< sees whether there is anything that a message could change

  HotSets hot_;
  const BlockPool* pool_;
  Cold* cold_;
  Announcers announcers_;
};

/// Room for one peer per user, side by side: what most messages read lies on as few pages as can be, and what the others read in
/// rows of its own. A peer that comes back after a crash takes its old place, which must be free by then.
class NakamotoPeers {
 public:
  explicit NakamotoPeers(std::uint32_t peers);
  std::unique_ptr<Node> make(std::uint32_t place, const Home& home, const NakamotoShared& shared, CompactCache& cache,
                             bool mines);

 private:
  /// Memory as the system gives it: zeros, and none taken before a peer is made there.
  BigRoom hot_;
  BigRoom cold_;
};

/// The row of the table of protocols.
ProtocolRow nakamoto_row();

}  // namespace peerlab
