// Where a figure rests on little, it is said in words beside it.

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/result.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

std::size_t fewest_runs(const ScenarioResult& result) {
  std::size_t fewest = result.runs.size();
  for (const std::string& cell : result.cells) {
    for (const std::string& system : result.systems) {
      const auto n = std::count_if(result.runs.begin(), result.runs.end(),
                                   [&](const RunRecord& run) { return run.system == system && run.cell == cell; });
      fewest = std::min(fewest, static_cast<std::size_t>(n));
    }
  }
  return fewest;
}

std::string named(const ScenarioResult& result, const SummaryLine& line) {
  std::string name = metric_label(line.metric, line.stat);
  if (result.systems.size() > 1) name += "@" + line.system;
  if (!line.cell.empty()) name += " (" + line.cell + ")";
  return name;
}

// What a sample is made of, and the knob that enlarges it.
struct Sample {
  std::string_view nouns;
  std::string_view remedy;
};
Sample sample_of(const SummaryLine& line) {
  if (line.metric.starts_with("propagation") || line.metric.starts_with("stale") || line.metric.starts_with("blocks")) {
    return {"blocks", "lengthen `duration` or raise `stop.blocks`"};
  }
  if (line.metric.starts_with("replicated")) return {"records", "lengthen `duration` or raise the workload's `rate`"};
  return {"operations", "lengthen `duration` or raise the workload's `rate`"};
}

constexpr std::uint64_t few = 30;

std::string few_trials(const ScenarioResult& result, const SummaryLine& line) {
  const Sample sample = sample_of(line);
  return fmt::format("Only {} {}: the 95 % interval of {} is {} to {}; {}.", line.sample, sample.nouns,
                     named(result, line), in_words(line.summary.ci95_low, line.unit),
                     in_words(line.summary.ci95_high, line.unit), sample.remedy);
}

}  // namespace

std::vector<std::string> thin_evidence(const ScenarioResult& result) {
  std::vector<std::string> said;
  const std::size_t runs = fewest_runs(result);
  if (runs == 1) {
    said.emplace_back(
        "One run says nothing about chance, so there are no intervals between runs; raise `replications` (-r 10).");
  } else if (runs > 1 && runs < 5) {
    said.push_back(fmt::format("Only {} runs: the intervals are wide; raise `replications` (-r 10).", runs));
  }
  std::string sampled;  // one sentence per sort of sample, on the first figure that suffers
  for (const SummaryLine& line : result.lines) {
    if (line.standing != Standing::measured || !line.headline || line.sample == 0) continue;
    if (line.censored > 0) {
      said.push_back(fmt::format("{}: in {} of {} runs the end came first; lengthen `duration`.", named(result, line),
                                 line.censored, line.summary.n));
    }
    const std::string key = fmt::format("[{}/{}/{}]", line.system, line.cell, sample_of(line).nouns);
    if (sampled.find(key) != std::string::npos) continue;
    if (line.sample >= few) continue;
    if (line.summary.how == Summary::How::share) {
      said.push_back(few_trials(result, line));
      sampled += key;
    } else if (line.metric.starts_with("propagation") || line.metric.starts_with("replicated") ||
               line.metric.starts_with("latency")) {
      said.push_back(fmt::format("Only {} {}: {} rests on few; {}.", line.sample, sample_of(line).nouns,
                                 named(result, line), sample_of(line).remedy));
      sampled += key;
    }
  }
  return said;
}

}  // namespace peerlab
