#include "analysis/theory/partition.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/base/check.h"

namespace peerlab {
namespace {

double poisson(double mean, double k) {
  if (mean == 0) return k == 0 ? 1 : 0;
  return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1));
}

}  // namespace

PartitionCost partition_cost(double minority, double blocks) {
  CHECK(minority >= 0 && minority <= 1);
  CHECK(blocks >= 0);
  const double x = minority * blocks;
  const double y = (1 - minority) * blocks;
  const auto most = static_cast<std::size_t>(blocks + 40 * std::sqrt(blocks) + 40);
  // Tails from above, so that small ones keep their digits: x_from[k] = P(X >= k).
  std::vector<double> x_from(most + 2, 0.0);
  std::vector<double> y_from(most + 2, 0.0);
  for (std::size_t k = most + 1; k-- > 0;) {
    x_from[k] = x_from[k + 1] + poisson(x, static_cast<double>(k));
    y_from[k] = y_from[k + 1] + poisson(y, static_cast<double>(k));
  }
  PartitionCost cost;
  for (std::size_t k = 0; k <= most; ++k) {
    if (k > 0) cost.stale += x_from[k] * y_from[k];  // E[min] = sum of P(both >= k)
    const double y_is = poisson(y, static_cast<double>(k));
    cost.minority_longer += y_is * x_from[k + 1];
    cost.tie += y_is * poisson(x, static_cast<double>(k));
  }
  cost.minority_wins = cost.minority_longer + minority * cost.tie;
  return cost;
}

TheoryRow partition_row() {
  return {
      .name = "partition-stale",
      .sentence = "How many blocks a partition voids when it heals, and how often the smaller side's history wins.",
      .formula =
          "X and Y are Poisson with the means p length / interval and (1 - p) length / interval; stale = E[min(X, "
          "Y)]; the side of p wins with P(X > Y) + p P(X = Y).",
      .range = "No retarget, no delay within a side, both sides mine on the same block at the start.",
      .source = "elementary; the difference of X and Y has the law of Skellam 1946",
      .fields = {{.name = "p",
                  .kind = Kind::share,
                  .fallback = "40 %",
                  .sentence = "Hash share of one side, usually the smaller.",
                  .example = "30 %",
                  .least = "0 %",
                  .most = "100 %"},
                 {.name = "length",
                  .kind = Kind::duration,
                  .fallback = "1 h",
                  .sentence = "How long the partition lasts.",
                  .example = "6 h",
                  .least = "0 s"},
                 {.name = "interval",
                  .kind = Kind::duration,
                  .fallback = "10 min",
                  .sentence = "Mean time between blocks of both sides together.",
                  .example = "1 min",
                  .least = "1 ns"}},
      .gives = {{"stale", "blocks", "blocks given up in the mean"},
                {"stale.share", "share", "of all blocks found meanwhile, in the mean"},
                {"longer", "share", "chance that the side of p has found more"},
                {"tie", "share", "chance that both have found the same number"},
                {"wins", "share", "chance that the history of the side of p is kept"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const double blocks = in.duration("length").seconds() / in.duration("interval").seconds();
        if (blocks > 1e6) return {.error = "More than a million blocks: a shorter `length` or a longer `interval`."};
        const PartitionCost c = partition_cost(in.share("p"), blocks);
        return {.values = {c.stale, blocks > 0 ? c.stale / blocks : 0, c.minority_longer, c.tie, c.minority_wins}};
      },
  };
}

}  // namespace peerlab
