#include "analysis/theory/queue.h"

#include <cmath>

#include "models/base/check.h"

namespace peerlab {

double erlang_b(std::uint32_t servers, double load) {
  CHECK(load >= 0);
  double blocked = 1;
  for (std::uint32_t k = 1; k <= servers; ++k) blocked = load * blocked / (k + load * blocked);
  return blocked;
}

double erlang_c(std::uint32_t servers, double load) {
  CHECK(servers >= 1);
  CHECK(load < servers);
  const double rho = load / servers;
  const double blocked = erlang_b(servers, load);
  return blocked / (1 - rho * (1 - blocked));
}

double mmc_wait(std::uint32_t servers, double rate, double service) {
  const double load = rate * service;
  return erlang_c(servers, load) * service / (servers - load);
}

double mg1_wait(double rate, double service, double variation) {
  const double rho = rate * service;
  CHECK(rho >= 0 && rho < 1);
  CHECK(variation >= 0);
  return rho * (1 + variation) / (2 * (1 - rho)) * service;
}

double mm1k_loss(std::uint32_t places, double load) {
  CHECK(places >= 1);
  CHECK(load >= 0);
  // B(0) = 1, B(k) = load B(k-1) / (1 + load B(k-1)): Erlang's recursion with one server and k places, exact at load 1 too.
  double lost = 1;
  for (std::uint32_t k = 1; k <= places; ++k) lost = load * lost / (1 + load * lost);
  return lost;
}

}  // namespace peerlab
