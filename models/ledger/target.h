// Difficulty: compact targets, expected hashes, and the rule that changes the target.
//
// A header names its target in 32 bits: an exponent byte and a 23-bit mantissa with a sign bit, value = mantissa *
// 256^(exponent - 3). As in Bitcoin, a negative, zero or overflowing encoding is no target at all.
#pragma once

#include <cstdint>
#include <optional>

#include "models/ledger/rules.h"
#include "models/ledger/u256.h"

namespace peerlab {

/// The target that `bits` encode; nothing when negative, zero or above 256 bits.
std::optional<U256> target_of(std::uint32_t bits);
/// The compact form of a target, rounded down to its 23 leading bits.
std::uint32_t bits_of(const U256& target);
/// Work of a block: 2^256 / (target + 1), the expected number of hashes. Zero when `bits` are no target.
U256 work_of(std::uint32_t bits);
/// work_of as a double: how many hashes a miner expects to need.
double expected_hashes(std::uint32_t bits);
/// Compact form of the hardest target that needs at most about `hashes` expected hashes, hashes >= 1.
std::uint32_t bits_for_hashes(double hashes);

/// The bits after a period: old target * actual / wanted, where actual is the span from the first to the last header
/// of the period, clamped to the rules' factor, and the result no easier than the limit. (Bitcoin measures interval - 1
/// gaps against interval * spacing; so do we.)
std::uint32_t retarget(const Rules& rules, std::uint32_t first_time, std::uint32_t last_time, std::uint32_t last_bits);

}  // namespace peerlab
