#include "models/attacks/cut_off_spender.h"

#include <algorithm>

#include "models/attacks/double_spend_miner.h"
#include "models/attacks/mining_fields.h"
#include "models/node/attempt.h"
#include "models/replication/messages.h"

namespace peerlab {

CutOffSpender::CutOffSpender(std::unique_ptr<Node> honest, const AttackSetup& setup)
    : PrivateMiner(std::move(honest), setup),
      confirmations_(static_cast<std::uint32_t>(setup.params.whole("confirmations"))),
      give_up_(static_cast<std::uint32_t>(setup.params.whole("give_up"))),
      trials_(static_cast<std::uint64_t>(setup.params.whole("trials"))),
      line_(merchant_of(setup, shared().users), setup.home),
      spending_(shared(), pool(), user(), UserId(line_.merchant().value)) {}

BlockRef CutOffSpender::parent() const {
  if (!feeding()) return public_tip();
  return branch_.empty() ? base_ : branch_.back();
}

void CutOffSpender::found(Time now, Outbox& out) {
  if (!feeding()) {
    publish(now, forge(now, public_tip(), {}, out), out);
    return look(now, out);
  }
  const std::vector<TxRef> own = branch_.empty() ? std::vector<TxRef>{pair_.payment} : std::vector<TxRef>{};
  const Block block = forge(now, parent(), own, out);
  branch_.push_back(block.header);
  if (line_.open()) out.send(line_.merchant(), block_body(*home().parcels, pool(), block));
  look(now, out);
}

void CutOffSpender::public_moved(Time now, BlockRef, Outbox& out) { look(now, out); }

void CutOffSpender::heard(Time now, NodeId from, const Message& message, Outbox& out) {
  const bool news = line_.hear(from, message, [&](BlockRef b) {
    return seen().tree.have_header(b) || std::find(branch_.begin(), branch_.end(), b) != branch_.end();
  });
  if (news) look(now, out);
}

void CutOffSpender::look(Time now, Outbox& out) {
  if (phase_ == Phase::idle) {
    if ((trials_ != 0 && attempts_ >= trials_) || !home().has_key) return;
    return line_.tip().valid() ? start_feeding(now, out) : ask(now, out);
  }
  if (feeding()) {
    if (!branch_.empty() && line_.depth(headers(), branch_.front()) >= confirmations_) {
      phase_ = Phase::handed_over;
    } else if (const std::uint32_t mine = headers().height(parent());
               give_up_ != 0 && headers().height(public_tip()) >= mine + give_up_) {
      return end(false, {}, out);
    } else if (branch_.size() >= confirmations_) {
      return ask(now, out);
    }
  }
  if (phase_ != Phase::handed_over) return;
  const BlockRef proof = pool().state.inclusion(public_tip(), pair_.back);
  if (proof.valid() && headers().work(public_tip()) > headers().work(branch_.back())) end(true, proof, out);
}

/// The branch first: whoever has one of its blocks stands there.
void CutOffSpender::ask(Time now, Outbox& out) {
  std::vector<BlockRef> known(branch_.rbegin(), branch_.rend());
  if (known.size() > most_locator / 2) known.resize(most_locator / 2);
  const std::vector<BlockRef> chain = seen().tree.locator();
  known.insert(known.end(), chain.begin(), chain.end());
  out.arm(slot(), line_.ask(now, branch_.empty() ? public_tip() : branch_.back(), known, participant(), out));
}

void CutOffSpender::start_feeding(Time now, Outbox& out) {
  BlockRef footing = line_.tip();
  while (!seen().tree.complete(footing)) footing = headers().parent(footing);  // what he has mined himself nobody has
  const auto pair = spending_.make(public_tip(), footing, seen().mempool, out);
  if (!pair) return;
  pair_ = *pair;
  base_ = footing;
  branch_.clear();
  phase_ = Phase::feeding;
  ++attempts_;
  out.report({happened::attempt_began, 0, attempts_, headers().name(base_)});
  honest().receive(now, home().self, transaction(pair_.back), out);
}

void CutOffSpender::end(bool won, BlockRef proof, Outbox& out) {
  out.report({happened::attempt_ended, won ? 1U : 0U, attempts_, won ? headers().name(proof) : 0});
  phase_ = Phase::idle;
}

std::string check_cut_off_spend(const Params& params, Duration run) {
  if (std::string error = check_mining_attack(params, run); !error.empty()) return error;
  if (params.whole("confirmations") == 0) {
    return "confirmations: a merchant who waits for no block needs no branch of his own: use `race`, which needs no "
           "hash "
           "power.";
  }
  if (params.whole("head_start") > 0) {
    return "head_start: with `branch: for-merchant` nothing is mined in secret beforehand; leave it out.";
  }
  return {};
}

}  // namespace peerlab
