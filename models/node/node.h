// The port between a participant and whatever hosts it: the simulator, a unit test, or real sockets.
//
// A participant is a deterministic state machine. Each handler is given the time and what came, changes its own state,
// and writes down what it wants from the world. Handlers never block, never look at a clock, and draw chance only from
// the stream they were given.
#pragma once

#include <cstdint>

#include "models/base/ids.h"
#include "models/base/random.h"
#include "models/base/time.h"
#include "models/node/disk.h"
#include "models/node/holdings.h"
#include "models/node/links.h"
#include "models/node/message.h"
#include "models/node/outbox.h"
#include "models/node/parcels.h"
#include "models/node/request.h"

namespace peerlab {

class
    BlockPool;  // models/ledger: remembers blocks and verdicts by id; shared by all nodes of a world or private to one

/// What a factory is given for one node. Everything in it outlives the node.
struct Home {
  NodeId self;
  MachineId machine;
  Stream random;               ///< this node's own stream
  BlockPool* pool = nullptr;   ///< null for participants without a ledger
  Parcels* parcels = nullptr;  ///< bodies of large messages
  const Links* links = nullptr;
  bool has_key = true;  ///< the secret key of this machine's user lies here; without it nobody can sign for him
};

class Node {
 public:
  virtual ~Node() = default;
  /// The machine came up. `survived` is what its disk kept: empty on the first start and after a wipe.
  virtual void start(Time now, const Disk& survived, Outbox& out) = 0;
  /// A message arrived; the host keeps its parcel alive during the call.
  virtual void receive(Time now, NodeId from, const Message& message, Outbox& out) = 0;
  /// The host is about to hand over this message: a chance to fetch memory ahead of its use. Nothing else may come of it. False:
  /// it will be old news.
  [[nodiscard]] virtual bool expect(const Message& message) const {
    (void)message;
    return true;
  }
  /// A little later, when `expect` was true: what it fetched may show where the rest lies.
  virtual void expect_more() const {}
  /// A timer rang.
  virtual void wake(Time now, Slot slot, Outbox& out) = 0;
  /// This machine's user wants something.
  virtual void submit(Time now, const Request& request, Outbox& out) = 0;
  /// A link is open; `inbound` when the other side asked for it.
  virtual void connected(Time now, NodeId peer, bool inbound, Outbox& out) = 0;
  /// A link is closed; nothing sent to it will arrive any more.
  virtual void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) = 0;
  /// The lottery fell on this node: assemble, solve, publish.
  virtual void won(Time now, Outbox& out) = 0;
  /// What auditors and thieves find in memory.
  virtual void show(HoldingsSink& sink) const = 0;
};

}  // namespace peerlab
