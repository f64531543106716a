#include "sim/scenario/sweep.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "sim/scenario/resolved.h"
#include "tests/sim/scenario/small_schema.h"

namespace peerlab {
namespace {

using test::head;
using test::read;

std::vector<ScenarioCell> cells_of(const std::string& sweep, const ReadOptions& options = {}) {
  const ReadResult result = read(head + sweep, options);
  EXPECT_TRUE(result.scenario) << format_problems(result.problems) << sweep;
  return result.scenario ? result.scenario->cells : std::vector<ScenarioCell>{};
}

std::vector<std::string> names_of_cells(const std::string& sweep, const ReadOptions& options = {}) {
  std::vector<std::string> names;
  for (const ScenarioCell& cell : cells_of(sweep, options)) names.push_back(cell.name);
  return names;
}

using Names = std::vector<std::string>;

TEST(Sweep, AScenarioWithoutOneHasNoCells) { EXPECT_TRUE(cells_of("").empty()); }

TEST(Sweep, AGridIsEveryCombinationAndTheLastAxisMovesFastest) {
  const std::vector<ScenarioCell> cells =
      cells_of("sweep:\n  grid: {network.users: [10, 20], systems.p2p.block_interval: [1 s, 1 min]}\n");
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_EQ(cells[1].name, "users=10, block_interval=1 min");
  EXPECT_EQ(cells[1].scenario.users(), 10U);
  EXPECT_EQ(cells[1].scenario.systems.at(0).params.duration("block_interval"), minutes(1));
  EXPECT_EQ(cells[2].name, "users=20, block_interval=1 s");
  EXPECT_TRUE(cells[2].scenario.cells.empty()) << "a cell is no sweep";
  const std::vector<CellChange> changes = {{"network.users", "20"}, {"systems.p2p.block_interval", "1 s"}};
  EXPECT_EQ(cells[2].changes, changes);
}

TEST(Sweep, AZipTakesValuesSideBySideAndAGridMultipliesIt) {
  EXPECT_EQ(names_of_cells("sweep:\n  zip: {network.users: [10, 20], duration: [1 h, 2 h]}\n"),
            (Names{"users=10, duration=1 h", "users=20, duration=2 h"}));
  EXPECT_EQ(
      names_of_cells("sweep:\n  grid: {seed: [1, 2]}\n  zip: {network.users: [10, 20], duration: [1 h, 2 h]}\n").size(),
      4U);
}

TEST(Sweep, CellsByHandChangeWhatTheySayAndMayChangeNothing) {
  const std::vector<ScenarioCell> cells =
      cells_of("sweep: {cells: {calm: {}, busy: {network.users: 70, attacks: [{kind: noise, who: nodes 1}]}}}\n");
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[0].name, "calm");
  EXPECT_TRUE(cells[0].scenario.attacks.empty());
  EXPECT_EQ(cells[1].scenario.users(), 70U);
  EXPECT_EQ(cells[1].scenario.attacks.size(), 1U);
}

TEST(Sweep, RangesGoFromEndToEndInStepsOrPoints) {
  EXPECT_EQ(names_of_cells("sweep: {grid: {network.users: {from: 10, to: 35, step: 10}}}\n"),
            (Names{"users=10", "users=20", "users=30"}));
  EXPECT_EQ(
      names_of_cells("sweep: {grid: {systems.p2p.block_interval: {from: 1 s, to: 100 s, points: 3, scale: log}}}\n"),
      (Names{"block_interval=1 s", "block_interval=10 s", "block_interval=100 s"}));
  EXPECT_EQ(names_of_cells("sweep: {grid: {network.users: {from: 10, to: 1000, points: 4, scale: log}}}\n"),
            (Names{"users=10", "users=46", "users=215", "users=1000"}))
      << "users are whole, with four digits";
}

TEST(Sweep, ProtocolMeansEverySystemThatHasTheField) {
  const std::vector<ScenarioCell> cells = cells_of("sweep: {grid: {protocol.block_interval: [1 s, 2 s]}}\n");
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[1].name, "block_interval=2 s");
  EXPECT_EQ(cells[1].changes.at(0).path, "systems.p2p.block_interval");
}

TEST(Sweep, ALatinHypercubeHasOnePointInEveryStripOfEveryAxis) {
  const ReadResult result = read(head +
                                 "sweep: {latin: {points: 10, over: {network.users: {from: 100, to: 200}, "
                                 "systems.p2p.block_interval: {from: 10 s, to: 110 s}}}}\n");
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  std::set<std::int64_t> users;
  std::set<std::int64_t> intervals;
  for (const ScenarioCell& cell : result.scenario->cells) {
    users.insert((cell.scenario.users() - 100) / 10);
    intervals.insert((cell.scenario.systems.at(0).params.duration("block_interval").ns - 10'000'000'000) /
                     10'000'000'000);
  }
  // Only a value that is rounded up to the next strip's beginning could miss its own; this seed has none.
  EXPECT_EQ(users.size(), 10U);
  EXPECT_EQ(intervals.size(), 10U);
}

TEST(Sweep, AnAxisOfTheCommandLineReplacesTheOneOfItsPath) {
  ReadOptions options;
  options.axes = {{"--axis", "network.users=15,16"}, {"--axis", "duration=[1 h, 2 h]"}};
  EXPECT_EQ(
      names_of_cells("sweep: {grid: {network.users: [10, 20, 30]}}\n", options),
      (Names{"users=15, duration=1 h", "users=15, duration=2 h", "users=16, duration=1 h", "users=16, duration=2 h"}));
}

TEST(Sweep, QuickMayShortenIt) {
  ReadOptions options;
  options.quick = true;
  EXPECT_EQ(
      names_of_cells(
          "sweep: {grid: {network.users: [10, 20, 30]}}\nquick: {sweep: {grid: {network.users: [13, 14]}}}\n", options),
      (Names{"users=13", "users=14"}));
}

TEST(Sweep, ResolvedReadsBackAsTheSameCells) {
  const ReadResult first = read(head +
                                "sweep:\n  grid: {network.users: {from: 10, to: 20, points: 2}, seed: [1, 2]}\n"
                                "  cells: {\"a, b: c\": {timeline: [{at: 1 h, crash: nodes 1}]}, calm: {}}\n");
  ASSERT_TRUE(first.scenario) << format_problems(first.problems);
  EXPECT_EQ(first.scenario->cells.size(), 8U);
  const std::string text = print_resolved(*first.scenario, WithOrigins::no);
  const ReadResult second = read(text);
  ASSERT_TRUE(second.scenario) << format_problems(second.problems) << text;
  EXPECT_EQ(print_resolved(*second.scenario, WithOrigins::no), text);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(second.scenario->cells.at(i).name, first.scenario->cells.at(i).name);
    EXPECT_EQ(print_resolved(second.scenario->cells[i].scenario, WithOrigins::no),
              print_resolved(first.scenario->cells[i].scenario, WithOrigins::no));
  }
}

TEST(Sweep, SaysWhatIsWrongAndWhere) {
  const auto expect_problem = [](const std::string& sweep, const std::string& part) {
    const std::string text = test::problems_of(head + sweep);
    EXPECT_NE(text.find(part), std::string::npos) << "wanted: " << part << "\ngot:\n" << text << "\nof:\n" << sweep;
  };
  expect_problem("sweep: 3\n", "`sweep` is a map");
  expect_problem("sweep: {gird: {seed: [1]}}\n", "Did you mean `grid`?");
  expect_problem("sweep: {grid: {network.user: [1, 2]}}\n", "Did you mean `users`?");
  expect_problem("sweep: {grid: {protocol.block_intervall: [1 s]}}\n", "Did you mean `protocol.block_interval`?");
  expect_problem("sweep: {grid: {network.users: [10, many]}}\n", "In the cell `users=many`");
  expect_problem("sweep: {grid: {network.users: []}}\n", "has no values");
  expect_problem("sweep: {grid: {network.users: [10, 10]}}\n", "Two cells of this sweep are `users=10`");
  expect_problem("sweep: {grid: {network.users: {from: 1, to: 9}}}\n", "`step` or `points`");
  expect_problem("sweep: {grid: {network.loss: {from: 1 %, to: 9 %, step: 0 %}}}\n", "does not lead from");
  expect_problem("sweep: {grid: {network.loss: {from: 0 %, to: 9 %, points: 3, scale: log}}}\n", "above 0");
  expect_problem("sweep: {grid: {systems.p2p.compact: {from: off, to: real, points: 3}}}\n", "does not hold a number");
  expect_problem("sweep: {zip: {network.users: [1, 2], seed: [1]}}\n", "as many values each");
  expect_problem("sweep: {grid: {name: [a, b]}}\n", "belongs to the scenario as a whole");
  expect_problem("sweep: {latin: {over: {seed: {from: 1, to: 9}}}}\n", "how many points");
  expect_problem("sweep: {grid: {seed: {from: 1, to: 1000, step: 1}, network.users: {from: 1, to: 1000, step: 1}}}\n",
                 "at most 2000 cells");
}

TEST(StoppingRule, IsReadAndReadsBack) {
  const ReadResult result =
      read(head + "replications: {min: 3, max: 20, until: propagation.p50.ci95 < 5 % of the value}\n");
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  ASSERT_TRUE(result.scenario->stopping);
  EXPECT_EQ(result.scenario->replications, 20U);
  EXPECT_EQ(result.scenario->stopping->least, 3U);
  EXPECT_TRUE(result.scenario->stopping->relative);
  EXPECT_DOUBLE_EQ(result.scenario->stopping->bound, 0.05);
  const std::string text = print_resolved(*result.scenario, WithOrigins::no);
  const ReadResult again = read(text);
  ASSERT_TRUE(again.scenario) << format_problems(again.problems) << text;
  EXPECT_EQ(print_resolved(*again.scenario, WithOrigins::no), text);
  const auto problem = [](const std::string& rule) { return test::problems_of(head + "replications: " + rule + "\n"); };
  EXPECT_NE(problem("{min: 3, until: propagation.p50 < 3 s}").find("95 % interval"), std::string::npos);
  EXPECT_NE(problem("{min: 3, until: propagatoin.p50.ci95 < 3 s}").find("propagation"), std::string::npos);
  EXPECT_NE(problem("{mni: 3, until: propagation.p50.ci95 < 3 s}").find("Did you mean `min`?"), std::string::npos);
  EXPECT_NE(problem("{min: 9, max: 3, until: propagation.p50.ci95 < 3 s}").find("larger than"), std::string::npos);
}

}  // namespace
}  // namespace peerlab
