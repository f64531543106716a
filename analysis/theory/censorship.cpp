#include "analysis/theory/censorship.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/base/check.h"

namespace peerlab {

double still_censored(double q, std::uint64_t blocks) {
  CHECK(q >= 0 && q <= 1);
  return std::pow(q, static_cast<double>(blocks));
}

double blocks_until_included(double q) {
  CHECK(q >= 0 && q <= 1);
  return q == 1 ? std::numeric_limits<double>::infinity() : 1 / (1 - q);
}

std::uint64_t blocks_for_risk(double q, double risk) {
  CHECK(q >= 0 && q < 1);
  CHECK(risk > 0 && risk < 1);
  if (q <= risk) return 1;
  auto n = static_cast<std::uint64_t>(std::log(risk) / std::log(q));
  n -= std::min<std::uint64_t>(n, 2);                     // the quotient is rounded
  while (still_censored(q, n) > risk * (1 + 1e-12)) ++n;  // 0.1^2 is 1 %, though not in binary
  return n;
}

TheoryRow censorship_row() {
  return {
      .name = "censorship",
      .sentence = "How long producers with the share q can keep a transaction out that all others include.",
      .formula = "out after n blocks = q^n; mean blocks until it is in = 1 / (1 - q).",
      .range =
          "Censors only refuse: they build on blocks that include it. Censors with most of the hash power who void "
          "such blocks keep it out for ever. Blocks are never full.",
      .source = "the geometric law: independent producers, block by block",
      .fields = {{.name = "q",
                  .kind = Kind::share,
                  .fallback = "50 %",
                  .sentence = "The share of the blocks that censors produce.",
                  .example = "90 %",
                  .least = "0 %",
                  .most = "99.9999 %"},
                 {.name = "blocks",
                  .kind = Kind::whole,
                  .fallback = "6",
                  .sentence = "Blocks that have gone by.",
                  .example = "100",
                  .least = "0",
                  .most = "1000000000"},
                 {.name = "interval",
                  .kind = Kind::duration,
                  .fallback = "10 min",
                  .sentence = "Mean time between blocks.",
                  .example = "12 s",
                  .least = "1 ns"},
                 {.name = "risk",
                  .kind = Kind::share,
                  .fallback = "0.1 %",
                  .sentence = "The chance of still being out that is acceptable.",
                  .example = "5 %",
                  .least = "0.0000001 %",
                  .most = "99 %"}},
      .gives = {{"still_out", "share", "chance of being out after so many blocks"},
                {"mean", "blocks", "mean number of blocks until it is in"},
                {"mean.time", "s", "mean time until it is in"},
                {"blocks.for_risk", "blocks", "blocks after which it is out with no more than the risk"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const double q = in.share("q");
        const double mean = blocks_until_included(q);
        return {.values = {still_censored(q, static_cast<std::uint64_t>(in.whole("blocks"))), mean,
                           mean * in.duration("interval").seconds(),
                           static_cast<double>(blocks_for_risk(q, in.share("risk")))}};
      },
  };
}

}  // namespace peerlab
