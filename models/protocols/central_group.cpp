#include "models/protocols/central_group.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "models/base/check.h"

namespace peerlab {
namespace {

/// More bytes than these go with the next shipment.
constexpr std::uint64_t shipment_limit = 1'000'000;

}  // namespace

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

// --- the primary -----------------------------------------------------------------------------------------------------

void CentralGroup::lead(Time now, Outbox& out) {
  role_ = Role::primary;
  primary_ = self_;
  for (Peer& p : peers_) {
    const NodeId node = p.node;
    p = {};
    p.node = node;
    p.next = log_.length() + 1;
    p.sent = p.heard = now;
  }
  log_.append({log_.length() + 1, epoch_, nullptr}, out);
  out.sync();
  ++out.work.syncs;
  out.disarm(doubt_slot);
  beat_all(now, out);
}

void CentralGroup::send(Peer& to, Time now, bool entries, Outbox& out) {
  if (to.next <= log_.base()) {  // it lacks what is no longer in the log
    if (!to.refilled) ship(to.node, now, *log_.snapshot(), out);
    to.next = log_.base() + 1;
  }
  if (to.refilled) to.refill.remind(to.node, epoch_, shared_.options.failover, parcels_, now, out);
  std::vector<LogEntry> shipment;
  std::uint64_t bytes = 0;
  if (entries && !to.refilled) {
    for (std::uint32_t i = to.next; i <= log_.length() && bytes < shipment_limit; ++i) {
      shipment.push_back(log_.at(i));
      bytes += encoded_size(shipment.back());
    }
  }
  out.work.bytes_coded += bytes;
  if (!shipment.empty()) {
    to.asked = true;
    to.sent = now;
  }
  to.told = commit();
  out.send(to.node, append(parcels_, epoch_, to.next - 1, log_.epoch_at(to.next - 1), to.told, std::move(shipment)));
}

void CentralGroup::grown(Time now, Outbox& out) {
  if (!primary() || alone()) return;
  const Duration pause = shared_.options.ship_every;
  if (pause.ns > 0) {
    if (!ship_armed_) out.arm(ship_slot, now + pause);
    ship_armed_ = true;
    return;
  }
  for (Peer& p : peers_) {
    if (!p.asked && p.next <= log_.length()) send(p, now, true, out);
  }
}

void CentralGroup::done_further(Time now, Outbox& out) {
  if (!primary()) return;
  for (Peer& p : peers_) tell_done(p, now, out);
}

void CentralGroup::tell_done(Peer& to, Time now, Outbox& out) {
  const CentralReplication rule = shared_.options.replication;
  if (rule != CentralReplication::quorum && rule != CentralReplication::synchronous) return;  // the shipment said so
  if (to.match == log_.length() && to.told < commit()) send(to, now, false, out);  // otherwise the next shipment does
}

void CentralGroup::beat_all(Time now, Outbox& out) {
  const bool at_once = shared_.options.ship_every.ns == 0;
  std::uint32_t hear = 1;
  std::uint32_t keep_up = 1;
  for (const Peer& p : peers_) {
    if (now - p.heard < shared_.options.failover) ++hear;
    if (p.keeps_up) ++keep_up;
  }
  if (shared_.options.servers > 2 && hear < shared_.options.majority()) return step_down(now, out);
  for (Peer& p : peers_) {
    const bool silent = now - p.heard >= shared_.options.failover;
    if (p.keeps_up && silent && keep_up > shared_.options.majority()) {
      p.keeps_up = false;
      --keep_up;
    }
    send(p, now, at_once, out);
    if (!at_once && p.next <= log_.length()) grown(now, out);
  }
  out.arm(beat_slot, now + beat());
}

void CentralGroup::take_appended(Time now, NodeId from, const AppendedParcel& p, Outbox& out) {
  if (p.epoch > epoch_) return adopt(now, p.epoch, out);
  Peer* const backup = peer(from);
  if (!primary() || backup == nullptr || p.epoch < epoch_) return;
  backup->heard = now;
  if (!p.taken) {
    backup->asked = false;
    // While a snapshot is under way its log does not matter. One that arrived and came to nothing is shipped again.
    const bool in_vain = backup->refill.arrived() && now - backup->refill.progress() >= shared_.options.failover;
    if (backup->refilled && !in_vain) return;
    backup->refilled = false;
    if (p.length > log_.length()) {
      misfits_.push_back(from);
      return;
    }
    backup->next = p.length + 1;
    send(*backup, now, true, out);
    return;
  }
  backup->refilled = false;
  if (p.length > log_.length()) return;                 // no honest backup says so
  if (p.length > backup->match) backup->asked = false;  // not the answer to a mere heartbeat
  backup->match = std::max(backup->match, p.length);
  backup->next = std::max(backup->next, backup->match + 1);
  if (backup->match == log_.length()) backup->keeps_up = true;
  if (backup->next <= log_.length()) grown(now, out);
  tell_done(*backup, now, out);
}

std::uint32_t CentralGroup::commit() {
  if (!primary()) return commit_;
  const CentralReplication rule = shared_.options.replication;
  if (rule == CentralReplication::none || rule == CentralReplication::asynchronous) return commit_ = log_.length();
  std::uint32_t done = held_by_majority();
  if (rule == CentralReplication::synchronous) {
    for (const Peer& p : peers_) {
      if (p.keeps_up) done = std::min(done, p.match);
    }
  }
  if (done > commit_ && log_.epoch_at(done) == epoch_) commit_ = done;
  return commit_;
}

std::uint32_t CentralGroup::held_by_majority() const {
  std::vector<std::uint32_t> held = {log_.length()};
  for (const Peer& p : peers_) held.push_back(p.match);
  std::sort(held.begin(), held.end());
  return held[held.size() - shared_.options.majority()];
}

// --- compaction --------------------------------------------------------------------------------------------------------

std::uint32_t CentralGroup::safe() const {
  if (!primary()) return told_safe_;
  const std::uint32_t held = held_by_majority();
  return held > log_.base() && log_.epoch_at(held) == epoch_ ? held : log_.base();
}

void CentralGroup::tell_safe(std::uint32_t index, Outbox& out) {
  if (!primary()) return;
  for (const Peer& p : peers_) out.send(p.node, fold(index));
}

std::shared_ptr<const Bytes> CentralGroup::encoded(const Snapshot& snapshot, Outbox& out) {
  std::shared_ptr<const Bytes> all = encoded_.lock();
  if (all == nullptr || encoded_history_ != snapshot.history) {
    all = std::make_shared<const Bytes>(encode_snapshot(snapshot));
    out.work.bytes_coded += all->size();
    encoded_ = all;
    encoded_history_ = snapshot.history;
  }
  return all;
}

void CentralGroup::ship(NodeId backup, Time now, const Snapshot& snapshot, Outbox& out) {
  Peer* const to = peer(backup);
  if (to == nullptr || !primary()) return;
  to->refill.begin(encoded(snapshot, out), snapshot.index, now);
  to->refill.send(to->node, epoch_, parcels_, now, out);
  to->refilled = true;
  to->next = std::max(snapshot.index, log_.base()) + 1;
}

void CentralGroup::take_part_taken(Time now, NodeId from, const PartTakenParcel& p, Outbox& out) {
  Peer* const backup = peer(from);
  if (!primary() || p.epoch != epoch_ || !backup->refilled) return;
  backup->heard = now;
  backup->refill.taken(p.index, p.offset, now);
  backup->refill.send(from, epoch_, parcels_, now, out);
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

// --- elections -----------------------------------------------------------------------------------------------------------

void CentralGroup::doubt(Time now, Outbox& out) {
  if (primary()) return;
  const Duration failover = shared_.options.failover;
  const auto rank = static_cast<std::int64_t>(self_.value - shared_.users);
  const Time patience = heard_ + failover + failover / 20 * rank;
  if (now < patience) {
    out.arm(doubt_slot, patience);
    return;
  }
  primary_ = nobody;
  stand(now, true, out);
  const auto spread = static_cast<std::uint64_t>(std::max<std::int64_t>(failover.ns / 5, 1));
  out.arm(doubt_slot, now + failover / 5 + Duration{static_cast<std::int64_t>(chance_.below(spread))});
}

void CentralGroup::stand(Time now, bool trial, Outbox& out) {
  role_ = Role::candidate;
  trial_ = trial;
  if (!trial) {
    epoch_ += 1;
    voted_ = epoch_;
    promise(CentralLog::Stored::vote, epoch_, out);
  }
  votes_ = 1U << (self_.value - shared_.users);
  whole_votes_ = whole_ ? votes_ : 0;
  for (const Peer& p : peers_) {
    out.send(p.node, vote_request(parcels_, trial ? epoch_ + 1 : epoch_, trial, log_.length(), log_.last_epoch()));
  }
  count(now, out);
}

void CentralGroup::count(Time now, Outbox& out) {
  const auto all = static_cast<std::uint32_t>(std::popcount(votes_));
  const auto whole = static_cast<std::uint32_t>(std::popcount(whole_votes_));
  if (whole < shared_.options.majority() && all < shared_.options.servers) return;
  if (trial_) {
    stand(now, false, out);
  } else {
    lead(now, out);
  }
}

void CentralGroup::take_vote_request(Time now, NodeId from, const VoteRequestParcel& p, Outbox& out) {
  const bool good_log = std::pair(p.last_epoch, p.length) >= std::pair(log_.last_epoch(), log_.length());
  const bool quiet = !primary() && now >= heard_ + shared_.options.failover - beat();
  const bool granted = good_log && quiet && p.epoch > voted_ && p.epoch >= epoch_;
  if (granted && !p.trial) {
    role_ = Role::backup;
    epoch_ = p.epoch;
    voted_ = p.epoch;
    promise(CentralLog::Stored::vote, p.epoch, out);
  }
  out.send(from, vote(parcels_, granted ? p.epoch : epoch_, p.trial, granted, whole_));
}

void CentralGroup::take_vote(Time now, NodeId from, const VoteParcel& p, Outbox& out) {
  if (!p.granted) return adopt(now, p.epoch, out);
  if (role_ != Role::candidate || p.trial != trial_ || p.epoch != (trial_ ? epoch_ + 1 : epoch_)) return;
  const std::uint32_t bit = 1U << (from.value - shared_.users);
  votes_ |= bit;
  if (p.whole) whole_votes_ |= bit;
  count(now, out);
}

void CentralGroup::adopt(Time now, std::uint32_t epoch, Outbox& out) {
  if (epoch <= epoch_) return;
  epoch_ = epoch;
  promise(CentralLog::Stored::epoch, epoch, out);
  if (role_ != Role::backup) step_down(now, out);
}

void CentralGroup::step_down(Time now, Outbox& out) {
  if (primary()) heard_ = now;
  role_ = Role::backup;
  primary_ = nobody;
  up_to_date_ = false;
  out.disarm(beat_slot);
  if (ship_armed_) out.disarm(ship_slot);
  ship_armed_ = false;
  doubt(now, out);
}

// --- what comes in -------------------------------------------------------------------------------------------------------

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

}  // namespace peerlab
