#include "models/base/random.h"

#include <Random123/philox.h>

#include "models/base/check.h"
#include "models/base/numeric.h"

namespace peerlab {

std::uint64_t Stream::refill(std::uint64_t block) {
  using Philox = r123::Philox4x32;  // ten rounds
  const Philox::ctr_type counter = {
      {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), owner_, purpose_}};
  const Philox::key_type key = {{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
  const Philox::ctr_type out = Philox()(counter, key);
  spare_ = static_cast<std::uint64_t>(out[3]) << 32 | out[2];
  return static_cast<std::uint64_t>(out[1]) << 32 | out[0];
}

void Stream::seek(std::uint64_t position) {
  next_ = position;
  if (position & 1) (void)refill(position >> 1);
}

std::uint64_t Stream::below(std::uint64_t n) {
  CHECK(n > 0);
  __extension__ typedef unsigned __int128 Wide;  // g++ and clang both have it on 64-bit machines
  Wide product = static_cast<Wide>(bits()) * n;
  if (static_cast<std::uint64_t>(product) < n) {
    const std::uint64_t threshold = (0 - n) % n;
    while (static_cast<std::uint64_t>(product) < threshold) product = static_cast<Wide>(bits()) * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

double Stream::exponential() { return -exact::log(uniform_positive()); }

double Stream::normal() { return normal_quantile((static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52); }

}  // namespace peerlab
