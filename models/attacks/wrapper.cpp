#include "models/attacks/wrapper.h"

#include "models/base/check.h"

namespace peerlab {

Wrapper::Wrapper(std::unique_ptr<Node> honest, const Home& home)
    : honest_(std::move(honest)), participant_(honest_.get()), home_(home) {
  if (auto* within = dynamic_cast<Wrapper*>(honest_.get())) {
    participant_ = within->participant_;
    depth_ = within->depth_ + 1;
    CHECK(depth_ < most_wrappers);
  }
}

void Wrapper::start(Time now, const Disk& survived, Outbox& out) {
  honest_->start(now, survived, out);
  edit(now, out);
}
void Wrapper::receive(Time now, NodeId from, const Message& message, Outbox& out) {
  honest_->receive(now, from, message, out);
  edit(now, out);
}
void Wrapper::wake(Time now, Slot slot, Outbox& out) {
  if (slot == this->slot()) return strike(now, out);
  honest_->wake(now, slot, out);
  edit(now, out);
}
void Wrapper::submit(Time now, const Request& request, Outbox& out) {
  honest_->submit(now, request, out);
  edit(now, out);
}
void Wrapper::connected(Time now, NodeId peer, bool inbound, Outbox& out) {
  honest_->connected(now, peer, inbound, out);
  edit(now, out);
}
void Wrapper::disconnected(Time now, NodeId peer, Reason reason, Outbox& out) {
  honest_->disconnected(now, peer, reason, out);
  edit(now, out);
}
void Wrapper::won(Time now, Outbox& out) {
  honest_->won(now, out);
  edit(now, out);
}

}  // namespace peerlab
