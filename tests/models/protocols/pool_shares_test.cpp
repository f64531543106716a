#include "models/protocols/pool_shares.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace peerlab {
namespace {

double sum(const std::vector<double>& powers) { return std::accumulate(powers.begin(), powers.end(), 0.0); }

TEST(PoolShares, ThreePoolsHaveMoreThanHalfAsInDecember2022) {
  std::vector<double> powers = pool_powers(7, 1000, {}, 500);
  EXPECT_NEAR(sum(powers), 500, 1e-9);
  std::sort(powers.begin(), powers.end(), std::greater<>());
  EXPECT_LT(powers[0] + powers[1], 250);
  EXPECT_GT(powers[0] + powers[1] + powers[2], 250);
  EXPECT_GT(powers.back(), 0) << "what no named pool found is spread over the others";
}

TEST(PoolShares, LightUsersMineNothingAndTheTotalStays) {
  Bits light;
  for (std::uint32_t u = 0; u < 90; ++u) light.add(u);
  const std::vector<double> powers = pool_powers(7, 100, light, 100);
  for (std::uint32_t u = 0; u < 90; ++u) EXPECT_EQ(powers[u], 0);
  EXPECT_NEAR(sum(powers), 100, 1e-9) << "ten peers are fewer than there are pools";
}

}  // namespace
}  // namespace peerlab
