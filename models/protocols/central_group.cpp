#include "models/protocols/central_group.h"

#include <algorithm>
#include <utility>

#include "models/base/check.h"

namespace peerlab {
CentralGroup::CentralGroup(const Home& home, CentralShared& shared, CentralLog& log)
    : shared_(shared), log_(log), parcels_(*home.parcels), self_(home.self), chance_(home.random) {
  for (std::uint32_t i = 0; i < shared.options.servers; ++i) {
    if (shared.server(i) == self_) continue;
    peers_.emplace_back().node = shared.server(i);
  }
}

CentralGroup::Peer* CentralGroup::peer(NodeId node) {
  for (Peer& p : peers_) {
    if (p.node == node) return &p;
  }
  return nullptr;
}

void CentralGroup::promise(CentralLog::Stored what, std::uint32_t value, Outbox& out) {
  log_.promise(what, value, out);
  out.sync();
  ++out.work.syncs;
}

void CentralGroup::start(Time now, const CentralLog::Promises& found, bool first, Outbox& out) {
  epoch_ = std::max<std::uint32_t>(found.epoch, 1);
  voted_ = std::max(found.voted, found.epoch);  // its own epoch may be one in which it led
  whole_ = found.whole || first;
  commit_ = log_.base();
  heard_ = now;
  if (alone()) {
    role_ = Role::primary;
    primary_ = self_;
    return;
  }
  if (first) {
    promise(CentralLog::Stored::whole, 1, out);
    primary_ = shared_.server(0);
    voted_ = 1;
    if (self_ == primary_) return lead(now, out);
  }
  doubt(now, out);
}

void CentralGroup::receive(Time now, NodeId from, const Message& m, Outbox& out) {
  if (alone() || peer(from) == nullptr) return;
  switch (m.kind) {
    case kind::append: take_append(now, from, parcels_.as<AppendParcel>(m), out); break;
    case kind::appended: take_appended(now, from, parcels_.as<AppendedParcel>(m), out); break;
    case kind::vote_request: take_vote_request(now, from, parcels_.as<VoteRequestParcel>(m), out); break;
    case kind::vote: take_vote(now, from, parcels_.as<VoteParcel>(m), out); break;
    case kind::fold:
      if (from == primary_) told_safe_ = std::max(told_safe_, m.ref);
      break;
    case kind::snapshot_part: take_part(now, from, parcels_.as<SnapshotPartParcel>(m), out); break;
    case kind::part_taken: take_part_taken(now, from, parcels_.as<PartTakenParcel>(m), out); break;
    default: CHECK(false);
  }
}

void CentralGroup::wake(Time now, Slot slot, Outbox& out) {
  if (slot == doubt_slot) return doubt(now, out);
  if (!primary()) return;
  if (slot == beat_slot) return beat_all(now, out);
  ship_armed_ = false;
  for (Peer& p : peers_) {
    // While one is under way its answer brings the next; after a beat it counts as lost.
    const bool under_way = p.asked && now - p.sent < beat();
    if (!under_way && p.next <= log_.length()) send(p, now, true, out);
  }
}

void CentralGroup::link_changed(Time now, NodeId node, bool open, Outbox& out) {
  Peer* const p = peer(node);
  if (p == nullptr) return;
  p->asked = false;
  p->refilled = false;
  if (open && primary()) send(*p, now, shared_.options.ship_every.ns == 0, out);  // finds out what it lacks
}

// --- a backup ----------------------------------------------------------------------------------------------------------

void CentralGroup::take_append(Time now, NodeId from, const AppendParcel& p, Outbox& out) {
  if (p.epoch < epoch_ || (p.epoch == epoch_ && primary())) {
    out.send(from, appended(parcels_, epoch_, false, 0));
    return;
  }
  adopt(now, p.epoch, out);
  role_ = Role::backup;
  primary_ = from;
  heard_ = now;
  if (p.after < log_.base()) {  // whether it agrees shows at the base
    out.send(from, appended(parcels_, epoch_, false, log_.base()));
    return;
  }
  if (p.after > log_.length() || log_.epoch_at(p.after) != p.after_epoch) {
    up_to_date_ = false;
    const std::uint32_t base = log_.base();
    std::uint32_t before = std::min(log_.length(), p.after == 0 ? 0 : p.after - 1);
    while (before > base && log_.epoch_at(before) > p.after_epoch) --before;
    const bool overruled = base > 0 && p.after == base;
    out.send(from, appended(parcels_, epoch_, false, overruled ? nothing_fits : std::max(before, base)));
    return;
  }
  if (!merge(p, out)) return;
  const std::uint32_t agreed = p.after + static_cast<std::uint32_t>(p.entries.size());
  commit_ = std::max(std::min(commit_, log_.length()), std::min(p.commit, agreed));
  up_to_date_ = p.commit <= agreed;
  if (!whole_ && up_to_date_) {
    whole_ = true;
    promise(CentralLog::Stored::whole, 1, out);
  }
  out.send(from, appended(parcels_, epoch_, true, agreed));
}

/// Puts the entries in their places. False: the primary ships what no owner signed.
bool CentralGroup::merge(const AppendParcel& p, Outbox& out) {
  bool changed = false;
  std::uint32_t expected = p.after + 1;
  for (const LogEntry& entry : p.entries) {
    if (entry.index != expected++) return false;
    if (entry.index <= log_.length()) {
      if (log_.epoch_at(entry.index) == entry.epoch) continue;
      log_.cut(entry.index - 1, out);
    }
    if (entry.operation && shared_.options.owner_signatures &&
        !shared_.signatures.genuine(*entry.operation, shared_.book, out.work) &&
        std::find(vouched_.begin(), vouched_.end(), entry.operation->number) == vouched_.end()) {
      return false;
    }
    log_.append(entry, out);
    changed = true;
  }
  if (changed && shared_.options.flush_every.ns == 0) {
    out.sync();
    ++out.work.syncs;
  }
  return true;
}

void CentralGroup::take_part(Time now, NodeId from, const SnapshotPartParcel& p, Outbox& out) {
  if (p.name.epoch < epoch_ || (p.name.epoch == epoch_ && primary())) {
    out.send(from, appended(parcels_, epoch_, false, 0));
    return;
  }
  adopt(now, p.name.epoch, out);
  role_ = Role::backup;
  primary_ = from;
  heard_ = now;
  out.send(from, part_taken(parcels_, epoch_, p.name.index, p.offset));
  std::optional<Snapshot> snapshot = refill_.take(p, out.work);
  if (!snapshot) return;
  const std::uint32_t index = snapshot->index;
  const bool known = index >= log_.base() && index <= log_.length() && log_.history_at(index) == snapshot->history;
  if (!known) {
    log_.install(std::move(*snapshot), out);
    commit_ = index;
    installed_ = true;
    up_to_date_ = false;
  }
  out.send(from, appended(parcels_, epoch_, true, index));
}

}  // namespace peerlab
