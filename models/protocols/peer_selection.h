// Everything that a user can set about how the nodes of a ledger find their neighbours.
//
//   fixed            the graph that `network` draws; broken links come back by themselves
//   uniform          each node asks for `outbound` links, every reachable node being as likely as any other
//   address-manager  the same from tables of addresses that it has heard of (models/replication/address_manager.h)
#pragma once

#include <cstdint>
#include <string>

#include "models/base/field.h"
#include "models/base/time.h"
#include "models/replication/address_manager.h"

namespace peerlab {

struct PeerSelection {
  enum class How : std::uint8_t { fixed, uniform, address_manager };
  How how = How::fixed;
  std::uint32_t outbound = 8;             ///< links that a node asks for
  std::uint32_t inbound = 117;            ///< links that it grants
  bool evict = true;                      ///< room for newcomers when all are granted
  Duration connect_timeout = seconds(5);  ///< until a connection that does not open is given up
  Duration feeler_every = minutes(2);     ///< 0: never
  Duration extra_every = minutes(5);      ///< 0: never
  std::uint32_t anchors = 2;              ///< neighbours of before a restart that are asked first
  bool one_per_group = true;              ///< outbound neighbours of different groups
  double address_rate = 0.1;              ///< addresses per second that one neighbour may tell; 0: any number
  std::uint32_t seed_addresses = 100;     ///< what seed servers tell who asks
  std::uint32_t groups = 2'000;           ///< over which machines are spread
  AddressManager::Options tables;

  [[nodiscard]] bool dynamic() const { return how != How::fixed; }
  [[nodiscard]] bool keeps_addresses() const { return how == How::address_manager; }
  static PeerSelection from(const Params& params);
};

Fields peer_selection_fields();

}  // namespace peerlab
