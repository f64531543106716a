// Everything that one handler call asks of its host, in order. Nothing happens until the host carries it out, when the
// CPU time of the call's work has passed. A unit test calls a handler and reads the list.
#pragma once

#include <cstdint>
#include <vector>

#include "models/base/ids.h"
#include "models/base/time.h"
#include "models/node/disk.h"
#include "models/node/happening.h"
#include "models/node/message.h"
#include "models/node/work.h"

namespace peerlab {

/// A timer of a node. At most one is pending per (node, slot); a later arm replaces it. Slots are 0 .. 15.
using Slot = std::uint8_t;

/// Why a link ended.
enum class Reason : std::uint8_t { asked, banned, refused, link_cut, peer_down };

/// What a miner works on. The host draws the lottery from hash power and this difficulty.
struct Target {
  double hashes = 0;  ///< expected modelled hashes until a block is found on this template
};

/// One wish.
struct Wish {
  enum class Kind : std::uint8_t {
    send,
    flood,
    arm,
    disarm,
    connect,
    disconnect,
    mine,
    idle,
    write,
    sync,
    forget,
    report
  };
  Kind kind = Kind::send;
  Slot slot = 0;  ///< arm, disarm; forget: 1 for the backup
  Reason reason = Reason::asked;
  NodeId node;      ///< send, connect, disconnect: to whom; flood: whom to leave out (nobody: none)
  Message message;  ///< send, flood
  union {
    Time at;              ///< arm
    std::uint32_t index;  ///< write: place in `writes`; report: place in `reports`; forget: how many entries
    double hashes;        ///< mine
  };
  Wish() : at{} {}
};

class Outbox {
 public:
  /// To one neighbour. A message to a node that is no neighbour any more is lost, as on a closed connection.
  void send(NodeId to, Message message) {
    Wish& w = add(Wish::Kind::send);
    w.node = to;
    w.message = message;
  }
  /// To every neighbour but one: a single entry, whatever the degree.
  void flood(Message message, NodeId except = nobody) {
    Wish& w = add(Wish::Kind::flood);
    w.node = except;
    w.message = message;
  }
  /// Wakes this node at `at` (or at once if that has passed). Replaces what the slot held.
  void arm(Slot slot, Time at) {
    Wish& w = add(Wish::Kind::arm);
    w.slot = slot;
    w.at = at;
  }
  void disarm(Slot slot) { add(Wish::Kind::disarm).slot = slot; }
  void connect(NodeId peer) { add(Wish::Kind::connect).node = peer; }
  void disconnect(NodeId peer, Reason reason) {
    Wish& w = add(Wish::Kind::disconnect);
    w.node = peer;
    w.reason = reason;
  }
  /// Work on my template from now on, with my machine's hash power.
  void mine(Target target) { add(Wish::Kind::mine).hashes = target.hashes; }
  /// Stop mining.
  void idle() { add(Wish::Kind::idle); }
  void write(const DiskEntry& entry) {
    add(Wish::Kind::write).index = static_cast<std::uint32_t>(writes_.size());
    writes_.push_back(entry);
  }
  void sync() { add(Wish::Kind::sync); }
  /// The first entries of my disk (or of my backup) are not needed any more: what they say was written again and synced.
  void forget(std::uint32_t entries) { add(Wish::Kind::forget).index = entries; }
  void forget_backup(std::uint32_t entries) {
    Wish& w = add(Wish::Kind::forget);
    w.slot = 1;
    w.index = entries;
  }
  void report(const Happening& what) {
    add(Wish::Kind::report).index = static_cast<std::uint32_t>(reports_.size());
    reports_.push_back(what);
  }

  Work work;  ///< what the handler really did, for the host to price

  [[nodiscard]] const std::vector<Wish>& wishes() const { return wishes_; }
  [[nodiscard]] std::vector<Wish>& wishes() { return wishes_; }  ///< for attacks, which edit an honest node's outbox
  [[nodiscard]] const DiskEntry& written(const Wish& w) const { return writes_[w.index]; }
  [[nodiscard]] const Happening& reported(const Wish& w) const { return reports_[w.index]; }
  [[nodiscard]] bool empty() const { return wishes_.empty(); }
  /// Forgets everything and keeps the memory.
  void clear() {
    wishes_.clear();
    writes_.clear();
    reports_.clear();
    work = {};
  }

 private:
  Wish& add(Wish::Kind kind) {
    Wish& w = wishes_.emplace_back();
    w.kind = kind;
    return w;
  }
  std::vector<Wish> wishes_;
  std::vector<DiskEntry> writes_;
  std::vector<Happening> reports_;
};

}  // namespace peerlab
