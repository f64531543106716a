// What peers of a gossip-replicated store say to each other. Kinds 96 .. 103.
//
// News:        offer -> want -> record -> have: names and stamps first, so that nothing travels twice to anybody.
// Comparison:  summary -> offer: sixteen sums over all versions; whoever differs in some offers what he has there.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "models/node/message.h"
#include "models/node/message_kind_row.h"
#include "models/node/parcels.h"
#include "models/protocols/central_answer.h"
#include "models/protocols/version_pieces.h"

namespace peerlab {

namespace kind {
inline constexpr MessageKind gossip_offer = 96;     ///< GossipOfferParcel
inline constexpr MessageKind gossip_want = 97;      ///< GossipWantParcel
inline constexpr MessageKind gossip_record = 98;    ///< GossipRecordParcel
inline constexpr MessageKind gossip_have = 99;      ///< it lies on my disk now. ref: number of the last write
inline constexpr MessageKind gossip_summary = 100;  ///< GossipSummaryParcel
inline constexpr MessageKind gossip_knew = 101;     ///< you told me nothing new. ref: number of the last write
}  // namespace kind

struct GossipOfferParcel : Parcel {
  std::vector<Offered> offers;
};
struct GossipWantParcel : Parcel {
  std::vector<std::uint64_t> records;
};
struct GossipRecordParcel : Parcel {
  Answer state;
};
inline constexpr std::size_t summary_buckets = 16;
using Summary16 = std::array<std::uint64_t, summary_buckets>;
struct GossipSummaryParcel : Parcel {
  Summary16 sums{};
};
/// The bucket of a record.
constexpr std::size_t bucket_of(std::uint64_t record) {
  return static_cast<std::size_t>((record * 0x9e3779b97f4a7c15ULL) >> 60);
}

Message gossip_offer(Parcels& parcels, std::vector<Offered> offers);
Message gossip_want(Parcels& parcels, std::vector<std::uint64_t> records);
Message gossip_record(Parcels& parcels, Answer state);
Message gossip_have(std::uint32_t number);
Message gossip_knew(std::uint32_t number);
Message gossip_summary(Parcels& parcels, const Summary16& sums);

/// What travels between peers of this store, and bytes that nobody can read.
std::span<const MessageKindRow> gossip_message_kinds();

}  // namespace peerlab
