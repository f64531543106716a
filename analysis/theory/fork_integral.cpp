#include "analysis/theory/fork_integral.h"

#include <cmath>

#include "models/base/check.h"

namespace peerlab {

double fork_probability(double interval, double unaware) {
  CHECK(interval > 1);
  CHECK(unaware >= 0);
  return -std::expm1(unaware * std::log1p(-1 / interval));
}

double time_unaware(std::span<const std::pair<double, double>> curve) {
  double area = 0;
  double then = 0;
  double known = 0;
  for (const auto& [time, share] : curve) {
    CHECK(time >= then && share >= known && share <= 1);
    area += (time - then) * (1 - (known + share) / 2);
    then = time;
    known = share;
  }
  return area;
}

TheoryRow fork_integral_row() {
  return {
      .name = "decker-wattenhofer",
      .sentence = "How often a block meets a rival, from the mean time that a machine takes to hear of a block.",
      .formula =
          "fork = 1 - (1 - 1 / interval)^unaware, in seconds, where `unaware` is the integral of the share of "
          "the hash power that has not heard of the block yet.",
      .range = "Hash power spread evenly over the machines, no withholding, `unaware` short against the interval.",
      .source = "Decker & Wattenhofer, Information propagation in the Bitcoin network, P2P 2013",
      .fields = {{.name = "unaware",
                  .kind = Kind::duration,
                  .fallback = "11.37 s",
                  .sentence = "Mean time until a machine hears of a block.",
                  .example = "3 s",
                  .least = "0 s"},
                 {.name = "interval",
                  .kind = Kind::duration,
                  .fallback = "633.68 s",
                  .sentence = "Mean time between blocks.",
                  .example = "10 min",
                  .least = "1.001 s"}},
      .gives = {{"fork", "share", "blocks that meet a rival"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        return {.values = {fork_probability(in.duration("interval").seconds(), in.duration("unaware").seconds())}};
      },
  };
}

}  // namespace peerlab
