#include "models/ledger/rules.h"

namespace peerlab {

Rules Rules::bitcoin_mainnet() {
  Rules rules;
  rules.pow_limit = U256::one_bit(224) - U256(1);
  rules.genesis_bits = 0x1d00ffff;
  rules.retarget_interval = 2016;
  return rules;
}

std::uint64_t Rules::subsidy_at(std::uint32_t height) const {
  if (halving_interval == 0) return subsidy;
  const std::uint32_t halvings = height / halving_interval;
  return halvings >= 64 ? 0 : subsidy >> halvings;
}

}  // namespace peerlab
