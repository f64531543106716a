// What is gone: records without a copy or without a key, and what each fault destroyed.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

/// `lost`, `lost.copy`, `lost.key`: of the acked records that nobody deleted, those that are gone at the end.
std::unique_ptr<Measure> make_lost(std::string_view argument);
/// `rpo`: for each fault, how far back the acked writes reach that it destroyed.
std::unique_ptr<Measure> make_rpo(std::string_view argument);
/// `rto`: for each fault, how long it took until writes were acked again.
std::unique_ptr<Measure> make_rto(std::string_view argument);

}  // namespace peerlab
