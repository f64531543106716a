// How nodes tell each other of addresses (Bitcoin's `getaddr` and `addr`). Kinds 20 and 21.
//
//   get addresses ->               whom do you know?
//                 <- addresses     these, and when each was seen working last
//
// `addresses` also comes unasked: a node tells of itself where it opens a link, and passes on what is fresh. An entry is 30 bytes: time 4,
// services 8, address 16 (an IPv4 address mapped into IPv6), port 2.
#pragma once

#include <span>
#include <vector>

#include "models/base/time.h"
#include "models/node/message.h"
#include "models/node/message_kind_row.h"
#include "models/node/parcels.h"
#include "models/replication/net_address.h"

namespace peerlab {

namespace kind {
inline constexpr MessageKind get_addresses = 20;  ///< no content
inline constexpr MessageKind addresses = 21;      ///< AddressesParcel
}  // namespace kind

inline constexpr std::size_t most_addresses = 1'000;  ///< in one message

struct ToldAddress {
  NetAddress address;
  std::uint32_t seen = 0;  ///< whole seconds since the start of the run
  friend bool operator==(const ToldAddress&, const ToldAddress&) = default;
};
inline std::uint32_t seen_at(Time when) {
  return when.ns <= 0 ? 0 : static_cast<std::uint32_t>(when.ns / 1'000'000'000);
}
struct AddressesParcel : Parcel {
  std::vector<ToldAddress> list;
};

Message get_addresses();
Message addresses(Parcels& parcels, std::vector<ToldAddress> list);

/// The rows of these kinds, in their order.
std::span<const MessageKindRow> address_message_rows();

}  // namespace peerlab
