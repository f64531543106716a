// Percolation in words.
#include "analysis/theory/percolation.h"

namespace peerlab {

TheoryRow percolation_row() {
  return {
      .name = "percolation",
      .sentence =
          "How much of a large random network still hangs together when machines fail, at random or the best "
          "connected first.",
      .formula =
          "u = 1 - sum over k of k p_k q_k (1 - u^(k-1)) / <k>; giant = sum over k of p_k q_k (1 - u^k), with p_k "
          "the share of machines of degree k and q_k the share of these that is left. Random failure: collapse "
          "at 1 - 1 / (<k^2> / <k> - 1).",
      .range =
          "Infinitely many machines, links at random but for the degrees: no clusters, no distances. Best "
          "connected means by degree in the intact network. Real graphs of 10,000 differ by less than 1 % away "
          "from the collapse.",
      .source =
          "Callaway, Newman, Strogatz & Watts, PRL 85:5468 (2000); Cohen, Erez, ben-Avraham & Havlin, PRL "
          "85:4626 (2000)",
      .fields = {{.name = "graph",
                  .kind = Kind::choice,
                  .fallback = "random-regular",
                  .sentence = "The law of the degrees.",
                  .example = "power-law",
                  .choices = {"random-regular", "erdos-renyi", "power-law"}},
                 {.name = "degree",
                  .kind = Kind::whole,
                  .fallback = "8",
                  .sentence = "Neighbours of a machine, in the mean for erdos-renyi, at least for power-law.",
                  .example = "4",
                  .least = "1",
                  .most = "10000"},
                 {.name = "exponent",
                  .kind = Kind::real,
                  .fallback = "2.5",
                  .sentence = "Of a power law: the share of degree k falls as k to the minus exponent.",
                  .example = "3",
                  .least = "0.1",
                  .most = "20"},
                 {.name = "largest",
                  .kind = Kind::whole,
                  .fallback = "10000",
                  .sentence = "Of a power law: the largest degree.",
                  .example = "1000",
                  .least = "1",
                  .most = "1000000"},
                 {.name = "removal",
                  .kind = Kind::choice,
                  .fallback = "random",
                  .sentence = "Which machines go.",
                  .example = "best-connected",
                  .choices = {"random", "best-connected"}},
                 {.name = "removed",
                  .kind = Kind::share,
                  .fallback = "50 %",
                  .sentence = "The share of the machines that goes.",
                  .example = "10 %",
                  .least = "0 %",
                  .most = "100 %"}},
      .gives = {{"mean_degree", "1", "mean number of neighbours before"},
                {"giant", "share", "largest part that is left, of all machines there were"},
                {"missed", "share", "of the others that are left, how many one of them cannot reach, in the mean"},
                {"collapse", "share", "removal at which no such part is left"}},
      .answer = [](const Params& in) -> TheoryAnswer {
        const std::string& graph = in.text("graph");
        const auto degree = static_cast<std::uint32_t>(in.whole("degree"));
        const auto largest = static_cast<std::uint32_t>(in.whole("largest"));
        if (graph == "power-law" && degree > largest)
          return {.error = "`degree` is the smallest degree of a power law and cannot exceed `largest`."};
        const DegreeLaw law = graph == "random-regular" ? regular_degrees(degree)
                              : graph == "erdos-renyi"  ? poisson_degrees(degree)
                                                        : power_law_degrees(in.real("exponent"), degree, largest);
        const Removal how = in.text("removal") == "random" ? Removal::random : Removal::best_connected;
        const double giant = giant_part(law, how, in.share("removed"));
        const double left = 1 - in.share("removed");
        // Two of them are in the giant part with the square of its share of what is left; other parts are small.
        const double together = left > 0 ? giant / left * (giant / left) : 0;
        return {.values = {mean_degree(law), giant, 1 - together, collapse_point(law, how)}};
      },
  };
}

}  // namespace peerlab
