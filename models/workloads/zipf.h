// Zipf's law: rank k of n is drawn with probability proportional to 1 / k^s.
//
// Rejection-inversion (Hoermann, Derflinger: "Rejection-inversion to generate variates from monotone discrete
// distributions", ACM TOMACS 6 (1996), 169-184): no table, so that n may differ at every draw, as it does when the
// records to choose from become more. About 1.1 draws of the stream per value, whatever n.
#pragma once

#include <cstdint>

#include "models/base/random.h"

namespace peerlab {

/// A rank in 1 .. n. Needs n > 0 and s >= 0; s = 0 is the uniform law.
std::uint64_t zipf(Stream& random, std::uint64_t n, double s);

}  // namespace peerlab
