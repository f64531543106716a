#include "models/attacks/private_miner.h"

#include "models/base/check.h"
#include "models/ledger/target.h"
#include "models/protocols/peer_discovery.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

/// A place in the node's stream that the honest half never gets to: it shares the stream's beginning.
constexpr std::uint64_t far_ahead = std::uint64_t{1} << 39;

Nakamoto& miner(Node& node) {
  auto* peer = dynamic_cast<Nakamoto*>(&innermost(node));
  CHECK_SAYING(peer != nullptr, "who attacks by mining is a full peer of a proof-of-work ledger");
  return *peer;
}

}  // namespace

PrivateMiner::PrivateMiner(std::unique_ptr<Node> honest, const AttackSetup& setup)
    : Wrapper(std::move(honest), setup.home),
      peer_(miner(participant())),
      from_(Time::zero() + setup.params.duration("from")),
      known_(setup.home.pool->genesis()) {
  home().random.seek(home().random.position() + far_ahead);
}

void PrivateMiner::start(Time now, const Disk& survived, Outbox& out) {
  honest().start(now, survived, out);
  known_ = public_tip();
  if (now < from_) {
    out.arm(slot(), from_);
  } else {
    begun_ = true;
    begin(now, out);
  }
  edit(now, out);
}

void PrivateMiner::receive(Time now, NodeId from, const Message& message, Outbox& out) {
  honest().receive(now, from, message, out);
  if (begun_) heard(now, from, message, out);
  edit(now, out);
}

void PrivateMiner::strike(Time now, Outbox& out) {
  if (begun_) {
    alarm(now, out);
  } else {
    begun_ = true;
    begin(now, out);
  }
  edit(now, out);
}

void PrivateMiner::edit(Time now, Outbox& out) {
  const BlockRef before = known_;
  known_ = public_tip();
  if (begun_ && known_ != before) public_moved(now, before, out);
  known_ = public_tip();
  aim(out);
}

void PrivateMiner::won(Time now, Outbox& out) {
  if (!mining_) return;
  if (begun_) {
    found(now, out);
  } else {
    honest().won(now, out);
  }
  known_ = public_tip();
  aim(out);
}

void PrivateMiner::aim(Outbox& out) {
  for (const Wish& wish : out.wishes()) {
    if (wish.kind == Wish::Kind::mine) mining_ = true;
    if (wish.kind == Wish::Kind::idle) mining_ = false;
  }
  remove(out, [](const Wish& wish) { return wish.kind == Wish::Kind::mine; });
  if (!mining_) {
    bits_ = 0;
    return;
  }
  const std::uint32_t bits = headers().next_bits(begun_ ? parent() : public_tip());
  if (bits == bits_) return;
  bits_ = bits;
  out.mine({expected_hashes(bits) * shared().hashes_per_real_hash});
}

Block PrivateMiner::forge(Time now, BlockRef on, std::span<const TxRef> own, Outbox& out) {
  Assembly from;
  from.tip = on;
  from.owner = address();
  from.now = now;
  from.header_time = header_time(now, on);
  from.extra = static_cast<std::uint32_t>(home().random.bits());
  from.fill_to = shared().options.body_size;
  std::uint64_t room = room_for_transactions(pool(), from);
  TxSet chosen;
  std::vector<TxRef> list;
  const auto take = [&](TxRef tx) {
    const std::uint32_t size = pool().transactions.wire_size(tx);
    if (size > room || pool().state.still_admissible(tx, on, chosen) != Verdict::ok) return;
    room -= size;
    chosen.add(tx);
    list.push_back(tx);
  };
  for (const TxRef tx : own) take(tx);
  for (const TxRef tx : seen().mempool.select(room)) {
    if (!refuses(tx)) take(tx);
  }
  const Assembled made = assemble_block(pool(), std::move(list), from);
  charge(out.work, made.effort);
  const BlockRef b = made.block.header;
  const Judged judged = pool().state.judge(b);
  charge(out.work, judged.effort);
  CHECK_SAYING(judged.ok(), "an attacker by mining keeps every rule of blocks");
  out.report({happened::block_mined, headers().height(b), headers().name(b), headers().name(on)});
  return made.block;
}

void PrivateMiner::publish(Time now, const Block& block, Outbox& out) {
  CHECK(seen().tree.have_header(headers().parent(block.header)));
  honest().receive(now, nobody, block_body(*home().parcels, pool(), block), out);
  known_ = public_tip();
  if (known_ == block.header) return;  // then it was announced as any new tip is
  if (shared().options.relay.push) {
    out.flood(block_body(*home().parcels, pool(), block));
  } else {
    out.flood(block_inventory(block.header));
  }
}

}  // namespace peerlab
