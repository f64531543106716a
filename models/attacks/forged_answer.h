// Answers that are not what is stored: what a server, or a peer that light users ask, says who wants to deceive a reader.
//
// Altered: the content is another one of the same length, the write that brought it commits to it, and the last write has a number of
// its own. So nothing is wrong with it but
// that its owner has not signed it: where readers take the server's word, they take this as well.
// Shortened: the last write is left out. What remains was true once, and bears the right signatures. Where there is an audit log, what
// remains is also in it: the proof is shortened with the answer, and holds. An altered write is not in it (forked_views.h).
#pragma once

#include <cstdint>
#include <optional>

#include "models/node/node.h"

namespace peerlab {

enum class Forgery : std::uint8_t { altered, shortened };

struct ForgedAnswer {
  Message message;            ///< carries one reference
  std::uint32_t number = 0;   ///< of the read that it answers
  std::uint32_t version = 0;  ///< that it names: the number of its last write
  std::uint64_t record = 0;   ///< packed
};
/// Nothing when the message is no answer, or one that cannot be forged so: without content, with a single write.
std::optional<ForgedAnswer> forge_answer(const Message& honest, Forgery how, const Home& home);
/// The body of a block with another content in one of its transactions, for a peer who catches up: what the tampered disk of a full
/// peer would give him. It does not belong to the block's header, as he finds. Nothing when the message is no body, or holds no content.
std::optional<Message> forge_body(const Message& honest, const Home& home);

}  // namespace peerlab
