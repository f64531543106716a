#include "analysis/theory/availability.h"

#include <cmath>

#include "analysis/theory/incomplete_beta.h"
#include "models/base/check.h"

namespace peerlab {

double unavailability(std::uint32_t k, std::uint32_t n, double up) {
  CHECK(k <= n);
  CHECK(up >= 0 && up <= 1);
  if (k == 0 || up == 1) return 0;
  if (up == 0) return 1;
  double sum = 0;
  for (std::uint32_t alive = 0; alive < k; ++alive)
    sum += std::exp(log_choose(n, alive) + alive * std::log(up) + (n - alive) * std::log1p(-up));
  return std::min(sum, 1.0);
}

TheoryRow availability_row() {
  return {
      .name = "availability",
      .sentence = "How often at least k of n machines are up, when each fails and is repaired on its own.",
      .formula = "A = mttf / (mttf + mttr); down = the sum over i below k of C(n, i) A^i (1 - A)^(n - i).",
      .range =
          "Independent failures and repairs; any laws with these means. Failures that come together (one owner, "
          "one building, one update) make the true figure far worse.",
      .source = "Barlow & Proschan, Statistical theory of reliability (1975)",
      .fields = {{.name = "k",
                  .kind = Kind::whole,
                  .fallback = "2",
                  .sentence = "Machines that the service needs.",
                  .example = "3",
                  .least = "0",
                  .most = "100000"},
                 {.name = "n",
                  .kind = Kind::whole,
                  .fallback = "3",
                  .sentence = "Machines that it has.",
                  .example = "5",
                  .least = "1",
                  .most = "100000"},
                 {.name = "mttf",
                  .kind = Kind::duration,
                  .fallback = "720 h",
                  .sentence = "Mean time to failure of a machine.",
                  .example = "8760 h",
                  .least = "1 ns"},
                 {.name = "mttr",
                  .kind = Kind::duration,
                  .fallback = "1 h",
                  .sentence = "Mean time to repair it.",
                  .example = "24 h",
                  .least = "0 s"}},
      .gives = {{"machine", "share", "share of the time that one machine is up"},
                {"up", "share", "share of the time that enough of them are"},
                {"down", "share", "the rest"},
                {"down.per_year", "s", "down time in a year of 8766 hours"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        if (in.whole("k") > in.whole("n"))
          return {.error = "No service can need more machines than it has: `k` exceeds `n`."};
        const double mttf = in.duration("mttf").seconds();
        const double up = mttf / (mttf + in.duration("mttr").seconds());
        const double down =
            unavailability(static_cast<std::uint32_t>(in.whole("k")), static_cast<std::uint32_t>(in.whole("n")), up);
        return {.values = {up, 1 - down, down, down * 8766 * 3600}};
      },
  };
}

}  // namespace peerlab
