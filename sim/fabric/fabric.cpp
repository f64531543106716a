#include "sim/fabric/fabric.h"

#include <algorithm>
#include <utility>

#include "models/base/check.h"
#include "models/network/access.h"

namespace peerlab {

namespace {

// Time that `bytes` occupy a link; to the nearest nanosecond.
Duration time_on(double ns_per_byte, std::uint32_t bytes) {
  return {static_cast<std::int64_t>(ns_per_byte * static_cast<double>(bytes) + 0.5)};
}

// One link as a server that serves first come, first served: what is put in at `now` leaves when it has gone through.
Time reserve(Time& free, Time now, Duration busy) {
  free = std::max(free, now) + busy;
  return free;
}

Duration scaled(Duration d, double factor) {
  return {static_cast<std::int64_t>(static_cast<double>(d.ns) * factor + 0.5)};
}

}  // namespace

Fabric::Fabric(NetworkModel model, std::uint64_t seed)
    : model_(std::move(model)),
      seed_(seed),
      kept_(1 - model_.loss),
      uplinks_(model_.machines.size()),
      downlinks_(model_.machines.size()),
      terms_(model_.machines.size()),
      losses_(model_.machines.size()) {
  for (const AccessProfile& profile : access_profiles()) access_.emplace_back(profile.extra);
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    uplinks_[i].random = Stream(seed, purpose("latency"), static_cast<std::uint32_t>(i));
    terms_[i].region = static_cast<std::uint8_t>(model_.machines[i].region.value);
    terms_[i].access = model_.machines[i].access;
    degrade(MachineId::of(i), 1, 1, 0);
  }
}

// --- the way of a message --------------------------------------------------------------------------------------------

Passage Fabric::depart(MachineId from, MachineId to, std::uint32_t bytes, bool bulk, Time now) {
  if (from == to) return {Fate::passed, now};
  if (!cuts_.empty() && !connected(from, to)) {
    ++losses_[from.index()].cut;
    return {Fate::cut, now};
  }
  const Terms& sender = terms_[from.index()];
  const Terms& receiver = terms_[to.index()];
  Uplink& uplink = uplinks_[from.index()];
  ++uplink.messages;
  uplink.bytes += bytes;

  const double kept = kept_ * sender.kept * receiver.kept;
  const bool lost = kept < 1 && uplink.random.uniform() >= kept;
  const Duration way = latency(from, to) + (bulk ? model_.bulk_overhead : model_.control_overhead);

  Time arrival;
  if (model_.uplink == UplinkLaw::one_at_a_time) {
    if (bulk) {
      const double ns_per_byte = std::max(sender.up_ns_per_byte, receiver.down_ns_per_byte);
      arrival = reserve(uplink.free, now, way + time_on(ns_per_byte, bytes));
    } else {
      arrival = now + way;
    }
  } else {
    const Duration busy = time_on(sender.up_ns_per_byte, bytes);
    if (bytes <= packet_bytes) {  // between the packets of larger ones, which then leave later
      reserve(uplink.free, now, busy);
      arrival = reserve(uplink.small_free, now, busy) + way + time_on(receiver.down_ns_per_byte, bytes);
    } else {  // when its first byte arrives
      arrival = reserve(uplink.free, now, busy) - busy + way;
    }
  }
  if (lost) {
    ++losses_[from.index()].lost;
    return {Fate::lost, arrival};
  }
  return {Fate::passed, arrival};
}

Passage Fabric::arrive(MachineId from, MachineId to, std::uint32_t bytes, bool /*bulk*/, Time now) {
  if (from == to) return {Fate::passed, now};
  if (!cuts_.empty() && !connected(from, to)) {
    ++losses_[from.index()].cut;
    return {Fate::cut, now};
  }
  Downlink& downlink = downlinks_[to.index()];
  ++downlink.messages;
  downlink.bytes += bytes;
  if (model_.uplink == UplinkLaw::one_at_a_time) return {Fate::passed, now};

  const Duration busy = time_on(terms_[to.index()].down_ns_per_byte, bytes);
  if (bytes <= packet_bytes) {  // depart has counted its own time on this link already: it began that much earlier
    reserve(downlink.free, now - busy, busy);
    return {Fate::passed, reserve(downlink.small_free, now - busy, busy)};
  }
  // It is there when both links are through with it.
  const Time sent = now + time_on(terms_[from.index()].up_ns_per_byte, bytes);
  return {Fate::passed, std::max(reserve(downlink.free, now, busy), sent)};
}

Duration Fabric::latency(MachineId from, MachineId to) {
  const Terms& sender = terms_[from.index()];
  const Terms& receiver = terms_[to.index()];
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
  return {uplinks_[i].messages, uplinks_[i].bytes, downlinks_[i].messages,
          downlinks_[i].bytes,  losses_[i].lost,   losses_[i].cut};
}

// --- what befalls it -------------------------------------------------------------------------------------------------

void Fabric::cut(std::uint32_t number, std::span<const std::uint8_t> group_of_machine) {
  CHECK(group_of_machine.size() == terms_.size());
  heal(number);
  cuts_.push_back({number, {group_of_machine.begin(), group_of_machine.end()}});
}

void Fabric::heal(std::uint32_t number) {
  std::erase_if(cuts_, [&](const Cut& cut) { return cut.number == number; });
}

bool Fabric::connected(MachineId a, MachineId b) const {
  return std::none_of(cuts_.begin(), cuts_.end(), [&](const Cut& cut) {
    const std::uint8_t group_a = cut.group_of_machine[a.index()];
    const std::uint8_t group_b = cut.group_of_machine[b.index()];
    return group_a != group_b && group_a != no_group && group_b != no_group;
  });
}

void Fabric::degrade(MachineId machine, double latency_factor, double bandwidth_factor, double added_loss) {
  CHECK(latency_factor >= 0);
  CHECK(bandwidth_factor > 0);
  CHECK(added_loss >= 0 && added_loss <= 1);
  const Place& place = model_.machines[machine.index()];
  Terms& terms = terms_[machine.index()];
  const auto ns_per_byte = [&](double bits) { return bits > 0 ? 8e9 / (bits * bandwidth_factor) : 0; };
  terms.up_ns_per_byte = ns_per_byte(place.up_bits);
  terms.down_ns_per_byte = ns_per_byte(place.down_bits);
  terms.latency_factor = static_cast<float>(latency_factor);
  terms.kept = (1 - access_profiles()[place.access].loss) * (1 - added_loss);
}

void Fabric::clear_queues(MachineId machine) {
  Uplink& uplink = uplinks_[machine.index()];
  Downlink& downlink = downlinks_[machine.index()];
  uplink.small_free = uplink.free = downlink.small_free = downlink.free = Time{};
}

std::size_t Fabric::memory() const {
  std::size_t bytes = model_.machines.capacity() * sizeof(Place) +
                      terms_.size() * (sizeof(Uplink) + sizeof(Downlink) + sizeof(Terms) + sizeof(Losses));
  for (const Cut& cut : cuts_) bytes += cut.group_of_machine.capacity();
  return bytes;
}

}  // namespace peerlab
