#include "models/protocols/gossip_store.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/crypto/sha256.h"
#include "models/protocols/refusal.h"

namespace peerlab {

GossipStore::GossipStore(const Home& home, UserId user, GossipShared& shared)
    : home_(home),
      shared_(shared),
      user_(user),
      author_(user, shared.book, shared.options.owner_signatures, shared.options.encrypt_private),
      rumours_(shared.options.spreading == Spreading::rounds, shared.options.call_every, shared.options.interest) {}

void GossipStore::won(Time, Outbox&) {}
void GossipStore::disconnected(Time, NodeId, Reason, Outbox&) {}

const Version* GossipStore::find(RecordName record) const {
  const auto at = records_.find(record.packed());
  return at == records_.end() ? nullptr : at->second.get();
}

void GossipStore::start(Time now, const Disk& survived, Outbox& out) {
  for (const DiskEntry& entry : survived.entries()) {
    if (entry.kind != stored_version) continue;
    const VersionPtr& version = shared_.journal[entry.ref];
    out.work.bytes_read += entry.bytes;
    if (entry.bytes != version->bytes) continue;  // torn by a power cut
    const Version* const there = find(version->record());
    if (there == nullptr || later(*version, *there)) keep(version);
  }
  for (const auto& [name, version] : records_) {
    out.report({happened::operation_shown, 0, version->stamp(), 0});
  }
  if (!records_.empty()) {
    out.report({happened::tip_moved, static_cast<std::uint32_t>(records_.size()), state().low64(), state().low64()});
  }
  if (shared_.options.compare_every.ns == 0) return;
  const auto period = static_cast<std::uint64_t>(shared_.options.compare_every.ns);
  const std::uint64_t first = home_.random.below(period);  // not everybody at once
  out.arm(compare_slot, now + Duration{static_cast<std::int64_t>(first)});
}

Hash256 GossipStore::state() const {
  Bytes text;
  Writer w(text);
  for (const std::uint64_t sum : sums_) w.u64(sum);
  return tagged_hash("peerlab/gossip", text);
}

// --- what the user asks ------------------------------------------------------------------------------------------------

void GossipStore::read(const Request& request, Outbox& out) {
  ++out.work.state_steps;
  const Version* const there = find(request.record);
  const bool right = there != nullptr && credible(there->state, request.record, shared_.options.owner_signatures,
                                                  shared_.book, shared_.signatures, out.work);
  out.report({happened::read_answered, right ? 1U : 0U, request.number,
              there != nullptr ? there->stamp() : happened::no_version});
}

Verdict GossipStore::judge(const Request& request, UserId writer) const {
  const Version* const there = find(request.record);
  if (request.what == Asked::publish) {
    if (there != nullptr) return Verdict::duplicate_record;
    return request.record.publisher == writer ? Verdict::ok : Verdict::not_owner;
  }
  if (there == nullptr || there->state.erased()) return Verdict::unknown_output;
  return there->state.owner() == writer ? Verdict::ok : Verdict::not_owner;
}

/// What somebody who sits here writes in another user's name: without his key, in the clear.
OperationPtr GossipStore::write_as_another(const Request& request, Outbox& out) {
  std::optional<Content> content;
  if (request.what == Asked::publish || request.what == Asked::update) {
    content = declared_content(mix64(shared_.book.seed() ^ mix64(request.number)) | 1,
                               std::max<std::uint32_t>(request.size, 1));
  }
  return Author(request.user, shared_.book, false, false).write(request, std::move(content), false, out.work);
}

void GossipStore::submit(Time now, const Request& request, Outbox& out) {
  if (request.what == Asked::read) return read(request, out);
  const auto refuse = [&](std::uint64_t why) { out.report({happened::operation_refused, 0, request.number, why}); };
  if (request.what == Asked::pay) return refuse(static_cast<std::uint64_t>(Refusal::no_order));
  const bool seals = request.is_private && shared_.options.encrypt_private;
  if (!home_.has_key && (shared_.options.owner_signatures || seals)) {
    return refuse(static_cast<std::uint64_t>(Verdict::not_owner));
  }
  // Where nobody signs, whoever passes something on is believed: so somebody at a peer can write in anybody's name.
  const bool as_another = !shared_.options.owner_signatures && request.user != user_;
  if (const Verdict verdict = judge(request, as_another ? request.user : user_); verdict != Verdict::ok) {
    return refuse(static_cast<std::uint64_t>(verdict));
  }
  OperationPtr write;
  Answer before;
  if (as_another) {
    if (request.what != Asked::publish) before = find(request.record)->state;
    write = write_as_another(request, out);
  } else if (request.what == Asked::transfer) {
    before = find(request.record)->state;
    const int carrier = before.carrier();
    CHECK(carrier >= 0);  // it is not erased
    write = author_.hand_over(request, *before.custody[static_cast<std::size_t>(carrier)], out.work);
    if (write == nullptr) return refuse(static_cast<std::uint64_t>(Verdict::not_owner));
  } else {
    if (request.what != Asked::publish) before = find(request.record)->state;
    write = author_.write(request, out.work);
  }
  const VersionPtr version = shared_.add(followed_by(before, write));
  const Version* const there = find(request.record);
  if (there != nullptr && !later(*version, *there)) return refuse(static_cast<std::uint64_t>(Verdict::not_owner));
  out.report({happened::operation_accepted, 0, request.number, 0});
  own_.push_back({request.number, request.record.packed(), request.what == Asked::update, false, false, {}});
  adopt(version, out);
  tell(now, out, request.record.packed());
  if (shared_.options.copies <= 1) {
    own_.back().acked = true;
    out.report({happened::operation_acked, 1, request.number, 0});
  }
}

// --- what it keeps -----------------------------------------------------------------------------------------------------

void GossipStore::keep(const VersionPtr& version) {
  const std::uint64_t name = version->record().packed();
  VersionPtr& place = records_[name];
  std::uint64_t& sum = sums_[bucket_of(name)];
  if (place != nullptr) sum -= place->mark;
  sum += version->mark;
  place = version;
  std::vector<Offered>& bucket = buckets_[bucket_of(name)];
  const auto at = std::lower_bound(bucket.begin(), bucket.end(), name,
                                   [](const Offered& known, std::uint64_t wanted) { return known.record < wanted; });
  const Offered here{name, static_cast<std::uint32_t>(version->stamp())};
  if (at != bucket.end() && at->record == name) {
    *at = here;
  } else {
    bucket.insert(at, here);
  }
}

void GossipStore::adopt(const VersionPtr& version, Outbox& out) {
  const Version* const there = find(version->record());
  const std::uint64_t stamp_before = there != nullptr ? there->stamp() : happened::no_version;
  keep(version);
  write_down(*version, stored_version, stamp_before, out);
  const std::uint64_t name = state().low64();
  out.report({happened::tip_moved, static_cast<std::uint32_t>(records_.size()), name, name});
  follow_own(*version, out);
}

// A later writer has won: what this user did, and what is not in the custody that stands now, was undone.
void GossipStore::follow_own(const Version& version, Outbox& out) {
  const std::uint64_t name = version.record().packed();
  for (Own& own : own_) {
    if (own.record != name || own.replaceable) continue;
    const bool there = std::any_of(version.state.custody.begin(), version.state.custody.end(),
                                   [&](const OperationPtr& write) { return write->number == own.number; });
    if (!there && own.acked && !own.undone) out.report({happened::operation_undone, 0, own.number, 0});
    own.undone = !there;
  }
}

void GossipStore::tell(Time now, Outbox& out, std::uint64_t record) {
  if (calls()) {
    rumours_.hear(now, record, records_.at(record)->stamp());
    return await_call(now, out);
  }
  if (news_.empty()) out.arm(announce_slot, now + shared_.options.announce_every);
  if (std::find(news_.begin(), news_.end(), record) == news_.end()) news_.push_back(record);
}

// --- what peers say ----------------------------------------------------------------------------------------------------

void GossipStore::await_call(Time now, Outbox& out) {
  if (waits_for_call_) return;
  const Time due = rumours_.next_call(now, home_.random);
  if (due == Time::never()) return;
  waits_for_call_ = true;
  out.arm(announce_slot, due);
}

void GossipStore::call(Time now, Outbox& out) {
  waits_for_call_ = false;
  const std::vector<std::uint64_t> told = rumours_.call(now, home_.random);
  const std::span<const NodeId> neighbours = home_.links->of(home_.self);
  const auto linked = static_cast<std::size_t>(
      std::count_if(neighbours.begin(), neighbours.end(), [](NodeId peer) { return peer.valid(); }));
  if (!told.empty() && linked > 0) {
    std::size_t place = home_.random.below(linked);
    for (const NodeId peer : neighbours) {
      if (!peer.valid() || place-- > 0) continue;
      give(peer, told, out);
      break;
    }
  }
  await_call(now, out);
}

void GossipStore::wake(Time now, Slot slot, Outbox& out) {
  if (slot == announce_slot && calls()) return call(now, out);
  if (slot == announce_slot) {
    std::vector<Offered> offers;
    for (const std::uint64_t record : news_) {
      offers.push_back({record, static_cast<std::uint32_t>(records_.at(record)->stamp())});
    }
    news_.clear();
    if (!offers.empty()) out.flood(gossip_offer(*home_.parcels, std::move(offers)));
    return;
  }
  out.arm(compare_slot, now + shared_.options.compare_every);
  std::vector<NodeId> neighbours;
  for (const NodeId peer : home_.links->of(home_.self)) {
    if (peer.valid()) neighbours.push_back(peer);
  }
  if (neighbours.empty()) return;
  compare(neighbours[home_.random.below(neighbours.size())], out);
}

void GossipStore::connected(Time, NodeId peer, bool, Outbox& out) {
  if (shared_.options.compare_every.ns > 0) compare(peer, out);
}

void GossipStore::compare(NodeId with, Outbox& out) { out.send(with, gossip_summary(*home_.parcels, sums_)); }

void GossipStore::receive(Time now, NodeId from, const Message& m, Outbox& out) {
  switch (m.kind) {
    case kind::gossip_offer: return take_offer(now, from, home_.parcels->as<GossipOfferParcel>(m).offers, out);
    case kind::gossip_want: return give(from, home_.parcels->as<GossipWantParcel>(m).records, out);
    case kind::gossip_record: return take_record(now, from, home_.parcels->as<GossipRecordParcel>(m).state, out);
    case kind::gossip_have: rumours_.answered(m.ref, false); return take_have(from, m.ref, out);
    case kind::gossip_knew: return rumours_.answered(m.ref, true);
    case kind::gossip_summary: return take_summary(from, home_.parcels->as<GossipSummaryParcel>(m).sums, out);
    default: break;
  }
  out.report({happened::peer_banned, 0, from.value, static_cast<std::uint64_t>(Verdict::malformed)});
  out.disconnect(from, Reason::banned);
}

void GossipStore::take_offer(Time now, NodeId from, const std::vector<Offered>& offers, Outbox& out) {
  std::vector<std::uint64_t> wanted;
  for (const Offered& offer : offers) {
    ++out.work.state_steps;
    const auto there = records_.find(offer.record);
    if (there != records_.end() && there->second->stamp() >= offer.stamp) continue;
    AskedFor& asked = asked_[offer.record];
    if (asked.stamp >= offer.stamp && asked.at != Time{} && now - asked.at < shared_.options.request_timeout) continue;
    asked = {offer.stamp, now};
    wanted.push_back(offer.record);
  }
  if (!wanted.empty()) out.send(from, gossip_want(*home_.parcels, std::move(wanted)));
}

void GossipStore::give(NodeId to, const std::vector<std::uint64_t>& records, Outbox& out) {
  for (const std::uint64_t record : records) {
    ++out.work.state_steps;
    const auto there = records_.find(record);
    if (there == records_.end()) continue;
    out.work.bytes_read += there->second->bytes;
    out.send(to, gossip_record(*home_.parcels, there->second->state));
  }
}

void GossipStore::take_record(Time now, NodeId from, const Answer& state, Outbox& out) {
  const RecordName record = state.custody.front()->record;
  if (!credible(state, record, shared_.options.owner_signatures, shared_.book, shared_.signatures, out.work)) {
    out.report({happened::peer_banned, 0, from.value, static_cast<std::uint64_t>(Verdict::bad_signature)});
    out.disconnect(from, Reason::banned);
    return;
  }
  asked_.erase(record.packed());
  const auto number = static_cast<std::uint32_t>(state.version());
  const Version* const there = find(record);
  if (calls() && rumours_.knew(now, record.packed(), number)) {
    if (rumours_.wants_feedback()) out.send(from, gossip_knew(number));
    return;
  }
  VersionPtr version = shared_.known(state);
  if (there == nullptr || later(*version, *there)) {
    adopt(version, out);
    tell(now, out, record.packed());
  }
  out.send(from, gossip_have(number));  // this version or a later one
}

void GossipStore::take_have(NodeId from, std::uint32_t number, Outbox& out) {
  for (Own& own : own_) {
    if (own.number != number || own.acked) continue;
    if (std::find(own.holders.begin(), own.holders.end(), from) == own.holders.end()) own.holders.push_back(from);
    const auto copies = static_cast<std::uint32_t>(own.holders.size()) + 1;
    if (copies < shared_.options.copies) return;
    own.acked = true;
    out.report({happened::operation_acked, copies, number, 0});
    if (own.undone) out.report({happened::operation_undone, 0, number, 0});
    return;
  }
}

void GossipStore::take_summary(NodeId from, const Summary16& sums, Outbox& out) {
  std::vector<Offered> offers;
  for (std::size_t b = 0; b < summary_buckets; ++b) {
    if (sums[b] != sums_[b]) offers.insert(offers.end(), buckets_[b].begin(), buckets_[b].end());
  }
  out.work.state_steps += static_cast<std::uint32_t>(offers.size());
  std::sort(offers.begin(), offers.end(), [](const Offered& a, const Offered& b) { return a.record < b.record; });
  if (!offers.empty()) out.send(from, gossip_offer(*home_.parcels, std::move(offers)));
}

// --- what an auditor finds ---------------------------------------------------------------------------------------------

void show_version(const Version& version, HoldingsSink& sink) {
  const int carrier = version.state.carrier();
  if (carrier < 0) return;
  const Operation& write = *version.state.custody[static_cast<std::size_t>(carrier)];
  if (!write.content) return;
  sink.held({write.record.packed(), write.number, write.content->size(), write.sealed, write.content_matches,
             &*write.content});
}

void GossipStore::show(HoldingsSink& sink) const {
  if (home_.has_key) sink.key(user_.value);
  sink.state_digest(state());
  for (const auto& [name, version] : records_) show_version(*version, sink);
}

}  // namespace peerlab
