// Availability under other rules of acking than the system's own, in the same run: a write counts as done when it was accepted,
// or when it was 1, 2, 3 or 6 blocks deep. Whoever picks one rule and one deadline picks the winner, so that here are curves.
//
// A service's answer has no depth, and a ledger that acks at depth d follows its operations no further: a deeper rule has no figure.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

/// `argument`: one deadline, or empty for the usual curve.
std::unique_ptr<Measure> make_ack_rules(std::string_view argument);

}  // namespace peerlab
