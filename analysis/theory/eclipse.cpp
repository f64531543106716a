#include "analysis/theory/eclipse.h"

#include <cmath>

#include "models/base/check.h"

namespace peerlab {

double eclipse(double s, std::uint32_t k) {
  CHECK(s >= 0 && s <= 1);
  return std::pow(s, k);
}

double eclipse_of(std::uint64_t hostile, std::uint64_t known, std::uint32_t k) {
  CHECK(hostile <= known && k <= known);
  double chance = 1;
  for (std::uint32_t i = 0; i < k && chance > 0; ++i)
    chance *= hostile > i ? static_cast<double>(hostile - i) / static_cast<double>(known - i) : 0.0;
  return chance;
}

double eclipse_after(double once, std::uint64_t tries) {
  CHECK(once >= 0 && once <= 1);
  if (once == 1) return tries > 0 ? 1 : 0;
  return -std::expm1(static_cast<double>(tries) * std::log1p(-once));
}

TheoryRow eclipse_row() {
  return {
      .name = "eclipse-chance",
      .sentence =
          "The chance that all k neighbours a victim chooses belong to the attacker, who owns the share s of the "
          "addresses it knows.",
      .formula = "s^k; among few addresses C(s known, k) / C(known, k); after r restarts 1 - (1 - chance)^r.",
      .range =
          "Uniform choices, no anchors, no limit per group of addresses, no neighbours who called the victim; the "
          "share s does not change between restarts.",
      .source = "Heilman, Kendler, Zohar & Goldberg, USENIX Security 2015",
      .fields = {{.name = "s",
                  .kind = Kind::share,
                  .fallback = "50 %",
                  .sentence = "The attacker's share of the addresses.",
                  .example = "90 %",
                  .least = "0 %",
                  .most = "100 %"},
                 {.name = "k",
                  .kind = Kind::whole,
                  .fallback = "8",
                  .sentence = "Neighbours that the victim chooses.",
                  .example = "10",
                  .least = "1",
                  .most = "10000"},
                 {.name = "known",
                  .kind = Kind::whole,
                  .fallback = "10000",
                  .sentence = "Addresses that the victim knows.",
                  .example = "100",
                  .least = "1",
                  .most = "1000000000"},
                 {.name = "restarts",
                  .kind = Kind::whole,
                  .fallback = "10",
                  .sentence = "Times that the victim chooses afresh.",
                  .example = "100",
                  .least = "0",
                  .most = "1000000000"}},
      .gives = {{"many", "share", "chance at one choice, many addresses"},
                {"few", "share", "chance at one choice among the addresses known, none chosen twice"},
                {"after_restarts", "share", "chance of at least one success, many addresses"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const auto k = static_cast<std::uint32_t>(in.whole("k"));
        const auto known = static_cast<std::uint64_t>(in.whole("known"));
        if (k > known) return {.error = "So many different neighbours are not known: `k` exceeds `known`."};
        const double s = in.share("s");
        const auto hostile = static_cast<std::uint64_t>(std::llround(s * static_cast<double>(known)));
        const double once = eclipse(s, k);
        return {.values = {once, eclipse_of(hostile, known, k),
                           eclipse_after(once, static_cast<std::uint64_t>(in.whole("restarts")))}};
      },
  };
}

}  // namespace peerlab
