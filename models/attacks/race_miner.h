// A miner who mines a branch of his own in secret and publishes it once it is allowed to win: what double spends and the rewriting of
// history have in common.
//
// An attempt begins at a block of the public chain (`starts`). Everything he finds goes onto his branch. When the branch has more work
// than the public chain and the attempt is `ripe`, all of it is published. When it is `give_up` blocks behind or more, it is
// thrown away. Then the next attempt begins, until `trials` have been made (0: as many as there is time for); between
// attempts, and afterwards, he mines honestly.
#pragma once

#include <memory>
#include <vector>

#include "models/attacks/private_miner.h"

namespace peerlab {

class RaceMiner : public PrivateMiner {
 public:
  RaceMiner(std::unique_ptr<Node> honest, const AttackSetup& setup);

  [[nodiscard]] std::uint64_t attempts() const { return attempts_; }

 protected:
  /// Where the next branch begins; invalid: not now, ask again when the public chain has moved.
  virtual BlockRef starts(Time now, Outbox& out) = 0;
  /// Something has changed while his branch is mined: perhaps it is time to `open` the attempt, or to `restart`.
  virtual void changed(Time now, Outbox& out) = 0;
  /// Whether a longer branch may be published.
  [[nodiscard]] virtual bool ripe() const = 0;
  /// What the first block of the branch must hold.
  [[nodiscard]] virtual std::vector<TxRef> demands() const { return {}; }

  /// The attempt counts from now on.
  void open(Outbox& out);
  /// Throws the branch away before the attempt has begun, and asks `starts` again.
  void restart(Time now, Outbox& out);
  /// Looks whether the attempt is won or lost. Called after every change; a derived attacker calls it when it has become ripe.
  void weigh(Time now, Outbox& out);

  [[nodiscard]] bool is_open() const { return open_; }
  [[nodiscard]] BlockRef base() const { return base_; }
  [[nodiscard]] std::size_t length() const { return branch_.size(); }

  void begin(Time now, Outbox& out) override { next(now, out); }

 private:
  [[nodiscard]] BlockRef parent() const override;
  void found(Time now, Outbox& out) override;
  void public_moved(Time now, BlockRef before, Outbox& out) override;
  void next(Time now, Outbox& out);
  void end(Time now, bool published, Outbox& out);

  std::uint32_t give_up_;
  std::uint64_t trials_;
  std::uint64_t attempts_ = 0;
  bool racing_ = false;  ///< mines on a branch of his own
  bool open_ = false;    ///< and the attempt has begun
  BlockRef base_;
  std::vector<Block> branch_;
};

/// `give_up` with this default and `trials`, after the fields of all attacks by mining.
Fields race_fields(std::string_view share, std::string_view give_up);
/// For AttackRow::check.
std::string check_race(const Params& params, Duration run);

}  // namespace peerlab
