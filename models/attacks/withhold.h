// Announces and does not deliver: a block, or a transaction, is asked of one neighbour at a time, and whoever was asked has until the
// timeout before another one is.
//
// The attacker announces what it hears of at once, before it has it, so that it is often the first. Asked for it, it says nothing, or
// answers after `delay`, which just below the victim's timeout costs as much and gives no reason to ask another. It also takes
// longer than a neighbour may who is not a cheat, so nobody cuts it off. Its victims are those that a line names, otherwise
// everybody.
#pragma once

#include <vector>

#include "models/attacks/wrapper.h"
#include "models/base/bits.h"

namespace peerlab {

class Withhold final : public Wrapper {
 public:
  Withhold(std::unique_ptr<Node> honest, const AttackSetup& setup);
  ~Withhold() override;

  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;

 private:
  /// An answer that waits until it is nearly too late.
  struct Held {
    Time due;
    NodeId to;
    Message message;
  };
  void edit(Time now, Outbox& out) override;
  void strike(Time now, Outbox& out) override;
  [[nodiscard]] bool victim(NodeId peer) const;
  [[nodiscard]] bool kept_back(MessageKind kind) const;

  std::span<const NodeId> victims_;
  Duration delay_;
  bool blocks_;
  bool transactions_;
  bool eager_;
  Bits announced_;  ///< blocks
  std::vector<Held> held_;
};

/// The row of the table of attacks.
AttackRow withhold_row();

}  // namespace peerlab
