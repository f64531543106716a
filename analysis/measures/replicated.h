// Replication of records: time from the issue of a publishing operation until 50 / 90 / 99 / 100 % of the eligible machines
// hold its content. Eligible: stores on line from the issue until that instant. Never counts as +infinity. Sampled are
// the publishing operations of the cohort; quantiles are over records.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_replicated(std::string_view argument);

}  // namespace peerlab
