#include "sim/fabric/fabric.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "models/base/check.h"
#include "models/network/access.h"

namespace peerlab {

namespace {

Duration scaled(Duration d, double factor) {
  return {static_cast<std::int64_t>(static_cast<double>(d.ns) * factor + 0.5)};
}

bool same(const Place& a, const Place& b) {
  return a.region == b.region && a.access == b.access && a.up_bits == b.up_bits && a.down_bits == b.down_bits;
}

}  // namespace

Fabric::Fabric(NetworkModel model, std::uint64_t seed, DownlinkPlaces downlinks)
    : model_(std::move(model)),
      seed_(seed),
      kept_(1 - model_.loss),
      uplinks_(model_.machines.size()),
      own_downlinks_(downlinks.first == nullptr ? model_.machines.size() : 0),
      downlinks_(downlinks.first == nullptr ? DownlinkPlaces{own_downlinks_.data(), sizeof(Downlink)} : downlinks),
      terms_of_(model_.machines.size()) {
  for (const AccessProfile& profile : access_profiles()) access_.emplace_back(profile.extra);
  for (std::size_t i = 0; i < terms_of_.size(); ++i) {
    uplinks_[i].random = Stream(seed, purpose("latency"), static_cast<std::uint32_t>(i));
    set_terms(MachineId::of(i), model_.machines[i], 1, 1, 0);
  }
  std::vector<Place>().swap(model_.machines);
}

std::uint32_t Fabric::row_of(const Terms& terms, const Place& place) {
  std::uint64_t hash = std::uint64_t{terms.region} << 9 | std::uint64_t{terms.access} << 1 | (terms.plain ? 1 : 0);
  for (const double part : {terms.up_ns_per_byte, terms.down_ns_per_byte, terms.kept, double{terms.latency_factor},
                            place.up_bits, place.down_bits}) {
    hash = mix64(hash + std::bit_cast<std::uint64_t>(part));
  }
  const auto [row, fresh] = rows_by_hash_.insert(hash, static_cast<std::uint32_t>(terms_.size()));
  if (!fresh && terms_[*row] == terms && same(places_[*row], place)) return *row;
  places_.push_back(place);
  terms_.push_back(terms);  // two that differ under one hash: the later one has a row that nobody finds again
  return static_cast<std::uint32_t>(terms_.size() - 1);
}

// --- the way of a message: what most messages do not need -------------------------------------------------------------

Duration Fabric::latency(MachineId from, MachineId to) {
  const Terms& sender = terms(from);
  const Terms& receiver = terms(to);
  Stream& random = uplinks_[from.index()].random;
  const LatencySampler& between = model_.latency.between(RegionId(sender.region), RegionId(receiver.region));
  Duration sum;
  if (between.is_constant()) {
    sum = between.at(0);
  } else if (model_.latency_per_link) {  // a stream of the lower end, at the place of the higher one
    Stream of_link(seed_, purpose("link latency"), std::min(from, to).value);
    of_link.seek(std::max(from, to).value);
    sum = between.at(of_link.bits());
  } else {
    sum = between.at(random.bits());
  }
  for (const std::uint8_t access : {sender.access, receiver.access}) {
    const LatencySampler& extra = access_[access];
    sum += extra.is_constant() ? extra.at(0) : extra.at(random.bits());
  }
  const double factor = static_cast<double>(sender.latency_factor) * static_cast<double>(receiver.latency_factor);
  return factor == 1 ? sum : scaled(sum, factor);
}

Traffic Fabric::traffic(MachineId machine) const {
  const std::size_t i = machine.index();
  const Losses losses = losses_.empty() ? Losses{} : losses_[i];
  return {uplinks_[i].messages, uplinks_[i].bytes, downlinks_[i].messages,
          downlinks_[i].bytes,  losses.lost,       losses.cut};
}

// --- what befalls it -------------------------------------------------------------------------------------------------

void Fabric::cut(std::uint32_t number, std::span<const std::uint8_t> group_of_machine, CutShape shape) {
  CHECK(group_of_machine.size() == machines());
  heal(number);
  std::uint8_t groups = no_group;
  for (const std::uint8_t group : group_of_machine) groups = std::max(groups, group);
  cuts_.push_back({number, {group_of_machine.begin(), group_of_machine.end()}, shape, groups});
}

void Fabric::heal(std::uint32_t number) {
  std::erase_if(cuts_, [&](const Cut& cut) { return cut.number == number; });
}

bool Fabric::passes(MachineId from, MachineId to) const {
  return std::none_of(cuts_.begin(), cuts_.end(), [&](const Cut& cut) {
    const std::uint8_t one = cut.group_of_machine[from.index()];
    const std::uint8_t other = cut.group_of_machine[to.index()];
    return one != other && one != no_group && other != no_group && !lets_through(cut.shape, one, other, cut.groups);
  });
}

void Fabric::detour(std::uint32_t number, std::span<const std::uint8_t> group_of_machine, Duration delay, double loss) {
  CHECK(group_of_machine.size() == machines());
  CHECK(loss >= 0 && loss <= 1);
  end_detour(number);
  detours_.push_back({number, {group_of_machine.begin(), group_of_machine.end()}, delay, 1 - loss});
}

void Fabric::end_detour(std::uint32_t number) {
  std::erase_if(detours_, [&](const Astray& d) { return d.number == number; });
}

Duration Fabric::astray(MachineId from, MachineId to, double& kept) const {
  Duration longer{};
  for (const Astray& d : detours_) {
    const std::uint8_t a = d.group_of_machine[from.index()];
    const std::uint8_t b = d.group_of_machine[to.index()];
    if (a == b || a == no_group || b == no_group) continue;
    longer += d.delay;
    kept *= d.kept;
  }
  return longer;
}

void Fabric::degrade(MachineId machine, double latency_factor, double bandwidth_factor, double added_loss) {
  CHECK(latency_factor >= 0);
  CHECK(bandwidth_factor > 0);
  CHECK(added_loss >= 0 && added_loss <= 1);
  const Place place = places_[terms_of_[machine.index()]];
  set_terms(machine, place, latency_factor, bandwidth_factor, added_loss);
}

void Fabric::set_terms(MachineId machine, const Place& place, double latency_factor, double bandwidth_factor,
                       double added_loss) {
  Terms terms;
  terms.region = static_cast<std::uint8_t>(place.region.value);
  terms.access = place.access;
  const auto ns_per_byte = [&](double bits) { return bits > 0 ? 8e9 / (bits * bandwidth_factor) : 0; };
  terms.up_ns_per_byte = ns_per_byte(place.up_bits);
  terms.down_ns_per_byte = ns_per_byte(place.down_bits);
  terms.latency_factor = static_cast<float>(latency_factor);
  terms.kept = (1 - access_profiles()[place.access].loss) * (1 - added_loss);
  const LatencySampler& extra = access_[place.access];
  terms.plain = terms.kept == 1 && terms.latency_factor == 1 && extra.is_constant() && extra.at(0).ns == 0;
  terms_of_[machine.index()] = row_of(terms, place);
}

void Fabric::clear_queues(MachineId machine) {
  Uplink& uplink = uplinks_[machine.index()];
  Downlink& downlink = downlinks_[machine.index()];
  uplink.small_free = uplink.free = downlink.small_free = downlink.free = Time{};
}

std::size_t Fabric::memory() const {
  std::size_t bytes = machines() * (sizeof(Uplink) + sizeof(Downlink) + sizeof(std::uint32_t)) +
                      terms_.size() * (sizeof(Terms) + sizeof(Place)) + losses_.size() * sizeof(Losses);
  for (const Cut& cut : cuts_) bytes += cut.group_of_machine.capacity();
  return bytes;
}

}  // namespace peerlab
