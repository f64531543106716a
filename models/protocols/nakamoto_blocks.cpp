// What a nakamoto peer does with blocks: takes them in, moves its tip, catches up, mines.
#include <algorithm>

#include "models/base/check.h"
#include "models/base/small_vector.h"
#include "models/ledger/assembly.h"
#include "models/protocols/nakamoto.h"
#include "models/protocols/nakamoto_cold.h"

namespace peerlab {
namespace {

/// More blocks than these are not announced one by one: whoever hears of the last asks for headers.
constexpr std::size_t most_announced = 8;

}  // namespace

void Nakamoto::take_block(Time now, NodeId from, const BlockRelay::Arrival& arrival, Outbox& out) {
  Cold& c = *cold_;
  if (arrival.fault != Verdict::ok) cut_off(now, from, arrival.fault, out);
  if (!arrival.complete()) return;
  const BlockRef b = arrival.block.header;
  if (announcers_.block != b.value) settle_announcers();
  c.r.tracker.heard(from);
  if (c.r.came(b)) {
    forget(b);
    return;
  }
  if (!place_header(now, from, b, out)) return;
  const BlockTree::Outcome outcome = c.r.tree.offer_body(b, arrival.block.body, c.r.mempool.set());
  charge(out.work, outcome.effort);
  if (outcome.verdict == Verdict::bad_merkle_root || outcome.verdict == Verdict::merkle_mutated) {
    if (arrival.rebuilt) {
      c.blocks.ask_whole(b, from, out);  // a wrong guess among short ids
    } else {
      cut_off(now, from, outcome.verdict, out);
    }
    return;
  }
  SmallVector<NodeId, RequestTracker::most_announcers + 1> know;
  if (!c.blocks.tells_all()) {
    settle_announcers();
    const std::span<const NodeId> announcers = c.r.tracker.announcers({Wanted::Class::block, b.value});
    know.assign(announcers.begin(), announcers.end());
    if (std::find(know.begin(), know.end(), from) == know.end()) know.push_back(from);
  }
  forget(b);
  if (outcome.verdict == Verdict::unknown_previous) return;  // no room among the orphans
  c.r.note(b);
  take_outcome(now, from, arrival.block, outcome, {know.data(), know.size()}, out);
}

/// Puts a header where it belongs. False: the block is of no use now.
bool Nakamoto::place_header(Time now, NodeId from, BlockRef b, Outbox& out) {
  Cold& c = *cold_;
  if (c.r.tree.have_header(b)) return true;
  const Judged judged = c.r.tree.offer_header(b, now);
  charge(out.work, judged.effort);
  if (breaks_a_rule(judged.verdict)) {
    c.r.note(b);
    forget(b);
    out.report({happened::block_refused, 0, c.r.pool.headers.name(b), static_cast<std::uint64_t>(judged.verdict)});
    cut_off(now, from, judged.verdict, out);
    return false;
  }
  if (judged.verdict == Verdict::too_far_ahead) {
    forget(b);  // it may become valid: the next announcement brings it again
    return false;
  }
  if (!c.r.tree.have_header(b)) c.sync.consult(from, now, out);  // its parent is missing
  return true;
}

void Nakamoto::take_outcome(Time now, NodeId from, const Block& block, const BlockTree::Outcome& outcome,
                            std::span<const NodeId> know, Outbox& out) {
  Cold& c = *cold_;
  // What is in the chain at once needs no culprit later.
  const bool connected = !outcome.connected.empty() && outcome.connected.back() == block.header;
  if (from.valid() && !connected) c.unsettled().sources.push_back({block.header, from});
  bool refused = breaks_a_rule(outcome.verdict);
  std::vector<std::pair<NodeId, Verdict>> guilty;
  const auto refuse = [&](BlockRef b, Verdict verdict) {
    out.report({happened::block_refused, 0, c.r.pool.headers.name(b), static_cast<std::uint64_t>(verdict)});
    c.forget_sources([&](const Cold::Source& s) {
      if (s.block == b) guilty.emplace_back(s.peer, verdict);
      return s.block == b;
    });
  };
  bool named = false;
  for (const BlockTree::Refused& bad : outcome.refused) {
    refuse(bad.block, bad.verdict);
    named = named || bad.block == block.header;
  }
  refused = refused || named;
  if (refused && !named) refuse(block.header, outcome.verdict);
  if (!refused) {
    const std::uint32_t size = c.r.pool.bodies.block_size(block.body);
    // The operating system has flushed by now what was written with the block before; nobody waits for that.
    out.sync();
    out.write(entry(Stored::block, block.header.value, size));
    out.work.bytes_written += size;
    note_records(besides_coinbase(c.r.pool.bodies.list(block.body)), out);
  }
  const auto hold = [&](BlockRef b) {
    if (!c.r.tree.have_header(b)) return false;
    out.report({happened::block_held, c.r.pool.headers.height(b), c.r.pool.headers.name(b), 0});
    return true;
  };
  if (c.awaits_parents()) erase_if(c.unsettled().unplaced, hold);
  // Of its own block a miner has told already.
  if (!refused && from.valid() && !hold(block.header)) c.unsettled().unplaced.push_back(block.header);
  if (outcome.moved()) {
    move_tip(now, outcome, block.header, know, out);
  } else if (!refused && c.shared.options.tie_break.rule != TieBreak::Rule::first_seen) {
    weigh_tie(now, block.header, know, out);
  }
  for (const auto& [peer, verdict] : guilty) cut_off(now, peer, verdict, out);
  if (c.joining || c.sync.catching() || c.awaits_parents()) catch_up(now, out);
}

void Nakamoto::move_tip(Time now, const BlockTree::Outcome& outcome, BlockRef arrived, std::span<const NodeId> know,
                        Outbox& out) {
  Cold& c = *cold_;
  const BlockRef tip = c.r.tree.tip();
  c.r.mempool.moved(tip, outcome.disconnected, outcome.connected);
  out.report({happened::tip_moved, c.r.pool.headers.height(tip), c.r.pool.headers.name(tip),
              c.r.pool.state.digest(tip).low64()});
  if (!outcome.disconnected.empty()) {
    out.report({happened::reorganised, static_cast<std::uint32_t>(outcome.disconnected.size()),
                c.r.pool.headers.name(tip), outcome.connected.size()});
    for (const BlockRef undone : outcome.disconnected) {
      for (const TxRef tx : c.r.pool.bodies.list(c.r.pool.state.body(undone))) {
        if (c.r.mempool.has(tx)) c.transactions().returned(now, tx, out);
      }
    }
  }
  if (c.relay != nullptr) c.relay->tip_moved(now, out);
  note_records(c.entered(), out);
  note_shown(c.entered(), out);
  for (const BlockRef b : outcome.connected)
    note_shown(besides_coinbase(c.r.pool.bodies.list(c.r.pool.state.body(b))), out);
  follow_operations(!outcome.disconnected.empty(), out);
  for (const BlockRef b : outcome.connected) {
    c.forget_sources([&](const Cold::Source& s) { return s.block == b; });
    if (c.joining || c.sync.catching()) continue;
    if (outcome.connected.size() > most_announced && b != tip) continue;
    if (c.blocks.once() && (b != arrived || !know.empty())) continue;  // its miner tells everybody
    c.blocks.announce(b, b == arrived ? know : std::span<const NodeId>(), out);
  }
  mine(out);
}

/// A block came that does not win: if it draws, the scenario's tie rule decides, and everybody is told of it in any case.
void Nakamoto::weigh_tie(Time now, BlockRef rival, std::span<const NodeId> know, Outbox& out) {
  Cold& c = *cold_;
  const BlockRef tip = c.r.tree.tip();
  const HeaderTree& headers = c.r.pool.headers;
  if (c.joining || c.sync.catching() || c.shared.hostile.has(c.r.home.self.value)) return;
  if (!c.r.tree.complete(rival) || c.r.tree.invalid(rival) || headers.work(rival) != headers.work(tip)) return;
  const auto hostile = [&](BlockRef b) {
    const TxRef coinbase = c.r.pool.bodies.list(c.r.pool.state.body(b)).front();
    const PublicKey& paid = c.r.pool.transactions.transaction(coinbase).outputs.front().owner;
    return std::find(c.shared.hostile_keys.begin(), c.shared.hostile_keys.end(), paid) != c.shared.hostile_keys.end();
  };
  bool over = false;
  if (c.shared.options.tie_break.rule == TieBreak::Rule::random) {
    over = c.random.chance(0.5);
  } else if (const bool theirs = hostile(rival); theirs != hostile(tip)) {
    const double gamma = c.shared.options.tie_break.gamma;
    over = c.random.chance(theirs ? gamma : 1 - gamma);
  }
  if (over) {
    const BlockTree::Outcome outcome = c.r.tree.change_to(rival, c.r.mempool.set());
    charge(out.work, outcome.effort);
    if (outcome.moved()) return move_tip(now, outcome, rival, know, out);
  }
  if (!c.blocks.once()) c.blocks.announce(rival, know, out);
}

void Nakamoto::catch_up(Time now, Outbox& out) {
  Cold& c = *cold_;
  const bool caught_up = c.sync.pursue(now, out);
  if (!caught_up && !(c.joining && !c.sync.asking() && !c.sync.behind())) return;
  const BlockRef tip = c.r.tree.tip();
  out.report({happened::caught_up, c.r.pool.headers.height(tip), c.r.pool.headers.name(tip), 0});
  c.joining = false;
  if (caught_up) c.blocks.announce(tip, {}, out);
  if (c.relay != nullptr) c.relay->take_up_postponed(now, out);
  mine(out);
}

void Nakamoto::won(Time now, Outbox& out) {
  Cold& c = *cold_;
  if (c.mined_bits == 0) return;
  Assembly from;
  from.tip = c.r.tree.tip();
  from.owner = c.shared.book->public_key(c.its_user());
  from.now = now;
  from.extra = static_cast<std::uint32_t>(c.random.bits());
  from.fill_to = c.shared.options.body_size;
  const Assembled made = assemble_block(c.r.pool, c.r.mempool, from);
  charge(out.work, made.effort);
  const BlockRef b = made.block.header;
  if (!c.r.tree.offer_header(b, now).ok()) return;  // blocks came so fast that its time ran too far ahead
  out.report(
      {happened::block_mined, c.r.pool.headers.height(b), c.r.pool.headers.name(b), c.r.pool.headers.name(from.tip)});
  const BlockTree::Outcome outcome = c.r.tree.offer_body(b, made.block.body, c.r.mempool.set());
  CHECK_SAYING(outcome.verdict == Verdict::ok, "an assembled block keeps every rule");
  charge(out.work, outcome.effort);
  c.r.note(b);
  take_outcome(now, nobody, made.block, outcome, {}, out);
  rest();
}

}  // namespace peerlab
