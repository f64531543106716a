// What all attackers that wrap an honest node have in common: everything is handed on, and there is a place to interfere.
//
// A derived attacker overrides the few handlers that it wants to change, or `edit`, which sees the outbox after the honest node has
// written into it, whatever the call was. Its own timer, `slot()`, rings in `strike`; the others belong to what it wraps. That may be
// another wrapper: then `edit` sees what both have written.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "models/attacks/attack.h"
#include "models/node/node.h"

namespace peerlab {

class Wrapper : public Node {
 public:
  Wrapper(std::unique_ptr<Node> honest, const Home& home);

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  [[nodiscard]] bool expect(const Message& message) const override { return honest_->expect(message); }
  void expect_more() const override { honest_->expect_more(); }
  void wake(Time now, Slot slot, Outbox& out) override;
  void submit(Time now, const Request& request, Outbox& out) override;
  void connected(Time now, NodeId peer, bool inbound, Outbox& out) override;
  void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) override;
  void won(Time now, Outbox& out) override;
  void show(HoldingsSink& sink) const override { honest_->show(sink); }

 protected:
  /// After every call of the honest node: `out` holds what it asks for, and nothing else yet.
  virtual void edit(Time now, Outbox& out) { (void)now, (void)out; }
  /// The attacker's own timer rang.
  virtual void strike(Time now, Outbox& out) { (void)now, (void)out; }

  /// Takes out of `out` every wish for which `unwanted` says true, and lets go of what it carries.
  template <class F>
  void remove(Outbox& out, F&& unwanted) {
    std::erase_if(out.wishes(), [&](const Wish& wish) {
      if (!unwanted(wish)) return false;
      if (wish.kind == Wish::Kind::send || wish.kind == Wish::Kind::flood) home_.parcels->drop(wish.message);
      return true;
    });
  }

  [[nodiscard]] Node& honest() { return *honest_; }
  [[nodiscard]] const Node& honest() const { return *honest_; }
  /// The honest node within all wrappers; it may find its neighbours itself (PeerDiscovery).
  [[nodiscard]] Node& participant() { return *participant_; }
  [[nodiscard]] const Node& participant() const { return *participant_; }
  /// This attacker's timer.
  [[nodiscard]] Slot slot() const { return attack_slots[depth_]; }
  [[nodiscard]] Home& home() { return home_; }
  [[nodiscard]] const Home& home() const { return home_; }

 private:
  std::unique_ptr<Node> honest_;
  Node* participant_;
  std::size_t depth_ = 0;  ///< wrappers within this one
  Home home_;
};

}  // namespace peerlab
