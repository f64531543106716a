#include "analysis/theory/copysets.h"

#include <algorithm>
#include <cmath>

#include "analysis/theory/incomplete_beta.h"
#include "models/base/check.h"

namespace peerlab {

double random_copysets(std::uint32_t machines, std::uint32_t copies, std::uint32_t scatter) {
  CHECK(copies >= 1 && copies <= scatter + 1);
  CHECK(scatter + 1 <= machines);
  const double made = std::log(machines) + log_choose(scatter, copies - 1);
  return std::exp(std::min(made, log_choose(machines, copies)));
}

double fewest_copysets(std::uint32_t machines, std::uint32_t copies, std::uint32_t scatter) {
  CHECK(copies >= 2 && copies <= scatter + 1);
  const double r = copies;
  return static_cast<double>(machines) * scatter / (r * (r - 1));
}

double copyset_loss(double copysets, std::uint32_t machines, std::uint32_t copies, std::uint32_t failed) {
  CHECK(copysets >= 0);
  CHECK(copies <= machines && failed <= machines);
  if (failed < copies || copysets == 0) return 0;
  if (failed == machines) return 1;
  const double hit = std::exp(log_choose(failed, copies) - log_choose(machines, copies));
  return -std::expm1(copysets * std::log1p(-hit));
}

TheoryRow copysets_row() {
  return {
      .name = "copysets",
      .sentence =
          "The chance that something is lost when F of N machines fail at once, under random and under copyset "
          "placement of R copies.",
      .formula =
          "lost = 1 - (1 - C(F, R) / C(N, R))^sets, with N C(S, R - 1) sets when placed at random and N S / (R (R "
          "- 1)) when placed in copysets.",
      .range =
          "F machines at random fail together for good; enough data that every copyset is used; sets are taken as "
          "independent. Random placement counts sets in order, which overstates it for S near N; there it is "
          "capped at C(N, R).",
      .source =
          "Cidon et al., USENIX ATC 2013 (its figure for Facebook's placement, 22.8 %, is not "
          "what its formula gives: 19.1 %)",
      .fields = {{.name = "N",
                  .kind = Kind::whole,
                  .fallback = "5000",
                  .sentence = "Machines.",
                  .example = "1000",
                  .least = "2",
                  .most = "1000000"},
                 {.name = "R",
                  .kind = Kind::whole,
                  .fallback = "3",
                  .sentence = "Copies of everything.",
                  .example = "2",
                  .least = "2",
                  .most = "100"},
                 {.name = "S",
                  .kind = Kind::whole,
                  .fallback = "10",
                  .sentence = "Scatter width: machines that share data with one machine.",
                  .example = "2",
                  .least = "1",
                  .most = "999999"},
                 {.name = "F",
                  .kind = Kind::whole,
                  .fallback = "50",
                  .sentence = "Machines that fail at once.",
                  .example = "10",
                  .least = "0",
                  .most = "1000000"}},
      .gives = {{"random.sets", "copysets", "copysets of random placement"},
                {"random.lost", "share", "chance of a loss with these"},
                {"copyset.sets", "copysets", "copysets of copyset placement"},
                {"copyset.lost", "share", "chance of a loss with these"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const auto n = static_cast<std::uint32_t>(in.whole("N"));
        const auto r = static_cast<std::uint32_t>(in.whole("R"));
        const auto s = static_cast<std::uint32_t>(in.whole("S"));
        const auto f = static_cast<std::uint32_t>(in.whole("F"));
        if (s + 1 > n) return {.error = "A machine shares with others only: `S` must be below `N`."};
        if (r > s + 1) return {.error = "The other copies lie on S machines: `R` cannot exceed `S` + 1."};
        if (f > n) return {.error = "No more machines can fail than there are: `F` exceeds `N`."};
        const double at_random = random_copysets(n, r, s);
        const double fewest = fewest_copysets(n, r, s);
        return {.values = {at_random, copyset_loss(at_random, n, r, f), fewest, copyset_loss(fewest, n, r, f)}};
      },
  };
}

}  // namespace peerlab
