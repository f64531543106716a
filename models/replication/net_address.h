// Where a node can be reached: an IPv4 address, whose upper half names the network that it was given by.
//
// Addresses of one such group (a /16, as in Bitcoin's address manager) are cheap to get together, addresses of many groups are not.
// So whoever keeps tables of addresses counts groups, not addresses.
#pragma once

#include <cstdint>

#include "models/base/ids.h"

namespace peerlab {

using NetAddress = Id<struct NetAddressTag>;  ///< an IPv4 address; 255.255.255.255 is none

constexpr std::uint32_t group_of(NetAddress address) { return address.value >> 16; }

}  // namespace peerlab
