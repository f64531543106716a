// A node that forges the answers which it gives to readers, and is honest otherwise: what tamper and split-view put on a machine.
// Where the service has an audit log, every answer is fitted to what its reader has been told before.
#pragma once

#include "models/attacks/forged_answer.h"
#include "models/attacks/forked_views.h"
#include "models/attacks/wrapper.h"

namespace peerlab {

class Deceiver final : public Wrapper {
 public:
  /// `only_odd`: half of those who ask are deceived, those with odd numbers; the other half is told the truth.
  Deceiver(std::unique_ptr<Node> honest, const Home& home, Forgery how, bool only_odd, Time until)
      : Wrapper(std::move(honest), home), how_(how), only_odd_(only_odd), until_(until) {}

 protected:
  void edit(Time now, Outbox& out) override;

 private:
  Forgery how_;
  bool only_odd_;
  Time until_;
  ForkedViews views_;
};

}  // namespace peerlab
