#include "models/workloads/content.h"

#include "models/base/quantity.h"

namespace peerlab {

Field size_field() {
  return {.name = "size",
          .kind = Kind::law,
          .fallback = "lognormal median 2 kB sigma 1",
          .sentence = "Size of a content: a size or a law; at least 1 B, and cut off at what one block can hold.",
          .example = "uniform 1 kB..20 kB",
          .of = Kind::size};
}

// `a` is the value itself, the lowest one, the mean or the median: half of the sizes or more lie above it, or nearly so.
std::pair<std::string, std::string> check_size(const Params& params, const WorkloadContext& context) {
  if (!params.has("size") || params.law("size").a <= static_cast<double>(context.size_most)) return {};
  return {"size", "Contents of this size do not fit into one piece: the most that every system can store is " +
                      write_size(context.size_most) + ". Write a smaller size, or publish more often."};
}

std::uint32_t ContentSize::draw(Stream& random) const {
  const double bytes = law_.sample(random) + 0.5;
  if (bytes < 1) return 1;
  if (bytes >= static_cast<double>(most_)) return most_;
  return static_cast<std::uint32_t>(bytes);
}

}  // namespace peerlab
