// What a node says, hears and keeps of addresses.
#include <algorithm>
#include <array>
#include <utility>

#include "models/protocols/peer_discovery.h"

namespace peerlab {
namespace {

constexpr Duration hearsay = hours(2);      // what somebody else has seen counts as older by this much
constexpr Duration fresh = minutes(10);     // what is passed on
constexpr std::size_t most_passed_on = 10;  // longer lists are answers
constexpr std::size_t passed_to = 2;        // neighbours
constexpr Duration seeds_pause = minutes(10);
constexpr Duration seeds_age = hours(24 * 3);  // of what seed servers tell
constexpr std::uint32_t seed_servers = 8;      // each in a group of its own
constexpr std::uint64_t entry_bytes = 62;      // an address with its dates
constexpr std::uint64_t source_bytes = 16;

std::uint64_t bytes_of(AddressStored kind) { return kind == AddressStored::source ? source_bytes : entry_bytes; }

}  // namespace

void PeerDiscovery::keep(AddressStored kind, NetAddress address, Outbox& out) {
  out.write({static_cast<std::uint32_t>(kind), address.value, bytes_of(kind)});
  out.work.bytes_written += bytes_of(kind);
}

void PeerDiscovery::load(Time now, const Disk& survived, Outbox& out, Disk& of_inner) {
  for (const DiskEntry& e : survived.entries()) {
    if (e.kind < static_cast<std::uint32_t>(AddressStored::source)) {
      of_inner.write(e);
      continue;
    }
    out.work.bytes_read += e.bytes;
    const auto kind = static_cast<AddressStored>(e.kind);
    if (e.bytes != bytes_of(kind)) continue;  // torn by the crash
    const NetAddress address(e.ref);
    switch (kind) {
      case AddressStored::source: source_ = address; break;
      case AddressStored::heard: manager_.add(address, source_, now, now, chance_); break;
      case AddressStored::reached: manager_.good(address, now); break;
      case AddressStored::slot_opened: anchors_.push_back(address); break;
      case AddressStored::slot_closed: std::erase(anchors_, address); break;
    }
  }
  of_inner.sync();
  // Who holds a slot at the end of the log held it when the machine went off.
  for (const NetAddress address : anchors_) keep(AddressStored::slot_closed, address, out);
  if (anchors_.size() > shared_.selection.anchors) anchors_.resize(shared_.selection.anchors);
}

void PeerDiscovery::hear(NetAddress address, NetAddress source, Time seen, Time now, Outbox& out) {
  if (address == self_ || !address.valid()) return;
  if (!manager_.add(address, source, seen, now, chance_)) return;
  if (source != source_) keep(AddressStored::source, source, out);
  source_ = source;
  keep(AddressStored::heard, address, out);
}

void PeerDiscovery::reached(NetAddress address, Time now, Outbox& out) {
  if (manager_.good(address, now)) keep(AddressStored::reached, address, out);
}

void PeerDiscovery::ask_seeds(Time now, Outbox& out) {
  seeds_again_ = now + seeds_pause;
  const std::span<const NodeId> all = shared_.book.reachable();
  for (std::uint32_t i = 0; i < shared_.selection.seed_addresses && !all.empty(); ++i) {
    const NodeId drawn = all[chance_.below(all.size())];
    const NetAddress server((i % seed_servers + 1) << 16 | 53);
    hear(shared_.book.of(drawn), server, now - seeds_age, now, out);
  }
}

/// What is said first over a link that opened.
void PeerDiscovery::exchange(Time now, Peer& with, Outbox& out) {
  if (with.part == Part::inbound) return;
  reached(with.address, now, out);
  if (with.part != Part::slot) return;
  keep(AddressStored::slot_opened, with.address, out);
  if (grants_ > 0) out.send(with.node, addresses(*home_.parcels, {{self_, seen_at(now)}}));
  out.send(with.node, get_addresses());
  with.answers = true;
  with.may_tell += static_cast<double>(most_addresses);
}

/// Answers whoever asked for the link, once: who asks twice wants to see the tables.
void PeerDiscovery::tell(NodeId peer, Time now, Outbox& out) {
  const std::size_t row = find(peer);
  if (row >= peers_.size() || peers_[row].part != Part::inbound || peers_[row].was_told) return;
  peers_[row].was_told = true;
  std::vector<ToldAddress> list;
  for (const NetAddress a : manager_.share(most_addresses, now, chance_)) {
    list.push_back({a, seen_at(manager_.last_seen(a))});
  }
  const Message answer = addresses(*home_.parcels, std::move(list));
  out.work.bytes_coded += home_.parcels->at(answer).wire_size;
  out.send(peer, answer);
}

void PeerDiscovery::learn(Time now, NodeId from, const AddressesParcel& parcel, Outbox& out) {
  out.work.bytes_coded += parcel.wire_size;
  const std::size_t row = find(from);
  if (row >= peers_.size()) return;
  Peer& teller = peers_[row];
  const double rate = shared_.selection.address_rate;
  if (rate > 0) {
    const double refilled = teller.may_tell + rate * (now - teller.counted).seconds();
    teller.may_tell = std::max(teller.may_tell, std::min(refilled, static_cast<double>(most_addresses)));
    teller.counted = now;
  }
  const bool answer = teller.answers && parcel.list.size() > 1;
  if (answer) teller.answers = false;
  const bool passed_on = !answer && parcel.list.size() <= most_passed_on;
  std::vector<std::pair<NodeId, std::vector<ToldAddress>>> onward;
  for (const ToldAddress& told : parcel.list) {
    if (rate > 0) {
      if (teller.may_tell < 1) break;
      teller.may_tell -= 1;
    }
    const Time seen = std::min(Time::zero() + seconds(told.seen), now);
    const bool himself = told.address == teller.address;
    const Time believed = himself ? seen : seen - hearsay;
    const bool news = !manager_.knows(told.address) || believed > manager_.last_seen(told.address);
    hear(told.address, teller.address, believed, now, out);
    if (!passed_on || !news || now - seen > fresh || !manager_.knows(told.address)) continue;
    // Always the same two neighbours for an address, as long as they are there.
    std::vector<std::pair<std::uint64_t, NodeId>> lots;
    for (const Peer& p : peers_) {
      if (p.node == from || p.address == told.address) continue;
      lots.emplace_back(mix64(mix64(home_.self.value) ^ (std::uint64_t{told.address.value} << 24 ^ p.node.value)),
                        p.node);
    }
    std::sort(lots.begin(), lots.end());
    for (std::size_t i = 0; i < lots.size() && i < passed_to; ++i) {
      const auto known =
          std::find_if(onward.begin(), onward.end(), [&](const auto& other) { return other.first == lots[i].second; });
      std::vector<ToldAddress>& list = known != onward.end()
                                           ? known->second
                                           : onward.emplace_back(lots[i].second, std::vector<ToldAddress>()).second;
      list.push_back(told);
    }
  }
  for (auto& [to, list] : onward) out.send(to, addresses(*home_.parcels, std::move(list)));
}

}  // namespace peerlab
