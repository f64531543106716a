// Hash power as it is spread among Bitcoin's mining pools: blocks found in the week before 14 December 2022 by pool, as
// blockchain.com counted them and the CPR project (pkel/cpr) quotes them. Fourteen named pools found 99 %; the rest is unknown.
//
// A pool is one owner who decides what its members mine on, however many they are.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/base/bits.h"

namespace peerlab {

/// Shares of the named pools, largest first.
inline constexpr std::array<double, 14> pools_of_2022 = {0.24817, 0.20147, 0.1511,  0.13736, 0.1044,  0.05311, 0.02473,
                                                         0.01923, 0.01648, 0.01465, 0.00641, 0.00641, 0.00366, 0.00275};

/// `total` hash power dealt to users 0 .. users-1: the pools are users drawn by lots among those not in `light`, the others share what
/// is left equally, light ones have none. With fewer users than pools the largest are there, and have all of it.
std::vector<double> pool_powers(std::uint64_t seed, std::uint32_t users, const Bits& light, double total);

}  // namespace peerlab
