#include "analysis/theory/durability.h"

#include <cmath>

#include "models/base/check.h"

namespace peerlab {

double mean_time_to_loss(std::uint32_t copies, double mttf, double repair) {
  CHECK(copies >= 1);
  CHECK(mttf > 0 && repair > 0);
  double total = 0;
  double from_above = 0;  // E_{k+1}
  for (std::uint32_t k = copies; k >= 1; --k) {
    from_above = (1 + (copies - k) / repair * from_above) * mttf / k;
    total += from_above;
  }
  return total;
}

TheoryRow durability_row() {
  return {
      .name = "mean-time-to-loss",
      .sentence = "How long a record with r copies lasts when each copy fails on its own and missing ones are rebuilt.",
      .formula =
          "with r = copies: E_k = (1 + (r - k) E_(k+1) / repair) mttf / k for k = r down to 1 is the time from k "
          "copies to "
          "k - 1; their sum is the mean. For r = 2: (3 / mttf + 1 / repair) mttf^2 / 2.",
      .range =
          "Exponential times, independent failures, every missing copy rebuilt at once. Under failures that come "
          "together these figures are fiction: see `copysets`.",
      .source = "Patterson, Gibson & Katz, SIGMOD 1988; the birth-death chain is exact",
      .fields = {{.name = "copies",
                  .kind = Kind::whole,
                  .fallback = "2",
                  .sentence = "Copies of the record.",
                  .example = "3",
                  .least = "1",
                  .most = "100"},
                 {.name = "mttf",
                  .kind = Kind::duration,
                  .fallback = "10 h",
                  .sentence = "Mean time to failure of one copy.",
                  .example = "43800 h",
                  .least = "1 ns"},
                 {.name = "repair",
                  .kind = Kind::duration,
                  .fallback = "1 h",
                  .sentence = "Mean time to rebuild one copy.",
                  .example = "6 h",
                  .least = "1 ns"},
                 {.name = "horizon",
                  .kind = Kind::duration,
                  .fallback = "24 h",
                  .sentence = "The time for which the chance of loss is asked.",
                  .example = "365 d",
                  .least = "0 s"}},
      .gives = {{"mean", "s", "mean time until no copy is left"},
                {"lost", "share", "chance of that within the horizon, as if the time were exponential"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const double mean = mean_time_to_loss(static_cast<std::uint32_t>(in.whole("copies")),
                                              in.duration("mttf").seconds(), in.duration("repair").seconds());
        return {.values = {mean, -std::expm1(-in.duration("horizon").seconds() / mean)}};
      },
  };
}

}  // namespace peerlab
