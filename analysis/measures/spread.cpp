#include "analysis/measures/spread.h"

#include <limits>

namespace peerlab {

std::uint32_t Spread::begin(Time start, const Presence& presence) {
  const auto number = static_cast<std::uint32_t>(things_.size());
  Thing& thing = things_.emplace_back();
  thing.start = thing.last = start;
  thing.eligible = presence.stores_up();
  open_.push_back(number);
  return number;
}

void Spread::advance(Thing& thing, Time at) {
  while (thing.next < shares && thing.eligible > 0 &&
         std::uint64_t{thing.holders} * 100 >= std::uint64_t{per_cent_[thing.next]} * thing.eligible) {
    thing.reached[thing.next++] = at;
  }
  if (thing.next == shares) thing.holds = Bits();
}

void Spread::held(std::uint32_t number, NodeId who, Time at, const Presence& presence) {
  Thing& thing = things_[number];
  if (thing.next == shares) return;
  if (!presence.store(who) || !presence.up_since(who, thing.start)) return;
  if (!thing.holds.add(who.value)) return;
  ++thing.holders;
  thing.last = at;
  advance(thing, at);
}

void Spread::leaves(NodeId who, Time at, const Presence& presence) {
  if (!presence.store(who) || !presence.up(who)) return;
  std::size_t kept = 0;
  for (const std::uint32_t number : open_) {
    Thing& thing = things_[number];
    if (thing.next == shares) continue;
    if (presence.up_since(who, thing.start)) {
      --thing.eligible;
      if (thing.holds.remove(who.value)) --thing.holders;
      advance(thing, at);
    }
    if (thing.next < shares) open_[kept++] = number;
  }
  open_.resize(kept);
}

double Spread::seconds(std::uint32_t number, std::size_t k) const {
  const Thing& thing = things_[number];
  if (k >= thing.next) return std::numeric_limits<double>::infinity();
  return (thing.reached[k] - thing.start).seconds();
}

}  // namespace peerlab
