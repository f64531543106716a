#include "analysis/report/differences.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

TEST(Differences, SayHowManyFiguresDiffer) {
  const std::string text = print_differences(example_result(), {80, false, true});
  EXPECT_TRUE(text.starts_with("central differs from p2p in 2 of 3 figures.\n")) << text;
}

// The table marks what differs from its first column only.
TEST(Differences, BetweenTwoOthersAreNamedWithTheirDirection) {
  ScenarioResult result = example_result();
  result.systems.emplace_back("central-3");
  for (std::size_t i = 0; i < 6; ++i) {
    if (result.runs[i].system != "central") continue;
    RunRecord run = result.runs[i];
    run.system = "central-3";
    for (Metric& m : run.metrics) {
      if (m.metric == "messages") m.value -= 1000;
    }
    result.runs.push_back(run);
  }
  summarise(result);
  const std::string text = print_differences(result, {80, false, true});
  EXPECT_NE(text.find("central-3 differs from central in 1 of 3 figures: messages (lower)."), std::string::npos)
      << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST(Differences, OfManySystemsAreToldAgainstTheFirstOnly) {
  ScenarioResult result = example_result();
  const std::vector<RunRecord> runs = result.runs;
  for (const std::string name : {"c-1", "c-2", "c-3", "c-4"}) {
    result.systems.push_back(name);
    for (const RunRecord& of_central : runs) {
      if (of_central.system != "central") continue;
      result.runs.push_back(of_central);
      result.runs.back().system = name;
    }
  }
  summarise(result);
  const std::string text = print_differences(result, {80, false, true});
  EXPECT_NE(text.find("c-4 differs from p2p"), std::string::npos) << text;
  EXPECT_EQ(text.find("c-4 differs from central"), std::string::npos) << text;
}

TEST(Differences, AreNoneForOneSystemOrOneRun) {
  ScenarioResult one = example_result();
  one.systems = {"p2p"};
  EXPECT_EQ(print_differences(one, {}), "");
  ScenarioResult single = example_result();
  std::erase_if(single.runs, [](const RunRecord& run) { return run.replication > 0; });
  summarise(single);
  EXPECT_EQ(print_differences(single, {}), "");
}

TEST(Differences, OfEqualSystemsAreSaidToBeNone) {
  ScenarioResult result = example_result();
  for (RunRecord& run : result.runs) {
    if (run.system == "central") run.metrics = result.runs[2 * run.replication].metrics;
  }
  summarise(result);
  EXPECT_NE(print_differences(result, {}).find("central differs from p2p in 0 of "), std::string::npos)
      << print_differences(result, {});
}

}  // namespace
}  // namespace peerlab
