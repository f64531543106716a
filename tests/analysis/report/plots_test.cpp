#include "analysis/report/plots.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

std::string picture(const std::vector<ResultFile>& files, const std::string& name) {
  for (const ResultFile& file : files) {
    if (file.name == name) return file.content;
  }
  return "";
}

std::vector<std::string> names(const std::vector<ResultFile>& files) {
  std::vector<std::string> out;
  for (const ResultFile& file : files) out.push_back(file.name);
  return out;
}

// One system, one figure.
ScenarioResult with(const std::vector<Metric>& of_runs) {
  ScenarioResult result;
  result.scenario = "small";
  result.systems = {"p2p"};
  result.cells = {""};
  for (const Metric& m : of_runs) {
    RunRecord run;
    run.system = "p2p";
    run.replication = static_cast<std::uint32_t>(result.runs.size());
    run.metrics = {m};
    result.runs.push_back(run);
  }
  summarise(result);
  return result;
}

TEST(Plots, AreOfWhatWasMeasuredAlone) {
  EXPECT_TRUE(plots(with({})).empty());
  EXPECT_TRUE(plots(with({example_absent("lost", "value", "share", Standing::not_challenged, "")})).empty());
  EXPECT_EQ(names(plots(with({example_metric("latency.acked", "p50", 1, "s", 3)}))),
            std::vector<std::string>{"plots/latency.svg"});
}

TEST(Plots, OfOneRunShowNoInterval) {
  const std::string one =
      picture(plots(with({example_metric("latency.acked", "p50", 1, "s", 3)})), "plots/latency.svg");
  EXPECT_NE(one.find("one run gives no interval"), std::string::npos);
  EXPECT_EQ(one.find("whisker solid\""), std::string::npos);
  const std::string two = picture(plots(with({example_metric("latency.acked", "p50", 1, "s", 3),
                                              example_metric("latency.acked", "p50", 1.5, "s", 3)})),
                                  "plots/latency.svg");
  EXPECT_NE(two.find("whisker solid\""), std::string::npos);
}

TEST(Plots, OfDeadlinesHaveTheirFiguresBelow) {
  ScenarioResult result =
      with({example_share("available.writes(1 s)", 9, 100), example_share("available.writes(1 s)", 9, 100)});
  for (RunRecord& run : result.runs) run.metrics.push_back(example_share("available.writes(10 min)", 90, 100));
  summarise(result);
  const std::vector<Picture> all = pictures(result);
  const auto chart = std::find_if(all.begin(), all.end(), [](const Picture& p) { return p.id == "available-writes"; });
  ASSERT_NE(chart, all.end());
  ASSERT_EQ(chart->table.rows.size(), 2U);
  EXPECT_EQ(chart->table.rows[0][0], "1 s");
  EXPECT_EQ(chart->table.rows[0][1].find("9.00 % ["), 0U) << chart->table.rows[0][1];
  EXPECT_EQ(chart->table.rows[1][0], "10 min");
  EXPECT_EQ(chart->table.rows[1][1].find("90.0 % ["), 0U) << chart->table.rows[1][1];
}

TEST(Plots, SayWhatWasNotChallengedInsteadOfZero) {
  ScenarioResult result = with({example_share("lost", 1, 10)});
  result.systems.push_back("central");
  RunRecord run = result.runs.front();
  run.system = "central";
  run.metrics = {example_absent("lost", "value", "share", Standing::not_challenged, "")};
  result.runs.push_back(run);
  summarise(result);
  const std::string text = picture(plots(result), "plots/records.svg");
  EXPECT_NE(text.find(">not challenged</text>"), std::string::npos);
  EXPECT_NE(text.find("lost of central: not challenged."), std::string::npos);
}

TEST(Plots, TellEveryFigureToThoseWhoListen) {
  const std::string text =
      picture(plots(with({example_metric("latency.acked", "p50", 1, "s", 3)})), "plots/latency.svg");
  EXPECT_NE(text.find("latency.acked.p50 of p2p: 1.00 s."), std::string::npos);
}

TEST(Plots, OfHostileNamesHoldNoMarkup) {
  ScenarioResult result = example_result();
  const std::string hostile = "<script>alert(1)</script>";
  result.scenario = hostile;
  result.command = hostile;
  result.setup = hostile;
  result.systems[0] = hostile;
  for (RunRecord& run : result.runs) {
    if (run.system == "p2p") run.system = hostile;
  }
  summarise(result);
  const std::vector<ResultFile> files = plots(result);
  EXPECT_GE(files.size(), 3U);
  for (const ResultFile& file : files) {
    EXPECT_EQ(file.name.find('<'), std::string::npos);
    EXPECT_EQ(file.content.find("<script"), std::string::npos) << file.name;
    EXPECT_NE(file.content.find("&lt;script&gt;"), std::string::npos) << file.name;
  }
}

TEST(Plots, OfASweepHaveOneCurvePerCell) {
  ScenarioResult result = example_result();
  result.cells = {"size=1 kB", "size=9 kB"};
  const std::vector<RunRecord> runs = result.runs;
  for (RunRecord& run : result.runs) run.cell = result.cells[0];
  for (RunRecord run : runs) {
    run.cell = result.cells[1];
    result.runs.push_back(run);
  }
  summarise(result);
  const std::vector<ResultFile> files = plots(result);
  EXPECT_NE(picture(files, "plots/propagation-1.svg").find("size=1 kB"), std::string::npos);
  EXPECT_NE(picture(files, "plots/propagation-2.svg").find("size=9 kB"), std::string::npos);
  EXPECT_NE(picture(files, "plots/cost.svg").find(">cost.bytes_sent, size=9 kB<"), std::string::npos);
}

TEST(Plots, AreAmongTheSummedFilesOfAResult) {
  const auto digest = [](std::string_view) { return std::string(64, '0'); };
  const std::vector<ResultFile> files = result_files(example_result(), "", {}, "id", digest);
  EXPECT_NE(picture(files, "SHA256SUMS").find("  plots/propagation.svg\n"), std::string::npos);
  EXPECT_FALSE(picture(files, "plots/propagation.svg").empty());
}

}  // namespace
}  // namespace peerlab
