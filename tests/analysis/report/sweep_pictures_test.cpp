// Pictures of sweeps, claims and predictions: what is drawn when, and what it says.
#include "analysis/report/sweep_pictures.h"

#include <gtest/gtest.h>

#include "analysis/report/cell_axes.h"
#include "analysis/report/grid_of_cells.h"
#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

ScenarioResult swept(const std::vector<std::string>& cells) {
  ScenarioResult result;
  result.scenario = "swept";
  result.systems = {"p2p"};
  result.cells = cells;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    for (std::uint32_t r = 0; r < 3; ++r) {
      RunRecord run;
      run.system = "p2p";
      run.cell = cells[c];
      run.replication = r;
      run.metrics = {example_share("stale.per_mined", 10 * c + r, 100)};
      result.runs.push_back(run);
    }
  }
  summarise(result);
  return result;
}

TEST(CellAxes, AreReadFromTheNamesOfCells) {
  const CellAxes axes = axes_of_cells({"block_interval=1 s, users=100", "block_interval=10 min, users=100"});
  EXPECT_EQ(axes.names, (std::vector<std::string>{"block_interval", "users"}));
  EXPECT_EQ(axes.values[1], (std::vector<std::string>{"10 min", "100"}));
  EXPECT_EQ(axes_of_cells({"calm", "a=1"}).names, std::vector<std::string>{"cell"}) << "they do not say the same axes";
  EXPECT_EQ(axis_number("10 min")->value, 600);
  EXPECT_EQ(axis_number("10 min")->unit, "s");
  EXPECT_EQ(axis_number("25 %")->unit, "share");
  EXPECT_EQ(axis_number("2 kB")->value, 2000);
  EXPECT_FALSE(axis_number("plain").has_value());
}

TEST(SweepPictures, AreLinesOverOneAxisOfNumbers) {
  const std::vector<Picture> all = sweep_pictures(swept({"users=10", "users=1000", "users=100"}));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].id, "sweep-stale-per-mined");
  EXPECT_EQ(all[0].table.rows.size(), 3U);
  const std::size_t second = all[0].svg.find("users=100:");
  ASSERT_NE(second, std::string::npos);
  EXPECT_LT(second, all[0].svg.find("users=1000:")) << "points stand by their numbers, not by the order of cells";
  EXPECT_TRUE(sweep_pictures(swept({"mode=fast", "mode=slow", "mode=none"})).empty()) << "no numbers, no line";
  EXPECT_TRUE(sweep_pictures(swept({"users=10", "users=1000"})).empty()) << "two points are figures of a table";
}

TEST(SweepPictures, AreHeatMapsOverTwoAxes) {
  const std::vector<Picture> all = sweep_pictures(swept({"a=1, b=x", "a=1, b=y", "a=2, b=x", "a=2, b=y"}));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(says(all[0].svg, "a=2, b=y: 31"));
  const auto strength = [&](const std::string& cell) {
    const std::size_t at = all[0].svg.find("s0 mark h", all[0].svg.find("<title>" + cell + ":"));
    return all[0].svg.at(at + 9);
  };
  EXPECT_GT(strength("a=2, b=y"), strength("a=2, b=x")) << "the larger figure is coloured more strongly";
  EXPECT_EQ(strength("a=1, b=x"), '0');
}

TEST(GridOfCells, LeavesFieldsEmptyWhereThereIsNoCell) {
  const auto grid = grid_of_cells(axes_of_cells({"a=1, b=x", "a=1, b=y", "a=2, b=x"}));
  ASSERT_TRUE(grid.has_value());
  EXPECT_EQ(grid->frame.rows, (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(grid->cells[1][0], std::optional<std::size_t>(2));
  EXPECT_FALSE(grid->cells[1][1].has_value());
  EXPECT_TRUE(grid->map([](std::size_t) { return HeatField{"figure", 1.0, 0, ""}; }).fields[1][1].words.empty());
  std::vector<std::string> many;
  for (int i = 0; i < 40; ++i) many.push_back("a=" + std::to_string(i) + ", b=1");
  EXPECT_FALSE(grid_of_cells(axes_of_cells(many)).has_value()) << "too many rows to read";
}

TEST(ClaimPictures, SayTheVerdictInEveryCell) {
  ScenarioResult result = swept({"fault=one, users=10", "fault=all, users=10", "fault=one, users=99"});
  EXPECT_TRUE(claim_pictures(result).empty());
  result.claim = JudgedClaim{};
  const ClaimVerdict verdicts[] = {ClaimVerdict::holds, ClaimVerdict::fails, ClaimVerdict::not_challenged};
  for (std::size_t c = 0; c < 3; ++c) result.claim->cells.push_back({result.cells[c], {}, verdicts[c]});
  const std::vector<Picture> all = claim_pictures(result);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(says(all[0].svg, "✓ holds"));
  EXPECT_TRUE(says(all[0].svg, "✗ fails"));
  EXPECT_TRUE(says(all[0].svg, ">not challenged<"));
}

TEST(PredictionPictures, SetTheSimulatedBesideThePredicted) {
  ScenarioResult result = swept({"users=10", "users=100"});
  for (const std::string& cell : result.cells) {
    JudgedPrediction one;
    one.cell = cell;
    one.system = "p2p";
    one.metric = "stale.per_mined";
    one.stat = "value";
    one.unit = "share";
    one.predicted = 0.05;
    result.predictions.push_back(one);
  }
  const std::vector<Picture> all = prediction_pictures(result);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].id, "theory");
  EXPECT_EQ(all[0].table.rows.size(), 2U);
  EXPECT_TRUE(says(all[0].svg, "users=100: 11.0 % [")) << "with its interval";
  EXPECT_TRUE(says(all[0].svg, ", predicted 5"));
}

}  // namespace
}  // namespace peerlab
