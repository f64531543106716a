#include "models/network/latency.h"

#include "models/base/check.h"
#include "models/base/numeric.h"
#include "models/network/geography.h"

namespace peerlab {

LatencySampler::LatencySampler(const Distribution& law) : law_(law) {
  if (law.law == Distribution::Law::constant) {
    constant_ = whole_ns(law.a);
    return;
  }
  quantiles_.assign(cells + 1, 0.0F);
  for (std::uint32_t i = edge_cells; i <= cells - edge_cells; ++i) {
    quantiles_[i] = static_cast<float>(exactly(static_cast<double>(i) / cells));
  }
}

Duration LatencySampler::in_the_tail(std::uint64_t bits) const {
  return whole_ns(exactly((static_cast<double>(bits >> 12) + 0.5) * 0x1p-52));
}

double LatencySampler::exactly(double p) const {
  using Law = Distribution::Law;
  switch (law_.law) {
    case Law::constant: return law_.a;
    case Law::uniform: return law_.a + (law_.b - law_.a) * p;
    case Law::exponential: return -law_.a * exact::log(1 - p);
    case Law::normal: return law_.a + law_.b * normal_quantile(p);
    case Law::lognormal: return law_.a * exact::exp(law_.b * normal_quantile(p));
    case Law::pareto: return law_.a * exact::exp(-exact::log(1 - p) / law_.b);
  }
  return law_.a;
}

LatencyMap::LatencyMap(const Distribution& law)
    : samplers_{LatencySampler(law)}, constant_(samplers_[0].is_constant()) {}

LatencyMap::LatencyMap(const std::vector<Distribution>& laws) {
  CHECK(laws.size() == region_count * region_count);
  samplers_.reserve(laws.size());
  for (const Distribution& law : laws) {
    samplers_.emplace_back(law);
    constant_ = constant_ && samplers_.back().is_constant();
  }
}

}  // namespace peerlab
