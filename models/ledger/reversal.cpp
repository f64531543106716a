#include "models/ledger/reversal.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {
namespace {

/// P at one depth after the other, from 1 on.
class Race {
 public:
  explicit Race(double q) : four_pq_(4 * (1 - q) * q), chance_(2 * q), step_(four_pq_ * (1 - 2 * q) / 2) {}
  [[nodiscard]] double chance() const { return std::max(chance_, 0.0); }
  void deeper() {
    chance_ -= step_;
    const double z = depth_++;
    step_ *= four_pq_ * (z + 0.5) / (z + 1);
  }

 private:
  double four_pq_;
  double chance_;
  double step_;
  std::uint32_t depth_ = 1;
};

}  // namespace

double reversal_chance(std::uint32_t depth, double share) {
  CHECK(share >= 0 && share <= 1);
  if (depth == 0 || share >= 0.5) return 1;
  Race race(share);
  for (std::uint32_t z = 1; z < depth; ++z) race.deeper();
  return race.chance();
}

std::uint32_t final_depth(double share, double epsilon) {
  CHECK(share >= 0 && share <= 1);
  CHECK(epsilon > 0);
  if (epsilon >= 1) return 1;
  if (share >= 0.5) return 0;
  Race race(share);
  for (std::uint32_t z = 1; z <= most_final_depth; ++z) {
    if (race.chance() <= epsilon) return z;
    race.deeper();
  }
  return 0;
}

}  // namespace peerlab
