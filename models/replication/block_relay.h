// How blocks travel between neighbours: announced, asked for, served whole or compact, rebuilt, asked for again elsewhere.
//
//   inventory ->          I have it
//             <- request  send it; a compact one will do
//   compact   ->          short ids and the coinbase
//             <- missing  what my mempool lacks
//   rest      ->
//
// Nothing is judged here but the header's own proof of work, before effort goes into rebuilding: a complete body goes to the node,
// which offers it to its tree. Unsolicited and repeated messages are harmless. With `push` bodies are sent without asking.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/replication/compact.h"
#include "models/replication/compact_modelled.h"
#include "models/replication/messages.h"
#include "models/replication/replica.h"

namespace peerlab {

enum class CompactMode : std::uint8_t { off, real, modelled };

struct BlockRelayOptions {
  CompactMode compact = CompactMode::real;  ///< whether blocks travel as short ids
  std::uint16_t compact_size = 18'000;      ///< payload of a modelled compact block, in bytes
  bool announce_to_all = false;             ///< also to those who announced it to us
  bool push = false;                        ///< bodies without being asked
  bool once = false;                        ///< with `push`: only the miner sends a block, nobody passes it on
};

class BlockRelay {
 public:
  /// Deeper blocks are served whole: nobody has their transactions in his mempool.
  static constexpr std::uint32_t compact_depth = 10;

  BlockRelay(Replica& replica, const BlockRelayOptions& options, CompactClass own, CompactCache& cache)
      : r_(replica), cache_(cache), options_(options), own_(own) {}
  [[nodiscard]] Replica& replica() const { return r_; }

  /// An inventory of a block that has not come yet. True when it is asked for now.
  bool announced(Time now, NodeId from, const Message& m, Outbox& out);
  /// A request for a block, or for what is missing of one. Verdict: malformed when it makes no sense.
  Verdict asked(NodeId from, const Message& m, Outbox& out);

  /// What a message brought.
  struct Arrival {
    Block block;                  ///< invalid: nothing complete
    bool rebuilt = false;         ///< from short ids: a wrong root is nobody's fault
    Verdict fault = Verdict::ok;  ///< of the sender
    [[nodiscard]] bool complete() const { return block.header.valid(); }
  };
  /// A body, a compact block, or the rest of one.
  Arrival received(NodeId from, const Message& m, Stream& chance, Outbox& out);

  /// Asks `peer` for a tracked block.
  void ask(Wanted thing, NodeId peer, Outbox& out);
  /// Asks `peer` for the whole block, because its compact form did not work out.
  void ask_whole(BlockRef block, NodeId peer, Outbox& out) { out.send(peer, block_request(block, false)); }
  /// Tells the neighbours of a block, except `know` where only the unknowing are told.
  void announce(BlockRef block, std::span<const NodeId> know, Outbox& out);
  /// Blocks are announced to everybody, whoever knows them already.
  [[nodiscard]] bool tells_all() const { return options_.announce_to_all && !options_.push; }
  /// Only the miner of a block sends it.
  [[nodiscard]] bool once() const { return options_.once; }
  /// No block is being pieced together.
  [[nodiscard]] bool at_rest() const { return partial_.empty(); }
  /// The block is here, or wanted no longer.
  void forget(BlockRef block);
  /// The link to `peer` is gone.
  void gone(NodeId peer);
  /// While catching up, blocks are asked for whole.
  void want_whole(bool whole) { whole_ = whole; }

 private:
  struct Partial {
    BlockRef block;
    NodeId from;
    std::vector<TxRef> list;
    std::vector<std::uint32_t> missing;
  };
  Arrival compact(NodeId from, const Message& m, Outbox& out);
  Arrival rest(NodeId from, const Message& m, Outbox& out);
  Arrival modelled(NodeId from, const Message& m, Stream& chance, Outbox& out);
  [[nodiscard]] bool serves(BlockRef block) const;
  Message served(BlockRef block, bool compact_will_do);

  Replica& r_;
  CompactCache& cache_;
  ThinVector<Partial> partial_;
  BlockRelayOptions options_;
  CompactClass own_;
  bool whole_ = false;
};

}  // namespace peerlab
