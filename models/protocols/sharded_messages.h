// What the machines of a sharded store say to each other. Kinds 104 .. 109.
//
// Reading:     fetch -> found: the record with its custody, or that there is none here.
// Writing:     store -> stored.
// Comparison:  sum -> names -> store, fetch: of what two machines both ought to hold; names only where the sums differ.
#pragma once

#include <cstdint>
#include <vector>

#include "models/node/message.h"
#include "models/node/message_kind_row.h"
#include "models/node/parcels.h"
#include "models/protocols/central_answer.h"
#include "models/protocols/gossip_messages.h"

namespace peerlab {

namespace kind {
inline constexpr MessageKind shard_fetch = 104;   ///< ShardFetchParcel
inline constexpr MessageKind shard_found = 105;   ///< ShardFoundParcel
inline constexpr MessageKind shard_store = 106;   ///< ShardStoreParcel
inline constexpr MessageKind shard_stored = 107;  ///< it lies on my disk now. ref: number of the last write
inline constexpr MessageKind shard_sum = 108;     ///< ShardSumParcel
inline constexpr MessageKind shard_names = 109;   ///< ShardNamesParcel
}  // namespace kind

/// `number`: of the request for which it is asked; comes back with the answer.
struct ShardFetchParcel : Parcel {
  std::uint64_t record = 0;
  std::uint32_t number = 0;
};
struct ShardFoundParcel : Parcel {
  std::uint32_t number = 0;
  Answer state;  ///< empty: there is no such record here
};
struct ShardStoreParcel : Parcel {
  Answer state;
};
struct ShardSumParcel : Parcel {
  std::uint64_t sum = 0;
};
struct ShardNamesParcel : Parcel {
  std::vector<Offered> names;
};
/// Fetched for no request, but to be kept.
inline constexpr std::uint32_t to_keep = 0xffffffff;

Message shard_fetch(Parcels& parcels, std::uint64_t record, std::uint32_t number);
Message shard_found(Parcels& parcels, std::uint32_t number, Answer state);
Message shard_store(Parcels& parcels, Answer state);
Message shard_stored(std::uint32_t number);
Message shard_sum(Parcels& parcels, std::uint64_t sum);
Message shard_names(Parcels& parcels, std::vector<Offered> names);

/// What travels between machines of this store, and bytes that nobody can read.
std::span<const MessageKindRow> sharded_message_kinds();

}  // namespace peerlab
