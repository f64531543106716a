// How a machine is attached to the network: rates, what the last metres add to the latency, and loss.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "models/base/distribution.h"

namespace peerlab {

struct AccessProfile {
  std::string_view name;
  std::string_view sentence;
  double up_bits = 0;  ///< bit/s; 0: see the sentence
  double down_bits = 0;
  Distribution extra;  ///< one-way latency added by this end, nanoseconds
  double loss = 0;     ///< probability that this end loses a message
};

/// All profiles. The first two have no rates of their own: `by-region` takes those of the region, `custom` those of the
/// fields `upload` and `download`.
std::span<const AccessProfile> access_profiles();
/// Place of the name in access_profiles(), or -1.
int find_access(std::string_view name);

inline constexpr std::uint8_t access_by_region = 0;
inline constexpr std::uint8_t access_custom = 1;

}  // namespace peerlab
