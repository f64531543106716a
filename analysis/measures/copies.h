// On how many machines a record really lies, as auditors found it.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

/// `copies`: contents on stores, on line or off; apart those on line, and backups.
std::unique_ptr<Measure> make_copies(std::string_view argument);
/// `completeness.top`: the largest share of all live records that lies on one machine.
std::unique_ptr<Measure> make_completeness(std::string_view argument);

}  // namespace peerlab
