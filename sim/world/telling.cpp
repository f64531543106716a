// What becomes of single messages, for those who asked to see each.
#include <bit>

#include "analysis/observation/message_rows.h"
#include "sim/world/world.h"

namespace peerlab {

/// What became of a message, told before its parcel is dropped.
[[gnu::cold, gnu::noinline]] void World::tell_message(HappeningKind what, const Event& event) {
  const Message message = std::bit_cast<Message>(event.payload);
  const bool there = what == happened::message_received;
  const std::uint64_t number = std::uint64_t{source_of(event)} << sequence_bits | sequence_of(event);
  tell(there ? event.to : event.from,
       {what, wire_size(message), number, message_detail(there ? event.from : event.to, message.kind)});
}

[[gnu::cold, gnu::noinline]] void World::tell_unsent(NodeId from, NodeId to, const Message& message) {
  tell(from, {happened::message_dropped, wire_size(message), no_message, message_detail(to, message.kind)});
}

}  // namespace peerlab
