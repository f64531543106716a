#include "analysis/theory/push_gossip.h"

#include <algorithm>
#include <cmath>

#include "models/base/check.h"

namespace peerlab {

PushTime push_gossip(std::uint64_t machines, std::uint64_t informed) {
  CHECK(informed >= 1);
  CHECK(informed <= machines);
  const auto n = static_cast<double>(machines);
  double mean = 0;
  double variance = 0;
  for (std::uint64_t k = 1; k < informed; ++k) {
    const auto know = static_cast<double>(k);
    const double step = (n - 1) / (know * (n - know));
    mean += step;
    variance += step * step;
  }
  return {mean, std::sqrt(variance)};
}

TheoryRow push_gossip_row() {
  return {
      .name = "push-gossip",
      .sentence =
          "How long a rumour takes to everybody when each machine that knows it calls a random other one at "
          "random times.",
      .formula =
          "mean = the sum over k of (n - 1) / (k (n - k)) for k = 1 to n - 1, times `every`; the variance is the "
          "sum of the squares of its terms.",
      .range = "Every machine can call every other one, calls take no time, and machines that know go on calling.",
      .source = "Boyd, Ghosh, Prabhakar & Shah 2006 for the model; the sum is exact (a pure birth process)",
      .fields = {{.name = "n",
                  .kind = Kind::whole,
                  .fallback = "1000",
                  .sentence = "Machines, the one that begins included.",
                  .example = "100",
                  .least = "2",
                  .most = "100000000"},
                 {.name = "share",
                  .kind = Kind::share,
                  .fallback = "50 %",
                  .sentence = "The share of the machines whose time is asked for besides everybody's.",
                  .example = "99 %",
                  .least = "0 %",
                  .most = "100 %"},
                 {.name = "every",
                  .kind = Kind::duration,
                  .fallback = "1 s",
                  .sentence = "Mean time between two calls of one machine.",
                  .example = "100 ms",
                  .least = "1 ns"}},
      .gives = {{"all.mean", "s", "mean time until everybody knows"},
                {"all.deviation", "s", "its standard deviation"},
                {"share.mean", "s", "mean time until the share asked for knows"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const auto n = static_cast<std::uint64_t>(in.whole("n"));
        const auto part =
            static_cast<std::uint64_t>(std::ceil(in.share("share") * static_cast<double>(n) * (1 - 1e-12)));
        const double every = in.duration("every").seconds();
        const PushTime all = push_gossip(n, n);
        const PushTime some = push_gossip(n, std::clamp<std::uint64_t>(part, 1, n));
        return {.values = {all.mean * every, all.deviation * every, some.mean * every}};
      },
  };
}

}  // namespace peerlab
