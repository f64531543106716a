// Waiting for a server: the queues whose law is known.
//
// Arrivals are Poisson with `rate` per second; a service takes `service` seconds in the mean; rho = rate * service / servers
// is the utilisation. All waits exclude the service itself and are in seconds.
//
//   M/M/c    Erlang 1917: an arrival waits with probability C(c, a), a = rate * service
//   M/G/1    Pollaczek 1930, Khinchine 1932: the wait grows with the variance of the service
//   M/M/1/K  a finite room of K places, the one in service included: what finds it full is lost
//
// Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory (2008), chapters 2 and 5.
#pragma once

#include <cstdint>

#include "analysis/theory/row.h"

namespace peerlab {

/// Probability that all `servers` are busy where nobody may wait; `load` = rate * service in Erlang, any value >= 0.
double erlang_b(std::uint32_t servers, double load);
/// Probability that an arrival waits, `servers` >= 1, 0 <= `load` < servers. CHECKs both.
double erlang_c(std::uint32_t servers, double load);
/// Mean wait of M/M/c in seconds.
double mmc_wait(std::uint32_t servers, double rate, double service);
/// Mean wait of M/G/1 in seconds; `variation` is variance over squared mean: 0 for a constant service, 1 for exponential.
double mg1_wait(double rate, double service, double variation);
/// Share of the arrivals that find all `places` taken; any load, above one too.
double mm1k_loss(std::uint32_t places, double load);

TheoryRow erlang_row();
TheoryRow pollaczek_row();
TheoryRow finite_queue_row();

}  // namespace peerlab
