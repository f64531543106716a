// Equivocation: two blocks at one height, each shown to one half of the neighbours.
//
// Under proof of work a second block costs what the first one cost. So the attacker keeps a block that he finds, mines beside it on the
// same parent, and shows both at once when he has found the second; when somebody else's block comes first he shows the one that he has. The
// network then carries two histories of equal work until the next block, and the attacker has paid with one of his two blocks.
#include <optional>

#include "models/attacks/mining_fields.h"
#include "models/attacks/private_miner.h"
#include "models/attacks/rows.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

class Equivocator final : public PrivateMiner {
 public:
  using PrivateMiner::PrivateMiner;

 private:
  [[nodiscard]] BlockRef parent() const override { return kept_ ? headers().parent(kept_->header) : public_tip(); }
  void found(Time now, Outbox& out) override {
    const Block made = forge(now, parent(), {}, out);
    if (!kept_) {
      kept_ = made;
      return;
    }
    const Block first = *kept_;
    kept_.reset();
    publish(now, first, out);
    publish(now, made, out);
    // Nobody is told of both: one half of the neighbours is sent this one, the other half that one.
    remove(out, [&](const Wish& w) {
      return (w.kind == Wish::Kind::flood || w.kind == Wish::Kind::send) && w.message.kind == kind::block_inventory &&
             (w.message.ref == first.header.value || w.message.ref == made.header.value);
    });
    bool side = false;
    for (const NodeId peer : home().links->of(home().self)) {
      if (!peer.valid()) continue;
      out.send(peer, block_body(*home().parcels, pool(), side ? made : first));
      side = !side;
    }
  }
  void public_moved(Time now, BlockRef, Outbox& out) override {
    if (!kept_ || headers().height(public_tip()) < headers().height(kept_->header)) return;
    const Block late = *kept_;
    kept_.reset();
    publish(now, late, out);
  }
  void begin(Time, Outbox&) override { kept_.reset(); }

  std::optional<Block> kept_;  ///< found, and not shown yet
};

}  // namespace

AttackRow equivocate_row() {
  AttackRow row;
  row.name = "equivocate";
  row.sentence = "A pool shows two blocks of one height, each to one half of its neighbours.";
  row.source = "what a proof of work is to prevent: Nakamoto 2008, section 5";
  row.fields = [] { return mining_attack_fields("25 %"); };
  row.wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
    return std::make_unique<Equivocator>(std::move(honest), setup);
  };
  row.mines = true;
  row.one_machine = true;
  row.check = check_mining_attack;
  return row;
}

}  // namespace peerlab
