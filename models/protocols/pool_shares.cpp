#include "models/protocols/pool_shares.h"

#include <algorithm>
#include <utility>

#include "models/base/random.h"

namespace peerlab {

std::vector<double> pool_powers(std::uint64_t seed, std::uint32_t users, const Bits& light, double total) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> lots;
  for (std::uint32_t u = 0; u < users; ++u) {
    if (!light.has(u)) lots.emplace_back(Stream(seed, purpose("pool"), u).bits(), u);
  }
  std::sort(lots.begin(), lots.end());
  const std::size_t pools = std::min(lots.size(), pools_of_2022.size());
  double named = 0;
  for (std::size_t i = 0; i < pools; ++i) named += pools_of_2022[i];
  const std::size_t others = lots.size() - pools;
  const double whole = others > 0 ? 1 : named;
  std::vector<double> power(users);
  for (std::size_t i = 0; i < lots.size(); ++i) {
    const double share = i < pools ? pools_of_2022[i] / whole : (1 - named) / static_cast<double>(others);
    power[lots[i].second] = share * total;
  }
  return power;
}

}  // namespace peerlab
