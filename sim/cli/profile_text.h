// `--profile`: where the time of a run went, as a table that answers "why is my scenario slow?".
#pragma once

#include <string>

#include "sim/world/profile.h"

namespace peerlab {

/// `system` names the column it belongs to.
std::string profile_text(const std::string& system, const Profile& profile);

}  // namespace peerlab
