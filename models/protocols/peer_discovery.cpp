#include "models/protocols/peer_discovery.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {
namespace {

constexpr Duration pause_before_retry = seconds(30);
constexpr Duration extra_time = seconds(60);
constexpr Duration telling_every = hours(24);
constexpr int most_draws = 100;
constexpr std::uint64_t own_draws = std::uint64_t{1} << 36;  // beyond what the inner node takes of the same stream
constexpr std::size_t none = static_cast<std::size_t>(-1);

std::uint64_t table_key(std::uint64_t seed, NodeId node) {
  Stream secret(seed, purpose("address tables"), node.value);
  return secret.bits();
}

}  // namespace

PeerDiscovery::PeerDiscovery(std::unique_ptr<Node> inner, const Home& home, const DiscoveryShared& shared,
                             std::uint32_t slots, std::uint32_t grants)
    : inner_(std::move(inner)),
      home_(home),
      shared_(shared),
      slots_(slots),
      grants_(grants),
      self_(shared.book.of(home.self)),
      chance_(home.random),
      manager_(shared.selection.tables, table_key(shared.seed, home.self)) {
  chance_.seek(chance_.position() + own_draws);
}

std::size_t PeerDiscovery::find(NodeId peer) const {
  for (std::size_t i = 0; i < peers_.size(); ++i) {
    if (peers_[i].node == peer) return i;
  }
  return none;
}

std::uint32_t PeerDiscovery::count(Part part) const {
  return static_cast<std::uint32_t>(
      std::count_if(peers_.begin(), peers_.end(), [&](const Peer& p) { return p.part == part; }));
}

bool PeerDiscovery::dials(Dial::Why why) const {
  return std::any_of(dials_.begin(), dials_.end(), [&](const Dial& d) { return d.why == why; });
}

std::vector<NodeId> PeerDiscovery::outbound() const {
  std::vector<NodeId> held;
  for (const Peer& p : peers_) {
    if (p.part == Part::slot) held.push_back(p.node);
  }
  return held;
}

void PeerDiscovery::let_in(NodeId peer, Time now) {
  dials_.push_back({shared_.book.of(peer), peer, now + shared_.selection.connect_timeout, Dial::Why::beside});
}

std::size_t PeerDiscovery::inbound_count() const { return count(Part::inbound); }

// --- what the host calls ---------------------------------------------------------------------------------------------

void PeerDiscovery::start(Time now, const Disk& found, Outbox& out) {
  const Disk nothing;
  const Disk& survived = diskless_ ? nothing : found;
  const auto phase = [&](Duration period) -> Time {
    if (period.ns == 0) return Time::never();
    const auto wait = static_cast<std::int64_t>(chance_.below(static_cast<std::uint64_t>(period.ns)));
    return now + Duration{wait};
  };
  if (keeps_addresses()) {
    Disk of_inner;
    load(now, survived, out, of_inner);
    inner_->start(now, of_inner, out);
    next_feeler_ = phase(shared_.selection.feeler_every);
    if (grants_ > 0) next_telling_ = phase(telling_every);
  } else {
    inner_->start(now, survived, out);
  }
  next_extra_ = phase(shared_.selection.extra_every);
  fill(now, out);
  after(now, out);
}

void PeerDiscovery::receive(Time now, NodeId from, const Message& m, Outbox& out) {
  if (m.kind == kind::get_addresses) {
    if (keeps_addresses()) tell(from, now, out);
  } else if (m.kind == kind::addresses) {
    if (keeps_addresses()) learn(now, from, home_.parcels->as<AddressesParcel>(m), out);
  } else {
    inner_->receive(now, from, m, out);
  }
  if (!out.empty()) after(now, out);
}

void PeerDiscovery::submit(Time now, const Request& request, Outbox& out) {
  inner_->submit(now, request, out);
  after(now, out);
}

void PeerDiscovery::won(Time now, Outbox& out) {
  inner_->won(now, out);
  after(now, out);
}

void PeerDiscovery::wake(Time now, Slot slot, Outbox& out) {
  if (slot != timer_slot) {
    inner_->wake(now, slot, out);
    after(now, out);
    return;
  }
  rings_ = Time::never();
  std::erase_if(dials_, [&](const Dial& d) { return d.due <= now; });
  if (now >= retry_) retry_ = Time::never();
  for (std::size_t i = 0; i < peers_.size();) {
    if (peers_[i].part == Part::extra && peers_[i].since + extra_time <= now) {
      hang_up(now, i, Reason::asked, out);
    } else {
      ++i;
    }
  }
  if (now >= next_feeler_) {
    next_feeler_ = now + shared_.selection.feeler_every;
    feel(now, out);
  }
  if (now >= next_extra_) {
    next_extra_ = now + shared_.selection.extra_every;
    const bool free = count(Part::slot) == slots_ && count(Part::extra) == 0 && !dials(Dial::Why::extra);
    const NetAddress address = free ? choose(now, false) : NetAddress{};
    if (address.valid()) dial(address, Dial::Why::extra, now, out);
  }
  if (now >= next_telling_) {
    next_telling_ = now + telling_every;
    out.flood(addresses(*home_.parcels, {{self_, seen_at(now)}}));
  }
  fill(now, out);
  after(now, out);
}

void PeerDiscovery::connected(Time now, NodeId peer, bool inbound, Outbox& out) {
  const auto asked = std::find_if(dials_.begin(), dials_.end(), [&](const Dial& d) { return d.node == peer; });
  const bool feeler = !inbound && asked != dials_.end() && asked->why == Dial::Why::feeler;
  const bool extra = !inbound && asked != dials_.end() && asked->why == Dial::Why::extra;
  const bool beside = !inbound && asked != dials_.end() && asked->why == Dial::Why::beside;
  if (asked != dials_.end()) dials_.erase(asked);  // whoever of the two was first
  if (std::find(banned_.begin(), banned_.end(), peer) != banned_.end()) {
    out.disconnect(peer, Reason::banned);
  } else if (inbound) {
    if (count(Part::inbound) < grants_ || make_room(now, out)) {
      open(now, peer, Part::inbound, out);
    } else {
      out.disconnect(peer, Reason::refused);
    }
  } else if (feeler) {
    reached(shared_.book.of(peer), now, out);
    out.disconnect(peer, Reason::asked);
  } else if (extra || beside) {
    open(now, peer, extra ? Part::extra : Part::beside, out);
  } else if (count(Part::slot) < slots_) {
    open(now, peer, Part::slot, out);
  } else {
    out.disconnect(peer, Reason::asked);
  }
  fill(now, out);
  after(now, out);
}

void PeerDiscovery::disconnected(Time now, NodeId peer, Reason reason, Outbox& out) {
  std::erase_if(dials_, [&](const Dial& d) { return d.node == peer; });
  if (const std::size_t row = find(peer); row != none) {
    forget(now, row, out);
    inner_->disconnected(now, peer, reason, out);
  }
  fill(now, out);
  after(now, out);
}

/// The inner node may have cut somebody off; then there is a slot to fill.
void PeerDiscovery::after(Time now, Outbox& out) {
  bool lost = false;
  for (std::size_t i = 0; i < out.wishes().size(); ++i) {
    const Wish& w = out.wishes()[i];
    if (w.kind != Wish::Kind::disconnect) continue;
    const NodeId peer = w.node;
    if (w.reason == Reason::banned && std::find(banned_.begin(), banned_.end(), peer) == banned_.end()) {
      banned_.push_back(peer);
    }
    const std::size_t row = find(peer);
    if (row == none) continue;
    forget(now, row, out);
    lost = true;
  }
  if (lost) fill(now, out);
  ring(out);
  if (!diskless_) return;
  std::erase_if(out.wishes(), [](const Wish& w) { return w.kind == Wish::Kind::write || w.kind == Wish::Kind::sync; });
}

// --- links -----------------------------------------------------------------------------------------------------------

void PeerDiscovery::open(Time now, NodeId peer, Part part, Outbox& out) {
  Peer& row = peers_.emplace_back();
  row.node = peer;
  row.address = shared_.book.of(peer);
  row.part = part;
  row.since = row.counted = now;
  if (part == Part::slot) out.report({happened::outbound_opened, count(Part::slot), peer.value, slots_});
  if (keeps_addresses()) exchange(now, row, out);
  inner_->connected(now, peer, part == Part::inbound, out);
}

/// The row is gone; whoever calls tells the inner node where it does not know.
void PeerDiscovery::forget(Time now, std::size_t row, Outbox& out) {
  const Peer gone = peers_[row];
  peers_.erase(peers_.begin() + static_cast<std::ptrdiff_t>(row));
  if (gone.part != Part::slot) return;
  out.report({happened::outbound_closed, count(Part::slot), gone.node.value, slots_});
  if (!keeps_addresses()) return;
  manager_.seen(gone.address, now);
  keep(AddressStored::slot_closed, gone.address, out);
}

void PeerDiscovery::hang_up(Time now, std::size_t row, Reason reason, Outbox& out) {
  const NodeId peer = peers_[row].node;
  forget(now, row, out);
  out.disconnect(peer, reason);
  inner_->disconnected(now, peer, reason, out);
}

bool PeerDiscovery::make_room(Time now, Outbox& out) {
  if (!shared_.selection.evict) return false;
  std::vector<std::size_t> rows;  // of inbound links, oldest first
  for (std::size_t i = 0; i < peers_.size(); ++i) {
    if (peers_[i].part == Part::inbound) rows.push_back(i);
  }
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>((rows.size() + 1) / 2));
  std::size_t chosen = none;
  std::size_t most = 0;
  for (const std::size_t row : rows) {
    const auto same = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](std::size_t other) {
      return group_of(peers_[other].address) == group_of(peers_[row].address);
    }));
    if (same < most) continue;
    most = same;
    chosen = row;
  }
  if (chosen == none) return false;
  hang_up(now, chosen, Reason::refused, out);
  return true;
}

void PeerDiscovery::fill(Time now, Outbox& out) {
  if (now < retry_ && retry_ != Time::never()) return;
  const auto dialled = [this] {
    return std::count_if(dials_.begin(), dials_.end(), [](const Dial& d) { return d.why == Dial::Why::slot; });
  };
  for (auto busy = count(Part::slot) + static_cast<std::uint32_t>(dialled()); busy < slots_; ++busy) {
    NetAddress next = choose(now, false);
    if (!next.valid() && keeps_addresses() && count(Part::slot) < 2 && now >= seeds_again_) {
      ask_seeds(now, out);
      next = choose(now, false);
    }
    if (!next.valid()) {
      retry_ = now + pause_before_retry;
      return;
    }
    dial(next, Dial::Why::slot, now, out);
  }
}

NetAddress PeerDiscovery::draw(Time now, bool fresh) {
  if (keeps_addresses()) return manager_.select(now, fresh, chance_);
  const std::span<const NodeId> all = shared_.book.reachable();
  return all.empty() ? NetAddress{} : shared_.book.of(all[chance_.below(all.size())]);
}

NetAddress PeerDiscovery::choose(Time now, bool fresh) {
  while (!fresh && !anchors_.empty()) {
    const NetAddress first = anchors_.front();
    anchors_.erase(anchors_.begin());
    if (usable(first, true)) return first;
  }
  for (int i = 0; i < most_draws; ++i) {
    const NetAddress address = draw(now, fresh);
    if (!address.valid()) return {};
    if (usable(address, !fresh)) return address;
  }
  return {};
}

bool PeerDiscovery::usable(NetAddress address, bool for_slot) const {
  if (address == self_) return false;
  const bool groups = for_slot && keeps_addresses() && shared_.selection.one_per_group;
  for (const Peer& p : peers_) {
    if (p.address == address) return false;
    if (groups && p.part != Part::inbound && group_of(p.address) == group_of(address)) return false;
  }
  for (const Dial& d : dials_) {
    if (d.address == address) return false;
    if (groups && d.why != Dial::Why::feeler && group_of(d.address) == group_of(address)) return false;
  }
  if (banned_.empty()) return true;
  const NodeId there = shared_.book.at(address);
  return std::find(banned_.begin(), banned_.end(), there) == banned_.end() || !there.valid();
}

void PeerDiscovery::dial(NetAddress address, Dial::Why why, Time now, Outbox& out) {
  if (keeps_addresses()) manager_.attempt(address, now);
  const NodeId there = shared_.book.at(address);
  dials_.push_back({address, there, now + shared_.selection.connect_timeout, why});
  if (there.valid()) out.connect(there);
}

void PeerDiscovery::feel(Time now, Outbox& out) {
  manager_.settle_collisions(now);
  if (count(Part::slot) < slots_ || dials(Dial::Why::feeler)) return;
  const NetAddress holder = manager_.to_test();
  if (holder.valid()) {
    const auto linked = std::find_if(peers_.begin(), peers_.end(), [&](const Peer& p) { return p.address == holder; });
    if (linked != peers_.end()) return reached(holder, now, out);
    if (usable(holder, false)) return dial(holder, Dial::Why::feeler, now, out);
  }
  const NetAddress address = choose(now, true);
  if (address.valid()) dial(address, Dial::Why::feeler, now, out);
}

void PeerDiscovery::ring(Outbox& out) {
  Time next = std::min(std::min(retry_, next_feeler_), std::min(next_extra_, next_telling_));
  for (const Dial& d : dials_) next = std::min(next, d.due);
  for (const Peer& p : peers_) {
    if (p.part == Part::extra) next = std::min(next, p.since + extra_time);
  }
  if (next == rings_) return;
  rings_ = next;
  if (next == Time::never()) {
    out.disarm(timer_slot);
  } else {
    out.arm(timer_slot, next);
  }
}

}  // namespace peerlab
