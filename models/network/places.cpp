#include "models/network/places.h"

#include "models/base/check.h"
#include "models/base/random.h"
#include "models/network/access.h"

namespace peerlab {

namespace {

std::uint8_t access_from(const Params& network) {
  const int row = find_access(network.text("access"));
  CHECK(row >= 0);
  return static_cast<std::uint8_t>(row);
}

RegionId region_at(const Geography& table, double p) {
  std::size_t region = 0;
  double reached = table.node_share[0];
  while (region + 1 < region_count && p >= reached) reached += table.node_share[++region];
  return RegionId::of(region);
}

}  // namespace

Places::Places(const Params& network, std::uint64_t seed)
    : geography_(&geography_of(network)),
      seed_(seed),
      access_(access_from(network)),
      upload_(network.bandwidth("upload")),
      download_(network.bandwidth("download")) {
  const int row = find_access(network.text("core_access"));
  if (network.text("topology") != "core-periphery" || row < 0) return;  // `as-others` is no profile
  core_ = static_cast<std::uint32_t>(network.whole("core"));
  core_access_ = static_cast<std::uint8_t>(row);
}

Place Places::of(UserId user) const {
  Stream stream(seed_, purpose("place"), user.value);
  return at(region_at(*geography_, stream.uniform()), user.value < core_ ? core_access_ : access_);
}

Place Places::at(RegionId region, std::uint8_t access) const {
  constexpr double mbit = 1e6;
  CHECK(region.index() < region_count);
  CHECK(access < access_profiles().size());
  const AccessProfile& profile = access_profiles()[access];
  Place place{region, access, profile.up_bits, profile.down_bits};
  if (access == access_by_region) {
    place.up_bits = geography_->upload_mbps[region.index()] * mbit;
    place.down_bits = geography_->download_mbps[region.index()] * mbit;
  } else if (access == access_custom) {
    place.up_bits = upload_;
    place.down_bits = download_;
  }
  return place;
}

}  // namespace peerlab
