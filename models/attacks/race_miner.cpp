#include "models/attacks/race_miner.h"

#include "models/attacks/mining_fields.h"
#include "models/node/attempt.h"

namespace peerlab {

RaceMiner::RaceMiner(std::unique_ptr<Node> honest, const AttackSetup& setup)
    : PrivateMiner(std::move(honest), setup),
      give_up_(static_cast<std::uint32_t>(setup.params.whole("give_up"))),
      trials_(static_cast<std::uint64_t>(setup.params.whole("trials"))) {}

BlockRef RaceMiner::parent() const {
  if (!racing_) return public_tip();
  return branch_.empty() ? base_ : branch_.back().header;
}

void RaceMiner::next(Time now, Outbox& out) {
  if (trials_ != 0 && attempts_ >= trials_) return;
  base_ = starts(now, out);
  racing_ = base_.valid();
  branch_.clear();
  if (racing_) changed(now, out);
}

void RaceMiner::restart(Time now, Outbox& out) {
  CHECK(!open_);
  next(now, out);
}

void RaceMiner::open(Outbox& out) {
  CHECK(racing_ && !open_);
  open_ = true;
  ++attempts_;
  out.report({happened::attempt_began, 0, attempts_, headers().name(base_)});
}

void RaceMiner::found(Time now, Outbox& out) {
  if (!racing_) {
    publish(now, forge(now, public_tip(), {}, out), out);
    next(now, out);
    return;
  }
  const std::vector<TxRef> own = branch_.empty() ? demands() : std::vector<TxRef>{};
  branch_.push_back(forge(now, parent(), own, out));
  weigh(now, out);
}

void RaceMiner::public_moved(Time now, BlockRef, Outbox& out) {
  if (!racing_) return next(now, out);
  weigh(now, out);
}

void RaceMiner::weigh(Time now, Outbox& out) {
  changed(now, out);
  if (!open_) return;
  if (!branch_.empty() && ripe() && headers().work(parent()) > headers().work(public_tip())) {
    for (const Block& block : branch_) publish(now, block, out);
    return end(now, true, out);
  }
  const std::uint32_t theirs = headers().height(public_tip());
  const std::uint32_t mine = headers().height(parent());
  if (give_up_ != 0 && theirs >= mine + give_up_) end(now, false, out);
}

void RaceMiner::end(Time now, bool published, Outbox& out) {
  out.report({happened::attempt_ended, published ? 1U : 0U, attempts_, published ? headers().name(parent()) : 0});
  open_ = false;
  racing_ = false;
  branch_.clear();
  next(now, out);
}

Fields race_fields(std::string_view share, std::string_view give_up) {
  Fields all = mining_attack_fields(share);
  Field lost;
  lost.name = "give_up";
  lost.kind = Kind::whole;
  lost.fallback = give_up;
  lost.sentence = "An attempt is given up when its branch is this many blocks behind the public one; 0 never gives up.";
  lost.example = "12";
  lost.least = "0";
  lost.most = "10000";
  Field trials;
  trials.name = "trials";
  trials.kind = Kind::whole;
  trials.fallback = "0";
  trials.sentence = "How many attempts are made one after the other; 0: as many as there is time for.";
  trials.example = "100";
  trials.least = "0";
  trials.most = "1000000";
  all.push_back(lost);
  all.push_back(trials);
  return all;
}

std::string check_race(const Params& params, Duration run) {
  if (std::string error = check_mining_attack(params, run); !error.empty()) return error;
  if (params.whole("give_up") == 0 && params.share("hash_share") < 0.5 && params.whole("trials") != 1) {
    return "give_up: with " + write_share(params.share("hash_share")) +
           " of the hash power a branch that is never given up may fall behind for ever; say how many blocks behind it "
           "ends.";
  }
  return {};
}

}  // namespace peerlab
