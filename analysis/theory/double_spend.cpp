#include "analysis/theory/double_spend.h"

#include <algorithm>
#include <cmath>

#include "analysis/theory/incomplete_beta.h"
#include "models/base/check.h"

namespace peerlab {
namespace {

constexpr double largest_searched = 0.49;  // beyond, a search meets depths of millions of blocks

// The law falls with z: double until it is low enough, then halve the gap.
std::uint64_t depth_below(double (*law)(double, std::uint64_t), double q, double risk) {
  CHECK(q >= 0 && q <= largest_searched);
  CHECK(risk > 0 && risk < 1);
  std::uint64_t high = 1;
  while (law(q, high) >= risk) high *= 2;
  std::uint64_t low = high / 2;  // law(low) >= risk; 0 always is
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (law(q, middle) >= risk ? low : high) = middle;
  }
  return high;
}

}  // namespace

double double_spend(double q, std::uint64_t z) {
  CHECK(q >= 0 && q <= 1);
  if (z == 0 || q >= 0.5) return 1;
  const double away = 1 - 2 * q;  // 1 - 4pq = (1 - 2q)^2
  return incomplete_beta(static_cast<double>(z), 0.5, 4 * q * (1 - q), away * away);
}

double double_spend_2008(double q, std::uint64_t z) {
  CHECK(q >= 0 && q <= 1);
  if (z == 0 || q >= 0.5) return 1;
  if (q == 0) return 0;
  const double ratio = q / (1 - q);
  const double mean = static_cast<double>(z) * ratio;
  const auto log_poisson = [&](double k) { return k * std::log(mean) - mean - std::lgamma(k + 1); };
  double sum = 0;
  for (std::uint64_t k = 0; k <= z; ++k) {  // still behind by z - k: catches up with ratio^(z - k)
    const auto ahead = static_cast<double>(k);
    sum += std::exp(log_poisson(ahead) + (static_cast<double>(z) - ahead) * std::log(ratio));
  }
  for (auto k = static_cast<double>(z + 1);; ++k) {  // has caught up already
    const double term = std::exp(log_poisson(k));
    sum += term;
    if (term <= 1e-18 * sum) break;
  }
  return std::min(sum, 1.0);
}

std::uint64_t double_spend_depth(double q, double risk) { return depth_below(double_spend, q, risk); }

std::uint64_t double_spend_depth_2008(double q, double risk) { return depth_below(double_spend_2008, q, risk); }

TheoryRow double_spend_row() {
  return {
      .name = "double-spend",
      .sentence =
          "The chance that a payment z blocks deep is reversed by somebody with the share q of the hash power "
          "who mines in private for as long as it takes.",
      .formula =
          "exact: the regularised incomplete beta function I_x(z, 1/2) at x = 4 q (1 - q). Approximation of "
          "2008: the sum over k of Poisson(k; z q / (1 - q)) times the chance (q / (1 - q))^(z - k) to catch up.",
      .range =
          "Blocks travel in no time, the difficulty stays, the attacker never gives up, and one block mined "
          "beforehand makes a tie a win. From q = 50 % on success is certain.",
      .source =
          "Nakamoto 2008, section 11; Rosenfeld 2014 (arXiv:1402.2009); Grunspan & Perez-Marco 2018 "
          "(arXiv:1702.02867)",
      .fields = {{.name = "q",
                  .kind = Kind::share,
                  .fallback = "10 %",
                  .sentence = "The attacker's share of the hash power.",
                  .example = "30 %",
                  .least = "0 %",
                  .most = "49 %"},
                 {.name = "z",
                  .kind = Kind::whole,
                  .fallback = "6",
                  .sentence = "Blocks that the merchant waits for.",
                  .example = "10",
                  .least = "0",
                  .most = "100000"},
                 {.name = "risk",
                  .kind = Kind::share,
                  .fallback = "0.1 %",
                  .sentence = "The chance of reversal that is acceptable.",
                  .example = "1 %",
                  .least = "0.0000001 %",
                  .most = "99 %"}},
      .gives = {{"exact", "share", "chance of reversal, by the exact law"},
                {"approximation", "share", "the same by the approximation of 2008, which is too small"},
                {"depth", "blocks", "depth at which the exact chance is below the risk"},
                {"depth.approximation", "blocks", "depth that the approximation would have advised"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const double q = in.share("q");
        const auto z = static_cast<std::uint64_t>(in.whole("z"));
        const double risk = in.share("risk");
        return {.values = {double_spend(q, z), double_spend_2008(q, z),
                           static_cast<double>(double_spend_depth(q, risk)),
                           static_cast<double>(double_spend_depth_2008(q, risk))}};
      },
  };
}

}  // namespace peerlab
