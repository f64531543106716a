// What a user's own machine receives, in all: what it costs him to take part.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_download(std::string_view argument);

}  // namespace peerlab
