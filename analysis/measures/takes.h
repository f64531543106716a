// The price of an attack: `takes.GOAL`, in machines, owners, hosts and exploits, and `control`, in owners and hosts.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_takes(std::string_view argument);
std::unique_ptr<Measure> make_control(std::string_view argument);

}  // namespace peerlab
