#include "models/attacks/double_spend_miner.h"

#include "models/attacks/mining_fields.h"
#include "models/attacks/rows.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

constexpr std::uint64_t price = 1;                   ///< of the goods, in smallest units: the coin lasts
constexpr std::uint64_t first_number = 0xf000'0000;  ///< of his transactions: beyond those of any workload

Field whole(std::string_view name, std::string_view fallback, std::string_view sentence, std::string_view example) {
  Field f;
  f.name = name;
  f.kind = Kind::whole;
  f.fallback = fallback;
  f.sentence = sentence;
  f.example = example;
  f.least = "0";
  f.most = "1000";
  return f;
}

Field patience() {
  Field f;
  f.name = "patience";
  f.kind = Kind::duration;
  f.fallback = "10 s";
  f.sentence = "At zero confirmations: how long after the payment was sent the merchant hands over his goods.";
  f.example = "1 s";
  f.least = "0 s";
  f.most = "1 d";
  return f;
}

Fields double_spend_fields() {
  Fields all = race_fields("30 %", "10");
  all.push_back(whole("confirmations", "6", "How many blocks deep the merchant wants the payment to be.", "2"));
  all.push_back(whole("head_start", "0", "Blocks that are mined in secret before the payment is sent.", "1"));
  all.push_back(patience());
  return all;
}

Fields finney_fields() {
  Fields all = race_fields("10 %", "2");
  all.push_back(patience());
  return all;
}

std::string check_double_spend(const Params& params, Duration run) {
  if (std::string error = check_race(params, run); !error.empty()) return error;
  const std::int64_t z = params.whole("confirmations");
  const std::int64_t ahead = params.whole("head_start");
  if (z == 0 && ahead == 0) {
    return "head_start: with zero confirmations the goods are handed over before there is a branch; mine one block "
           "ahead "
           "(Finney), or use `race`, which needs no hash power.";
  }
  return {};
}

}  // namespace

DoubleSpendMiner::DoubleSpendMiner(std::unique_ptr<Node> honest, const AttackSetup& setup, const Terms& terms)
    : RaceMiner(std::move(honest), setup),
      terms_(terms),
      merchant_(setup.victims.empty() ? UserId((setup.home.self.value + 1) % std::max(shared().users, 1U))
                                      : UserId(setup.victims.front().value)),
      has_key_(setup.home.has_key) {}

TxRef DoubleSpendMiner::spend(const OutPoint& coin, std::uint64_t worth, std::uint64_t to_merchant, Outbox& out) {
  Transaction tx;
  tx.kind = TransactionKind::pay;
  tx.number = first_number + made_++;
  tx.inputs.push_back({coin, address(), {}});
  if (to_merchant > 0) tx.outputs.push_back({to_merchant, shared().book->public_key(merchant_), std::nullopt});
  tx.outputs.push_back({worth - to_merchant, address(), std::nullopt});
  tx.outputs.back().amount -= shared().options.fee_rate * wire_size(tx);
  sign_inputs(tx, shared().book->key_pair(user()));
  ++out.work.signed_;
  out.work.bytes_hashed += wire_size(tx);
  return pool().transactions.intern(std::move(tx));
}

BlockRef DoubleSpendMiner::starts(Time, Outbox& out) {
  const BlockRef tip = public_tip();
  if (!has_key_) return {};
  accepted_ = false;
  if (unsent_ && pool().state.unspent_at(tip, coin_)) return tip;
  // Worth two fees and the price, whatever the fee rate: no transaction of these is as long as a kilobyte.
  const std::uint64_t needed = price + 1000 * shared().options.fee_rate;
  for (const Coin& coin : spendable_coins(pool(), tip, seen().mempool, address())) {
    coin_ = pool().transactions.output_at(coin.point);
    if (coin.amount <= needed || !pool().state.unspent_at(tip, coin_)) continue;
    payment_ = spend(coin.point, coin.amount, price, out);
    back_ = spend(coin.point, coin.amount, 0, out);
    unsent_ = true;
    return tip;
  }
  return {};
}

void DoubleSpendMiner::changed(Time now, Outbox& out) {
  if (!is_open()) {
    if (public_tip() != base()) return restart(now, out);
    if (length() < terms_.head_start) return;
    open(out);
    unsent_ = false;
    honest().receive(now, home().self, transaction(payment_), out);
    if (terms_.confirmations == 0) out.arm(attack_slot, now + terms_.patience);
    return;
  }
  const BlockRef block = pool().state.inclusion(public_tip(), payment_);
  if (terms_.confirmations == 0 || !block.valid()) return;
  if (headers().height(public_tip()) - headers().height(block) + 1 >= terms_.confirmations) accepted_ = true;
}

void DoubleSpendMiner::alarm(Time now, Outbox& out) {
  if (!is_open() || terms_.confirmations != 0) return;
  accepted_ = true;
  weigh(now, out);
}

AttackRow double_spend_attack_row() {
  return {
      .name = "double-spend",
      .sentence =
          "Pays, waits until the payment is so many blocks deep, and replaces it by a private branch that spends the "
          "same coin otherwise.",
      .source = "Nakamoto 2008, section 11; Rosenfeld, Analysis of hashrate-based double-spending, 2014",
      .fields = double_spend_fields,
      .wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
        const DoubleSpendMiner::Terms terms{static_cast<std::uint32_t>(setup.params.whole("confirmations")),
                                            static_cast<std::uint32_t>(setup.params.whole("head_start")),
                                            setup.params.duration("patience")};
        return std::make_unique<DoubleSpendMiner>(std::move(honest), setup, terms);
      },
      .victim = AttackRow::Victim::optional,
      .mines = true,
      .one_machine = true,
      .check = check_double_spend};
}

AttackRow finney_row() {
  return {
      .name = "finney",
      .sentence =
          "Mines a block in secret that gives a coin back to its owner, pays with the same coin where nobody waits for "
          "confirmations, and then publishes the block.",
      .source = "H. Finney, bitcointalk.org topic 3441, 2011; Karame, Androulaki & Capkun, CCS 2012",
      .fields = finney_fields,
      .wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
        const DoubleSpendMiner::Terms terms{0, 1, setup.params.duration("patience")};
        return std::make_unique<DoubleSpendMiner>(std::move(honest), setup, terms);
      },
      .victim = AttackRow::Victim::optional,
      .mines = true,
      .one_machine = true,
      .check = check_race};
}

}  // namespace peerlab
