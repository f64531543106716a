#include "models/attacks/wrapper.h"

namespace peerlab {

void Wrapper::start(Time now, const Disk& survived, Outbox& out) {
  honest_->start(now, survived, out);
  edit(now, out);
}
void Wrapper::receive(Time now, NodeId from, const Message& message, Outbox& out) {
  honest_->receive(now, from, message, out);
  edit(now, out);
}
void Wrapper::wake(Time now, Slot slot, Outbox& out) {
  if (slot == attack_slot) return strike(now, out);
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
