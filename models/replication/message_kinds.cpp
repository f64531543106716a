#include "models/replication/message_kinds.h"

#include <algorithm>
#include <array>

#include "models/base/check.h"
#include "models/crypto/expand.h"
#include "models/replication/content.h"
#include "models/replication/message_rows.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

std::uint32_t garbage_wire_size(const Message& m, const Parcels&, const BlockPool*) { return m.extra; }
std::uint64_t garbage_content(const Message& m, const Parcels&, const BlockPool*) {
  return content_of(garbage_kind, 0, m.extra);  // noise is noise: only its length is told apart
}
Bytes encode_garbage(const Message& m, const Parcels&, const BlockPool*) { return expand(m.ref, m.extra); }
std::optional<Message> decode_garbage(ByteView bytes, Parcels&, BlockPool*) {
  Reader in(bytes);
  return garbage(in.left() < 4 ? 0 : in.u32(), static_cast<std::uint16_t>(std::min<std::size_t>(bytes.size(), 65535)));
}

constexpr MessageKindRow noise{garbage_kind,    "garbage",      false,         garbage_wire_size,
                               garbage_content, encode_garbage, decode_garbage};

using Table = std::array<MessageKindRow, 16>;
Table assemble() {
  Table table;
  std::size_t n = 0;
  for (const auto rows : {block_message_rows(), compact_message_rows(), header_message_rows(),
                          transaction_message_rows(), modelled_message_rows(), bundle_message_rows()}) {
    for (const MessageKindRow& row : rows) {
      CHECK_SAYING(row.kind == n, "the rows of message kinds stand in the order of their kinds");
      table[n++] = row;
    }
  }
  CHECK(n + 1 == table.size());
  table[n] = noise;
  return table;
}

}  // namespace

std::span<const MessageKindRow> replication_message_kinds() {
  static const Table table = assemble();
  return table;
}

Message decode_replication(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  for (const MessageKindRow& row : replication_message_kinds()) {
    if (const auto message = row.decode(bytes, parcels, pool)) return *message;
  }
  CHECK(false);  // the last row understands everything
}

}  // namespace peerlab
