#include "models/attacks/withholding_miner.h"

#include <algorithm>

namespace peerlab {

WithholdingMiner::WithholdingMiner(std::unique_ptr<Node> honest, const AttackSetup& setup, BranchPolicy policy)
    : PrivateMiner(std::move(honest), setup), policy_(std::move(policy)) {}

BranchState WithholdingMiner::state() const {
  const BlockRef mine = parent();
  const std::uint32_t fork = headers().height(headers().fork(mine, public_tip()));
  return {headers().height(mine) - fork, headers().height(public_tip()) - fork, contest_};
}

void WithholdingMiner::found(Time now, Outbox& out) {
  branch_.push_back(forge(now, parent(), {}, out));
  if (contest_ == Contest::relevant) contest_ = Contest::irrelevant;
  move(now, out);
}

void WithholdingMiner::public_moved(Time now, BlockRef, Outbox& out) {
  trim();
  contest_ = Contest::relevant;
  if (!branch_.empty()) move(now, out);
}

void WithholdingMiner::trim() {
  const auto theirs = [&](const Block& block) { return headers().is_ancestor(block.header, public_tip()); };
  const auto first = std::find_if_not(branch_.begin(), branch_.end(), theirs);
  const auto passed = static_cast<std::size_t>(first - branch_.begin());
  branch_.erase(branch_.begin(), first);
  shown_ -= std::min(shown_, passed);
}

void WithholdingMiner::move(Time now, Outbox& out) {
  const BranchState at = state();
  BranchMove chosen = policy_(at);
  if (!can_move(at, chosen)) chosen = at.own < at.others ? BranchMove::adopt : BranchMove::wait;
  const std::uint32_t height = headers().height(public_tip());
  switch (chosen) {
    case BranchMove::adopt:
      branch_.clear();
      shown_ = 0;
      contest_ = Contest::irrelevant;
      break;
    case BranchMove::override_public:
      publish_to(now, height + 1, out);
      trim();
      contest_ = Contest::irrelevant;
      break;
    case BranchMove::match:
      publish_to(now, height, out);
      contest_ = Contest::active;
      break;
    case BranchMove::wait: break;
  }
}

void WithholdingMiner::publish_to(Time now, std::uint32_t height, Outbox& out) {
  for (; shown_ < branch_.size() && headers().height(branch_[shown_].header) <= height; ++shown_) {
    publish(now, branch_[shown_], out);
  }
}

}  // namespace peerlab
