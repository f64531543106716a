#include "models/protocols/central_server.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/protocols/central_holdings.h"

namespace peerlab {
namespace {

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

void CentralServer::start(Time now, const Disk& survived, Outbox& out) {
  if (backup_.find(survived)) {
    out.arm(restore_slot, now + shared_.options.restore);
    return;
  }
  const bool first = now == Time::zero() && survived.entries().empty();
  open(now, survived.entries(), first, out);
}

void CentralServer::open(Time now, std::span<const DiskEntry> disk, bool first, Outbox& out) {
  const CentralLog::Promises found = log_.replay(disk, out.work);
  if (log_.compacting()) log_.finish_compaction(out);  // the power went between the two
  backup_.recognise(log_);
  load_snapshot();
  const std::uint32_t replayed = log_.length();
  note_flushed(out);
  group_.start(now, found, first, out);
  note_grown(replayed + 1, out);
  if (shared_.options.backup_every.ns > 0) out.arm(backup_slot, now + shared_.options.backup_every);
  if (shared_.options.flush_every.ns > 0) out.arm(flush_slot, now + shared_.options.flush_every);
  settle(now, out);
}

void CentralServer::connected(Time now, NodeId peer, bool, Outbox& out) {
  if (!backup_.restoring() && shared_.is_server(peer)) group_.link_changed(now, peer, true, out);
}

void CentralServer::disconnected(Time now, NodeId peer, Reason, Outbox& out) {
  sessions_.end(peer);
  if (!backup_.restoring() && shared_.is_server(peer)) group_.link_changed(now, peer, false, out);
}

void CentralServer::receive(Time now, NodeId from, const Message& m, Outbox& out) {
  if (backup_.restoring()) {
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

void CentralServer::wake(Time now, Slot slot, Outbox& out) {
  switch (slot) {
    case queue_slot: work_off(now, out); return;
    case flush_slot:
      sync(out);
      out.arm(flush_slot, now + shared_.options.flush_every);
      return;
    case backup_slot: back_up(now, out); return;
    case compact_slot:
      if (!log_.compacting()) return;
      log_.finish_compaction(out);
      note_flushed(out);
      return;
    case restore_slot: {
      const std::vector<DiskEntry> found = backup_.put_back(log_, out);
      sync(out);  // says nothing: the log is not read yet
      open(now, found, false, out);
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

// Who sits at a server is its operator. Nobody asks him for a session, and he writes in anybody's name: only signatures he
// cannot make. Where owners sign, a server takes such a write from the primary only if it was asked for there as well.
void CentralServer::submit(Time now, const Request& request, Outbox& out) {
  group_.vouch(request.number);
  if (!backup_.restoring() && !group_.primary() && request.what != Asked::read) return;
  if (backup_.restoring() || request.what == Asked::read) {
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

void CentralServer::sync(Outbox& out) {
  out.sync();
  ++out.work.syncs;
  note_flushed(out);
}

// What the disk holds is flushed, whoever wrote it there: entries, and the snapshot with the writes that it stands for.
void CentralServer::note_flushed(Outbox& out) {
  if (flushed_ < log_.base()) {
    for (const std::uint32_t number : log_.snapshot()->store->judged()) {
      out.report({happened::operation_flushed, shared_.options.majority(), number, 0});
    }
    flushed_ = log_.base();
  }
  for (; flushed_ < log_.length(); ++flushed_) {
    const OperationPtr& write = log_.at(flushed_ + 1).operation;
    if (write) out.report({happened::operation_flushed, shared_.options.majority(), write->number, 0});
  }
}

void CentralServer::back_up(Time now, Outbox& out) {
  out.arm(backup_slot, now + shared_.options.backup_every);
  if (!backup_.behind(log_)) return;
  sync(out);
  backup_.copy(log_, out);
}

void CentralServer::show(HoldingsSink& sink) const {
  sink.state_digest(store_.digest());
  if (log_.snapshot()) show_snapshot(*log_.snapshot(), sink);
  for (std::uint32_t i = log_.base() + 1; i <= log_.length(); ++i) show_entry(log_.at(i), sink);
}

}  // namespace peerlab
