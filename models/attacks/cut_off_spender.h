// Paying a merchant who is cut off from everybody else: he is shown a chain of his own.
//
// Whoever holds all connections of a merchant (eclipse.h) needs no luck against the other miners. One attempt:
//   1. The attacker asks the merchant what he stands on, and mines from there, or below what the merchant has mined alone. The first block holds the payment; each block is sent to
//      the merchant at once, and to nobody else. Everybody else is told of a transaction that spends the same coin otherwise.
//   2. When the payment lies `confirmations` blocks deep in the merchant's chain, he hands over his goods. The attacker mines honestly
//      again. His price are the blocks of that branch, as many as the merchant wanted, and the time that his share of the hash power
//      takes to find them.
//   3. The attempt has succeeded when the other spending is in the public chain and that chain has more work than the branch.
//
// Nothing here makes sure that the merchant is cut off. One who hears the public chain goes over to it and hands over nothing.
// (Heilman, Kendler, Zohar & Goldberg 2015, section 1.1: N-confirmation double spending.)
#pragma once

#include <memory>
#include <vector>

#include "models/attacks/merchant_line.h"
#include "models/attacks/private_miner.h"
#include "models/attacks/spending.h"

namespace peerlab {

class CutOffSpender final : public PrivateMiner {
 public:
  CutOffSpender(std::unique_ptr<Node> honest, const AttackSetup& setup);

 private:
  [[nodiscard]] BlockRef parent() const override;
  void begin(Time now, Outbox& out) override { look(now, out); }
  void found(Time now, Outbox& out) override;
  void public_moved(Time now, BlockRef before, Outbox& out) override;
  void heard(Time now, NodeId from, const Message& message, Outbox& out) override;
  void alarm(Time now, Outbox& out) override { look(now, out); }
  /// Whether the mempool's transaction would void the payment: it must not get onto the branch.
  [[nodiscard]] bool refuses(TxRef tx) const override { return feeding() && tx == pair_.back; }

  enum class Phase : std::uint8_t { idle, feeding, handed_over };
  [[nodiscard]] bool feeding() const { return phase_ == Phase::feeding; }
  /// Does what the phase asks for, now that something has changed.
  void look(Time now, Outbox& out);
  void ask(Time now, Outbox& out);
  void start_feeding(Time now, Outbox& out);
  void end(bool won, BlockRef proof, Outbox& out);

  std::uint32_t confirmations_;
  std::uint32_t give_up_;
  std::uint64_t trials_;
  MerchantLine line_;
  Spending spending_;
  Phase phase_ = Phase::idle;
  std::uint64_t attempts_ = 0;
  Spending::Pair pair_{};
  BlockRef base_;                 ///< what the branch stands on
  std::vector<BlockRef> branch_;  ///< what he was sent since, rising
};

/// For the check of the row.
std::string check_cut_off_spend(const Params& params, Duration run);

}  // namespace peerlab
