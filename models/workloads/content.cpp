#include "models/workloads/content.h"

namespace peerlab {

Field size_field() {
  return {.name = "size",
          .kind = Kind::law,
          .fallback = "lognormal median 2 kB sigma 1",
          .sentence = "Size of a content: a size or a law; at least 1 B, and cut off at what one block can hold.",
          .example = "uniform 1 kB..20 kB",
          .of = Kind::size};
}

std::uint32_t ContentSize::draw(Stream& random) const {
  const double bytes = law_.sample(random) + 0.5;
  if (bytes < 1) return 1;
  if (bytes >= static_cast<double>(most_)) return most_;
  return static_cast<std::uint32_t>(bytes);
}

}  // namespace peerlab
