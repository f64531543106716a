// Another order among the sources of equal times, for tests: a keyed permutation of the 24 bits that name the source.
//
// A four-round Feistel network whose key depends on the seed and the instant: a bijection, so that popping can undo it.
#pragma once

#include <cstdint>

#include "models/base/random.h"
#include "sim/engine/event.h"

namespace peerlab::tie_shuffle {

inline constexpr int rounds = 4;
inline constexpr int half_bits = source_bits / 2;
inline constexpr std::uint32_t half_mask = (1U << half_bits) - 1;

inline std::uint32_t scramble(std::uint64_t salt, int round, std::uint32_t half) {
  return static_cast<std::uint32_t>(
             mix64(salt + static_cast<std::uint64_t>(round) * 0x9e3779b97f4a7c15ULL + half + 1)) &
         half_mask;
}
inline std::uint64_t salt_of(std::uint64_t seed, Time at) {
  return mix64(mix64(seed + 1) ^ static_cast<std::uint64_t>(at.ns));
}

inline std::uint64_t with_source(std::uint64_t key, std::uint32_t source) {
  constexpr std::uint64_t mask = ((std::uint64_t{1} << source_bits) - 1) << sequence_bits;
  return (key & ~mask) | std::uint64_t{source} << sequence_bits;
}

/// The key under which an event of this time is kept while ties are shuffled.
inline std::uint64_t shuffled(const Event& event, std::uint64_t seed) {
  const std::uint64_t salt = salt_of(seed, event.at);
  std::uint32_t left = source_of(event) >> half_bits;
  std::uint32_t right = source_of(event) & half_mask;
  for (int round = 0; round < rounds; ++round) {
    const std::uint32_t next = left ^ scramble(salt, round, right);
    left = right;
    right = next;
  }
  return with_source(event.key, left << half_bits | right);
}

/// The key that `shuffled` was given.
inline std::uint64_t restored(const Event& event, std::uint64_t seed) {
  const std::uint64_t salt = salt_of(seed, event.at);
  std::uint32_t left = source_of(event) >> half_bits;
  std::uint32_t right = source_of(event) & half_mask;
  for (int round = rounds - 1; round >= 0; --round) {
    const std::uint32_t before = right ^ scramble(salt, round, left);
    right = left;
    left = before;
  }
  return with_source(event.key, left << half_bits | right);
}

}  // namespace peerlab::tie_shuffle
