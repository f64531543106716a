// Named random streams: draw number c of a stream is a pure function of (seed, purpose, owner, c).
//
// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011) from Random123.
// Adding a node, a measure or another stream shifts nobody's draws, and replication r of every system sees the same
// users, network, workload and faults (common random numbers). Each block of the cipher gives two 64-bit draws.
//
// A habit that keeps results the same on every compiler: never two draws in one expression.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace peerlab {

/// What a stream is for. Made from a name at compile time, so that a plug-in can have its own without a shared list.
struct Purpose {
  std::uint32_t value;
  friend constexpr bool operator==(Purpose, Purpose) = default;
};

/// FNV-1a of the name, 32 bits.
constexpr std::uint32_t name_hash32(std::string_view name) {
  std::uint32_t h = 2166136261U;
  for (const char c : name) h = (h ^ static_cast<std::uint8_t>(c)) * 16777619U;
  return h;
}
constexpr Purpose purpose(std::string_view name) { return {name_hash32(name)}; }

/// One stream. Copying it copies its position: both copies then draw the same values.
class Stream {
 public:
  Stream() = default;
  Stream(std::uint64_t seed, Purpose what, std::uint32_t owner = 0)
      : seed_(seed), purpose_(what.value), owner_(owner) {}

  /// The next 64 random bits.
  std::uint64_t bits() {
    const std::uint64_t draw = next_++;
    if (draw & 1) return spare_;
    return refill(draw >> 1);
  }
  /// Uniform in [0, 1), a multiple of 2^-53.
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  /// Uniform in (0, 1]: safe to take the logarithm of.
  double uniform_positive() { return static_cast<double>((bits() >> 11) + 1) * 0x1p-53; }
  /// Uniform in 0 .. n-1 without bias (Lemire 2019). Needs n > 0.
  std::uint64_t below(std::uint64_t n);
  /// True with probability p.
  bool chance(double p) { return uniform() < p; }
  /// Exponential with mean 1.
  double exponential();
  /// Standard normal: one draw through the inverse distribution function (Wichura, AS 241).
  double normal();
  /// Uniform permutation of `items` in place (Fisher-Yates).
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      const auto j = static_cast<std::size_t>(below(i));
      std::swap(items[i - 1], items[j]);
    }
  }
  /// How many draws were taken.
  [[nodiscard]] std::uint64_t position() const { return next_; }
  /// Goes to draw number `position`.
  void seek(std::uint64_t position);

 private:
  std::uint64_t refill(std::uint64_t block);
  std::uint64_t seed_ = 0;
  std::uint32_t purpose_ = 0;
  std::uint32_t owner_ = 0;
  std::uint64_t next_ = 0;
  std::uint64_t spare_ = 0;
};

/// Inverse of the standard normal distribution function for 0 < p < 1 (Wichura, AS 241, relative error about 1e-15).
double normal_quantile(double p);

/// Mixes 64 bits (the finaliser of SplitMix64): for digests and for hash tables that nobody iterates.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace peerlab
