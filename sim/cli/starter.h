// The scenario that `peerlab new` writes.
#pragma once

#include <string>

namespace peerlab {

/// A valid scenario of that name, with a comment at everything a beginner would want to change.
std::string starter_scenario(const std::string& name);

}  // namespace peerlab
