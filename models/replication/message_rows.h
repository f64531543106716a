// The rows of the table of message kinds, by what the messages are about, and what their functions share.
#pragma once

#include <span>

#include "models/node/message_kind_row.h"
#include "models/replication/envelope.h"

namespace peerlab {

/// Names of blocks and whole blocks.
std::span<const MessageKindRow> block_message_rows();
/// Compact blocks and what follows them.
std::span<const MessageKindRow> compact_message_rows();
/// Headers and locators.
std::span<const MessageKindRow> header_message_rows();
/// Transactions and lists of them.
std::span<const MessageKindRow> transaction_message_rows();
/// Bundles of transactions.
std::span<const MessageKindRow> bundle_message_rows();
/// Modelled compact blocks.
std::span<const MessageKindRow> modelled_message_rows();

// Types of inventory entries (Bitcoin's: MSG_TX, MSG_BLOCK, MSG_CMPCT_BLOCK), each in 36 bytes with its id.
inline constexpr std::uint32_t type_transaction = 1;
inline constexpr std::uint32_t type_block = 2;
inline constexpr std::uint32_t type_compact = 4;
inline constexpr std::uint32_t entry_size = 36;
inline constexpr std::uint32_t one_entry_message = envelope_size + 1 + entry_size;

// Kinds that always travel as parcels know their size and content.
inline std::uint32_t parcel_wire_size(const Message& m, const Parcels& parcels, const BlockPool*) {
  return parcels.at(m).wire_size;
}
inline std::uint64_t parcel_content(const Message& m, const Parcels& parcels, const BlockPool*) {
  return parcels.at(m).content;
}
/// Content of a message that names a block, or of its parcel.
std::uint64_t block_name_content(const Message& m, const Parcels& parcels, const BlockPool* pool);

}  // namespace peerlab
