// Paying somebody, and taking the payment back: a private branch that spends the same coin otherwise.
//
// One attempt, with real transactions:
//   1. From the public tip on he mines `head_start` blocks in secret; the first holds a transaction that gives the coin back to himself.
//      When the public chain moves meanwhile he starts afresh.
//   2. He pays the merchant with the same coin, in public, and goes on mining in secret.
//   3. The merchant hands over his goods when the payment is `confirmations` blocks deep in his own chain, for which the attacker asks
//      him (merchant_line.h); at zero confirmations `patience` after it was sent to him. From then on a private branch with
//      strictly more work is published, and the payment is void.
//
// What he gives is little and the rest comes back as change, so that one coin serves many attempts. Without a confirmed coin of his
// own he cannot pay, and waits.
#pragma once

#include <memory>
#include <vector>

#include "models/attacks/merchant_line.h"
#include "models/attacks/race_miner.h"
#include "models/attacks/spending.h"

namespace peerlab {

class DoubleSpendMiner final : public RaceMiner {
 public:
  struct Terms {
    std::uint32_t confirmations = 6;
    std::uint32_t head_start = 0;
    Duration patience{};  ///< of a merchant who waits for no block
  };
  DoubleSpendMiner(std::unique_ptr<Node> honest, const AttackSetup& setup, const Terms& terms);

 private:
  void begin(Time now, Outbox& out) override;
  BlockRef starts(Time now, Outbox& out) override;
  void changed(Time now, Outbox& out) override;
  void heard(Time now, NodeId from, const Message& message, Outbox& out) override;
  void alarm(Time now, Outbox& out) override;
  [[nodiscard]] bool ripe() const override { return accepted_; }
  [[nodiscard]] std::vector<TxRef> demands() const override { return {pair_.back}; }

  Terms terms_;
  MerchantLine line_;
  Spending spending_;
  Spending::Pair pair_{};
  bool unsent_ = false;  ///< nobody has seen it yet
  bool accepted_ = false;
};

/// The merchant whom a line means: its victim, otherwise the next user.
NodeId merchant_of(const AttackSetup& setup, std::uint32_t users);

}  // namespace peerlab
