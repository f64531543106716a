#include "analysis/measures/known_trees.h"

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>

namespace peerlab {

std::span<const HappeningKind> KnownTrees::kinds() const {
  static constexpr HappeningKind all[] = {happened::block_mined, happened::log_grew,   happened::block_held,
                                          happened::tip_moved,   happened::machine_up, happened::machine_down};
  return all;
}

void KnownTrees::learn(NodeId node, std::uint32_t step, Time at) {
  if (learnt_.insert(std::uint64_t{node.value} << 32 | step, true).second) known_.push_back({at, node.value, step});
}

void KnownTrees::see(const Row& row) {
  if (HistoryTree::speaks_of(row.kind)) {
    const auto place = static_cast<std::uint32_t>(steps_.size());
    const bool entry = row.kind == happened::log_grew;
    if (places_.insert(row.subject, place).second) steps_.push_back({row.subject, row.detail, row.amount, entry});
    if (!entry) learn(row.who, place, row.at);
  } else if (row.kind == happened::block_held) {
    if (const std::uint32_t* place = places_.find(row.subject)) learn(row.who, *place, row.at);
  } else if (row.kind == happened::tip_moved) {
    tips_[row.who.index()] = row.subject;
    // A server may move over several entries at once: it has them all.
    std::vector<std::uint32_t> passed;
    for (const std::uint32_t* place = places_.find(row.subject); place != nullptr && steps_[*place].entry;
         place = places_.find(steps_[*place].parent)) {
      if (learnt_.contains(std::uint64_t{row.who.value} << 32 | *place)) break;
      passed.push_back(*place);
    }
    std::for_each(passed.rbegin(), passed.rend(), [&](std::uint32_t place) { learn(row.who, place, row.at); });
  } else {
    tips_[row.who.index()] = nowhere;
  }
}

std::string KnownTrees::csv() const {
  std::string out = "node,step,parent,height,known_s,tip_at_end\r\n";
  for (const Known& k : known_) {
    const Step& step = steps_[k.step];
    std::array<char, 128> line{};
    std::snprintf(line.data(), line.size(),
                  "%" PRIu32 ",%016" PRIx64 ",%016" PRIx64 ",%" PRIu32 ",%" PRId64 ".%09" PRId64 ",%d\r\n", k.node,
                  step.id, step.parent, step.height, k.at.ns / 1'000'000'000, k.at.ns % 1'000'000'000,
                  tips_[k.node] == step.id ? 1 : 0);
    out += line.data();
  }
  return out;
}

}  // namespace peerlab
