#include "models/replication/header_sync.h"

#include <algorithm>

namespace peerlab {

void HeaderSync::consult(NodeId peer, Time now, Outbox& out) {
  if (r_.banned(peer) || std::find(queue_.begin(), queue_.end(), peer) != queue_.end()) return;
  queue_.push_back(peer);
  if (!asked_.valid()) ask_next(now, out);
}

void HeaderSync::ask_next(Time now, Outbox& out) {
  asked_ = nobody;
  deadline_ = Time::never();
  if (!queue_.empty()) {
    const NodeId peer = queue_.front();
    queue_.erase(queue_.begin());
    ask(peer, BlockRef{}, now, out);
  }
  r_.hot.awaits_headers = asked_.valid();
}

void HeaderSync::ask(NodeId peer, BlockRef from, Time now, Outbox& out) {
  std::vector<Hash256> ids;
  if (from.valid()) ids.push_back(r_.pool.headers.id(from));
  for (const BlockRef b : r_.tree.locator()) {
    if (ids.size() < most_locator) ids.push_back(r_.pool.headers.id(b));
  }
  out.send(peer, get_headers(*r_.home.parcels, std::move(ids)));
  asked_ = peer;
  deadline_ = r_.tracker.deadline(Wanted::Class::block, now);
  r_.hot.awaits_headers = true;
  r_.ring_by(deadline_, out);
}

void HeaderSync::asked(NodeId from, const Message& m, Outbox& out) {
  std::vector<BlockRef> list;
  r_.tree.headers_after(r_.home.parcels->as<LocatorParcel>(m).ids, most_headers, list);
  // Only what can be delivered is offered: headers whose bodies are still missing here are no answer.
  const auto end = std::find_if(list.begin(), list.end(), [&](BlockRef b) { return !r_.tree.complete(b); });
  list.erase(end, list.end());
  if (list.empty()) {
    out.send(from, block_inventory(r_.tree.tip()));
  } else {
    out.work.bytes_coded += list.size() * (Header::size + 1);
    out.send(from, headers(*r_.home.parcels, r_.pool, std::move(list)));
  }
}

void HeaderSync::note(NodeId peer, BlockRef best) {
  for (Ahead& row : ahead_) {
    if (row.peer != peer) continue;
    if (r_.pool.headers.work(best) > r_.pool.headers.work(row.best)) row.best = best;
    return;
  }
  ahead_.push_back({peer, best});
}

Verdict HeaderSync::received(Time now, NodeId from, std::span<const BlockRef> list, Outbox& out) {
  BlockRef last;
  for (const BlockRef b : list) {
    const Judged judged = r_.tree.offer_header(b, now);
    charge(out.work, judged.effort);
    if (judged.verdict == Verdict::ok || judged.verdict == Verdict::already_known) {
      last = b;
    } else if (judged.verdict == Verdict::too_far_ahead || judged.verdict == Verdict::unknown_previous) {
      break;
    } else {
      if (from == asked_) ask_next(now, out);
      return judged.verdict;
    }
  }
  if (last.valid() && r_.tree.have_header(last)) note(from, last);
  if (from == asked_) {
    if (list.size() == most_headers && last == list.back()) {
      ask(from, last, now, out);
    } else {
      ask_next(now, out);
    }
  }
  return Verdict::ok;
}

void HeaderSync::announced(Time now, NodeId from, BlockRef block, Outbox& out) {
  if (!catching_ && from != asked_) return;
  if (r_.tree.have_header(block)) note(from, block);
  if (from == asked_) ask_next(now, out);
}

void HeaderSync::request(BlockRef block, Time now, std::span<std::uint32_t> load, Outbox& out) {
  std::size_t best = ahead_.size();
  for (std::size_t i = 0; i < ahead_.size(); ++i) {
    if (load[i] >= per_peer || !r_.pool.headers.is_ancestor(block, ahead_[i].best)) continue;
    if (best == ahead_.size() || load[i] < load[best]) best = i;
  }
  if (best == ahead_.size()) return;
  const Wanted thing{Wanted::Class::block, block.value};
  const NodeId peer = r_.tracker.announced(thing, ahead_[best].peer, now);
  ++load[best];
  if (peer.valid()) relay_.ask(thing, peer, out);
  for (std::size_t i = 0; i < ahead_.size(); ++i) {
    if (i != best && r_.pool.headers.is_ancestor(block, ahead_[i].best)) {
      (void)r_.tracker.announced(thing, ahead_[i].peer, now);
    }
  }
}

bool HeaderSync::pursue(Time now, Outbox& out) {
  if (!behind()) {
    if (!catching_ || asking()) return false;
    catching_ = false;
    relay_.want_whole(false);
    ahead_.clear();
    return true;
  }
  std::vector<BlockRef> missing;
  r_.tree.missing_bodies(per_peer * std::max<std::size_t>(ahead_.size(), 1) * 2, missing);
  if (missing.size() > 1) {
    catching_ = true;
    relay_.want_whole(true);
  }
  std::vector<std::uint32_t> load;
  for (const Ahead& row : ahead_) load.push_back(r_.tracker.in_flight(row.peer, Wanted::Class::block));
  for (const BlockRef block : missing) {
    if (!r_.tracker.wants({Wanted::Class::block, block.value})) request(block, now, load, out);
  }
  r_.ring_by(r_.tracker.next_deadline(), out);
  return false;
}

void HeaderSync::gone(NodeId peer, Time now, Outbox& out) {
  erase(queue_, peer);
  erase_if(ahead_, [&](const Ahead& row) { return row.peer == peer; });
  if (asked_ == peer) ask_next(now, out);
}

void HeaderSync::expire(Time now, Outbox& out) {
  if (deadline_ > now) return;
  out.report({happened::request_timed_out, 0, asked_.value, 0});
  r_.tracker.silent(asked_);
  ask_next(now, out);
}

}  // namespace peerlab
