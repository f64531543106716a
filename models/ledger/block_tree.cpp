#include "models/ledger/block_tree.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {

BlockTree::BlockTree(BlockPool& pool) : pool_(&pool), tip_(pool.genesis()), best_header_(pool.genesis()) {
  for (const auto mark : {BlockMarks::header, BlockMarks::body, BlockMarks::complete}) marks_.add(tip_.value, mark);
}

bool BlockTree::invalid(BlockRef b) const { return std::binary_search(invalid_.begin(), invalid_.end(), b); }

Verdict BlockTree::reason(BlockRef b) {
  if (pool_->headers.linked(b) && have_header(pool_->headers.parent(b)) && !invalid(pool_->headers.parent(b))) {
    const Verdict header = pool_->headers.judge(b).verdict;
    if (header != Verdict::ok) return header;
    if (pool_->state.judged(b)) return pool_->state.verdict(b);
    const BodyRef body = pool_->state.body(b);
    if (body.valid()) return pool_->bodies.judge_shape(body).verdict;
  }
  return Verdict::previous_invalid;
}

// --- headers -----------------------------------------------------------------------------------------------------

Verdict BlockTree::place(BlockRef b, Time now) {
  HeaderTree& headers = pool_->headers;
  if (headers.too_far_ahead(b, now)) return Verdict::too_far_ahead;
  const Verdict verdict = invalid(headers.parent(b)) ? Verdict::previous_invalid : headers.judge(b).verdict;
  if (verdict != Verdict::ok) {
    condemn(b);
    return verdict;
  }
  marks_.add(b.value, BlockMarks::header);
  if (headers.work(b) > headers.work(best_header_)) best_header_ = b;
  return Verdict::ok;
}

Judged BlockTree::offer_header(BlockRef b, Time now) {
  HeaderTree& headers = pool_->headers;
  CHECK(headers.present(b));
  if (invalid(b)) return {reason(b), {}};
  if (have_header(b)) return {Verdict::already_known, {}};
  if (std::find(orphans_.begin(), orphans_.end(), b) != orphans_.end()) return {Verdict::unknown_previous, {}};

  Judged judged = headers.judge_alone(b);  // one hash, charged once, whatever becomes of it
  const BlockRef parent = headers.parent(b);
  if (parent.valid() && invalid(parent)) {
    condemn(b);
    judged.verdict = Verdict::previous_invalid;
  } else if (!parent.valid() || !have_header(parent)) {
    if (!judged.ok()) return judged;  // an orphan costs memory, so it must have cost work
    if (orphans_.size() == max_orphans) drop_oldest_orphan();
    orphans_.push_back(b);
    judged.verdict = Verdict::unknown_previous;
  } else {
    judged.verdict = place(b, now);
    if (judged.ok()) place_orphans(now);
  }
  return judged;
}

// Orphans that have found their parent follow it, in order of arrival, again and again until none does.
void BlockTree::place_orphans(Time now) {
  bool more = !orphans_.empty();
  while (more) {
    more = false;
    for (std::size_t i = 0; i < orphans_.size();) {
      const BlockRef b = orphans_[i];
      const BlockRef parent = pool_->headers.parent(b);
      const bool fits = parent.valid() && (have_header(parent) || invalid(parent));
      if (!fits) {
        ++i;
        continue;
      }
      orphans_.erase(orphans_.begin() + i);
      const Verdict verdict = invalid(parent) ? Verdict::previous_invalid : place(b, now);
      if (verdict == Verdict::previous_invalid) condemn(b);
      if (verdict != Verdict::ok) {
        marks_.remove(b.value, BlockMarks::body);
        erase(pending_, b);
      }
      more = true;
    }
  }
}

void BlockTree::drop_oldest_orphan() {
  const BlockRef b = orphans_.front();
  orphans_.erase(orphans_.begin());
  marks_.remove(b.value, BlockMarks::body);
  erase(pending_, b);
}

void BlockTree::condemn(BlockRef first) {
  const HeaderTree& headers = pool_->headers;
  const auto mark = [&](BlockRef b) {
    const auto place = std::lower_bound(invalid_.begin(), invalid_.end(), b);
    if (place == invalid_.end() || *place != b) invalid_.insert(place, b);
    erase(pending_, b);
  };
  mark(first);
  if (!have_header(first)) return;  // then none of its descendants is in its place either
  marks_.each(BlockMarks::header, [&](std::uint32_t i) {
    if (headers.is_ancestor(first, BlockRef(i))) mark(BlockRef(i));
  });
  if (!headers.is_ancestor(first, best_header_)) return;

  // The best header is gone with it. The tip is valid; of better ones the first in (work, id): their order of arrival
  // is not kept.
  best_header_ = tip_;
  marks_.each(BlockMarks::header, [&](std::uint32_t i) {
    const BlockRef b(i);
    if (invalid(b)) return;
    const bool more = headers.work(b) > headers.work(best_header_);
    const bool equal = headers.work(b) == headers.work(best_header_) && best_header_ != tip_;
    if (more || (equal && headers.id(b) < headers.id(best_header_))) best_header_ = b;
  });
}

// --- bodies ------------------------------------------------------------------------------------------------------

void BlockTree::begin_outcome() {
  pool_->scratch.fresh.clear();
  pool_->scratch.disconnected.clear();
  pool_->scratch.connected.clear();
  pool_->scratch.refused.clear();
}

BlockTree::Outcome BlockTree::offer_body(BlockRef b, BodyRef body, const TxSet& checked_before) {
  Outcome outcome;
  begin_outcome();
  if (invalid(b)) {
    outcome.verdict = reason(b);
    return outcome;
  }
  if (have_body(b)) {
    outcome.verdict = Verdict::already_known;
    return outcome;
  }
  const bool waits = std::find(orphans_.begin(), orphans_.end(), b) != orphans_.end();
  if (!have_header(b) && !waits) {
    outcome.verdict = Verdict::unknown_previous;
    return outcome;
  }
  const Judged bound = pool_->state.bind(b, body);
  outcome.effort += bound.effort;
  outcome.verdict = bound.verdict;
  if (!bound.ok()) return outcome;
  const Judged shape = pool_->bodies.judge_shape(body);
  outcome.verdict = shape.verdict;
  if (!shape.ok()) {
    erase(orphans_, b);
    condemn(b);
    pool_->scratch.refused.push_back({b, shape.verdict});
    outcome.refused = pool_->scratch.refused;
    return outcome;
  }

  marks_.add(b.value, BlockMarks::body);
  complete_with(b);
  choose(checked_before, outcome);
  if (invalid(b)) {
    const auto culprit = std::find_if(pool_->scratch.refused.begin(), pool_->scratch.refused.end(),
                                      [&](const Refused& r) { return r.block == b; });
    outcome.verdict = culprit == pool_->scratch.refused.end() ? Verdict::previous_invalid : culprit->verdict;
  }
  outcome.disconnected = pool_->scratch.disconnected;
  outcome.connected = pool_->scratch.connected;
  outcome.refused = pool_->scratch.refused;
  return outcome;
}

void BlockTree::complete_with(BlockRef b) {
  if (pending_.empty() && have_header(b) && complete(pool_->headers.parent(b))) {  // as nearly always
    marks_.add(b.value, BlockMarks::complete);
    pool_->scratch.fresh.push_back(b);
    return;
  }
  pending_.push_back(b);
  bool more = true;
  while (more) {
    more = false;
    for (std::size_t i = 0; i < pending_.size();) {
      const BlockRef next = pending_[i];
      if (!have_header(next) || !complete(pool_->headers.parent(next))) {
        ++i;
        continue;
      }
      marks_.add(next.value, BlockMarks::complete);
      pool_->scratch.fresh.push_back(next);
      pending_.erase(pending_.begin() + i);
      more = true;
    }
  }
}

void BlockTree::choose(const TxSet& checked_before, Outcome& outcome) {
  const HeaderTree& headers = pool_->headers;
  while (true) {
    BlockRef best = tip_;
    for (const BlockRef b : pool_->scratch.fresh) {  // in order of arrival: of equals the first stays
      if (!invalid(b) && headers.work(b) > headers.work(best)) best = b;
    }
    if (best == tip_) return;
    if (!judge_path(best, checked_before, outcome)) continue;
    return go_to(best, outcome);
  }
}

void BlockTree::go_to(BlockRef best, Outcome& outcome) {
  const HeaderTree& headers = pool_->headers;
  const BlockRef fork = headers.fork(tip_, best);
  for (BlockRef b = tip_; b != fork; b = headers.parent(b)) {
    pool_->scratch.disconnected.push_back(b);
    outcome.effort += pool_->state.judge(b).effort;  // undoing takes the steps of doing
  }
  for (BlockRef b = best; b != fork; b = headers.parent(b)) pool_->scratch.connected.push_back(b);
  std::reverse(pool_->scratch.connected.begin(), pool_->scratch.connected.end());
  tip_ = best;
  if (headers.work(tip_) > headers.work(best_header_)) best_header_ = tip_;
}

BlockTree::Outcome BlockTree::change_to(BlockRef rival, const TxSet& checked_before) {
  Outcome outcome;
  begin_outcome();
  const HeaderTree& headers = pool_->headers;
  if (rival == tip_ || !complete(rival) || invalid(rival) || headers.work(rival) != headers.work(tip_)) return outcome;
  if (judge_path(rival, checked_before, outcome)) go_to(rival, outcome);
  outcome.disconnected = pool_->scratch.disconnected;
  outcome.connected = pool_->scratch.connected;
  outcome.refused = pool_->scratch.refused;
  return outcome;
}

bool BlockTree::judge_path(BlockRef best, const TxSet& checked_before, Outcome& outcome) {
  const HeaderTree& headers = pool_->headers;
  const std::uint32_t fork = headers.height(headers.fork(tip_, best));
  for (std::uint32_t h = fork + 1; h <= headers.height(best); ++h) {
    const BlockRef b = headers.ancestor(best, h);
    const Judged judged = pool_->state.judge(b);
    outcome.effort += judged.effort;
    outcome.effort += pool_->state.effort_of_body(b, checked_before);
    if (judged.ok()) continue;
    pool_->scratch.refused.push_back({b, judged.verdict});
    condemn(b);
    return false;
  }
  return true;
}

// --- for synchronisation -----------------------------------------------------------------------------------------

void BlockTree::missing_bodies(std::size_t most, std::vector<BlockRef>& out) const {
  const HeaderTree& headers = pool_->headers;
  const std::uint32_t last = headers.height(best_header_);
  std::size_t found = 0;
  for (std::uint32_t h = headers.height(headers.fork(tip_, best_header_)) + 1; h <= last && found < most; ++h) {
    const BlockRef b = headers.ancestor(best_header_, h);
    if (have_body(b)) continue;
    out.push_back(b);
    ++found;
  }
}

std::vector<BlockRef> BlockTree::locator() const {
  const HeaderTree& headers = pool_->headers;
  std::vector<BlockRef> list;
  std::uint32_t step = 1;
  for (std::uint32_t h = headers.height(best_header_); h > 0; h = h > step ? h - step : 0) {
    list.push_back(headers.ancestor(best_header_, h));
    if (list.size() >= 10) step *= 2;
  }
  list.push_back(headers.genesis());
  return list;
}

void BlockTree::headers_after(std::span<const Hash256> theirs, std::size_t most, std::vector<BlockRef>& out) const {
  const HeaderTree& headers = pool_->headers;
  BlockRef common = headers.genesis();
  for (const Hash256& id : theirs) {
    const BlockRef b = headers.find(id);
    if (!b.valid() || !have_header(b) || !headers.is_ancestor(b, best_header_)) continue;
    common = b;
    break;
  }
  const std::uint32_t first = headers.height(common) + 1;
  const std::uint32_t last = headers.height(best_header_);
  for (std::uint32_t h = first; h <= last && h - first < most; ++h) out.push_back(headers.ancestor(best_header_, h));
}

std::size_t BlockTree::memory() const {
  return sizeof(*this) + marks_.memory() + orphans_.memory() + pending_.memory() + invalid_.memory();
}

}  // namespace peerlab
