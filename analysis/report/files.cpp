#include "analysis/report/files.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/event_trace.h"
#include "analysis/report/html.h"
#include "analysis/report/node_trees.h"
#include "analysis/report/plots.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

using Json = nlohmann::ordered_json;

// Nine significant digits; what JSON cannot say as a number is a string, what does not exist is null.
Json number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return in_file(value);
  return std::stod(in_file(value));
}

std::string_view name_of(Standing standing) {
  switch (standing) {
    case Standing::measured: return "measured";
    case Standing::not_challenged: return "not challenged";
    case Standing::no_sample: return "no sample";
  }
  return "";
}

std::string_view name_of(Summary::How how) {
  switch (how) {
    case Summary::How::none: return "none";
    case Summary::How::mean: return "mean";
    case Summary::How::median: return "median";
    case Summary::How::share: return "share";
  }
  return "";
}

std::string_view name_of(ExpectationVerdict verdict) {
  switch (verdict) {
    case ExpectationVerdict::pass: return "pass";
    case ExpectationVerdict::fail: return "fail";
    case ExpectationVerdict::inconclusive: return "inconclusive";
  }
  return "";
}

Json claim_of(const JudgedClaim& claim) {
  Json json;
  json["sentence"] = claim.sentence;
  json["verdict"] = claim_word(claim.verdict);
  json["on_what"] = claim.on_what;
  json["criteria"] = Json::array();
  for (const JudgedClaim::Criterion& one : claim.criteria) {
    json["criteria"].push_back(
        {{"text", one.text}, {"holds", one.holds}, {"fails", one.fails}, {"inconclusive", one.inconclusive}});
  }
  json["cells"] = Json::array();
  for (const JudgedClaim::InCell& cell : claim.cells) {
    json["cells"].push_back({{"cell", cell.cell}, {"verdict", claim_word(cell.verdict)}});
  }
  json["not_measured"] = claim.limits;
  return json;
}

Json prediction_of(const JudgedPrediction& one) {
  Json json;
  json["system"] = one.system;
  json["cell"] = one.cell;
  json["metric"] = one.metric;
  json["stat"] = one.stat;
  json["unit"] = one.unit;
  const bool value = one.simulated.has_value();
  json["simulated"] = value ? number(one.simulated.value) : Json();
  json["ci95_low"] = value ? number(one.simulated.ci95_low) : Json();
  json["ci95_high"] = value ? number(one.simulated.ci95_high) : Json();
  json["law"] = one.law;
  json["gives"] = one.gives;
  json["inputs"] = one.inputs;
  json["source"] = one.source;
  json["predicted"] = number(one.predicted);
  json["predicted_error"] = number(one.error);
  json["distance_in_standard_errors"] = number(one.distance);
  json["band"] = one.band ? number(*one.band) : Json();
  json["within"] = one.band_text;
  json["verdict"] = prediction_word(one.verdict);
  json["differs"] = one.differs;
  return json;
}

Json effects_of(const MainEffects& effects) {
  Json json;
  json["combinations"] = effects.combinations;
  json["conceivable"] = effects.conceivable;
  json["missing"] = effects.missing;
  json["effects"] = Json::array();
  for (const MainEffects::Row& row : effects.rows) {
    for (std::size_t i = 0; i < row.on.size(); ++i) {
      const MainEffects::Effect& effect = row.on[i];
      const Summary& s = effect.difference;
      Json one;
      one["factor"] = row.factor;
      one["level"] = row.level;
      one["base"] = row.base;
      one["metric"] = effects.figures[i].metric;
      one["stat"] = effects.figures[i].stat;
      one["unit"] = effects.figures[i].unit;
      one["difference"] = s.has_value() ? number(s.value) : Json();
      one["ci95_low"] = s.has_value() ? number(s.ci95_low) : Json();
      one["ci95_high"] = s.has_value() ? number(s.ci95_high) : Json();
      one["n"] = s.n;
      one["pairs"] = effect.pairs;
      one["pairs_without_figures"] = effect.silent;
      one["clear"] = effect.clear;
      json["effects"].push_back(std::move(one));
    }
  }
  return json;
}

Json quantile_json(const PriceTable::Quantile& q) {
  return {{"k", number(q.k)}, {"low", number(q.low)}, {"high", number(q.high)}};
}

Json price_of(const PriceTable& price) {
  Json json;
  json["budget"] = price.budget;
  json["unit"] = price.unit;
  json["rows"] = Json::array();
  for (const PriceTable::Row& row : price.rows) {
    Json one;
    one["system"] = row.system;
    one["success"] = row.success;
    one["k50"] = quantile_json(row.k50);
    one["k95"] = quantile_json(row.k95);
    one["at"] = Json::array();
    for (const PriceTable::At& at : row.at) {
      one["at"].push_back({{"k", number(at.k)},
                           {"successes", at.successes},
                           {"attempts", at.attempts},
                           {"ci95_low", number(at.share.low)},
                           {"ci95_high", number(at.share.high)}});
    }
    one["thresholds"] = Json::array();
    for (const double threshold : row.thresholds) one["thresholds"].push_back(number(threshold));
    one["not_monotone"] = row.fell_back;
    json["rows"].push_back(std::move(one));
  }
  return json;
}

std::string dumped(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

// One file for all systems: the trace of a run says whose it is.
void add_traces(const ScenarioResult& result, std::vector<ResultFile>& files) {
  std::string lines;
  std::vector<std::string> perfetto;
  for (const RunRecord& run : result.runs) {
    lines += run.trace;
    if (!run.perfetto.empty()) perfetto.push_back(run.perfetto);
  }
  if (!lines.empty()) files.push_back({"events.jsonl.gz", gzip(lines)});
  if (!perfetto.empty()) files.push_back({"trace.perfetto.json.gz", gzip(perfetto_json(perfetto))});
}

}  // namespace

std::string summary_json(const ScenarioResult& result) {
  Json json;
  json["schema"] = 1;
  json["scenario"] = result.scenario;
  json["question"] = result.question;
  json["setup"] = result.setup;
  json["version"] = result.version;
  json["seed"] = result.seed;
  json["command"] = result.command;
  json["look"] = result.look;
  json["next"] = result.next;
  json["assumptions"] = result.assumptions;
  json["digests"] = Json::array();
  for (const RunRecord& run : result.runs) json["digests"].push_back(run.digest);
  json["results"] = Json::array();
  for (const SummaryLine& line : result.lines) {
    const bool value = line.standing == Standing::measured && line.summary.has_value();
    Json row;
    row["system"] = line.system;
    row["cell"] = line.cell;
    row["metric"] = line.metric;
    row["stat"] = line.stat;
    row["value"] = value ? number(line.summary.value) : Json();
    row["ci95_low"] = value ? number(line.summary.ci95_low) : Json();
    row["ci95_high"] = value ? number(line.summary.ci95_high) : Json();
    row["n"] = line.summary.n;
    row["unit"] = line.unit;
    row["how"] = name_of(line.summary.how);
    row["standing"] = name_of(line.standing);
    row["sample"] = line.sample;
    row["censored"] = line.censored;
    row["note"] = line.note;
    json["results"].push_back(std::move(row));
  }
  json["expectations"] = Json::array();
  for (const JudgedExpectation& e : result.expectations) {
    json["expectations"].push_back({{"text", e.text}, {"verdict", name_of(e.verdict)}, {"explanation", e.explanation}});
  }
  if (!result.predictions.empty()) {
    json["compared_with"] = Json::array();
    for (const JudgedPrediction& one : result.predictions) json["compared_with"].push_back(prediction_of(one));
  }
  if (result.validation) {
    json["validation"] = {{"item", result.validation->item},
                          {"compares", result.validation->compares},
                          {"source", result.validation->source},
                          {"tolerance", result.validation->tolerance}};
  }
  if (result.claim) json["claim"] = claim_of(*result.claim);
  if (result.effects) json["effects"] = effects_of(*result.effects);
  if (result.price) json["price"] = price_of(*result.price);
  json["warnings"] = result.warnings;
  for (const std::string& sentence : thin_evidence(result)) json["warnings"].push_back(sentence);
  return dumped(json);
}

std::string run_name(const RunRecord& run) {
  std::string name = run.system + (run.cell.empty() ? "" : "-" + run.cell) + "-" + std::to_string(run.replication);
  for (char& c : name) c = c == '/' ? '-' : c;  // `8 Mbit/s` in the name of a cell
  return name;
}

std::string manifest_json(const ScenarioResult& result, const HostFacts& host, std::string_view identity) {
  std::uint64_t events = 0;
  for (const RunRecord& run : result.runs) events += run.events;
  Json json;
  json["scenario"] = result.scenario;
  json["identity"] = identity;
  json["version"] = result.version;
  json["host"] = host.host;
  json["started"] = host.started;
  json["wall_seconds"] = number(host.wall_seconds);
  json["cpu_seconds"] = number(host.cpu_seconds);
  json["peak_mebibytes"] = number(host.peak_mebibytes);
  json["threads"] = host.threads;
  json["events"] = events;
  return dumped(json);
}

std::vector<ResultFile> result_files(const ScenarioResult& result, std::string_view resolved_yaml,
                                     const HostFacts& host, std::string_view identity,
                                     const std::function<std::string(std::string_view)>& sha256) {
  std::vector<ResultFile> files = {
      {"summary.json", summary_json(result)},
      {"scenario.resolved.yaml", std::string(resolved_yaml)},
      {"runs.csv", runs_csv(result)},
      {"metrics.csv", metrics_csv(result)},
      {"blocks.csv.gz", gzip(blocks_csv(result))},
      {"methods.md", methods_md(result)},
  };
  for (const RunRecord& run : result.runs) {
    const std::string name = run_name(run);
    if (!run.trees.empty()) files.push_back({"trees/" + name + ".csv.gz", gzip(run.trees)});
    if (run.replication == 0) {
      for (ResultFile& tree : node_trees("trees/" + name, run.trees)) files.push_back(std::move(tree));
    }
    if (!run.network.empty()) files.push_back({"networks/" + name + ".graphml", run.network});
    if (!run.recording.empty()) files.push_back({"replays/" + name + ".json.gz", gzip(run.recording)});
  }
  add_traces(result, files);
  const ScenarioResult saved = as_saved(result);
  for (ResultFile& picture : plots(saved)) files.push_back(std::move(picture));
  files.push_back({"report.html", report_html({{&saved, ""}}, sha256)});
  std::string sums;
  for (const ResultFile& file : files) sums += sha256(file.content) + "  " + file.name + "\n";
  files.push_back({"SHA256SUMS", sums});
  files.push_back({"manifest.json", manifest_json(result, host, identity)});
  return files;
}

}  // namespace peerlab
