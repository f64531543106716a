// The messages by which histories travel, and how to make them.
//
// A message names a block by the BlockRef of the pool of whoever reads it, a transaction by its TxRef. With private pools,
// and over sockets, the reader's pool may know nothing of it but its id. Sizes are those of Bitcoin's protocol: 24 bytes
// of envelope, 36 bytes for an entry of an inventory.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/base/bytes.h"
#include "models/ledger/block.h"
#include "models/ledger/refs.h"
#include "models/node/message.h"
#include "models/node/parcels.h"
#include "models/replication/compact.h"

namespace peerlab {

namespace kind {
inline constexpr MessageKind block_inventory = 0;  ///< I have this block. ref: block
inline constexpr MessageKind block_request =
    1;                                        ///< send me this block. ref: block; extra: 1 when a compact block will do
inline constexpr MessageKind block_body = 2;  ///< a whole block. ref: block with its bound body, or a BlockParcel
inline constexpr MessageKind compact_block = 3;          ///< CompactParcel
inline constexpr MessageKind missing_request = 4;        ///< MissingParcel
inline constexpr MessageKind missing_transactions = 5;   ///< TransactionsParcel
inline constexpr MessageKind get_headers = 6;            ///< LocatorParcel
inline constexpr MessageKind headers = 7;                ///< HeadersParcel
inline constexpr MessageKind transaction_inventory = 8;  ///< I have these. ref: one transaction, or a ListParcel
inline constexpr MessageKind transaction_request = 9;    ///< send me these. ref: one transaction, or a ListParcel
inline constexpr MessageKind transaction = 10;           ///< ref: transaction
// With modelled compact blocks (compact_modelled.h). ref: block.
inline constexpr MessageKind modelled_compact = 11;  ///< extra: declared payload in bytes
inline constexpr MessageKind modelled_missing = 12;  ///< I lack a share of the block. extra: the share in 1/65535
inline constexpr MessageKind modelled_rest = 13;     ///< that share of the block. extra: the same
/// Several transactions in one message, for networks that bundle them. BundleParcel.
inline constexpr MessageKind transaction_bundle = 14;
}  // namespace kind

inline constexpr std::size_t most_headers = 2'000;     ///< in one message
inline constexpr std::size_t most_inventory = 50'000;  ///< entries in one message
inline constexpr std::size_t most_locator = 101;       ///< ids in a locator

/// A header with a body that does not belong to it: what a cheat sends.
struct BlockParcel : Parcel {
  Block block;
};
struct CompactParcel : Parcel {
  std::shared_ptr<const CompactBlock> compact;
};
/// Places in the block, rising.
struct MissingParcel : Parcel {
  BlockRef block;
  std::vector<std::uint32_t> places;
};
/// The transactions at the places asked for, in the same order.
struct TransactionsParcel : Parcel {
  BlockRef block;
  std::vector<TxRef> list;
};
struct LocatorParcel : Parcel {
  std::vector<Hash256> ids;
};
struct HeadersParcel : Parcel {
  std::vector<BlockRef> list;
};
struct ListParcel : Parcel {
  std::vector<TxRef> list;
  TxMask mask;  ///< the same as bits
};

/// Transactions themselves.
struct BundleParcel : ListParcel {
  std::uint64_t bytes = 0;  ///< all of them
};

Message block_inventory(BlockRef block);
Message block_request(BlockRef block, bool compact);
/// A parcel only when `block.body` is not the one that is bound to the header.
Message block_body(Parcels& parcels, const BlockPool& pool, const Block& block);
/// Bytes on the wire of the body that is bound to the header.
std::uint32_t block_body_size(const BlockPool& pool, BlockRef block);
Message compact_block(Parcels& parcels, const BlockPool& pool, std::shared_ptr<const CompactBlock> compact);
Message missing_request(Parcels& parcels, const BlockPool& pool, BlockRef block, std::vector<std::uint32_t> places);
Message missing_transactions(Parcels& parcels, const BlockPool& pool, BlockRef block, std::vector<TxRef> list);
Message get_headers(Parcels& parcels, std::vector<Hash256> locator);
Message headers(Parcels& parcels, const BlockPool& pool, std::vector<BlockRef> list);
/// Inventory or request of transactions; inline when it is exactly one. `mask` is the list as bits, by whoever has it at hand.
Message transaction_list(MessageKind which, Parcels& parcels, const BlockPool& pool, std::vector<TxRef> list,
                         TxMask mask = {});
Message transaction(TxRef tx);
/// All of a list in one message. Each of them once; not empty. `mask` as above.
Message transaction_bundle(Parcels& parcels, const BlockPool& pool, std::vector<TxRef> list, TxMask mask = {});
/// `bytes` of noise that no decoder understands.
Message garbage(std::uint32_t seed, std::uint16_t bytes);

}  // namespace peerlab
