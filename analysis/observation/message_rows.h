// What becomes of single messages, for those who want to see each of them: drawings and traces of small runs.
//
// In an ordinary run nobody subscribes to these kinds, and the world asks that once, before the first event. All three say the
// same of a message: subject, its number, unique in the run; amount: bytes on the wire; detail: the node at the other end, and the kind.
#pragma once

#include <cstdint>

#include "analysis/observation/row.h"
#include "models/node/message.h"

namespace peerlab {

namespace happened {
/// The sender let go of it, and it is under way. who: the sender.
inline constexpr HappeningKind message_sent = happening("message sent");
/// The receiver's handler is given it: it has passed the links and, where work has a price, waited for the CPU. who: the receiver.
inline constexpr HappeningKind message_received = happening("message received");
/// It will never be received: it was lost on the way or cut off, the receiver was off, or the link was closed. who: the sender. What
/// never got on its way has no number, and no row `message sent`.
inline constexpr HappeningKind message_dropped = happening("message dropped");
}  // namespace happened

inline constexpr std::uint64_t no_message = 0xffffffffffffffff;

constexpr std::uint64_t message_detail(NodeId other_end, MessageKind kind) {
  return std::uint64_t{other_end.value} << 32 | kind;
}
constexpr NodeId other_end_of(const Row& row) { return NodeId(static_cast<std::uint32_t>(row.detail >> 32)); }
constexpr MessageKind message_kind_of(const Row& row) { return static_cast<MessageKind>(row.detail & 0xff); }

}  // namespace peerlab
