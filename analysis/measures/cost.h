// What it costs: bytes sent and stored, CPU time, hashes and energy of the whole run, mining and standbys included, in total
// and per useful byte. A useful byte is one of distinct content that was acked and stands at the end: of each record that
// its owner has not erased, the version that was acked last. Energy is the sum of
// hashing, computing and transport at the prices of the cast, which the note of the metric states.
//
// And the messages behind it: how many were sent, of which kind, and how many were lost on the way.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_cost(std::string_view argument);
std::unique_ptr<Measure> make_messages(std::string_view argument);

}  // namespace peerlab
