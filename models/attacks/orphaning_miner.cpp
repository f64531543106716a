#include "models/attacks/orphaning_miner.h"

#include "models/node/attempt.h"

namespace peerlab {

void OrphaningMiner::found(Time now, Outbox& out) {
  const bool beside = fighting_ && tip_ == headers().parent(enemy_);
  const Block block = forge(now, parent(), beside ? demands(enemy_) : std::vector<TxRef>{}, out);
  if (fighting_) tip_ = block.header;
  publish(now, block, out);
  weigh(out);
}

void OrphaningMiner::public_moved(Time, BlockRef before, Outbox& out) {
  if (!fighting_) return look(before, before, out);
  weigh(out);
}

void OrphaningMiner::look(BlockRef before, BlockRef mine, Outbox& out) {
  const std::uint32_t fork = headers().height(headers().fork(before, public_tip()));
  for (std::uint32_t h = fork + 1; h <= headers().height(public_tip()); ++h) {
    const BlockRef block = headers().ancestor(public_tip(), h);
    if (!unwanted(block)) continue;
    fighting_ = true;
    enemy_ = block;
    tip_ = headers().parent(block);
    if (headers().work(mine) > headers().work(tip_))
      tip_ = mine;  // a branch that he had won with, and that lost after all
    ++attempts_;
    out.report({happened::attempt_began, 0, attempts_, headers().name(tip_)});
    return weigh(out);
  }
}

void OrphaningMiner::weigh(Outbox& out) {
  if (!fighting_) return;
  const bool rid = !headers().is_ancestor(enemy_, public_tip());
  if (!rid) {
    const std::uint32_t behind = headers().height(public_tip()) - headers().height(tip_);
    if (give_up_ == 0 || headers().height(public_tip()) < headers().height(tip_) || behind < give_up_) return;
  }
  fighting_ = false;
  out.report({happened::attempt_ended, rid ? 1U : 0U, attempts_, rid ? headers().name(public_tip()) : 0});
  if (rid) look(enemy_, headers().genesis(), out);  // what stands on the new branch may be no better
}

}  // namespace peerlab
