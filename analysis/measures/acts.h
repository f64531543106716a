// Measures over deeds.h: acts, and reads of tampered records.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_acts(std::string_view argument);
std::unique_ptr<Measure> make_altered(std::string_view argument);

}  // namespace peerlab
