// What the primary of a group does: ships its log, counts who holds it, refills those who lack what is folded.
#include <algorithm>

#include "models/protocols/central_group.h"

namespace peerlab {
namespace {

/// More bytes than these go with the next shipment.
constexpr std::uint64_t shipment_limit = 1'000'000;

}  // namespace

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

}  // namespace peerlab
