// The queues in words.
#include <optional>

#include "analysis/theory/queue.h"

namespace peerlab {
namespace {

Field rate_field() {
  return {.name = "rate",
          .kind = Kind::rate,
          .fallback = "70 per s in total",
          .sentence = "Requests that arrive, as a Poisson process.",
          .example = "20 per s in total"};
}

Field service_field() {
  return {.name = "service",
          .kind = Kind::duration,
          .fallback = "10 ms",
          .sentence = "Mean time to serve one request.",
          .example = "5 ms",
          .least = "1 ns",
          .most = "100 d"};
}

/// What makes the question void, if anything does.
std::optional<TheoryAnswer> no_queue(const Params& in, double servers, bool may_overflow) {
  const Rate rate = in.rate("rate");
  if (rate.per_user)
    return TheoryAnswer{.error = "A closed form has no users: write the rate `in total`, such as `70 per s in total`."};
  if (!may_overflow && rate.per_second * in.duration("service").seconds() >= servers)
    return TheoryAnswer{.error =
                            "More work arrives than the servers can do (rate times service is not below the number of "
                            "servers): the queue grows without end. `finite-queue` tells what is lost then."};
  return std::nullopt;
}

}  // namespace

TheoryRow erlang_row() {
  return {
      .name = "erlang-c",
      .sentence = "How long a request waits for one of several equal servers with one common queue (M/M/c).",
      .formula =
          "with the load a = rate times service: waits = the last term of the Erlang C series, a^c / c! times "
          "c / (c - a), over the whole series; wait = waits times service / (c - a).",
      .range =
          "Poisson arrivals, exponential service, an unlimited queue in order of arrival, load below the number of "
          "servers.",
      .source = "Erlang 1917; Gross, Shortle, Thompson & Harris, Fundamentals of Queueing Theory (2008), chapter 2",
      .fields = {rate_field(),
                 service_field(),
                 {.name = "servers",
                  .kind = Kind::whole,
                  .fallback = "1",
                  .sentence = "Servers that take from the queue.",
                  .example = "4",
                  .least = "1",
                  .most = "1000000"}},
      .gives = {{"utilisation", "share", "share of the time that a server works"},
                {"waits", "share", "requests that find every server busy"},
                {"wait", "s", "mean wait before service"},
                {"sojourn", "s", "mean wait and service together"},
                {"in_system", "requests", "mean number waiting or in service (Little's law)"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const auto servers = static_cast<std::uint32_t>(in.whole("servers"));
        if (auto refused = no_queue(in, servers, false)) return *refused;
        const double rate = in.rate("rate").per_second;
        const double service = in.duration("service").seconds();
        const double wait = mmc_wait(servers, rate, service);
        return {.values = {rate * service / servers, erlang_c(servers, rate * service), wait, wait + service,
                           rate * (wait + service)}};
      },
  };
}

TheoryRow pollaczek_row() {
  return {
      .name = "pollaczek-khinchine",
      .sentence = "How long a request waits for one server whose service times vary in any way (M/G/1).",
      .formula = "wait = rho (1 + variation) / (2 (1 - rho)) times service, with rho = rate times service.",
      .range = "Poisson arrivals, independent service times, one server, an unlimited queue, rho below one.",
      .source = "Pollaczek 1930; Khinchine 1932; Gross, Shortle, Thompson & Harris (2008), chapter 5",
      .fields = {rate_field(),
                 service_field(),
                 {.name = "variation",
                  .kind = Kind::real,
                  .fallback = "1",
                  .sentence = "Variance of the service time over its squared mean: 0 constant, 1 exponential.",
                  .example = "0",
                  .least = "0",
                  .most = "1e9"}},
      .gives = {{"utilisation", "share", "share of the time that the server works"},
                {"wait", "s", "mean wait before service"},
                {"sojourn", "s", "mean wait and service together"},
                {"in_system", "requests", "mean number waiting or in service (Little's law)"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        if (auto refused = no_queue(in, 1, false)) return *refused;
        const double rate = in.rate("rate").per_second;
        const double service = in.duration("service").seconds();
        const double wait = mg1_wait(rate, service, in.real("variation"));
        return {.values = {rate * service, wait, wait + service, rate * (wait + service)}};
      },
  };
}

TheoryRow finite_queue_row() {
  return {
      .name = "finite-queue",
      .sentence = "What a server with room for K requests turns away, under any load (M/M/1/K).",
      .formula =
          "lost = (1 - rho) rho^K / (1 - rho^(K + 1)), and 1 / (K + 1) at rho = 1, with rho = rate times service.",
      .range =
          "Poisson arrivals, exponential service, one server; K counts the request in service. What is turned "
          "away does not come back.",
      .source = "Gross, Shortle, Thompson & Harris, Fundamentals of Queueing Theory (2008), chapter 2",
      .fields = {rate_field(),
                 service_field(),
                 {.name = "K",
                  .kind = Kind::whole,
                  .fallback = "100",
                  .sentence = "Requests that fit: one in service and the others waiting.",
                  .example = "5",
                  .least = "1",
                  .most = "10000000"}},
      .gives = {{"load", "1", "work that arrives over work that can be done"},
                {"lost", "share", "requests turned away"},
                {"answered", "share", "the others, which are served"},
                {"served", "1/s", "requests served per second"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        if (auto refused = no_queue(in, 1, true)) return *refused;
        const double rate = in.rate("rate").per_second;
        const double load = rate * in.duration("service").seconds();
        const double lost = mm1k_loss(static_cast<std::uint32_t>(in.whole("K")), load);
        return {.values = {load, lost, 1 - lost, rate * (1 - lost)}};
      },
  };
}

}  // namespace peerlab
