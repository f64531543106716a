// A miner who will not have certain public blocks in the chain: he mines beside them, in the open, and hopes that his branch wins.
//
// When the public chain grows by a block that is `unwanted`, he goes on from its parent. His blocks are published as he finds
// them. Once his branch has more work everybody changes over, and the attempt has succeeded; when it is `give_up` blocks
// behind (0: never) he gives in and mines on the public chain again.
#pragma once

#include <memory>

#include "models/attacks/private_miner.h"

namespace peerlab {

class OrphaningMiner : public PrivateMiner {
 public:
  OrphaningMiner(std::unique_ptr<Node> honest, const AttackSetup& setup, std::uint32_t give_up)
      : PrivateMiner(std::move(honest), setup), give_up_(give_up), tip_(setup.home.pool->genesis()) {}

 protected:
  /// A public block that is not his own.
  [[nodiscard]] virtual bool unwanted(BlockRef block) const = 0;
  /// What he puts into the block beside `unwanted`, before all else.
  [[nodiscard]] virtual std::vector<TxRef> demands(BlockRef unwanted) const {
    return (void)unwanted, std::vector<TxRef>{};
  }

 private:
  [[nodiscard]] BlockRef parent() const override { return fighting_ ? tip_ : public_tip(); }
  void found(Time now, Outbox& out) override;
  void public_moved(Time now, BlockRef before, Outbox& out) override;
  /// Whether something unwanted came in above `before`; then he goes on from its parent, or from `mine` if that has more work.
  void look(BlockRef before, BlockRef mine, Outbox& out);
  void weigh(Outbox& out);

  std::uint32_t give_up_;
  std::uint64_t attempts_ = 0;
  bool fighting_ = false;
  BlockRef tip_;    ///< of his branch
  BlockRef enemy_;  ///< the block that he wants gone
};

}  // namespace peerlab
