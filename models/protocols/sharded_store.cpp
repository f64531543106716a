#include "models/protocols/sharded_store.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/crypto/sha256.h"
#include "models/protocols/gossip_store.h"
#include "models/protocols/refusal.h"

namespace peerlab {

ShardedStore::ShardedStore(const Home& home, UserId user, ShardedShared& shared)
    : home_(home),
      shared_(shared),
      versions_(shared.versions),
      user_(user),
      author_(user, versions_.book, versions_.options.owner_signatures, versions_.options.encrypt_private) {}

void ShardedStore::won(Time, Outbox&) {}

const Version* ShardedStore::find(RecordName record) const {
  const auto at = records_.find(record.packed());
  return at == records_.end() ? nullptr : at->second.version.get();
}

void ShardedStore::start(Time now, const Disk& survived, Outbox& out) {
  for (const DiskEntry& entry : survived.entries()) {
    if (entry.kind != stored_version) continue;
    const VersionPtr& version = versions_.journal[entry.ref];
    out.work.bytes_read += entry.bytes;
    if (entry.bytes != version->bytes) continue;  // torn by a power cut
    const Version* const there = find(version->record());
    if (there == nullptr || later(*version, *there)) keep(version);
  }
  for (const auto& [name, held] : records_) out.report({happened::operation_shown, 0, held.version->stamp(), 0});
  if (!records_.empty()) {
    out.report({happened::tip_moved, static_cast<std::uint32_t>(records_.size()), state().low64(), state().low64()});
  }
  if (!compares()) return;
  const auto period = static_cast<std::uint64_t>(shared_.options.compare_every.ns);
  const std::uint64_t first = home_.random.below(period);  // not everybody at once
  out.arm(compare_slot, now + Duration{static_cast<std::int64_t>(first)});
}

Hash256 ShardedStore::state() const {
  Bytes text;
  Writer w(text);
  w.u64(sum_);
  return tagged_hash("peerlab/shard", text);
}

std::vector<NodeId> ShardedStore::others_with(RecordName record) const {
  std::vector<NodeId> holders = shared_.placement.holders(record);
  std::erase(holders, home_.self);
  return holders;
}

bool ShardedStore::fellow(NodeId peer) const {
  const std::pair pair(std::min(home_.self, peer), std::max(home_.self, peer));
  return std::binary_search(shared_.fellows.begin(), shared_.fellows.end(), pair);
}

// --- what the user asks ------------------------------------------------------------------------------------------------

Verdict ShardedStore::judge(const Request& request, UserId writer, const Answer& there) const {
  if (request.what == Asked::publish) {
    if (there.found()) return Verdict::duplicate_record;
    return request.record.publisher == writer ? Verdict::ok : Verdict::not_owner;
  }
  if (!there.found() || there.erased()) return Verdict::unknown_output;
  return there.owner() == writer ? Verdict::ok : Verdict::not_owner;
}

/// What somebody who sits here writes in another user's name: without his key, in the clear.
OperationPtr ShardedStore::write_as_another(const Request& request, Outbox& out) {
  std::optional<Content> content;
  if (request.what == Asked::publish || request.what == Asked::update) {
    content = declared_content(mix64(versions_.book.seed() ^ mix64(request.number)) | 1,
                               std::max<std::uint32_t>(request.size, 1));
  }
  return Author(request.user, versions_.book, false, false).write(request, std::move(content), false, out.work);
}

void ShardedStore::submit(Time now, const Request& request, Outbox& out) {
  const auto refuse = [&](std::uint64_t why) { out.report({happened::operation_refused, 0, request.number, why}); };
  if (request.what == Asked::pay) return refuse(static_cast<std::uint64_t>(Refusal::no_order));
  const bool seals = request.is_private && versions_.options.encrypt_private;
  if (request.what != Asked::read && !home_.has_key && (versions_.options.owner_signatures || seals)) {
    return refuse(static_cast<std::uint64_t>(Verdict::not_owner));
  }
  ++out.work.state_steps;
  const Version* const there = find(request.record);
  const std::vector<NodeId> holders = shared_.placement.holders(request.record);
  const bool here = std::find(holders.begin(), holders.end(), home_.self) != holders.end();
  if (request.what == Asked::read && there != nullptr) return answer_read(request, there->state, out);
  if (request.what != Asked::read && (there != nullptr || (here && request.what == Asked::publish)))
    return change(now, request, there != nullptr ? there->state : Answer{}, out);
  Asking& asking = asking_.emplace_back(Asking{request, 0, 0, now});
  ask_next(now, asking, out);
  be_patient(now, out);
}

void ShardedStore::answer_read(const Request& request, const Answer& there, Outbox& out) {
  const bool right = there.found() && credible(there, request.record, versions_.options.owner_signatures,
                                               versions_.book, versions_.signatures, out.work);
  out.report({happened::read_answered, right ? 1U : 0U, request.number, there.version()});
}

void ShardedStore::change(Time now, const Request& request, const Answer& there, Outbox& out) {
  const auto refuse = [&](Verdict why) {
    out.report({happened::operation_refused, 0, request.number, static_cast<std::uint64_t>(why)});
  };
  // Where nobody signs, whoever passes something on is believed: so somebody at a peer can write in anybody's name.
  const bool as_another = !versions_.options.owner_signatures && request.user != user_;
  if (const Verdict verdict = judge(request, as_another ? request.user : user_, there); verdict != Verdict::ok)
    return refuse(verdict);
  OperationPtr write;
  if (as_another) {
    write = write_as_another(request, out);
  } else if (request.what == Asked::transfer) {
    const int carrier = there.carrier();
    CHECK(carrier >= 0);  // it is not erased
    write = author_.hand_over(request, *there.custody[static_cast<std::size_t>(carrier)], out.work);
    if (write == nullptr) return refuse(Verdict::not_owner);
  } else {
    write = author_.write(request, out.work);
  }
  // A version that came in the meantime may be later than this write.
  const VersionPtr version = versions_.add(followed_by(there, write));
  const Version* const held = find(request.record);
  if (held != nullptr && !later(*version, *held)) return refuse(Verdict::not_owner);
  out.report({happened::operation_accepted, 0, request.number, 0});
  distribute(now, request, version, out);
}

void ShardedStore::distribute(Time now, const Request& request, const VersionPtr& version, Outbox& out) {
  done_[request.record.packed()].push_back({request.number, request.what == Asked::update, false, false});
  Own own{request.number, version, false, 0, shared_.placement.holders(request.record), now + shared_.options.timeout};
  if (std::erase(own.missing, home_.self) > 0) {
    adopt(version, out);
    own.copies = 1;
  }
  for (const NodeId holder : own.missing) run_errand(holder, {version, 0, 0}, out);
  own_.push_back(std::move(own));
  take_stored(home_.self, request.number, out);
  be_patient(now, out);
}

// --- errands -----------------------------------------------------------------------------------------------------------

void ShardedStore::ask_next(Time now, Asking& asking, Outbox& out) {
  const std::vector<NodeId> holders = others_with(asking.request.record);
  asking.again = now + shared_.options.timeout;
  if (holders.empty()) return;
  const NodeId next = holders[asking.turn++ % holders.size()];
  run_errand(next, {nullptr, asking.request.record.packed(), asking.request.number}, out);
}

void ShardedStore::run_errand(NodeId to, Errand errand, Outbox& out) {
  Line& line = lines_[to.value];
  ++line.awaited;
  if (linked(to)) return say(to, errand, out);
  if (line.waiting.empty()) out.connect(to);
  line.waiting.push_back(std::move(errand));
}

void ShardedStore::say(NodeId to, const Errand& errand, Outbox& out) {
  if (errand.store != nullptr) {
    out.work.bytes_read += errand.store->bytes;
    out.send(to, shard_store(*home_.parcels, errand.store->state));
  } else {
    out.send(to, shard_fetch(*home_.parcels, errand.fetch, errand.number));
  }
}

/// The last answer has come over a link that was opened for it.
void ShardedStore::answered(NodeId by, Outbox& out) {
  const auto at = lines_.find(by.value);
  if (at == lines_.end()) return;
  Line& line = at->second;
  if (line.awaited > 0) --line.awaited;
  if (line.awaited > 0 || !line.waiting.empty()) return;
  if (line.ours) out.disconnect(by, Reason::asked);
  lines_.erase(at);
}

void ShardedStore::connected(Time, NodeId peer, bool inbound, Outbox& out) {
  if (home_.self < peer && fellow(peer)) out.send(peer, sum_for(peer));  // one of the two begins
  const auto at = lines_.find(peer.value);
  if (at == lines_.end()) return;
  at->second.ours = !inbound && !fellow(peer);
  std::vector<Errand> waiting;
  waiting.swap(at->second.waiting);
  for (const Errand& errand : waiting) say(peer, errand, out);
}

void ShardedStore::disconnected(Time, NodeId peer, Reason, Outbox&) { lines_.erase(peer.value); }

void ShardedStore::be_patient(Time now, Outbox& out) {
  if (patient_ || (own_.empty() && asking_.empty())) return;
  Time next = Time::never();
  for (const Own& own : own_) next = std::min(next, own.again);
  for (const Asking& asking : asking_) next = std::min(next, asking.again);
  patient_ = true;
  out.arm(patience_slot, std::max(next, now));
}

void ShardedStore::wake(Time now, Slot slot, Outbox& out) {
  if (slot == compare_slot) {
    out.arm(compare_slot, now + shared_.options.compare_every);
    std::vector<NodeId> fellows;
    for (const NodeId peer : home_.links->of(home_.self)) {
      if (peer.valid() && sums_.contains(peer.value)) fellows.push_back(peer);
    }
    if (fellows.empty()) return;
    const NodeId with = fellows[home_.random.below(fellows.size())];
    return out.send(with, sum_for(with));
  }
  patient_ = false;
  std::erase_if(lines_, [&](const auto& line) { return !linked(NodeId(line.first)); });  // nobody answered the call
  for (Own& own : own_) {
    if (own.again > now) continue;
    own.again = now + shared_.options.timeout;
    for (const NodeId holder : own.missing) run_errand(holder, {own.version, 0, 0}, out);
  }
  std::vector<Asking> asking;
  asking.swap(asking_);
  for (Asking& one : asking) {
    if (one.again > now) {
      asking_.push_back(one);
    } else if (now < one.request.issued + one.request.deadline) {
      ask_next(now, one, out);
      asking_.push_back(one);
    } else if (one.request.what != Asked::read) {
      out.report({happened::operation_refused, 0, one.request.number, static_cast<std::uint64_t>(Refusal::gave_up)});
    }
  }
  be_patient(now, out);
}

// --- what it keeps -----------------------------------------------------------------------------------------------------

std::uint64_t ShardedStore::sum_with(NodeId peer) const {
  const auto at = sums_.find(peer.value);
  return at == sums_.end() ? 0 : at->second;
}

void ShardedStore::keep(const VersionPtr& version) {
  Held& held = records_[version->record().packed()];
  if (held.version == nullptr && compares()) {
    held.with = others_with(version->record());
  }
  const std::uint64_t more = version->mark - (held.version != nullptr ? held.version->mark : 0);
  sum_ += more;
  for (const NodeId fellow : held.with) sums_[fellow.value] += more;
  held.version = version;
}

void ShardedStore::adopt(const VersionPtr& version, Outbox& out) {
  const Version* const there = find(version->record());
  const std::uint64_t stamp_before = there != nullptr ? there->stamp() : happened::no_version;
  keep(version);
  write_down(*version, stored_version, stamp_before, out);
  const std::uint64_t name = state().low64();
  out.report({happened::tip_moved, static_cast<std::uint32_t>(records_.size()), name, name});
  follow_done(*version, out);
}

// A later writer has won: what this user did, and what is not in the custody that stands now, was undone.
void ShardedStore::follow_done(const Version& version, Outbox& out) {
  const auto at = done_.find(version.record().packed());
  if (at == done_.end()) return;
  for (Done& done : at->second) {
    if (done.replaceable) continue;
    const bool there = std::any_of(version.state.custody.begin(), version.state.custody.end(),
                                   [&](const OperationPtr& write) { return write->number == done.number; });
    if (!there && done.acked && !done.undone) out.report({happened::operation_undone, 0, done.number, 0});
    done.undone = !there;
  }
}

// --- what others say ---------------------------------------------------------------------------------------------------

void ShardedStore::receive(Time now, NodeId from, const Message& m, Outbox& out) {
  switch (m.kind) {
    case kind::shard_fetch: return take_fetch(from, home_.parcels->as<ShardFetchParcel>(m), out);
    case kind::shard_found: return take_found(now, from, home_.parcels->as<ShardFoundParcel>(m), out);
    case kind::shard_store: return take_store(from, home_.parcels->as<ShardStoreParcel>(m).state, out);
    case kind::shard_stored: take_stored(from, m.ref, out); return answered(from, out);
    case kind::shard_sum: return take_sum(from, home_.parcels->as<ShardSumParcel>(m).sum, out);
    case kind::shard_names: return take_names(from, home_.parcels->as<ShardNamesParcel>(m).names, out);
    default: break;
  }
  out.report({happened::peer_banned, 0, from.value, static_cast<std::uint64_t>(Verdict::malformed)});
  out.disconnect(from, Reason::banned);
}

bool ShardedStore::fit(NodeId from, const Answer& state, Outbox& out) {
  const RecordName record = state.custody.front()->record;
  if (credible(state, record, versions_.options.owner_signatures, versions_.book, versions_.signatures, out.work))
    return true;
  out.report({happened::peer_banned, 0, from.value, static_cast<std::uint64_t>(Verdict::bad_signature)});
  out.disconnect(from, Reason::banned);
  return false;
}

void ShardedStore::take_fetch(NodeId from, const ShardFetchParcel& asked, Outbox& out) {
  ++out.work.state_steps;
  const auto there = records_.find(asked.record);
  Answer state;
  if (there != records_.end()) {
    out.work.bytes_read += there->second.version->bytes;
    state = there->second.version->state;
  }
  out.send(from, shard_found(*home_.parcels, asked.number, std::move(state)));
}

void ShardedStore::take_found(Time now, NodeId from, const ShardFoundParcel& found, Outbox& out) {
  answered(from, out);
  if (found.state.found() && !fit(from, found.state, out)) return;
  if (found.number == to_keep) {
    if (found.state.found()) take_store(nobody, found.state, out);
    return;
  }
  const auto at = std::find_if(asking_.begin(), asking_.end(),
                               [&](const Asking& one) { return one.request.number == found.number; });
  if (at == asking_.end()) return;  // another holder was quicker
  if (found.state.found() && found.state.custody.front()->record != at->request.record) return;
  const std::size_t others = others_with(at->request.record).size();
  if (!found.state.found() && ++at->empty < others) return ask_next(now, *at, out);
  const Request request = at->request;
  asking_.erase(at);
  if (request.what == Asked::read) return answer_read(request, found.state, out);
  change(now, request, found.state, out);
}

void ShardedStore::take_store(NodeId from, const Answer& state, Outbox& out) {
  if (from.valid() && !fit(from, state, out)) return;
  const RecordName record = state.custody.front()->record;
  const std::vector<NodeId> holders = shared_.placement.holders(record);
  if (std::find(holders.begin(), holders.end(), home_.self) == holders.end()) return;  // not mine to keep
  const Version* const there = find(record);
  const VersionPtr version = versions_.known(state);
  if (there == nullptr || later(*version, *there)) adopt(version, out);
  if (from.valid()) out.send(from, shard_stored(static_cast<std::uint32_t>(state.version())));
}

void ShardedStore::take_stored(NodeId from, std::uint32_t number, Outbox& out) {
  const auto at =
      std::find_if(own_.begin(), own_.end(), [&](const Own& own) { return own.version->stamp() == number; });
  if (at == own_.end()) return;
  if (from != home_.self) at->copies += static_cast<std::uint32_t>(std::erase(at->missing, from));
  const std::uint32_t all = at->copies + static_cast<std::uint32_t>(at->missing.size());
  if (!at->acked && at->copies >= std::min(shared_.options.acks, all)) {
    at->acked = true;
    out.report({happened::operation_acked, at->copies, number, 0});
    for (Done& done : done_[at->version->record().packed()]) {
      if (done.number != number) continue;
      done.acked = true;
      if (done.undone) out.report({happened::operation_undone, 0, number, 0});
    }
  }
  if (at->missing.empty()) own_.erase(at);
}

void ShardedStore::take_sum(NodeId from, std::uint64_t sum, Outbox& out) {
  if (sum == sum_with(from)) return;
  std::vector<Offered> names;
  for (const auto& [name, held] : records_) {
    if (std::find(held.with.begin(), held.with.end(), from) == held.with.end()) continue;
    ++out.work.state_steps;
    names.push_back({name, static_cast<std::uint32_t>(held.version->stamp())});
  }
  out.send(from, shard_names(*home_.parcels, std::move(names)));
}

/// What the other one lacks is sent to him; what he has and this machine lacks is asked for.
void ShardedStore::take_names(NodeId from, const std::vector<Offered>& names, Outbox& out) {
  std::map<std::uint64_t, std::uint32_t> his;
  for (const Offered& name : names) {
    ++out.work.state_steps;
    his[name.record] = name.stamp;
    const auto there = records_.find(name.record);
    if (there == records_.end() || there->second.version->stamp() < name.stamp)
      run_errand(from, {nullptr, name.record, to_keep}, out);
  }
  for (const auto& [name, held] : records_) {
    if (std::find(held.with.begin(), held.with.end(), from) == held.with.end()) continue;
    const auto at = his.find(name);
    if (at == his.end() || at->second < held.version->stamp()) run_errand(from, {held.version, 0, 0}, out);
  }
}

// --- what an auditor finds ---------------------------------------------------------------------------------------------

void ShardedStore::show(HoldingsSink& sink) const {
  if (home_.has_key) sink.key(user_.value);
  sink.state_digest(state());
  for (const auto& [name, held] : records_) show_version(*held.version, sink);
}

}  // namespace peerlab
