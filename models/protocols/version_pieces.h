// What the stores without a chain have in common: pieces of their messages, and what a peer does with a version that it takes over.
#pragma once

#include <optional>
#include <vector>

#include "models/base/bytes.h"
#include "models/node/message.h"
#include "models/node/outbox.h"
#include "models/protocols/central_answer.h"
#include "models/protocols/gossip_versions.h"

namespace peerlab {

/// A record and the stamp of its version.
struct Offered {
  std::uint64_t record = 0;
  std::uint32_t stamp = 0;
};

/// Folds what a record is and who vouches for it into the content of a message.
std::uint64_t fold_version(MessageKind which, std::uint64_t content, const Answer& state);

void put_list(const std::vector<Offered>& list, Writer& w);
/// Nothing when the bytes are no such list, or more.
std::optional<std::vector<Offered>> take_list(Reader& in);
std::size_t encoded_size(const std::vector<Offered>& list);
std::uint64_t content_of_list(MessageKind which, const std::vector<Offered>& list);

/// Writes a version down as an entry of `kind`, which replaces one with the stamp `before` (happened::no_version: there was none), and
/// tells of the content that is here now and of each write that shows.
void write_down(const Version& version, std::uint32_t kind, std::uint64_t before, Outbox& out);

}  // namespace peerlab
