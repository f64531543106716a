#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/files.h"
#include "analysis/report/predictions_table.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    all += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + std::string("`") + names[i] + "`";
  }
  return all;
}

}  // namespace

std::string methods_md(const ScenarioResult& result) {
  std::string out = "# Methods\n\n";
  if (!result.question.empty()) out += "Question: " + result.question + "\n\n";
  out += fmt::format(
      "The figures come from the scenario `{}` of peerlab {}, a deterministic discrete-event simulator in "
      "which virtual nodes run real block validation and replication over a modelled network",
      result.scenario, result.version);
  out += result.setup.empty() ? ". " : " (" + result.setup + "). ";
  const bool several = result.systems.size() > 1;
  out += fmt::format("{} {} {} simulated", several ? "The systems" : "The system", listed(result.systems),
                     several ? "were" : "was");
  const std::size_t groups = result.systems.size() * (result.cells.empty() ? 1 : result.cells.size());
  const std::size_t each = groups == 0 ? 0 : result.runs.size() / groups;
  out += fmt::format(" in {} independent {}{} from seed {}", each, each == 1 ? "replication" : "replications",
                     groups > 1 ? " each" : "", result.seed);
  out += several ? "; replication r of every system sees the same users, network, workload and faults. " : ". ";
  bool medians = false;
  bool shares = false;
  for (const SummaryLine& line : result.lines) {
    medians = medians || line.summary.how == Summary::How::median;
    shares = shares || line.summary.how == Summary::How::share;
  }
  out += "The unit of replication is the run: a figure is the mean over runs with Student's 95 % confidence interval";
  if (shares) {
    out +=
        "; shares of counts are pooled over runs, with Wilson's interval or Student's over the runs where that is "
        "wider";
    if (!result.expectations.empty())
      out += ", and are judged by the exact binomial interval (Clopper & Pearson 1934) where that is wider still";
  }
  if (medians) {
    out +=
        "; where a run never reached the event in question the figure is the median over runs, with the interval that "
        "order statistics give";
  }
  out +=
      ". Quantiles are of type 1 (Hyndman & Fan 1996). Operations that did not finish count as infinitely slow, never "
      "as "
      "missing.\n\n";
  if (several) {
    out +=
        "Two systems differ in a figure where the 95 % interval of the difference, taken between runs of the same "
        "seed, "
        "leaves out 0; a run that never reached the event counts as infinitely late.\n\n";
  }
  if (!result.predictions.empty()) {
    out += "Compared with the literature:";
    std::vector<std::string> laws;
    for (const JudgedPrediction& one : result.predictions) {
      const std::string law = one.law.empty() ? one.source : "the closed form `" + one.law + "` (" + one.source + ")";
      if (std::find(laws.begin(), laws.end(), law) == laws.end()) laws.push_back(law);
    }
    for (std::size_t i = 0; i < laws.size(); ++i) out += (i == 0 ? " " : "; ") + laws[i];
    out +=
        ". The distance is in standard errors over runs, Student's given as the normal deviation of the same "
        "probability; a figure agrees up to 3.9, or within the band that is said.\n\n";
    out += "| figure | simulated | predicted | distance | |\n|---|---|---|---|---|\n";
    for (const JudgedPrediction& one : result.predictions) {
      const SummaryLine* line = find_line(result, one.system, one.cell, one.metric, one.stat);
      const bool explained = one.verdict == PredictionVerdict::disagrees && !one.differs.empty();
      out += "| " + (one.cell.empty() ? "" : one.cell + ": ") + predicted_metric(result, one) + " | " +
             (line == nullptr ? "-" : in_words(*line)) + " | " + predicted_in_words(one) + " | " +
             distance_in_words(one.distance) + (one.band ? ", band " + one.band_text : "") + " | " +
             std::string(prediction_word(one.verdict)) + (explained ? ": " + one.differs : "") + " |\n";
    }
    out += "\n";
  }
  if (!result.assumptions.empty()) {
    out += "Assumed:";
    for (const std::string& sentence : result.assumptions) out += " " + sentence;
    out += "\n\n";
  }
  out += "To reproduce:\n\n```\n" + result.command + "\n```\n\n";
  if (!result.runs.empty()) {
    out += "The run is reproduced when its digest is `" + result.runs.front().digest + "`";
    out += result.runs.size() > 1 ? " for the first replication (all digests: `runs.csv`).\n\n" : ".\n\n";
  }
  out += "| metric |";
  std::string rule = "\n|---|";
  for (const std::string& cell : result.cells) {
    for (const std::string& system : result.systems) {
      out += " " + system + (cell.empty() ? "" : ", " + cell) + " |";
      rule += "---|";
    }
  }
  out += rule + "\n";
  std::vector<std::string> done;
  for (const SummaryLine& line : result.lines) {
    const std::string label = metric_label(line.metric, line.stat);
    bool seen = !line.headline;
    for (const std::string& d : done) seen = seen || d == label;
    if (seen) continue;
    done.push_back(label);
    out += "| " + label + " |";
    for (const std::string& cell : result.cells) {
      for (const std::string& system : result.systems) {
        const SummaryLine* found = find_line(result, system, cell, line.metric, line.stat);
        out += " " + (found == nullptr ? "-" : in_words(*found)) + " |";
      }
    }
    out += "\n";
  }
  return out;
}

}  // namespace peerlab
