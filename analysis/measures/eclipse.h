// How much of a victim's outbound connections the attacker holds.
//
//   eclipse.taken  attacker's nodes in outbound slots / outbound slots; the mean over victims, over time and at the end
//   eclipse.all    victims all of whose outbound slots are the attacker's: at the end, ever, and over time
//
// Victims are those that an attack names; when none does, all honest nodes that choose their neighbours. Links that a node was asked for,
// and the ones that it opens for a minute to look around, hold no slot.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_eclipse(std::string_view argument);

}  // namespace peerlab
