#include "analysis/measures/history_tree.h"

#include <algorithm>

namespace peerlab {

void HistoryTree::add(std::uint64_t id, std::uint64_t parent, std::uint32_t height) {
  const auto place = static_cast<Place>(steps_.size());
  if (!places_.insert(id, place).second) return;
  Step step;
  if (const Place* before = places_.find(parent); before != nullptr && *before != place) {
    const Step& p = steps_[*before];
    const Step& far = steps_[p.jump];
    const bool doubled = p.height - far.height == far.height - steps_[far.jump].height;
    step = {*before, doubled ? far.jump : *before, p.height + 1};
  } else {
    step.height = std::max(height, 1U);
  }
  steps_.push_back(step);
}

HistoryTree::Place HistoryTree::of(std::uint64_t id, std::uint32_t height) {
  if (const Place* place = places_.find(id)) return *place;
  if (height == 0) return beginning;
  add(id, id, height);
  return static_cast<Place>(steps_.size() - 1);
}

HistoryTree::Place HistoryTree::at_height(Place place, std::uint32_t height) const {
  while (steps_[place].height > height) {
    const Step& step = steps_[place];
    place = steps_[step.jump].height >= height ? step.jump : step.parent;
  }
  return place;
}

bool HistoryTree::agree(Place a, Place b, std::uint32_t z) const {
  if (a == b) return true;
  const std::uint32_t low = std::min(height(a), height(b));
  const std::uint32_t high = std::max(height(a), height(b));
  if (high <= z) return true;  // before the beginning
  if (low < high - z) return false;
  return at_height(a, high - z) == at_height(b, high - z);
}

}  // namespace peerlab
