#include "analysis/theory/selfish_mining.h"

#include "models/base/check.h"

namespace peerlab {

SelfishMining selfish_mining(double alpha, double gamma) {
  CHECK(alpha >= 0 && alpha < 0.5);
  CHECK(gamma >= 0 && gamma <= 1);
  const double honest = 1 - alpha;
  // The stationary law of the pool's lead; p_tie is the state 0' of two branches of length one.
  const double scale = 1 / (2 * alpha * alpha * alpha - 4 * alpha * alpha + 1);
  const double p0 = (1 - 2 * alpha) * scale;
  const double p1 = alpha * p0;
  const double p_tie = honest * p1;
  const double step = alpha / honest;
  const double p2 = step * p1;
  const double p_more = step * p2 / (1 - step);  // a lead of three or more
  const double pool = p_tie * alpha * 2 + p_tie * gamma * honest + p2 * honest * 2 + p_more * honest;
  const double others = p_tie * gamma * honest + p_tie * (1 - gamma) * honest * 2 + p0 * honest;
  return {pool / (pool + others), pool, pool + others};
}

double selfish_mining_threshold(double gamma) {
  CHECK(gamma >= 0 && gamma <= 1);
  return (1 - gamma) / (3 - 2 * gamma);
}

TheoryRow selfish_mining_row() {
  return {
      .name = "eyal-sirer",
      .sentence = "What a pool with the share alpha of the hash power earns by selfish mining (SM1).",
      .formula =
          "revenue = (alpha (1 - alpha)^2 (4 alpha + gamma (1 - 2 alpha)) - alpha^3) / "
          "(1 - alpha (1 + (2 - alpha) alpha)); threshold = (1 - gamma) / (3 - 2 gamma).",
      .range =
          "alpha below 50 %, one pool against honest miners, propagation in no time, SM1 and no better strategy. "
          "The revenue is that of an adjusted difficulty; before a retarget withholding always costs blocks.",
      .source = "Eyal & Sirer, Majority is not enough, FC 2014 (arXiv:1311.0243), equations 8 and 9",
      .fields = {{.name = "alpha",
                  .kind = Kind::share,
                  .fallback = "33 %",
                  .sentence = "The pool's share of the hash power.",
                  .example = "40 %",
                  .least = "0 %",
                  .most = "49.9 %"},
                 {.name = "gamma",
                  .kind = Kind::share,
                  .fallback = "0 %",
                  .sentence = "The share of the others that mines on the pool's block in a tie.",
                  .example = "50 %",
                  .least = "0 %",
                  .most = "100 %"}},
      .gives = {{"revenue", "share", "the pool's share of the main chain"},
                {"per_mined", "share", "the pool's main-chain blocks per block mined: its income before a retarget"},
                {"growth", "share", "main-chain blocks per block mined; the rest is stale"},
                {"threshold", "share", "hash power above which this pays, at this gamma"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const SelfishMining s = selfish_mining(in.share("alpha"), in.share("gamma"));
        return {.values = {s.revenue, s.per_block, s.growth, selfish_mining_threshold(in.share("gamma"))}};
      },
  };
}

}  // namespace peerlab
