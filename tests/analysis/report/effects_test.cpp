// Main effects of a factorial: what is averaged, what is left out, and what is said of it.
#include "analysis/report/effects.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace peerlab {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// Systems are architectures, cells are encryption; a figure for each run, three runs each.
struct Factorial {
  ScenarioResult result;
  EffectPlan plan{{"architecture", "encryption"}, {}, {{"exposed", "value"}}, {}};

  void add(const std::string& system, const std::string& cell, std::initializer_list<double> values) {
    plan.combinations.push_back({system, cell, {system, cell}});
    std::uint32_t replication = 0;
    for (const double value : values) {
      RunRecord run;
      run.system = system;
      run.cell = cell;
      run.replication = replication;
      run.seed = 100 + replication++;
      Metric m;
      m.metric = "exposed";
      m.stat = "value";
      m.unit = "share";
      m.value = value;
      if (std::isnan(value)) m.standing = Standing::no_sample;
      run.metrics.push_back(m);
      result.runs.push_back(run);
    }
  }
  MainEffects effects() {
    for (const RunRecord& run : result.runs) {
      for (auto [names, name] : {std::pair(&result.systems, run.system), std::pair(&result.cells, run.cell)}) {
        if (std::find(names->begin(), names->end(), name) == names->end()) names->push_back(name);
      }
    }
    summarise(result);
    return main_effects(result, plan);
  }
};

TEST(Effects, AreMeansOverTheOtherFactorsOfPairedDifferences) {
  Factorial f;
  f.add("server", "plain", {0.9, 0.8, 1.0});
  f.add("server", "sealed", {0.2, 0.1, 0.3});
  f.add("peers", "plain", {1.0, 0.9, 1.1});
  f.add("peers", "sealed", {0.4, 0.3, 0.5});
  const MainEffects effects = f.effects();
  ASSERT_EQ(effects.rows.size(), 2U);
  EXPECT_EQ(effect_label(effects.rows[0]), "architecture: peers instead of server");
  // .1 in the clear and .2 sealed, in every run: no chance is left once runs are paired.
  EXPECT_NEAR(effects.rows[0].on[0].difference.value, 0.15, 1e-12);
  EXPECT_NEAR(effects.rows[0].on[0].difference.ci95_low, 0.15, 1e-9);
  EXPECT_TRUE(effects.rows[0].on[0].clear);
  EXPECT_EQ(effects.rows[0].on[0].pairs, 2U);
  EXPECT_EQ(effect_label(effects.rows[1]), "encryption: sealed instead of plain");
  EXPECT_NEAR(effects.rows[1].on[0].difference.value, -0.65, 1e-12);
  EXPECT_EQ(effects.conceivable, 4U);
}

TEST(Effects, IntervalsAreStudentsOverReplications) {
  Factorial f;
  f.add("server", "plain", {0.1, 0.2, 0.3});
  f.add("peers", "plain", {0.2, 0.2, 0.5});
  const MainEffects::Effect effect = f.effects().rows[0].on[0];
  // Differences .1, 0, .2: mean .1, standard error .1 / sqrt 3, t = 4.303 with two degrees of freedom.
  EXPECT_NEAR(effect.difference.value, 0.1, 1e-12);
  EXPECT_NEAR(effect.difference.ci95_high, 0.1 + 4.3027 * 0.1 / std::sqrt(3.0), 1e-4);
  EXPECT_FALSE(effect.clear);
}

TEST(Effects, CombinationsThatDoNotExistAreNoPartOfAnyAverage) {
  Factorial f;
  f.add("server", "plain", {1, 1, 1});
  f.add("server", "sealed", {0, 0, 0});
  f.add("chain", "sealed", {0.5, 0.5, 0.5});
  const MainEffects effects = f.effects();
  EXPECT_EQ(effects.combinations, 3U);
  EXPECT_EQ(effects.conceivable, 4U);
  EXPECT_EQ(effects.rows[0].on[0].difference.value, 0.5) << "sealed alone";
  EXPECT_EQ(effects.rows[0].on[0].pairs, 1U);
  EXPECT_EQ(effects.rows[1].on[0].difference.value, -1) << "of the server alone";
}

TEST(Effects, PairsWithoutFiguresAreLeftOutAndCounted) {
  Factorial f;
  f.add("server", "plain", {1, 1, 1});
  f.add("server", "sealed", {0, 0, 0});
  f.add("peers", "plain", {0.5, 0.5, 0.5});
  f.add("peers", "sealed", {0, nothing, 0});
  const MainEffects::Effect effect = f.effects().rows[0].on[0];
  EXPECT_EQ(effect.difference.value, -0.5);
  EXPECT_EQ(effect.pairs, 1U);
  EXPECT_EQ(effect.silent, 1U);
}

TEST(Effects, WhatIsUnboundedOnBothSidesDiffersByNothing) {
  Factorial f;
  f.add("server", "plain", {1, 1, 1});
  f.add("peers", "plain", {unbounded, unbounded, unbounded});
  f.add("chain", "plain", {unbounded, unbounded, unbounded});
  const MainEffects effects = f.effects();
  EXPECT_EQ(effect_cell(effects.rows[0].on[0], "machines").value, "to unbounded");
  Factorial same;
  same.add("peers", "plain", {unbounded, unbounded, unbounded});
  same.add("chain", "plain", {unbounded, unbounded, unbounded});
  EXPECT_EQ(same.effects().rows[0].on[0].difference.value, 0);
}

TEST(Effects, ArePrintedWithTheirIntervalsInPoints) {
  Factorial f;
  f.add("server", "plain", {0.9, 0.8, 1.0});
  f.add("peers", "plain", {0.1, 0.1, 0.1});
  f.plan.missing = {"There is no third one."};
  const std::string text = print_effects(f.effects(), {});
  EXPECT_NE(text.find("Main effects"), std::string::npos);
  EXPECT_NE(text.find("architecture, against server\n"), std::string::npos);
  EXPECT_NE(text.find("-80.0 points *\n"), std::string::npos) << text;
  EXPECT_NE(text.find("[-100, -55.2]"), std::string::npos) << "no two shares differ by more than 100 points\n" << text;
  EXPECT_NE(text.find("There is no third one."), std::string::npos);
  EXPECT_EQ(print_effects(MainEffects{}, {}), "");
}

}  // namespace
}  // namespace peerlab
