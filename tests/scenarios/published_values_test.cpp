// The published figures that stand in scenarios/science are those of the tables in tests/data/published, which name their sources.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"
#include "tests/support/published.h"

namespace peerlab {
namespace {

using test::published;
using test::PublishedRow;

Scenario science(const std::string& name) {
  const std::string file = std::string(PEERLAB_SOURCE_DIR) + "/scenarios/science/" + name + ".yaml";
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const ReadResult read = read_scenario_text(text, file, standard_schema(cost_fields()));
  EXPECT_TRUE(read.scenario) << format_problems(read.problems);
  return read.scenario ? *read.scenario : Scenario{};
}

const Scenario& cell(const Scenario& s, const std::string& name) {
  for (const ScenarioCell& c : s.cells) {
    if (c.name == name) return c.scenario;
  }
  ADD_FAILURE() << "no cell " << name;
  return s;
}

/// The value that a figure of a scenario is compared with; of several the first.
double value_of(const Scenario& s, const std::string& metric, const std::string& system = "p2p") {
  for (const Prediction& p : s.predictions) {
    if (p.term.key.metric == metric && p.term.system == system) return p.value;
  }
  ADD_FAILURE() << "nothing is compared with " << metric;
  return 0;
}

const PublishedRow& row_where(const std::vector<PublishedRow>& rows,
                              const std::vector<std::pair<std::string, std::string>>& is) {
  for (const PublishedRow& row : rows) {
    bool all = true;
    for (const auto& [column, text] : is) all = all && row.text(column) == text;
    if (all) return row;
  }
  ADD_FAILURE() << "no row " << is.front().second;
  return rows.front();
}

TEST(PublishedValues, OfRumoursAreThoseOfDemers) {
  const Scenario s = science("rumours");
  const auto rows = published("demers1987_rumor_tables");
  for (const auto& [table, rule] : {std::pair{"1", "feedback "}, std::pair{"2", "coin "}}) {
    for (const std::string k : {"1", "2", "3", "4"}) {
      const Scenario& one = cell(s, rule + k);
      const PublishedRow& row = row_where(rows, {{"table", table}, {"k", k}});
      EXPECT_NEAR(value_of(one, "replicated.never"), row.number("residue"), 1e-9) << rule << k;
      EXPECT_NEAR(value_of(one, "replicated.last"), row.number("t_last") - 0.5, 1e-9) << rule << k;
      EXPECT_NEAR(value_of(one, "messages(gossip record)"), 1000 * row.number("traffic"), 1e-9) << rule << k;
    }
  }
}

TEST(PublishedValues, OfTheGiantPartAreThoseOfTheMonteCarlo) {
  const Scenario s = science("giant-part");
  const auto rows = published("node_removal_giant_mc");
  const auto expect = [&](const std::string& name, const std::string& graph, const std::string& removal,
                          const std::string& gone) {
    const PublishedRow& row = row_where(rows, {{"graph", graph}, {"removal", removal}, {"f", gone}});
    EXPECT_NEAR(value_of(cell(s, name), "replicated.reach"), row.number("giant_fraction") / (1 - std::stod(gone)), 6e-5)
        << name;
  };
  expect("random, 50 % by lots", "ER_k4", "random", "0.50");
  expect("random, 20 % by degree", "ER_k4", "degree_initial", "0.20");
  expect("scale-free, 50 % by lots", "BA_m2_k4", "random", "0.50");
  expect("scale-free, 6 % by degree", "BA_m2_k4", "degree_initial", "0.06");
  expect("8-regular, 50 % by lots", "RR_d8", "random", "0.50");
  expect("8-regular, 50 % by degree", "RR_d8", "degree_initial", "0.50");
  // The cells before and behind the collapse stand at most 0.02 from where the giant part falls below 1 % of all.
  const auto collapse = [&](const std::string& graph, const std::string& removal, double before, double behind) {
    for (const PublishedRow& row : rows) {
      if (row.text("graph") != graph || row.text("removal") != removal) continue;
      const bool larger = row.number("giant_fraction") > 0.01;
      if (row.number("f") <= before + 1e-9) {
        EXPECT_TRUE(larger) << graph << " " << row.text("f");
      }
      if (row.number("f") >= behind - 1e-9) {
        EXPECT_FALSE(larger) << graph << " " << row.text("f");
      }
    }
  };
  collapse("ER_k4", "random", 0.74, 0.80);
  collapse("ER_k4", "degree_initial", 0.38, 0.42);
  collapse("BA_m2_k4", "degree_initial", 0.16, 0.20);
  collapse("RR_d8", "random", 0.84, 0.88);
}

TEST(PublishedValues, OfFloodingAreThoseOfFirstPassagePercolation) {
  const Scenario s = science("flooding");
  const auto rows = published("fpp_random_regular_mc");
  const PublishedRow& row = row_where(rows, {{"n", "10000"}, {"d", "8"}});
  EXPECT_NEAR(value_of(cell(s, "exponential links"), "propagation"), row.number("median_time"), 1e-9);
  EXPECT_NEAR(value_of(cell(s, "exponential links"), "propagation.last"), row.number("flood_time"), 1e-9);
  EXPECT_NEAR(value_of(cell(s, "hops"), "propagation.each"), row.number("mean_hops"), 1e-9);
  EXPECT_NEAR(value_of(cell(s, "hops"), "propagation.last"), row.number("ecc_hops"), 1e-9);
}

TEST(PublishedValues, OfConstantDelayAreThoseOfTheMonteCarlo) {
  const Scenario s = science("constant-delay");
  const auto rows = published("constant_delay_equal_miners_mc");
  for (const auto& [name, x] : {std::pair{"x=0.01", "0.01"}, std::pair{"x=0.1", "0.1"}, std::pair{"x=1", "1.0"}}) {
    const double stale = row_where(rows, {{"n_miners", "400"}, {"lambda_Delta", x}}).number("stale_all_mc");
    EXPECT_NEAR(value_of(cell(s, name), "stale.per_mined"), stale, 1e-6) << x;
    // The chain grows by what is not stale; the file's growth was timed, so that it has chance of its own.
    const double interval = 10 / std::stod(x);
    EXPECT_NEAR(value_of(cell(s, name), "blocks.interval"), interval / (1 - stale), 0.001 * interval / (1 - stale))
        << x;
  }
}

TEST(PublishedValues, OfShortIntervalsAreThoseOfGervais) {
  const Scenario s = science("bitcoin-intervals");
  const auto rows = published("gervais2016_sim_interval_size");
  for (const auto& [system, interval] :
       {std::pair{"ten-minutes", "600.0"}, std::pair{"ten-seconds", "10.0"}, std::pair{"one-second", "1.0"}}) {
    const PublishedRow& row =
        row_where(rows, {{"block_size_MB", "bitcoin2015dist"}, {"relay", "relaynetwork"}, {"interval_s", interval}});
    EXPECT_NEAR(value_of(s, "stale.per_mined", system), row.number("stale_rate"), 1e-9) << system;
    for (const Prediction& p : s.predictions) {
      if (p.term.system != system || p.error == 0) continue;
      const double share = row.number("stale_rate");
      EXPECT_NEAR(p.error, std::sqrt(share * (1 - share) / row.number("blocks_simulated")), 5e-6) << system;
    }
  }
}

TEST(PublishedValues, OfThresholdsAreBracketedOnBothSides) {
  const Scenario s = science("selfish-threshold");
  for (const PublishedRow& row : published("selfish_mining_threshold_sm1")) {
    const double gamma = row.number("gamma");
    if (gamma != 0 && gamma != 0.5) continue;
    int below = 0;
    int above = 0;
    const std::string begin = gamma == 0 ? "gamma=0 % at " : "gamma=50 % at ";
    for (const ScenarioCell& c : s.cells) {
      if (!c.name.starts_with(begin)) continue;
      const double share = c.scenario.attacks.front().params.share("hash_share");
      EXPECT_LE(std::abs(share - row.number("alpha_threshold")), 0.0301) << c.name;
      (share < row.number("alpha_threshold") ? below : above) += 1;
    }
    EXPECT_EQ(below, 2) << gamma;
    EXPECT_EQ(above, 2) << gamma;
  }
}

TEST(PublishedValues, OfUnequalMinersAreThoseOfPoinsotAddedUp) {
  const Scenario s = science("unequal-miners");
  double share = 0;
  double stale = 0;
  int k = 0;
  for (const PublishedRow& row : published("poinsot2025_constant_delay_9miners")) {
    if (row.text("delay_s") != "10") continue;
    ++k;
    share += row.number("mainchain_share_pct") / 100;
    stale += row.number("stale_pct_published") / 100 * row.number("mainchain_share_pct") / 100;
    const std::string who = "(" + std::to_string(k) + ")";
    if (k < 9) {
      EXPECT_NEAR(value_of(s, "mined.share" + who), share, 1e-5) << k;
    }
    EXPECT_NEAR(value_of(s, "mined.stale" + who), stale / share, 1e-5) << k;
  }
  EXPECT_EQ(k, 9);
}

}  // namespace
}  // namespace peerlab
