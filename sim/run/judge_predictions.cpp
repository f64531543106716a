#include "sim/run/judge_predictions.h"

#include <cmath>

#include "analysis/statistics/distance.h"

namespace peerlab {
namespace {

/// The distance over the runs of the cell; none where a run never came to the figure.
Distance distance_over_runs(const Prediction& asked, const ScenarioResult& result, std::string_view cell) {
  std::vector<double> values;
  std::vector<Share> shares;
  for (const RunRecord& run : result.runs) {
    if (run.system != asked.term.system || run.cell != cell) continue;
    for (const Metric& metric : run.metrics) {
      if (metric.metric != asked.term.key.metric || metric.stat != asked.term.key.stat ||
          metric.standing != Standing::measured)
        continue;
      if (metric.censored) return {};
      values.push_back(metric.value);
      if (metric.trials > 0) shares.push_back({metric.hits, metric.trials});
    }
  }
  const bool counts = !shares.empty() && shares.size() == values.size();
  return counts ? distance_of_shares(shares, asked.value, asked.error) : distance_of(values, asked.value, asked.error);
}

}  // namespace

std::vector<JudgedPrediction> judge_predictions(const std::vector<Prediction>& predictions,
                                                const ScenarioResult& result, std::string_view cell) {
  std::vector<JudgedPrediction> all;
  for (const Prediction& asked : predictions) {
    JudgedPrediction& one = all.emplace_back();
    one.cell = std::string(cell);
    one.system = asked.term.system;
    one.metric = asked.term.key.metric;
    one.stat = asked.term.key.stat;
    one.unit = asked.term.key.unit;
    one.law = asked.law;
    one.gives = asked.gives;
    one.inputs = asked.inputs;
    one.source = asked.source;
    one.predicted = asked.value;
    one.error = asked.error;
    one.band = asked.band;
    one.band_text = asked.band_text;
    one.differs = asked.differs;
    const SummaryLine* line = find_line(result, one.system, one.cell, one.metric, one.stat);
    if (line == nullptr || !line->summary.has_value()) continue;
    one.simulated = line->summary;
    one.distance = distance_over_runs(asked, result, cell).errors;
    const double off = std::abs(one.simulated.value - one.predicted);
    if (one.band) {
      one.verdict = off <= *one.band ? PredictionVerdict::agrees : PredictionVerdict::disagrees;
    } else if (!std::isnan(one.distance)) {
      one.verdict = std::abs(one.distance) <= far_off ? PredictionVerdict::agrees : PredictionVerdict::disagrees;
    }
  }
  return all;
}

}  // namespace peerlab
