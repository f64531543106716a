// Where people are: region and access link of user i, the same in every system and every comparison.
//
// The place of a user is a pure function of (seed, user) and the network's settings, so that adding users or systems moves
// nobody. Machines that belong to no user (servers) are given a place by name.
#pragma once

#include <cstdint>
#include <string_view>

#include "models/base/field.h"
#include "models/base/ids.h"
#include "models/network/geography.h"

namespace peerlab {

struct Place {
  RegionId region{0};
  std::uint8_t access = 0;  ///< row of access_profiles()
  double up_bits = 0;       ///< bit/s; 0: no limit
  double down_bits = 0;
};

class Places {
 public:
  /// `network`: values of network_fields().
  Places(const Params& network, std::uint64_t seed);
  /// Where that person's machine stands.
  [[nodiscard]] Place of(UserId user) const;
  /// A machine in that region with the access of that row, its rates as for a user there.
  [[nodiscard]] Place at(RegionId region, std::uint8_t access) const;

 private:
  const Geography* geography_;
  std::uint64_t seed_;
  std::uint8_t access_;
  std::uint32_t core_ = 0;  ///< of the topology core-periphery: the first ones, with an access of their own
  std::uint8_t core_access_ = 0;
  double upload_;
  double download_;
};

}  // namespace peerlab
