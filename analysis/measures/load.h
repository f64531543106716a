// How much of the work lies on the busiest machine: its share of all requests handled, and of all bytes moved.
//
// A request is handled by the machine that lets it in: the server or the peer that accepts it, and for a read that nobody else was asked
// for, the reader's own. Of all bytes sent, a machine moves those that it sends and those that it receives: where everything
// passes through one machine its share is 100 %. The busiest in requests and the busiest in bytes may be two machines.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_load(std::string_view argument);

}  // namespace peerlab
