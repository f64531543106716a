// `--dry-run` in words, and the sentence that stops a run for which this machine has too little memory.
#pragma once

#include <string>

#include "sim/run/estimate.h"

namespace peerlab {

std::string estimate_text(const Scenario& scenario, const Estimate& estimate, unsigned threads, double available);
/// Empty when the worlds that run at the same time fit, as far as can be said beforehand.
std::string too_large(const Scenario& scenario, unsigned threads);

}  // namespace peerlab
