// How the servers of a group find a new primary when the old one is silent.
#include <algorithm>
#include <bit>
#include <utility>

#include "models/protocols/central_group.h"

namespace peerlab {

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

}  // namespace peerlab
