#include "models/protocols/central_server.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/protocols/central_holdings.h"

namespace peerlab {
namespace {

/// From writing a snapshot until it is synced and what it replaces is forgotten.
constexpr Duration in_the_background = seconds(1);

/// The snapshot that a list of entries of a log begins with, by its place in the journal.
std::optional<std::uint32_t> snapshot_of(std::span<const DiskEntry> entries) {
  if (entries.empty() || entries.front().kind != static_cast<std::uint32_t>(CentralLog::Stored::snapshot)) return {};
  return entries.front().ref;
}

/// A stream of its own for one purpose within a node, at the same position: a restarted node does not repeat its draws.
Stream branch(const Home& home, std::string_view what) {
  Stream from = home.random;
  return {from.bits(), purpose(what), home.self.value};
}

}  // namespace

CentralServer::CentralServer(const Home& home, CentralShared& shared)
    : home_(home),
      shared_(shared),
      sessions_(home.self, shared.users, shared.book, shared.options.password, branch(home, "sessions")),
      queue_(shared.options.workers, shared.options.queue_limit, shared.options.service, branch(home, "service")),
      log_(shared.journal, shared.options.encrypted_at_rest),
      group_(home, shared, log_),
      store_(shared.users, shared.options.balance) {
  CHECK(home.parcels != nullptr);
  sessions_.limit(shared_.options.sessions);
}

CentralServer::~CentralServer() = default;

// --- coming up -------------------------------------------------------------------------------------------------------

void CentralServer::start(Time now, const Disk& survived, Outbox& out) {
  in_backup_ = survived.backup().size();
  backed_up_snapshot_ = snapshot_of(survived.backup());
  if (survived.entries().empty() && !survived.backup().empty()) {
    restoring_ = true;
    backup_.assign(survived.backup().begin(), survived.backup().end());
    out.arm(restore_slot, now + shared_.options.restore);
    return;
  }
  const bool first = now == Time::zero() && survived.entries().empty();
  open(now, survived.entries(), first, out);
}

void CentralServer::open(Time now, std::span<const DiskEntry> disk, bool first, Outbox& out) {
  const CentralLog::Promises found = log_.replay(disk, out.work);
  if (log_.compacting()) log_.finish_compaction(out);  // the power went between the two
  const bool same = backed_up_snapshot_ == snapshot_of(log_.written());
  backed_up_ = same ? std::min(in_backup_, log_.written().size()) : 0;
  load_snapshot();
  const std::uint32_t replayed = log_.length();
  flushed_ = log_.length();  // said before it went down
  group_.start(now, found, first, out);
  note_grown(replayed + 1, out);
  if (shared_.options.backup_every.ns > 0) out.arm(backup_slot, now + shared_.options.backup_every);
  if (shared_.options.flush_every.ns > 0) out.arm(flush_slot, now + shared_.options.flush_every);
  settle(now, out);
}

void CentralServer::connected(Time now, NodeId peer, bool, Outbox& out) {
  if (!restoring_ && shared_.is_server(peer)) group_.link_changed(now, peer, true, out);
}

void CentralServer::disconnected(Time now, NodeId peer, Reason, Outbox& out) {
  sessions_.end(peer);
  if (!restoring_ && shared_.is_server(peer)) group_.link_changed(now, peer, false, out);
}

// Who sits at a server is its operator. Nobody asks him for a session, and he writes in anybody's name: only signatures he
// cannot make. Where owners sign, a server takes such a write from the primary only if it was asked for there as well.
void CentralServer::submit(Time now, const Request& request, Outbox& out) {
  group_.vouch(request.number);
  if (!restoring_ && !group_.primary() && request.what != Asked::read) return;
  if (restoring_ || request.what == Asked::read) {
    out.report({happened::operation_refused, 0, request.number, static_cast<std::uint64_t>(Refusal::not_ready)});
    return;
  }
  Operation draft;
  draft.what = request.what;
  draft.is_private = request.is_private;
  draft.number = request.number;
  draft.user = request.user;
  draft.other = request.other;
  draft.record = request.record;
  draft.amount = request.amount;
  if (request.what == Asked::publish || request.what == Asked::update) {
    draft.content = declared_content(mix64(shared_.book.seed() ^ mix64(request.number)) | 1,
                                     std::max<std::uint32_t>(request.size, 1));
    draft.commitment = commitment(*draft.content);
  }
  const std::uint32_t before = log_.length();
  log_.append({before + 1, group_.epoch(), make_operation(std::move(draft))}, out);
  if (shared_.options.flush_every.ns == 0) sync(out);
  note_grown(before + 1, out);
  note_held(before + 1, out);
  group_.grown(now, out);
  settle(now, out);
}

void CentralServer::won(Time, Outbox&) {}

// --- messages --------------------------------------------------------------------------------------------------------

void CentralServer::receive(Time now, NodeId from, const Message& m, Outbox& out) {
  if (restoring_) {
    if (m.kind >= kind::hello && m.kind <= kind::read_request) turn_away(from, out);
    return;
  }
  const Parcels& parcels = *home_.parcels;
  switch (m.kind) {
    case kind::hello: take_hello(now, from, UserId(m.ref), out); return;
    case kind::proof: take_proof(now, from, parcels.as<ProofParcel>(m), out); return;
    case kind::write_request: take_write(now, from, parcels.as<WriteParcel>(m), out); return;
    case kind::read_request: take_read(now, from, parcels.as<ReadParcel>(m), out); return;
    case kind::append:
    case kind::appended:
    case kind::vote_request:
    case kind::vote:
    case kind::fold:
    case kind::snapshot_part:
    case kind::part_taken:
      if (shared_.is_server(from)) {
        const bool was_primary = group_.primary();
        const std::uint32_t before = log_.length();
        group_.receive(now, from, m, out);
        group_moved(now, was_primary, before, out);
        return;
      }
      break;
    default: break;
  }
  // Nobody who keeps to the rules says that to a server.
  sessions_.end(from);
  out.report({happened::peer_banned, 0, from.value, static_cast<std::uint64_t>(Verdict::malformed)});
  out.disconnect(from, Reason::banned);
}

void CentralServer::take_hello(Time now, NodeId from, UserId user, Outbox& out) {
  const bool limited = shared_.options.sessions > 0;
  if (limited && (too_many(from, now) || sessions_.full(now))) {
    out.send(from, turned_away(nobody, Refusal::overloaded));
    return;
  }
  out.send(from, challenge(*home_.parcels, sessions_.challenge(now, from, user)));
}

void CentralServer::take_proof(Time now, NodeId from, const ProofParcel& p, Outbox& out) {
  // A password comes without a hello before it.
  const bool limited = shared_.options.sessions > 0 && shared_.options.password;
  if (limited && (too_many(from, now) || sessions_.full(now))) {
    out.send(from, turned_away(nobody, Refusal::overloaded));
    return;
  }
  if (const auto token = sessions_.prove(from, p.user, p.secret, out.work)) {
    out.send(from, welcome(*home_.parcels, *token));
  } else {
    out.send(from, turned_away(group_.primary_node(), Refusal::bad_login));
  }
}

void CentralServer::turn_away(NodeId client, Outbox& out) {
  const NodeId primary = restoring_ ? nobody : group_.primary_node();
  const bool elsewhere = primary.valid() && primary != home_.self;
  out.send(client, turned_away(elsewhere ? primary : nobody, elsewhere ? Refusal::not_primary : Refusal::not_ready));
}

void CentralServer::take_write(Time now, NodeId from, const WriteParcel& p, Outbox& out) {
  const UserId user = sessions_.user_of(from, p.token);
  if (!user.valid()) {
    out.send(from, turned_away(nobody, Refusal::no_session));
    return;
  }
  if (!group_.primary()) return turn_away(from, out);
  const Operation& write = *p.operation;
  if (write.user != user) {
    out.send(from, done(write.number, Verdict::not_owner));
    return;
  }
  if (const Verdict* verdict = store_.verdict_of(write.number)) {
    if (*verdict == Verdict::ok) return tell_done(from, write.number, p.seen, out);
    out.send(from, done(write.number, *verdict));
    return;
  }
  if (in_work_.contains(write.number)) return;  // it will be told when it is done
  admit(now, {from, user, write.number, write.record, p.operation, p.seen}, out);
}

void CentralServer::take_read(Time now, NodeId from, const ReadParcel& p, Outbox& out) {
  const UserId user = sessions_.user_of(from, p.token);
  if (!user.valid()) {
    out.send(from, turned_away(nobody, Refusal::no_session));
    return;
  }
  if (!group_.primary() && !shared_.options.read_anywhere) return turn_away(from, out);
  admit(now, {from, user, p.number, p.record, nullptr, p.seen}, out);
}

void CentralServer::admit(Time now, Job job, Outbox& out) {
  const std::uint32_t number = job.number;
  const NodeId client = job.client;
  const bool write = job.write != nullptr;
  if (too_many(client, now)) {
    out.send(client, refused(number, Refusal::overloaded));
    return;
  }
  if (!queue_.admit(std::move(job), now)) {
    out.send(client, refused(number, Refusal::overloaded));
    return;
  }
  if (write) (void)in_work_.insert(number, true);
  out.report({happened::operation_accepted, 0, number, 0});
  ring(out);
}

/// Counts a request of the client in the present second.
bool CentralServer::too_many(NodeId client, Time now) {
  if (shared_.options.rate_limit == 0) return false;
  Spent& spent = spent_[client.value];
  const std::int64_t second = now.ns / seconds(1).ns;
  if (spent.second != second) spent = {second, 0};
  return ++spent.requests > shared_.options.rate_limit;
}

void CentralServer::ring(Outbox& out) {
  const Time next = queue_.next();
  if (next == rings_) return;
  rings_ = next;
  if (next != Time::never()) out.arm(queue_slot, next);
}

// --- work ------------------------------------------------------------------------------------------------------------

void CentralServer::wake(Time now, Slot slot, Outbox& out) {
  switch (slot) {
    case queue_slot: work_off(now, out); return;
    case flush_slot:
      sync(out);
      out.arm(flush_slot, now + shared_.options.flush_every);
      return;
    case backup_slot: back_up(now, out); return;
    case compact_slot:
      if (log_.compacting()) log_.finish_compaction(out);
      return;
    case restore_slot: {
      restoring_ = false;
      const std::vector<DiskEntry> backup = std::exchange(backup_, {});
      log_.put_back(backup, out);
      sync(out);  // says nothing: these were flushed before
      open(now, backup, false, out);
      note_held(0, out);
      return;
    }
    default: break;
  }
  const bool was_primary = group_.primary();
  const std::uint32_t before = log_.length();
  group_.wake(now, slot, out);
  group_moved(now, was_primary, before, out);
}

void CentralServer::work_off(Time now, Outbox& out) {
  rings_ = Time::never();
  const std::uint32_t before = log_.length();
  for (const Job& job : queue_.finished(now)) {
    if (job.write == nullptr) {
      do_read(job, out);
    } else if (!do_write(job, out)) {
      in_work_.erase(job.number);
    }
  }
  if (log_.length() > before) {
    if (shared_.options.flush_every.ns == 0) sync(out);
    note_grown(before + 1, out);
    note_held(before + 1, out);
    group_.grown(now, out);
  }
  settle(now, out);
  ring(out);
}

/// False: it is not in the log.
bool CentralServer::do_write(const Job& job, Outbox& out) {
  const Operation& write = *job.write;
  if (shared_.options.owner_signatures && !shared_.signatures.genuine(write, shared_.book, out.work)) {
    out.send(job.client, done(job.number, Verdict::bad_signature));
    return false;
  }
  out.work.bytes_hashed += write.full_size - write.header_size;
  if (write.commitment && !write.content_matches) {
    out.send(job.client, done(job.number, Verdict::content_mismatch));
    return false;
  }
  log_.append({log_.length() + 1, group_.epoch(), job.write}, out);
  waiting_.push_back({log_.length(), job.number, job.client, job.seen});
  return true;
}

void CentralServer::do_read(const Job& job, Outbox& out) {
  const bool audited = shared_.options.audit_log;
  if (audited && job.seen > audit_.size() && (!group_.primary() || applied_ < log_.length())) {
    out.send(job.client, refused(job.number, Refusal::behind));
    return;
  }
  const UserId only = store_.only_reader(job.record);
  if (only.valid() && only != job.user) {
    out.send(job.client, done(job.number, Verdict::not_owner));
    return;
  }
  Answer found = store_.read(job.record, out.work);
  const std::uint32_t size = encoded_size(found);
  out.work.bytes_read += size;
  out.work.bytes_coded += shared_.options.encrypted_at_rest ? 2 * std::uint64_t{size} : size;
  std::optional<AuditProof> proof;
  if (audited) {
    std::vector<std::uint32_t> indices;
    for (const OperationPtr& write : found.custody) {
      const std::optional<std::uint32_t> index = audit_.index_of(write->number);
      CHECK(index.has_value());
      indices.push_back(*index);
    }
    proof = prove(audit_.tree(), job.seen, indices, shared_.heads, out.work);
    out.work.bytes_coded += encoded_size(*proof);
  }
  out.send(job.client, answer(*home_.parcels, job.number, std::move(found), std::move(proof)));
}

Verdict CentralServer::apply(const LogEntry& entry, Outbox& out) {
  if (shared_.options.audit_log) audit_.append(entry.operation.get(), entry.epoch, out.work);
  return entry.operation ? store_.apply(entry.operation, out.work) : Verdict::ok;
}

/// A write was done.
void CentralServer::tell_done(NodeId client, std::uint32_t number, std::uint32_t seen, Outbox& out) {
  if (!shared_.options.audit_log) {
    out.send(client, done(number, Verdict::ok));
    return;
  }
  const std::optional<std::uint32_t> index = audit_.index_of(number);
  CHECK(index.has_value());
  AuditProof proof = prove(audit_.tree(), seen, std::span(&*index, 1), shared_.heads, out.work);
  out.work.bytes_coded += encoded_size(proof);
  out.send(client, logged(*home_.parcels, number, std::move(proof)));
}

/// Applies what is done, and tells those who wait for it.
void CentralServer::settle(Time now, Outbox& out) {
  const std::uint32_t until = std::min(group_.commit(), log_.length());
  const std::uint32_t before = applied_;
  std::vector<Waiting> told;  // once all is applied, so that one head does for all
  for (; applied_ < until; ++applied_) {
    const LogEntry& entry = log_.at(applied_ + 1);
    const Verdict verdict = apply(entry, out);
    if (!entry.operation) continue;
    in_work_.erase(entry.operation->number);
    if (verdict == Verdict::ok) out.report({happened::operation_shown, 0, entry.operation->number, 0});
    while (!waiting_.empty() && waiting_.front().index <= entry.index) {
      const Waiting& w = waiting_.front();
      CHECK(w.index == entry.index);
      if (verdict == Verdict::ok) (void)answered_.add(w.number);
      if (verdict == Verdict::ok && shared_.options.audit_log) {
        told.push_back(w);
      } else {
        out.send(w.client, done(w.number, verdict));
      }
      waiting_.pop_front();
    }
  }
  for (const Waiting& w : told) tell_done(w.client, w.number, w.seen, out);
  if (applied_ != before) {
    tell_tip(out);
    group_.done_further(now, out);
  }
  if (!caught_up_ && (group_.primary() || group_.up_to_date())) {
    caught_up_ = true;
    out.report({happened::caught_up, applied_, 0, 0});
  }
  if (!doubtful_.empty() && !group_.primary() && group_.up_to_date()) {
    for (const std::uint32_t number : doubtful_) {
      const Verdict* verdict = store_.verdict_of(number);
      if (verdict == nullptr || *verdict != Verdict::ok) out.report({happened::operation_undone, 0, number, 0});
    }
    doubtful_.clear();
  }
  consider_compaction(now, out);
}

void CentralServer::tell_tip(Outbox& out) const {
  out.report({happened::tip_moved, applied_, log_.history_at(applied_), store_.digest().low64()});
}

/// A primary tells of the entries that it wrote, from `from` on.
void CentralServer::note_grown(std::uint32_t from, Outbox& out) const {
  if (!group_.primary()) return;
  for (std::uint32_t i = from; i <= log_.length(); ++i) {
    if (log_.epoch_at(i) != group_.epoch()) continue;
    out.report({happened::log_grew, i, log_.history_at(i), log_.history_at(i - 1)});
  }
}

/// Tells of the contents in the log from `from` on; 0: of those in the snapshot as well.
void CentralServer::note_held(std::uint32_t from, Outbox& out) {
  if (from == 0 && log_.snapshot()) {
    log_.snapshot()->store->each([&](const Answer& state) {
      const int carrier = state.carrier();
      if (carrier < 0) return;
      const Operation& write = *state.custody[static_cast<std::size_t>(carrier)];
      if (!write.content) return;
      out.report(
          {happened::record_held, static_cast<std::uint32_t>(write.content->size()), state.custody.front()->number, 0});
    });
  }
  for (std::uint32_t i = std::max(from, log_.base() + 1); i <= log_.length(); ++i) {
    const OperationPtr& write = log_.at(i).operation;
    if (!write || write->what != Asked::publish || !write->content) continue;
    out.report({happened::record_held, static_cast<std::uint32_t>(write->content->size()), write->number, 0});
  }
}

// --- the group -------------------------------------------------------------------------------------------------------

void CentralServer::group_moved(Time now, bool was_primary, std::uint32_t length_before, Outbox& out) {
  const std::vector<LogEntry> overruled = log_.take_overruled();
  std::uint32_t kept = length_before;
  for (const LogEntry& entry : overruled) {
    kept = std::min(kept, entry.index - 1);
    if (!entry.operation) continue;
    // Who restarted does not know whom he had answered, but an asynchronous primary answers what is in its log.
    const bool answered = answered_.remove(entry.operation->number);
    if (answered || shared_.options.replication == CentralReplication::asynchronous) {
      doubtful_.push_back(entry.operation->number);
    }
  }
  if (was_primary && !group_.primary()) {
    queue_.clear();
    waiting_.clear();
    in_work_.clear();
    ring(out);
  }
  if (group_.take_installed()) {
    load_snapshot();
    for (const std::uint32_t number : std::exchange(doubtful_, {})) (void)answered_.add(number);
    answered_.each([&](std::uint32_t number) { doubtful_.push_back(number); });
    answered_.clear();
    note_held(0, out);
  } else {
    if (kept < applied_) roll_back(kept, out);
    note_grown(kept + 1, out);
    note_held(kept + 1, out);
  }
  for (const NodeId backup : group_.take_misfits()) group_.ship(backup, now, snapshot_now(), out);
  flushed_ = std::min(flushed_, kept);
  if (shared_.options.flush_every.ns == 0) note_flushed(out);  // the group flushed what it took
  settle(now, out);
}

void CentralServer::roll_back(std::uint32_t length, Outbox& out) {
  load_snapshot();
  for (; applied_ < length; ++applied_) {
    (void)apply(log_.at(applied_ + 1), out);
  }
}

/// The store as the log's snapshot has it, or empty.
void CentralServer::load_snapshot() {
  const std::optional<Snapshot>& snapshot = log_.snapshot();
  store_ = snapshot ? *snapshot->store : RecordStore(shared_.users, shared_.options.balance);
  audit_ = snapshot && snapshot->audit ? *snapshot->audit : AuditLog();
  applied_ = log_.base();
  candidate_.reset();
}

Snapshot CentralServer::snapshot_now() const {
  Snapshot now{applied_, log_.epoch_at(applied_), log_.history_at(applied_),
               std::make_shared<const RecordStore>(store_)};
  if (shared_.options.audit_log) now.audit = std::make_shared<const AuditLog>(audit_);
  return now;
}

// What is applied may still be overruled under an asynchronous rule: then the snapshot waits until a majority holds it.
void CentralServer::consider_compaction(Time now, Outbox& out) {
  const std::uint32_t every = shared_.options.compact_every;
  if (every == 0 || log_.compacting()) return;
  if (!candidate_ && applied_ - log_.base() >= every) candidate_ = snapshot_now();
  if (!candidate_ || candidate_->index > group_.safe()) return;
  const std::uint32_t index = candidate_->index;
  log_.compact(*std::exchange(candidate_, std::nullopt), out);
  out.arm(compact_slot, now + in_the_background);
  group_.tell_safe(index, out);
}

// --- disk ------------------------------------------------------------------------------------------------------------

void CentralServer::sync(Outbox& out) {
  out.sync();
  ++out.work.syncs;
  note_flushed(out);
}

void CentralServer::note_flushed(Outbox& out) {
  flushed_ = std::max(flushed_, log_.base());  // what a snapshot took in was flushed by others
  for (; flushed_ < log_.length(); ++flushed_) {
    const OperationPtr& write = log_.at(flushed_ + 1).operation;
    if (write) out.report({happened::operation_flushed, shared_.options.majority(), write->number, 0});
  }
}

void CentralServer::back_up(Time now, Outbox& out) {
  out.arm(backup_slot, now + shared_.options.backup_every);
  const std::span<const DiskEntry> all = log_.written();
  const std::optional<std::uint32_t> snapshot = snapshot_of(all);
  const bool anew = snapshot != backed_up_snapshot_;  // the log was compacted: the backup begins again
  if (anew) backed_up_ = 0;
  if (backed_up_ == all.size()) return;
  sync(out);  // a backup is never ahead of the disk
  const std::size_t old = anew ? std::exchange(in_backup_, 0) : 0;
  for (; backed_up_ < all.size(); ++backed_up_, ++in_backup_) {
    const DiskEntry& e = all[backed_up_];
    out.write({e.kind | backup_area, e.ref, e.bytes});
    out.work.bytes_read += e.bytes;
    out.work.bytes_written += e.bytes;
  }
  if (old > 0) out.forget_backup(static_cast<std::uint32_t>(old));
  backed_up_snapshot_ = snapshot;
}

void CentralServer::show(HoldingsSink& sink) const {
  sink.state_digest(store_.digest());
  if (log_.snapshot()) show_snapshot(*log_.snapshot(), sink);
  for (std::uint32_t i = log_.base() + 1; i <= log_.length(); ++i) show_entry(log_.at(i), sink);
}

}  // namespace peerlab
