#include "models/attacks/bad_peer.h"

#include <array>
#include <string>

#include "models/ledger/assembly.h"
#include "models/ledger/pool.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

constexpr std::uint16_t garbage_bytes = 1000;

Fields fields() {
  return {field("every", Kind::duration, "10 min", "Time between two pieces of bad data.", "10 min", "1 s"),
          field("what", Kind::choice, "all",
                "What is fed: blocks with bad work, merkle root, coinbase or a mutated body, garbage bytes, or all in "
                "turn.",
                "garbage", "", "", {"all", "work", "merkle", "coinbase", "mutated", "garbage"})};
}

std::vector<BadPeer::Fault> faults_named(const std::string& what) {
  using enum BadPeer::Fault;
  if (what == "work") return {work};
  if (what == "merkle") return {merkle};
  if (what == "coinbase") return {coinbase};
  if (what == "mutated") return {mutated};
  if (what == "garbage") return {garbage};
  return {work, merkle, coinbase, mutated, garbage};
}

}  // namespace

BadPeer::BadPeer(std::unique_ptr<Node> honest, const Home& home, Duration every, std::vector<Fault> faults)
    : Wrapper(std::move(honest), home), every_(every), faults_(std::move(faults)), tip_(home.pool->genesis()) {}

void BadPeer::edit(Time, Outbox& out) {
  const HeaderTree& headers = home().pool->headers;
  for (const Wish& w : out.wishes()) {
    if (w.kind != Wish::Kind::report) continue;
    const Happening& h = out.reported(w);
    if (h.kind != happened::tip_moved) continue;
    // A report names a block by the first half of its id: found among the pool's latest.
    for (std::size_t i = headers.size(); i-- > 0;) {
      const BlockRef b = BlockRef::of(i);
      if (headers.name(b) != h.subject) continue;
      tip_ = b;
      break;
    }
  }
}

void BadPeer::start(Time now, const Disk& survived, Outbox& out) {
  Wrapper::start(now, survived, out);
  out.arm(slot(), now + every_);
}
void BadPeer::strike(Time now, Outbox& out) {
  feed(now, out);
  out.arm(slot(), now + every_);
}

void BadPeer::feed(Time now, Outbox& out) {
  const Fault fault = faults_[made_ % faults_.size()];
  ++made_;
  if (fault == Fault::garbage) {
    out.flood(garbage(static_cast<std::uint32_t>(home().random.bits()), garbage_bytes));
    return;
  }
  out.flood(block_body(*home().parcels, *home().pool, spoilt(fault, now)));
}

Block BadPeer::spoilt(Fault fault, Time now) {
  BlockPool& pool = *home().pool;
  const std::uint32_t height = pool.headers.height(tip_) + 1;
  Transaction coinbase;
  coinbase.kind = TransactionKind::coinbase;
  coinbase.number = std::uint64_t{static_cast<std::uint32_t>(home().random.bits())} << 32 | height;
  coinbase.outputs.push_back({pool.rules.subsidy_at(height), {}, std::nullopt});
  if (fault == Fault::coinbase) coinbase.outputs[0].amount += 1;
  const TxRef first = pool.transactions.intern(std::move(coinbase));
  std::vector<TxRef> list{first};
  if (fault == Fault::mutated) list.push_back(first);

  Header header;
  header.previous = pool.headers.id(tip_);
  header.merkle_root = pool.bodies.root(pool.bodies.intern(list));
  header.bits = pool.headers.next_bits(tip_);
  header.time = std::max(pool.rules.clock(now), pool.headers.median_time(tip_) + 1);
  if (fault == Fault::merkle) header.merkle_root.bytes[0] ^= 1;
  solve(header);
  if (fault == Fault::work) {
    while (meets_target(header.id(), header.bits)) ++header.nonce;
  }
  return {pool.headers.intern(header), pool.bodies.intern(list)};
}

AttackRow bad_peer_row() {
  return {"bad-peer", "Feeds invalid blocks and garbage bytes to its neighbours, and takes part honestly otherwise.",
          "CVE-2012-2459 for mutated bodies; the rest is what every peer must refuse", fields,
          [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
            return std::make_unique<BadPeer>(std::move(honest), setup.home, setup.params.duration("every"),
                                             faults_named(setup.params.text("what")));
          }};
}

}  // namespace peerlab
