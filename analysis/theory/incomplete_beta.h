// The regularised incomplete beta function, and logarithms of binomial coefficients.
//
// The continued fraction of DLMF 8.17.22, evaluated by the method of Lentz as modified by Thompson and Barnett (1986). It
// converges in about sqrt(max(a, b)) steps on the side of the mean where it is used; the other side follows from symmetry.
#pragma once

namespace peerlab {

/// I_x(a, b) for a, b > 0 and x in [0, 1], given with its complement: pass `one_minus_x` computed without cancellation, and small
/// tails keep their relative accuracy (1e-12 or better for a and b up to a million). CHECKs its range.
double incomplete_beta(double a, double b, double x, double one_minus_x);

/// ln C(n, k) for 0 <= k <= n; real arguments are allowed.
double log_choose(double n, double k);

}  // namespace peerlab
