// How long a message is under way from region to region, without the time that links need to put it through.
//
// A law of chance becomes a table of its quantiles: a draw costs one half of a Philox block, a look into the table and a
// straight line between two entries, about 3 ns and no logarithm. The lowest and the highest 1/64 of the probability are
// computed exactly, so that the tails are the law's own. Values are rounded to whole nanoseconds; negative ones become 0.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "models/base/distribution.h"
#include "models/base/field.h"
#include "models/base/ids.h"
#include "models/base/time.h"
#include "models/network/geography.h"

namespace peerlab {

/// One law of durations, ready to be drawn from fast.
class LatencySampler {
 public:
  explicit LatencySampler(const Distribution& law = Distribution::constant(0));
  /// The value at `bits` / 2^64 of the probability: the quantile function.
  [[nodiscard]] Duration at(std::uint64_t bits) const {
    if (quantiles_.empty()) return constant_;
    static_assert(cells == 512);
    const auto cell = static_cast<std::uint32_t>(bits >> 55);
    if (cell < edge_cells || cell >= cells - edge_cells) [[unlikely]]
      return in_the_tail(bits);
    const double within = static_cast<double>(bits << 9 >> 11) * 0x1p-53;
    const double low = static_cast<double>(quantiles_[cell]);
    const double high = static_cast<double>(quantiles_[cell + 1]);
    return whole_ns(low + (high - low) * within);
  }
  /// True when every draw gives the same.
  [[nodiscard]] bool is_constant() const { return quantiles_.empty(); }
  [[nodiscard]] const Distribution& law() const { return law_; }

 private:
  // No message is under way longer than this (11 days): heavy tails must not leave the range of time.
  static constexpr double most_ns = 1e15;
  static Duration whole_ns(double ns) {
    if (!(ns > 0)) return {};
    return {static_cast<std::int64_t>((ns < most_ns ? ns : most_ns) + 0.5)};
  }
  [[nodiscard]] Duration in_the_tail(std::uint64_t bits) const;
  [[nodiscard]] double exactly(double p) const;
  static constexpr std::uint32_t cells = 512;
  static constexpr std::uint32_t edge_cells = cells / 64;
  Distribution law_;
  Duration constant_{};
  std::vector<float> quantiles_;  ///< cells + 1 entries; empty for a constant
};

/// The laws between all pairs of regions.
class LatencyMap {
 public:
  LatencyMap() : LatencyMap(Distribution::constant(0)) {}
  /// The same law everywhere.
  explicit LatencyMap(const Distribution& law);
  /// laws[from * region_count + to].
  explicit LatencyMap(const std::vector<Distribution>& laws);
  [[nodiscard]] const LatencySampler& between(RegionId from, RegionId to) const {
    return samplers_.size() == 1 ? samplers_[0] : samplers_[from.index() * region_count + to.index()];
  }
  [[nodiscard]] bool is_constant() const { return constant_; }

  /// The laws from one region to all.
  class From {
   public:
    [[nodiscard]] const LatencySampler& to(RegionId region) const { return first_[region.index() * step_]; }

   private:
    friend class LatencyMap;
    From(const LatencySampler* first, std::size_t step) : first_(first), step_(step) {}
    const LatencySampler* first_;
    std::size_t step_;  ///< 0: the same everywhere
  };
  [[nodiscard]] From from(RegionId region) const {
    if (samplers_.size() == 1) return {samplers_.data(), 0};
    return {&samplers_[region.index() * region_count], 1};
  }

 private:
  std::vector<LatencySampler> samplers_;  ///< one, or region_count squared
  bool constant_ = true;
};

/// A row of the table of latency laws: what the field `latency` of the network may say.
struct LatencyLawRow {
  std::string_view name;
  std::string_view sentence;
  std::string_view example;      ///< the whole value of the field
  Fields (*fields)() = nullptr;  ///< what else of `network:` it reads
  Parsed<LatencyMap> (*make)(const Params& network) = nullptr;
};
std::span<const LatencyLawRow> latency_laws();
/// The row that reads this value of `latency`: by its first word, and `constant` for a bare duration; or nullptr.
const LatencyLawRow* find_latency_law(std::string_view latency);

}  // namespace peerlab
