// What a server does with the requests of clients: lets them in, works them off, answers.
#include "models/base/check.h"
#include "models/protocols/central_server.h"

namespace peerlab {

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
  const NodeId primary = backup_.restoring() ? nobody : group_.primary_node();
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

}  // namespace peerlab
