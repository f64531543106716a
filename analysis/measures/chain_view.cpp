#include "analysis/measures/chain_view.h"

#include <algorithm>
#include <tuple>

namespace peerlab {

void ChainView::begin(const Cast& cast) {
  presence_.begin(cast);
  tips_.assign(cast.nodes.size(), 0);
  stood_on_.assign(1, {});
  place_of_tip_ = {};
}

std::uint32_t ChainView::find(std::uint64_t id) const {
  const std::uint32_t* place = places_.find(id);
  return place == nullptr ? unknown : *place;
}

void ChainView::see(const Row& row) {
  if (row.kind == happened::tip_moved) {
    const auto [place, added] = place_of_tip_.insert(row.subject, static_cast<std::uint32_t>(stood_on_.size()));
    if (added) stood_on_.push_back({row.subject, row.amount});
    tips_[row.who.index()] = *place;
  } else if (row.kind == happened::block_mined) {
    const auto place = static_cast<std::uint32_t>(blocks_.size());
    if (!places_.insert(row.subject, place).second) return;
    blocks_.push_back({row.subject, row.detail, find(row.detail), row.amount, row.who, row.at, false});
  } else if (Presence::speaks_of(row.kind)) {
    if (presence_.see(row)) tips_[row.who.index()] = 0;
  }
}

void ChainView::finish() {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> stand;  // (tip, height) of each on-line store
  for (std::uint32_t i = 0; i < tips_.size(); ++i) {
    const Tip& tip = stood_on_[tips_[i]];
    if (presence_.up(NodeId(i)) && presence_.store(NodeId(i))) stand.emplace_back(tip.id, tip.height);
  }
  std::sort(stand.begin(), stand.end());
  std::tuple<std::size_t, std::uint32_t, std::uint64_t> best{0, 0, 0};  // (how many, height, ~id): the largest wins
  for (std::size_t from = 0, to = 0; from < stand.size(); from = to) {
    while (to < stand.size() && stand[to].first == stand[from].first) ++to;
    best = std::max(best, std::tuple{to - from, stand[from].second, ~stand[from].first});
  }
  for (std::uint32_t place = find(~std::get<2>(best)); place != unknown; place = blocks_[place].parent) {
    blocks_[place].main_chain = true;
  }
}

}  // namespace peerlab
