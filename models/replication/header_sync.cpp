#include "models/replication/header_sync.h"

#include <algorithm>

namespace peerlab {

void HeaderSync::consult(NodeId peer, Time now, Outbox& out) {
  State& s = state();
  if (relay_.replica().banned(peer) || std::find(s.queue.begin(), s.queue.end(), peer) != s.queue.end()) return;
  s.queue.push_back(peer);
  if (!s.asked.valid()) ask_next(now, out);
}

void HeaderSync::ask_next(Time now, Outbox& out) {
  State& s = state();
  s.asked = nobody;
  s.deadline = Time::never();
  if (!s.queue.empty()) {
    const NodeId peer = s.queue.front();
    s.queue.erase(s.queue.begin());
    ask(peer, BlockRef{}, now, out);
  }
  relay_.replica().hot.awaits_headers = s.asked.valid();
}

void HeaderSync::ask(NodeId peer, BlockRef from, Time now, Outbox& out) {
  State& s = state();
  Replica& r = relay_.replica();
  std::vector<Hash256> ids;
  if (from.valid()) ids.push_back(r.pool.headers.id(from));
  for (const BlockRef b : r.tree.locator()) {
    if (ids.size() < most_locator) ids.push_back(r.pool.headers.id(b));
  }
  out.send(peer, get_headers(*r.home.parcels, std::move(ids)));
  s.asked = peer;
  s.deadline = r.tracker.deadline(Wanted::Class::block, now);
  r.hot.awaits_headers = true;
  r.ring_by(s.deadline, out);
}

void HeaderSync::asked(NodeId from, const Message& m, Outbox& out) {
  Replica& r = relay_.replica();
  std::vector<BlockRef> list;
  r.tree.headers_after(r.home.parcels->as<LocatorParcel>(m).ids, most_headers, list);
  // Only what can be delivered is offered: headers whose bodies are still missing here are no answer.
  const auto end = std::find_if(list.begin(), list.end(), [&](BlockRef b) { return !r.tree.complete(b); });
  list.erase(end, list.end());
  if (list.empty()) {
    out.send(from, block_inventory(r.tree.tip()));
  } else {
    out.work.bytes_coded += list.size() * (Header::size + 1);
    out.send(from, headers(*r.home.parcels, r.pool, std::move(list)));
  }
}

void HeaderSync::note(NodeId peer, BlockRef best) {
  State& s = state();
  const HeaderTree& headers = relay_.replica().pool.headers;
  for (Ahead& row : s.ahead) {
    if (row.peer != peer) continue;
    if (headers.work(best) > headers.work(row.best)) row.best = best;
    return;
  }
  s.ahead.push_back({peer, best});
}

Verdict HeaderSync::received(Time now, NodeId from, std::span<const BlockRef> list, Outbox& out) {
  Replica& r = relay_.replica();
  BlockRef last;
  for (const BlockRef b : list) {
    const Judged judged = r.tree.offer_header(b, now);
    charge(out.work, judged.effort);
    if (judged.verdict == Verdict::ok || judged.verdict == Verdict::already_known) {
      last = b;
    } else if (judged.verdict == Verdict::too_far_ahead || judged.verdict == Verdict::unknown_previous) {
      break;
    } else {
      if (from == asked()) ask_next(now, out);
      return judged.verdict;
    }
  }
  if (last.valid() && r.tree.have_header(last)) note(from, last);
  if (from == asked()) {
    if (list.size() == most_headers && last == list.back()) {
      ask(from, last, now, out);
    } else {
      ask_next(now, out);
    }
  }
  return Verdict::ok;
}

void HeaderSync::announced(Time now, NodeId from, BlockRef block, Outbox& out) {
  if (!catching() && from != asked()) return;
  if (relay_.replica().tree.have_header(block)) note(from, block);
  if (from == asked()) ask_next(now, out);
}

void HeaderSync::request(BlockRef block, Time now, std::span<std::uint32_t> load, Outbox& out) {
  Replica& r = relay_.replica();
  const ThinVector<Ahead>& ahead = state().ahead;
  std::size_t best = ahead.size();
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    if (load[i] >= per_peer || !r.pool.headers.is_ancestor(block, ahead[i].best)) continue;
    if (best == ahead.size() || load[i] < load[best]) best = i;
  }
  if (best == ahead.size()) return;
  const Wanted thing{Wanted::Class::block, block.value};
  const NodeId peer = r.tracker.announced(thing, ahead[best].peer, now);
  ++load[best];
  if (peer.valid()) relay_.ask(thing, peer, out);
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    if (i != best && r.pool.headers.is_ancestor(block, ahead[i].best)) {
      (void)r.tracker.announced(thing, ahead[i].peer, now);
    }
  }
}

bool HeaderSync::pursue(Time now, Outbox& out) {
  Replica& r = relay_.replica();
  if (!behind()) {
    if (!catching() || asking()) return false;
    state_->catching = false;
    relay_.want_whole(false);
    state_->ahead.clear();
    return true;
  }
  State& s = state();
  std::vector<BlockRef> missing;
  r.tree.missing_bodies(per_peer * std::max<std::size_t>(s.ahead.size(), 1) * 2, missing);
  if (missing.size() > 1) {
    s.catching = true;
    relay_.want_whole(true);
  }
  std::vector<std::uint32_t> load;
  for (const Ahead& row : s.ahead) load.push_back(r.tracker.in_flight(row.peer, Wanted::Class::block));
  for (const BlockRef block : missing) {
    if (!r.tracker.wants({Wanted::Class::block, block.value})) request(block, now, load, out);
  }
  r.ring_by(r.tracker.next_deadline(), out);
  return false;
}

void HeaderSync::gone(NodeId peer, Time now, Outbox& out) {
  if (state_ == nullptr) return;
  erase(state_->queue, peer);
  erase_if(state_->ahead, [&](const Ahead& row) { return row.peer == peer; });
  if (state_->asked == peer) ask_next(now, out);
}

void HeaderSync::expire(Time now, Outbox& out) {
  if (deadline() > now) return;
  out.report({happened::request_timed_out, 0, asked().value, 0});
  relay_.replica().tracker.silent(asked());
  ask_next(now, out);
}

}  // namespace peerlab
