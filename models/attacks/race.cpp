// A race of two payments: the merchant is told of one, everybody else of another that spends the same coin. No hash power is needed,
// only a merchant who hands over his goods before a block confirms.
//
// The merchant gets his payment over a link of his own; it is first there, so that he refuses the rival as a conflict. All other
// neighbours get the rival. Whichever a miner puts into a block first stands.
#include <algorithm>

#include "models/attacks/merchant_line.h"
#include "models/attacks/rows.h"
#include "models/node/attempt.h"
#include "models/protocols/nakamoto.h"
#include "models/protocols/peer_discovery.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

constexpr std::uint64_t first_number = 0xe000'0000;  ///< of his transactions: beyond those of any workload

constexpr std::uint64_t price = 1;  ///< of the goods, in smallest units

class Racer final : public Wrapper {
 public:
  Racer(std::unique_ptr<Node> honest, const AttackSetup& setup)
      : Wrapper(std::move(honest), setup.home),
        peer_(dynamic_cast<Nakamoto&>(innermost(participant()))),
        merchant_(setup.victims.front()),
        every_(setup.params.duration("every")) {}

  void start(Time now, const Disk& survived, Outbox& out) override {
    Wrapper::start(now, survived, out);
    reach_out(participant(), merchant_, now, out);
    out.arm(slot(), now + every_);
  }

 private:
  void strike(Time now, Outbox& out) override {
    out.arm(slot(), now + every_);
    if (open_ || home().links->place(home().self, merchant_) == Links::no_place || !home().has_key) return;
    BlockPool& pool = *home().pool;
    const Replica& seen = peer_.replica();
    const NakamotoShared& shared = peer_.shared();
    const UserId user(home().self.value);
    const std::optional<Coin> coin =
        first_confirmed_coin(pool, seen.tree.tip(), seen.mempool, shared.book->public_key(user),
                             1000 * (shared.options.fee_rate + 1), [](OutputRef) { return true; });
    if (!coin) return;
    payment_ = spend(*coin, true, out);
    rival_ = spend(*coin, false, out);
    open_ = true;
    ++attempts_;
    out.report({happened::attempt_began, 0, attempts_, pool.headers.name(seen.tree.tip())});
    out.send(merchant_, transaction(payment_));
    for (const NodeId peer : home().links->of(home().self)) {
      if (peer.valid() && peer != merchant_) out.send(peer, transaction(rival_));
    }
    honest().receive(now, home().self, transaction(rival_), out);
  }

  void edit(Time, Outbox& out) override {
    if (!open_) return;
    const BlockPool& pool = *home().pool;
    const BlockRef tip = peer_.replica().tree.tip();
    const BlockRef won = pool.state.inclusion(tip, rival_);
    const BlockRef lost = pool.state.inclusion(tip, payment_);
    if (!won.valid() && !lost.valid()) return;
    open_ = false;
    out.report({happened::attempt_ended, won.valid() ? 1U : 0U, attempts_, won.valid() ? pool.headers.name(won) : 0});
  }

  /// The price to the merchant or nothing, the rest back: so one coin serves many attempts.
  TxRef spend(const Coin& coin, bool pays, Outbox& out) {
    const NakamotoShared& shared = peer_.shared();
    const UserId user(home().self.value);
    Transaction tx;
    tx.kind = TransactionKind::pay;
    tx.number = first_number + made_++;
    tx.inputs.push_back({coin.point, shared.book->public_key(user), {}});
    if (pays) tx.outputs.push_back({price, shared.book->public_key(UserId(merchant_.value)), std::nullopt});
    tx.outputs.push_back({coin.amount - (pays ? price : 0), shared.book->public_key(user), std::nullopt});
    tx.outputs.back().amount -= shared.options.fee_rate * wire_size(tx);
    sign_inputs(tx, shared.book->key_pair(user));
    ++out.work.signed_;
    return home().pool->transactions.intern(std::move(tx));
  }

  Nakamoto& peer_;
  NodeId merchant_;
  Duration every_;
  bool open_ = false;
  std::uint32_t made_ = 0;
  std::uint64_t attempts_ = 0;
  TxRef payment_;
  TxRef rival_;
};

Fields fields() {
  Field every;
  every.name = "every";
  every.kind = Kind::duration;
  every.fallback = "2 h";
  every.sentence = "Time between two attempts; none begins before the one before it is decided.";
  every.example = "1 h";
  every.least = "1 min";
  every.most = "1000 d";
  return {every};
}

}  // namespace

AttackRow race_row() {
  return {.name = "race",
          .sentence =
              "Pays a merchant who waits for no block, and tells everybody else of another payment with the same coin.",
          .source = "Karame, Androulaki & Capkun, Double-spending fast payments in Bitcoin, CCS 2012",
          .fields = fields,
          .wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
            return std::make_unique<Racer>(std::move(honest), setup);
          },
          .victim = AttackRow::Victim::wanted,
          .full_peer = true,
          .one_machine = true,
          .decides = "what its coins pay for",
          .attempts = true,
          .pays_victim = true};
}

}  // namespace peerlab
