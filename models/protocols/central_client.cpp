#include "models/protocols/central_client.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/node/audit_happening.h"
#include "models/protocols/central_sessions.h"
#include "models/protocols/retry.h"

namespace peerlab {
namespace {

/// Stands for a wait without end, without leaving the range of instants.
constexpr Duration for_ever{std::int64_t{1} << 61};

}  // namespace

CentralClient::CentralClient(const Home& home, UserId user, CentralShared& shared)
    : home_(home),
      shared_(shared),
      user_(user),
      author_(user, shared.book, shared.options.owner_signatures, shared.options.encrypt_private),
      sessions_(shared.options.servers) {
  reader_ = user.value % shared.options.servers;
}

void CentralClient::start(Time, const Disk&, Outbox&) {}
void CentralClient::won(Time, Outbox&) {}
void CentralClient::connected(Time, NodeId, bool, Outbox&) {}

void CentralClient::show(HoldingsSink& sink) const {
  if (home_.has_key) sink.key(user_.value);
}

// --- what the user asks ------------------------------------------------------------------------------------------------

bool CentralClient::needs_key(const Request& request) const {
  if (!shared_.options.password) return true;  // to log in
  if (request.what == Asked::read) return false;
  return shared_.options.owner_signatures || (request.is_private && shared_.options.encrypt_private);
}

void CentralClient::submit(Time now, const Request& request, Outbox& out) {
  if (!home_.has_key && needs_key(request)) {
    out.report({happened::operation_refused, 0, request.number, static_cast<std::uint64_t>(Verdict::not_owner)});
    return;
  }
  Pending p;
  p.request = request;
  const bool reseals = request.what == Asked::transfer && request.is_private && shared_.options.encrypt_private;
  if (request.what != Asked::read && !reseals) p.write = author_.write(request, out.work);
  attempt(pending_.emplace_back(std::move(p)), now, out);
  ring(out);
}

// --- attempts ----------------------------------------------------------------------------------------------------------

Duration CentralClient::timeout() const { return shared_.options.timeout.ns > 0 ? shared_.options.timeout : for_ever; }

Time CentralClient::last_moment(const Pending& p) const {
  return p.request.deadline.ns > 0 ? p.request.issued + p.request.deadline : Time::never();
}

void CentralClient::attempt(Pending& p, Time now, Outbox& out) {
  const bool anywhere = p.request.what == Asked::read && shared_.options.read_anywhere;
  p.server = anywhere ? reader_ : current_;
  p.due = std::min(now + timeout(), last_moment(p));
  if (sessions_[p.server].state == Session::State::open) return send(p, out);
  p.stage = Stage::login;
  if (sessions_[p.server].state == Session::State::none) log_in(p.server, out);
}

void CentralClient::send(Pending& p, Outbox& out) {
  p.stage = Stage::asked;
  const std::uint64_t token = sessions_[p.server].token;
  const NodeId to = shared_.server(p.server);
  if (!p.seen) p.seen = seen_;
  if (p.write != nullptr) {
    out.work.bytes_coded += p.write->full_size;
    out.send(to, write_request(*home_.parcels, token, p.write, p.seen->size));
  } else {
    out.send(to, read_request(*home_.parcels, token, p.request.number, p.request.record, p.seen->size));
  }
}

void CentralClient::log_in(std::uint32_t server, Outbox& out) {
  sessions_[server].state = Session::State::asked;
  if (shared_.options.password) {
    out.send(shared_.server(server), proof(*home_.parcels, user_, password_of(shared_.book.seed(), user_)));
  } else {
    out.send(shared_.server(server), hello(user_));
  }
}

bool CentralClient::fail(Pending& p, Time now, Outbox& out) {
  ++p.failures;
  if (p.failures > shared_.options.retries || now >= last_moment(p)) {
    out.report({happened::operation_refused, 0, p.request.number, static_cast<std::uint64_t>(Refusal::gave_up)});
    return true;
  }
  const Duration pause = retry_pause(p.failures, shared_.options.backoff, shared_.options.backoff_limit, home_.random);
  p.stage = Stage::paused;
  p.due = std::min(now + pause, last_moment(p));
  return false;
}

void CentralClient::fail_all_at(std::uint32_t server, Time now, Outbox& out) {
  const std::uint32_t next = (server + 1) % shared_.options.servers;
  if (current_ == server) current_ = next;
  if (reader_ == server) reader_ = next;
  std::erase_if(pending_,
                [&](Pending& p) { return p.server == server && p.stage != Stage::paused && fail(p, now, out); });
}

void CentralClient::wake(Time now, Slot, Outbox& out) {
  rings_ = Time::never();
  std::erase_if(pending_, [&](Pending& p) {
    if (p.due > now) return false;
    if (p.stage == Stage::paused && now < last_moment(p)) {
      attempt(p, now, out);
      return false;
    }
    if (p.stage != Stage::paused) {
      out.report({happened::request_timed_out, 0, shared_.server(p.server).value, 0});
      const std::uint32_t next = (p.server + 1) % shared_.options.servers;
      if (current_ == p.server) current_ = next;
      if (reader_ == p.server) reader_ = next;
      if (p.stage == Stage::login) sessions_[p.server].state = Session::State::none;
    }
    return fail(p, now, out);
  });
  ring(out);
}

void CentralClient::disconnected(Time now, NodeId peer, Reason, Outbox& out) {
  if (!shared_.is_server(peer)) return;
  const std::uint32_t server = peer.value - shared_.users;
  sessions_[server] = {};
  fail_all_at(server, now, out);
  ring(out);
}

void CentralClient::ring(Outbox& out) {
  Time next = Time::never();
  for (const Pending& p : pending_) next = std::min(next, p.due);
  if (next == rings_ || next.ns >= for_ever.ns) return;
  rings_ = next;
  out.arm(retry_slot, next);
}

// --- what servers say ----------------------------------------------------------------------------------------------------

CentralClient::Pending* CentralClient::find(std::uint32_t number) {
  for (Pending& p : pending_) {
    if (p.request.number == number) return &p;
  }
  return nullptr;
}

void CentralClient::forget(std::uint32_t number) {
  std::erase_if(pending_, [&](const Pending& p) { return p.request.number == number; });
}

void CentralClient::receive(Time now, NodeId from, const Message& m, Outbox& out) {
  if (!shared_.is_server(from)) return;
  const std::uint32_t server = from.value - shared_.users;
  Session& session = sessions_[server];
  switch (m.kind) {
    case kind::challenge: {
      if (session.state != Session::State::asked) return;
      const Hash256 digest = challenge_digest(home_.parcels->as<ChallengeParcel>(m).nonce, from, user_);
      const Signature signature = author_.key().sign(digest);
      ++out.work.signed_;
      out.send(from, proof(*home_.parcels, user_, Bytes(signature.bytes.begin(), signature.bytes.end())));
      return;
    }
    case kind::welcome:
      if (session.state != Session::State::asked) return;
      session = {Session::State::open, home_.parcels->as<WelcomeParcel>(m).token};
      for (Pending& p : pending_) {
        if (p.server == server && p.stage == Stage::login) send(p, out);
      }
      return;
    case kind::done: take_done(m.ref, static_cast<Verdict>(m.extra), out); break;
    case kind::logged: take_logged(home_.parcels->as<LoggedParcel>(m), out); break;
    case kind::answer: take_answer(now, home_.parcels->as<AnswerParcel>(m), out); break;
    case kind::refused: {
      Pending* const p = find(m.ref);
      if (p == nullptr || p->stage != Stage::asked || p->server != server) return;
      if (fail(*p, now, out)) forget(m.ref);
      break;
    }
    case kind::turned_away: turned_away_by(server, m, now, out); break;
    default: return;  // no honest server says anything else
  }
  ring(out);
}

void CentralClient::turned_away_by(std::uint32_t server, const Message& m, Time now, Outbox& out) {
  const auto why = static_cast<Refusal>(m.extra);
  Session& session = sessions_[server];
  if (why == Refusal::no_session) {
    if (session.state != Session::State::open) return;  // it is on the way
    session = {};
    for (Pending& p : pending_) {
      if (p.server == server && p.stage == Stage::asked) p.stage = Stage::login;
    }
    log_in(server, out);
    return;
  }
  if (why == Refusal::bad_login || session.state == Session::State::asked) session = {};
  const NodeId primary(m.ref);
  if (why != Refusal::not_primary || !shared_.is_server(primary) || primary.value - shared_.users == server) {
    return fail_all_at(server, now, out);
  }
  if (current_ == server) current_ = primary.value - shared_.users;
  std::erase_if(pending_, [&](Pending& p) {
    if (p.server != server || p.stage == Stage::paused) return false;
    if (p.request.what == Asked::read && shared_.options.read_anywhere) return fail(p, now, out);
    if (++p.failures > shared_.options.retries || current_ == server) {
      --p.failures;
      return fail(p, now, out);
    }
    attempt(p, now, out);
    return false;
  });
}

void CentralClient::take_done(std::uint32_t number, Verdict verdict, Outbox& out) {
  const Pending* const p = find(number);
  if (p == nullptr) return;
  if (shared_.options.audit_log && verdict == Verdict::ok && !proven(*p, nullptr, {}, out)) return forget(number);
  finish(number, verdict, out);
}

void CentralClient::take_logged(const LoggedParcel& logged, Outbox& out) {
  const Pending* const p = find(logged.number);
  if (p == nullptr || p->write == nullptr) return;
  if (!proven(*p, &logged.proof, std::span(&p->write, 1), out)) return forget(logged.number);
  finish(logged.number, Verdict::ok, out);
}

bool CentralClient::proven(const Pending& p, const AuditProof* proof, std::span<const OperationPtr> writes,
                           Outbox& out) {
  AuditVerdict verdict = AuditVerdict::no_proof;
  if (proof != nullptr) {
    std::vector<Hash256> leaves;
    for (const OperationPtr& write : writes) leaves.push_back(leaf_of(*write, out.work));
    out.work.bytes_coded += encoded_size(*proof);
    verdict = judge(*proof, p.seen.value_or(SeenLog{}), leaves, shared_.heads, out.work);
  }
  if (verdict == AuditVerdict::ok) {
    if (proof->size > seen_.size) seen_ = {proof->size, proof->root};
    return true;
  }
  const std::uint32_t number = p.request.number;
  out.report({happened::audit_failed, static_cast<std::uint32_t>(verdict), number, p.request.record.packed()});
  out.report({happened::operation_refused, 0, number, static_cast<std::uint64_t>(Refusal::unproven)});
  return false;
}

void CentralClient::finish(std::uint32_t number, Verdict verdict, Outbox& out) {
  const Pending* const p = find(number);
  if (p == nullptr) return;
  if (verdict == Verdict::ok && p->write != nullptr) {
    out.report({happened::operation_acked, 1, number, 0});
  } else {
    out.report({happened::operation_refused, 0, number, static_cast<std::uint64_t>(verdict)});
  }
  forget(number);
}

void CentralClient::take_answer(Time now, const AnswerParcel& a, Outbox& out) {
  Pending* const p = find(a.number);
  if (p == nullptr || p->write != nullptr) return;
  if (shared_.options.audit_log && !proven(*p, a.proof ? &*a.proof : nullptr, a.answer.custody, out)) {
    return forget(a.number);
  }
  const bool right = credible(a.answer, p->request.record, shared_.options.owner_signatures, shared_.book,
                              shared_.signatures, out.work);
  if (p->request.what == Asked::read) {
    out.report({happened::read_answered, right ? 1U : 0U, a.number, a.answer.version()});
    forget(a.number);
    return;
  }
  // A transfer of a sealed record: seal it again, to whom it goes.
  const int carrier = a.answer.carrier();
  if (!right || carrier < 0) return finish(a.number, Verdict::unknown_output, out);
  const Operation& stored = *a.answer.custody[static_cast<std::size_t>(carrier)];
  p->write = author_.hand_over(p->request, stored, out.work);
  if (p->write == nullptr) return finish(a.number, Verdict::not_owner, out);
  p->seen.reset();  // asked anew
  attempt(*p, now, out);
}

}  // namespace peerlab
