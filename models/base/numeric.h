// Logarithm and exponential from additions, multiplications and divisions only.
//
// The C library's log, exp and pow return different last bits on processors with and without fused multiply-add, so
// nothing on the event path may call them. These use IEEE 754 basic operations in a fixed order (the build sets
// -ffp-contract=off), so every processor returns the same bits. The relative error of log and exp stays below 1e-14.
#pragma once

#include <cstdint>

namespace peerlab::exact {

/// Natural logarithm of a finite x > 0. Costs about 10 ns.
double log(double x);
/// e^x; 0 below -708 and infinity above 709.
double exp(double x);
/// x^y = exp(y log x) for x > 0; relative error below 1e-15 (4 + |y log x|).
double pow(double x, double y);
/// The cosine of that many full turns, for 0 <= turns <= 1; the absolute error stays below 1e-15.
double cos_of_turns(double turns);

}  // namespace peerlab::exact
