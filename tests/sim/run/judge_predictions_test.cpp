#include "sim/run/judge_predictions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/report/predictions_table.h"

namespace peerlab {
namespace {

ScenarioResult runs_of(const std::vector<double>& values) {
  ScenarioResult result;
  result.scenario = "law";
  result.cells = {""};
  result.systems = {"p2p"};
  for (std::size_t r = 0; r < values.size(); ++r) {
    RunRecord run;
    run.system = "p2p";
    run.replication = static_cast<std::uint32_t>(r);
    Metric metric;
    metric.metric = "propagation";
    metric.stat = "p50";
    metric.unit = "s";
    metric.value = values[r];
    run.metrics.push_back(metric);
    result.runs.push_back(run);
  }
  summarise(result);
  return result;
}

Prediction predicted(double value) {
  Prediction p;
  p.term.system = "p2p";
  p.term.key.metric = "propagation";
  p.term.key.stat = "p50";
  p.term.key.unit = "s";
  p.law = "a-law";
  p.gives = "mean";
  p.source = "Somebody 1990";
  p.value = value;
  return p;
}

const std::vector<double> around_ten = {9.9, 10.1, 10.0, 9.95, 10.05, 9.9, 10.1, 10.0};

TEST(JudgedPrediction, AgreesWithinFourStandardErrorsAndNotBeyond) {
  const ScenarioResult result = runs_of(around_ten);
  EXPECT_EQ(judge_predictions({predicted(10.02)}, result).at(0).verdict, PredictionVerdict::agrees);
  EXPECT_EQ(judge_predictions({predicted(10.6)}, result).at(0).verdict, PredictionVerdict::disagrees);
}

TEST(JudgedPrediction, AgreesWithinItsBandHoweverSureTheFigureIs) {
  const ScenarioResult result = runs_of(around_ten);
  Prediction p = predicted(10.6);
  p.band = 1;
  const JudgedPrediction one = judge_predictions({p}, result).at(0);
  EXPECT_EQ(one.verdict, PredictionVerdict::agrees);
  EXPECT_LT(one.distance, -3.9) << "the distance is told all the same";
  p.band = 0.1;
  EXPECT_EQ(judge_predictions({p}, result).at(0).verdict, PredictionVerdict::disagrees);
}

TEST(JudgedPrediction, IsUndecidedWithoutAFigureOrWithOneRun) {
  EXPECT_EQ(judge_predictions({predicted(10)}, runs_of({})).at(0).verdict, PredictionVerdict::undecided);
  EXPECT_EQ(judge_predictions({predicted(10)}, runs_of({10})).at(0).verdict, PredictionVerdict::undecided);
}

TEST(TableOfPredictions, SaysFigureLawAndDistance) {
  ScenarioResult result = runs_of(around_ten);
  result.predictions = judge_predictions({predicted(10.6)}, result);
  const std::string text = print_predictions(result, {});
  for (const char* part : {"propagation.p50", "10.00 s", "10.6 s", "s.e.", "✗", "`a-law`: mean", "Somebody 1990"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(TableOfValidations, HasARowPerItemWithItsWorstCellAndKeepsWhatDisagrees) {
  ScenarioResult fine = runs_of(around_ten);
  fine.predictions = judge_predictions({predicted(10.02)}, fine);
  fine.validation = ValidationItem{"V10", "This with that.", "Somebody 1990", ""};
  ScenarioResult off = runs_of(around_ten);
  Prediction p = predicted(10.6);
  p.differs = "The source counts otherwise.";
  off.predictions = judge_predictions({p, predicted(10)}, off);
  off.validation = ValidationItem{"V9", "Another.", "Somebody 1991", ""};
  const std::string text = print_validations({&fine, &off}, {});
  EXPECT_LT(text.find("V9"), text.find("V10")) << text;
  for (const char* part : {"agrees", "1 of 2 disagree, explained", "counts otherwise.", "This with that."}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

}  // namespace
}  // namespace peerlab
