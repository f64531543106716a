// Percolation against published thresholds, closed forms of two special graphs, and other people's simulated graphs.
#include "analysis/theory/percolation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/published.h"

namespace peerlab {
namespace {

DegreeLaw law_named(const std::string& graph, double mean) {
  if (graph == "ER") return poisson_degrees(mean);
  if (graph == "random_regular") return regular_degrees(static_cast<std::uint32_t>(mean));
  const std::size_t gamma = graph.find("gamma") + 5;
  const auto largest = static_cast<std::uint32_t>(std::stoul(graph.substr(graph.find("_K") + 2)));
  return power_law_degrees(std::stod(graph.substr(gamma)), 2, largest);
}

TEST(Percolation, CollapsesAtThePublishedThresholds) {
  for (const auto& row : test::published("percolation_thresholds")) {
    const DegreeLaw law = law_named(row.text("graph"), row.number("mean_degree"));
    EXPECT_NEAR(mean_degree(law), row.number("mean_degree"), 6e-5) << row.text("graph");
    EXPECT_NEAR(collapse_point(law, Removal::random), row.number("f_c_random"), 6e-7) << row.text("graph");
  }
}

TEST(Percolation, LeavesThePublishedGiantPart) {
  for (const auto& row : test::published("percolation_giant_component")) {
    const double f = row.number("f");
    for (const int k : {2, 4, 8, 16}) {
      const double er = giant_part(poisson_degrees(k), Removal::random, f);
      EXPECT_NEAR(er, row.number("ER_k" + std::to_string(k)), 1e-6) << k << " " << f;
      EXPECT_NEAR(er, (1 - f) * (1 - std::exp(-k * er)), 1e-9) << "Erdos and Renyi's own equation";
    }
    for (const int d : {3, 4, 8, 16}) {
      const double part = giant_part(regular_degrees(static_cast<std::uint32_t>(d)), Removal::random, f);
      EXPECT_NEAR(part, row.number("RR_d" + std::to_string(d)), 1e-6) << d << " " << f;
    }
  }
}

TEST(Percolation, AgreesWithSimulatedGraphsUnderFailureAndUnderAttack) {
  // 6 graphs of 10,000 machines: within .01 away from the collapse, where finite graphs round the corner.
  int seen = 0;
  for (const auto& row : test::published("node_removal_giant_mc")) {
    const std::string& graph = row.text("graph");
    const std::string& how = row.text("removal");
    if ((graph != "ER_k4" && graph != "RR_d8") || how == "degree_recalc") continue;
    // Of a regular graph all degrees are equal: the best connected are chosen as at random.
    const DegreeLaw law = graph == "ER_k4" ? poisson_degrees(4) : regular_degrees(8);
    const Removal removal = how == "random" ? Removal::random : Removal::best_connected;
    const double f = row.number("f");
    if (std::abs(f - collapse_point(law, removal)) < 0.05) continue;
    EXPECT_NEAR(giant_part(law, removal, f), row.number("giant_fraction"), 0.01) << graph << " " << how << " " << f;
    ++seen;
  }
  EXPECT_GT(seen, 150);
}

TEST(Percolation, HasNoGiantPartWhereThereNeverWasOne) {
  EXPECT_EQ(collapse_point(regular_degrees(2), Removal::random), 0);
  EXPECT_EQ(giant_part(poisson_degrees(0.9), Removal::random, 0), 0);
  EXPECT_EQ(giant_part(poisson_degrees(0), Removal::best_connected, 0), 0);
  EXPECT_EQ(giant_part(regular_degrees(8), Removal::random, 1), 0);
  EXPECT_LT(collapse_point(power_law_degrees(2.5, 2, 10'000), Removal::best_connected),
            collapse_point(power_law_degrees(2.5, 2, 10'000), Removal::random))
      << "hubs hold it together";
}

}  // namespace
}  // namespace peerlab
