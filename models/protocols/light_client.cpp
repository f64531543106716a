#include "models/protocols/light_client.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/protocols/record_view.h"
#include "models/protocols/refusal.h"
#include "models/protocols/retry.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

constexpr Duration first_pause = seconds(1);
constexpr Duration longest_pause = minutes(1);

bool about_a_record(Asked what) { return what != Asked::publish && what != Asked::pay; }

}  // namespace

LightClient::LightClient(const Home& home, UserId user, const NakamotoShared& shared)
    : home_(home),
      shared_(shared),
      pool_(*home.pool),
      tree_(*home.pool),
      wallet_(*shared.book, user, {shared.options.fee_rate, shared.options.encrypt_private, home.has_key}) {
  // The first block is part of the program.
  for (const TxRef tx : pool_.bodies.list(pool_.state.body(pool_.genesis()))) known_.add(tx.value);
}

void LightClient::won(Time, Outbox&) {}

void LightClient::show(HoldingsSink& sink) const {
  if (home_.has_key) sink.key(wallet_.user().value);
}

// --- whom he asks ----------------------------------------------------------------------------------------------------

bool LightClient::banned(NodeId peer) const {
  return std::find(cut_off_.begin(), cut_off_.end(), peer) != cut_off_.end();
}

NodeId LightClient::choose(std::span<const NodeId> except) const {
  const std::span<const NodeId> row = home_.links->of(home_.self);
  const auto begin = static_cast<std::size_t>(std::find(row.begin(), row.end(), current_) - row.begin());
  for (std::size_t i = 0; i < row.size(); ++i) {
    const NodeId peer = row[(begin + i) % row.size()];
    if (peer.valid() && !banned(peer) && std::find(except.begin(), except.end(), peer) == except.end()) return peer;
  }
  return nobody;
}

void LightClient::pass_over(NodeId peer) {
  if (current_ == peer || !current_.valid()) current_ = choose({&peer, 1});
}

void LightClient::cut_off(NodeId peer, Verdict why, Outbox& out) {
  if (banned(peer)) return;
  cut_off_.push_back(peer);
  pass_over(peer);
  out.report({happened::peer_banned, static_cast<std::uint32_t>(why), peer.value, static_cast<std::uint64_t>(why)});
  out.disconnect(peer, Reason::banned);
}

// --- what he wants ---------------------------------------------------------------------------------------------------

Time LightClient::last_moment(const Pending& p) const {
  return p.request.deadline.ns > 0 ? p.request.issued + p.request.deadline : Time::never();
}

bool LightClient::its_turn(const Pending& p) const {
  if (p.request.what == Asked::read) return true;
  const auto first =
      std::find_if(pending_.begin(), pending_.end(), [](const Pending& q) { return q.request.what != Asked::read; });
  return &*first == &p;
}

void LightClient::submit(Time now, const Request& request, Outbox& out) {
  if (!home_.has_key && request.what != Asked::read) {
    out.report({happened::operation_refused, 0, request.number, static_cast<std::uint64_t>(Verdict::not_owner)});
    return;
  }
  Pending p;
  p.request = request;
  p.due = last_moment(p);
  pending_.push_back(std::move(p));
  go_on(now, out);
}

/// Begins what waits for nothing any more. A write that is over at once makes room for the next.
void LightClient::go_on(Time now, Outbox& out) {
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      Pending& p = pending_[i];
      if (p.stage != Stage::waiting || !its_turn(p) || !choose({}).valid()) continue;
      if (!attempt(p, now, out)) continue;
      pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(i));
      again = true;
      break;
    }
  }
  ring(out);
}

bool LightClient::give_up(const Pending& p, std::uint64_t why, Outbox& out) {
  out.report({happened::operation_refused, 0, p.request.number, why});
  return true;
}

bool LightClient::attempt(Pending& p, Time now, Outbox& out) {
  if (now >= last_moment(p)) return give_up(p, static_cast<std::uint64_t>(Refusal::gave_up), out);
  p.peer = choose(p.tried);
  if (p.peer.valid()) {
    p.tried.push_back(p.peer);
    p.due = std::min(now + shared_.options.light_timeout, last_moment(p));
    if (!current_.valid()) current_ = p.peer;
    p.tx.valid() ? hand_in(p, out) : question(p, out);
    p.stage = p.tx.valid() ? Stage::submitted : Stage::asked;
    return false;
  }
  if (p.tried.empty()) {
    p.stage = Stage::waiting;
    p.due = last_moment(p);
    return false;
  }
  if (p.why) {
    if (p.tx.valid()) forget(p.tx);
    return give_up(p, static_cast<std::uint64_t>(*p.why), out);
  }
  if (++p.rounds >= most_rounds) return give_up(p, static_cast<std::uint64_t>(Refusal::gave_up), out);
  p.tried.clear();
  p.stage = Stage::paused;
  const Duration pause = retry_pause(p.rounds, first_pause, longest_pause, home_.random);
  p.due = std::min(now + pause, last_moment(p));
  return false;
}

void LightClient::question(const Pending& p, Outbox& out) {
  const Request& request = p.request;
  std::optional<PublicKey> coins_of;
  std::optional<RecordQuestion> record;
  if (request.what != Asked::read) coins_of = wallet_.address();
  if (about_a_record(request.what)) {
    record = {shared_.book->public_key(request.record.publisher), request.record.packed()};
  }
  out.send(p.peer, light_question(*home_.parcels, request.number, coins_of, record));
}

// --- what he is told -------------------------------------------------------------------------------------------------

bool LightClient::take_answer(Pending& p, Time now, const LightAnswerParcel& answer, Outbox& out) {
  out.work.bytes_coded += answer.wire_size;
  if (about_a_record(p.request.what) && !take_custody(p, answer, out)) return attempt(p, now, out);
  if (p.request.what == Asked::read) return true;
  p.means.coins = answer.coins;
  return compose(p, now, out);
}

/// The record of the answer: reports it to a reader, notes it for a write. False: somebody else has to be asked.
bool LightClient::take_custody(Pending& p, const LightAnswerParcel& answer, Outbox& out) {
  const PublicKey& publisher = shared_.book->public_key(p.request.record.publisher);
  const RecordView view = check_custody(pool_, answer.custody, publisher, p.request.record.packed(), out.work);
  if (!answer.custody.empty() && !view.genuine) {
    cut_off(p.peer, Verdict::content_mismatch, out);
    return false;
  }
  if (p.request.what == Asked::read) {
    const std::uint64_t version =
        view.found() ? pool_.transactions.transaction(view.last).number : happened::no_version;
    out.report({happened::read_answered, view.genuine ? 1U : 0U, p.request.number, version});
    return true;
  }
  if (!view.live() || pool_.transactions.output(view.output).owner != wallet_.address()) {
    p.why = Verdict::unknown_output;
    return false;
  }
  for (const TxRef tx : answer.custody) known_.add(tx.value);
  p.means.held = {pool_.transactions.point(view.output), pool_.transactions.output(view.output), view.content};
  return true;
}

/// Leaves out what he has spent, and puts first what he has seen made. False: one is not what was said.
bool LightClient::sort_coins(Wallet::Means& means) const {
  std::vector<Coin> seen;
  std::vector<Coin> unseen;
  for (const Coin& coin : means.coins) {
    if (std::find(spent_.begin(), spent_.end(), coin.point) != spent_.end()) continue;
    const TxRef maker = pool_.transactions.find(coin.point.txid);
    if (!maker.valid() || !known_.has(maker.value)) {
      unseen.push_back(coin);
      continue;
    }
    const std::vector<Output>& outputs = pool_.transactions.transaction(maker).outputs;
    if (coin.point.index >= outputs.size()) return false;
    const Output& output = outputs[coin.point.index];
    if (output.owner != wallet_.address() || output.amount != coin.amount || output.record) return false;
    seen.push_back(coin);
  }
  seen.insert(seen.end(), unseen.begin(), unseen.end());
  means.coins = std::move(seen);
  return true;
}

bool LightClient::compose(Pending& p, Time now, Outbox& out) {
  if (!sort_coins(p.means)) {
    cut_off(p.peer, Verdict::unknown_output, out);
    return attempt(p, now, out);
  }
  Wallet::Made made = wallet_.make(p.request, p.means, out.work);
  if (!made.tx) {
    p.why = made.why;
    return attempt(p, now, out);
  }
  std::vector<TxRef> unseen;
  for (const Input& input : made.tx->inputs) {
    const TxRef maker = pool_.transactions.refer(input.spends.txid);
    if (!known_.has(maker.value)) unseen.push_back(maker);
  }
  if (!unseen.empty()) {
    p.stage = Stage::fetching;
    out.send(p.peer, transaction_list(kind::transaction_request, *home_.parcels, pool_, std::move(unseen)));
    return false;
  }
  p.tx = pool_.transactions.intern(std::move(*made.tx));
  known_.add(p.tx.value);
  const std::uint32_t size = pool_.transactions.wire_size(p.tx);
  out.write({static_cast<std::uint32_t>(LightStored::own_transaction), p.tx.value, size});
  out.sync();
  ++out.work.syncs;
  out.work.bytes_written += size;
  for (const Input& input : pool_.transactions.transaction(p.tx).inputs) spent_.push_back(input.spends);
  own_.push_back({p.tx, p.request.number});
  p.stage = Stage::submitted;
  hand_in(p, out);
  return false;
}

/// His earlier transactions first: this one may spend their change.
void LightClient::hand_in(Pending& p, Outbox& out) {
  for (Own& own : own_) {
    if (own.tx == p.tx || (own.told != p.peer && !own.block.valid())) send_own(own, p.peer, out);
  }
}

void LightClient::take_verdict(Time now, NodeId from, TxRef tx, Verdict verdict, Outbox& out) {
  const auto p = std::find_if(pending_.begin(), pending_.end(), [&](const Pending& q) {
    return q.tx == tx && q.stage == Stage::submitted && q.peer == from;
  });
  if (p == pending_.end()) return;
  bool over = verdict == Verdict::ok || verdict == Verdict::already_known;
  if (!over) {
    p->why = verdict;
    over = attempt(*p, now, out);
  }
  if (over) pending_.erase(p);
}

void LightClient::take_transaction(Time now, NodeId from, TxRef tx, Outbox& out) {
  const auto p = std::find_if(pending_.begin(), pending_.end(),
                              [&](const Pending& q) { return q.stage == Stage::fetching && q.peer == from; });
  if (p == pending_.end()) return;
  const std::uint32_t size = pool_.transactions.wire_size(tx);
  out.work.bytes_coded += size;
  out.work.bytes_hashed += size;
  known_.add(tx.value);
  if (compose(*p, now, out)) pending_.erase(p);
}

void LightClient::forget(TxRef tx) {
  std::erase_if(own_, [&](const Own& own) { return own.tx == tx; });
  for (const Input& input : pool_.transactions.transaction(tx).inputs) std::erase(spent_, input.spends);
}

// --- the port --------------------------------------------------------------------------------------------------------

void LightClient::receive(Time now, NodeId from, const Message& m, Outbox& out) {
  if (banned(from)) return;
  const Parcels& parcels = *home_.parcels;
  switch (m.kind) {
    case kind::block_inventory: {
      const bool answer = headers_from_ == from;
      if (answer) headers_from_ = nobody;
      if (!tree_.have_header(BlockRef(m.ref)) && !answer) ask_headers(from, now, out);
      break;
    }
    case kind::headers: take_headers(now, from, parcels.as<HeadersParcel>(m).list, out); break;
    case kind::proofs: take_proofs(now, from, parcels.as<ProofsParcel>(m), out); break;
    case kind::light_answer: {
      const auto& answer = parcels.as<LightAnswerParcel>(m);
      const auto p = std::find_if(pending_.begin(), pending_.end(), [&](const Pending& q) {
        return q.request.number == answer.number && q.stage == Stage::asked && q.peer == from;
      });
      if (p != pending_.end() && take_answer(*p, now, answer, out)) pending_.erase(p);
      break;
    }
    case kind::light_verdict: take_verdict(now, from, TxRef(m.ref), static_cast<Verdict>(m.extra), out); break;
    case kind::transaction: take_transaction(now, from, TxRef(m.ref), out); break;
    default: return;  // he keeps no copy: what else full peers tell each other is nothing to him
  }
  go_on(now, out);
}

void LightClient::connected(Time now, NodeId peer, bool, Outbox& out) {
  if (banned(peer)) {
    out.disconnect(peer, Reason::banned);
    return;
  }
  ask_headers(peer, now, out);
  go_on(now, out);
}

void LightClient::disconnected(Time now, NodeId peer, Reason, Outbox& out) {
  pass_over(peer);
  if (headers_from_ == peer) {
    headers_from_ = nobody;
    if (const NodeId next = choose({}); next.valid()) ask_headers(next, now, out);
  }
  if (proofs_from_ == peer) {
    proofs_from_ = nobody;
    proofs_at_ = {};
    follow(now, out);
  }
  std::erase_if(pending_, [&](Pending& p) {
    const bool in_hand = p.stage == Stage::asked || p.stage == Stage::fetching || p.stage == Stage::submitted;
    return in_hand && p.peer == peer && attempt(p, now, out);
  });
  go_on(now, out);
}

void LightClient::wake(Time now, Slot, Outbox& out) {
  rings_ = Time::never();
  const auto silent = [&](NodeId peer) {
    out.report({happened::request_timed_out, 0, peer.value, 0});
    pass_over(peer);
  };
  if (headers_from_.valid() && headers_due_ <= now) {
    silent(headers_from_);
    headers_from_ = nobody;
    if (current_.valid()) ask_headers(current_, now, out);
  }
  if (proofs_from_.valid() && proofs_due_ <= now) {
    silent(proofs_from_);
    proofs_from_ = nobody;
    proofs_at_ = {};
    follow(now, out);
  }
  std::erase_if(pending_, [&](Pending& p) {
    if (p.due > now) return false;
    if (p.stage != Stage::waiting && p.stage != Stage::paused) silent(p.peer);
    return attempt(p, now, out);
  });
  go_on(now, out);
}

void LightClient::ring(Outbox& out) {
  Time next = Time::never();
  for (const Pending& p : pending_) next = std::min(next, p.due);
  if (headers_from_.valid()) next = std::min(next, headers_due_);
  if (proofs_from_.valid()) next = std::min(next, proofs_due_);
  if (next == rings_ || next == Time::never()) return;
  rings_ = next;
  out.arm(timer_slot, next);
}

}  // namespace peerlab
