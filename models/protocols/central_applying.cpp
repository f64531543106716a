// What a server does with its log: puts into the store what is done, follows the group, folds, and says what it holds.
#include <algorithm>

#include "models/base/check.h"
#include "models/protocols/central_server.h"

namespace peerlab {
namespace {

/// From writing a snapshot until it is synced and what it replaces is forgotten.
constexpr Duration in_the_background = seconds(1);

}  // namespace

Verdict CentralServer::apply(const LogEntry& entry, Outbox& out) {
  if (shared_.options.audit_log) audit_.append(entry.operation.get(), entry.epoch, out.work);
  return entry.operation ? store_.apply(entry.operation, out.work) : Verdict::ok;
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
    flushed_ = 0;  // the snapshot is synced, and nothing is behind it
    note_flushed(out);
  } else {
    if (kept < applied_) roll_back(kept, out);
    flushed_ = std::min(flushed_, kept);
    note_grown(kept + 1, out);
    note_held(kept + 1, out);
  }
  for (const NodeId backup : group_.take_misfits()) group_.ship(backup, now, snapshot_now(), out);
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
  if (!candidate_ && applied_ - log_.base() >= every && log_.worth_folding()) candidate_ = snapshot_now();
  if (!candidate_ || candidate_->index > group_.safe()) return;
  const std::uint32_t index = candidate_->index;
  log_.compact(*std::exchange(candidate_, std::nullopt), out);
  out.arm(compact_slot, now + in_the_background);
  group_.tell_safe(index, out);
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

}  // namespace peerlab
