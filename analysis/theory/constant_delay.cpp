#include "analysis/theory/constant_delay.h"

#include <cmath>

#include "models/base/check.h"

namespace peerlab {

double delay_growth(double x) {
  CHECK(x >= 0);
  return 1 / (1 + x);
}

double delay_stale(double x) {
  CHECK(x >= 0);
  return x / (1 + x);
}

double delay_fork(double x) {
  CHECK(x >= 0);
  return -std::expm1(-x);
}

TheoryRow constant_delay_row() {
  return {
      .name = "constant-delay",
      .sentence =
          "How often blocks fork, and how fast the chain grows, when every block takes the same time to "
          "everybody.",
      .formula =
          "with x = delay / interval: growth = 1 / (1 + x), stale per block mined = x / (1 + x), a height forks "
          "with probability 1 - e^-x.",
      .range =
          "Infinitely many equal miners: a miner knows his own block at once, so that n equal miners lose about "
          "(1 - 1/n) of this. No retarget: `interval` is the time between blocks mined, stale ones included.",
      .source = "Sompolinsky & Zohar, FC 2015; Dembo et al., CCS 2020",
      .fields = {{.name = "delay",
                  .kind = Kind::duration,
                  .fallback = "10 s",
                  .sentence = "Time until everybody else knows a block.",
                  .example = "2 s",
                  .least = "0 s"},
                 {.name = "interval",
                  .kind = Kind::duration,
                  .fallback = "10 min",
                  .sentence = "Mean time between blocks mined by anybody.",
                  .example = "12 s",
                  .least = "1 us"}},
      .gives = {{"x", "1", "delay over interval"},
                {"growth", "share", "main-chain blocks per block mined"},
                {"stale.per_mined", "share", "stale blocks per block mined"},
                {"stale.per_main", "share", "stale blocks per main-chain block"},
                {"fork", "share", "heights at which more than one block is found"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const double x = in.duration("delay").seconds() / in.duration("interval").seconds();
        return {.values = {x, delay_growth(x), delay_stale(x), x, delay_fork(x)}};
      },
  };
}

}  // namespace peerlab
