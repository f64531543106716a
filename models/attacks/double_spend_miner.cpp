#include "models/attacks/double_spend_miner.h"

#include <algorithm>

#include "models/attacks/cut_off_spender.h"
#include "models/attacks/mining_fields.h"
#include "models/attacks/rows.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

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
  all.push_back(
      field("branch", Kind::choice, "secret",
            "What he mines: secret = a branch without the payment, published when it has won; for-merchant = a "
            "branch with the payment that the merchant alone is shown, while everybody else hears of the other "
            "spending. The latter is for a merchant who is cut off: add a line with `eclipse`.",
            "for-merchant", "", "", {"secret", "for-merchant"}));
  return all;
}

Fields finney_fields() {
  Fields all = race_fields("10 %", "2");
  all.push_back(patience());
  return all;
}

std::string check_double_spend(const Params& params, Duration run) {
  if (params.text("branch") == "for-merchant") return check_cut_off_spend(params, run);
  if (std::string error = check_race(params, run); !error.empty()) return error;
  const std::int64_t z = params.whole("confirmations");
  const std::int64_t ahead = params.whole("head_start");
  if (z == 0 && ahead == 0) {
    return "head_start: with zero confirmations the goods are handed over before there is a branch; mine one block "
           "ahead (Finney), or use `race`, which needs no hash power.";
  }
  return {};
}

/// The goods are never handed over in this run.
std::string hopeless_double_spend(const Params& params, const Params& system, Duration run) {
  const std::int64_t z = params.whole("confirmations");
  return hopeless_depth("confirmations", z, "the merchant would wait for", params, system, run);
}

}  // namespace

NodeId merchant_of(const AttackSetup& setup, std::uint32_t users) {
  if (!setup.victims.empty()) return setup.victims.front();
  return NodeId((setup.home.self.value + 1) % std::max(users, 1U));
}

DoubleSpendMiner::DoubleSpendMiner(std::unique_ptr<Node> honest, const AttackSetup& setup, const Terms& terms)
    : RaceMiner(std::move(honest), setup),
      terms_(terms),
      line_(merchant_of(setup, shared().users), setup.home),
      spending_(shared(), pool(), user(), UserId(line_.merchant().value)) {}

void DoubleSpendMiner::begin(Time now, Outbox& out) {
  if (!line_.open()) reach_out(participant(), line_.merchant(), now, out);
  RaceMiner::begin(now, out);
}

BlockRef DoubleSpendMiner::starts(Time, Outbox& out) {
  const BlockRef tip = public_tip();
  if (!home().has_key) return {};
  accepted_ = false;
  if (unsent_ && pool().state.unspent_at(tip, pair_.coin)) return tip;
  const auto pair = spending_.make(tip, {}, seen().mempool, out);
  if (!pair) return {};
  pair_ = *pair;
  unsent_ = true;
  return tip;
}

void DoubleSpendMiner::changed(Time now, Outbox& out) {
  if (!is_open()) {
    if (public_tip() != base()) return restart(now, out);
    if (length() < terms_.head_start) return;
    open(out);
    unsent_ = false;
    honest().receive(now, home().self, transaction(pair_.payment), out);
    if (terms_.confirmations > 0) return;
    if (line_.open()) out.send(line_.merchant(), transaction(pair_.payment));
    out.arm(slot(), now + terms_.patience);
    return;
  }
  if (accepted_ || terms_.confirmations == 0) return;
  const BlockRef block = pool().state.inclusion(public_tip(), pair_.payment);
  if (!block.valid() || headers().height(public_tip()) - headers().height(block) + 1 < terms_.confirmations) return;
  if (line_.depth(headers(), block) >= terms_.confirmations) {
    accepted_ = true;
  } else {
    out.arm(slot(), line_.ask(now, public_tip(), seen().tree.locator(), participant(), out));
  }
}

void DoubleSpendMiner::heard(Time now, NodeId from, const Message& message, Outbox& out) {
  const bool news = line_.hear(from, message, [&](BlockRef b) { return seen().tree.have_header(b); });
  if (news && is_open() && !accepted_) weigh(now, out);
}

void DoubleSpendMiner::alarm(Time now, Outbox& out) {
  if (!is_open() || accepted_) return;
  if (terms_.confirmations == 0) accepted_ = true;
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
        if (setup.params.text("branch") == "for-merchant") {
          return std::make_unique<CutOffSpender>(std::move(honest), setup);
        }
        const DoubleSpendMiner::Terms terms{static_cast<std::uint32_t>(setup.params.whole("confirmations")),
                                            static_cast<std::uint32_t>(setup.params.whole("head_start")),
                                            setup.params.duration("patience")};
        return std::make_unique<DoubleSpendMiner>(std::move(honest), setup, terms);
      },
      .victim = AttackRow::Victim::optional,
      .mines = true,
      .one_machine = true,
      .attempts = true,
      .pays_victim = true,
      .check = check_double_spend,
      .hopeless = hopeless_double_spend};
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
      .attempts = true,
      .pays_victim = true,
      .check = check_race};
}

}  // namespace peerlab
