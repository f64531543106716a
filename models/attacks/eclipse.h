// The victim's connections are taken, all of them, so that it sees of the world what the attacker shows.
//
// From `from` on every node of the attacker
//   - keeps a connection to each victim open, as one of its inbound neighbours;
//   - sends it `tell` addresses every `every`: those of the attacker's other nodes, and a share `trash` at which nobody answers. The former
//     are reached one day and get into the table of tried addresses, the latter push honest ones out of the other table;
//   - with `mute`, tells the victims nothing of blocks and transactions;
//   - with `deaf`, does not pass on what they say of them, so that nobody hears what they were shown. Then the first of his nodes keeps
//     the line to them, for whoever attacks them from there: it is back a second after it was cut off, before the others.
// So the slots that a victim fills later, after a restart above all, are the attacker's more often than his share of the nodes.
// The victim's defences are options of the system: groups of addresses, feelers, anchors, the test before an eviction, and how
// many addresses it listens to. Towards everybody else the attacker is honest.
#pragma once

#include <vector>

#include "models/attacks/wrapper.h"

namespace peerlab {

class Eclipse final : public Wrapper {
 public:
  Eclipse(std::unique_ptr<Node> honest, const AttackSetup& setup);

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) override;

 private:
  void edit(Time now, Outbox& out) override;
  void strike(Time now, Outbox& out) override;
  [[nodiscard]] bool is_victim(NodeId peer) const;
  [[nodiscard]] bool keeps_line() const { return deaf_ && attackers_.front() == home().self; }
  void poison(NodeId victim, Time now, Outbox& out);

  std::span<const NodeId> attackers_;
  std::span<const NodeId> victims_;
  Stream chance_;
  Time from_;
  Duration every_;
  std::uint32_t tell_;
  double trash_;
  bool mute_;
  bool deaf_;
};

/// The row of the table of attacks.
AttackRow eclipse_row_of_attacks();

}  // namespace peerlab
