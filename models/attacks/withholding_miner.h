// A miner who keeps blocks back and publishes them as a policy says: selfish, stubborn, or any table.
//
// What he knows: the tip of his own branch and the tip that is public. Fork, lengths and contest follow from these two, so that natural
// forks among the others, published blocks that others build on, and changes of branch need no book-keeping of their own.
#pragma once

#include <memory>
#include <vector>

#include "models/attacks/branch_policy.h"
#include "models/attacks/private_miner.h"

namespace peerlab {

class WithholdingMiner final : public PrivateMiner {
 public:
  WithholdingMiner(std::unique_ptr<Node> honest, const AttackSetup& setup, BranchPolicy policy);

  /// For tests.
  [[nodiscard]] BranchState state() const;

 private:
  [[nodiscard]] BlockRef parent() const override { return branch_.empty() ? public_tip() : branch_.back().header; }
  void found(Time now, Outbox& out) override;
  void public_moved(Time now, BlockRef before, Outbox& out) override;

  /// Forgets the blocks that the public chain has by now; all of them when it has left the branch behind.
  void trim();
  void move(Time now, Outbox& out);
  /// Publishes the branch up to `height`, lowest first.
  void publish_to(Time now, std::uint32_t height, Outbox& out);

  BranchPolicy policy_;
  std::vector<Block> branch_;  ///< own blocks above the fork, rising
  std::size_t shown_ = 0;      ///< so many of them are published
  Contest contest_ = Contest::irrelevant;
};

}  // namespace peerlab
