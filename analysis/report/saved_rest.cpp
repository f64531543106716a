// What a report tells beside the figures: words and verdicts, the blocks of every run, the recordings.
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis/report/files.h"
#include "analysis/report/saved.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

ExpectationVerdict verdict_of(const std::string& word) {
  return word == "pass"   ? ExpectationVerdict::pass
         : word == "fail" ? ExpectationVerdict::fail
                          : ExpectationVerdict::inconclusive;
}

ClaimVerdict claim_verdict_of(const std::string& word) {
  for (const ClaimVerdict verdict : {ClaimVerdict::holds, ClaimVerdict::fails, ClaimVerdict::depends,
                                     ClaimVerdict::inconclusive, ClaimVerdict::not_challenged}) {
    if (claim_word(verdict) == word) return verdict;
  }
  return ClaimVerdict::none;
}

JudgedClaim claim_of(const Json& json) {
  JudgedClaim claim;
  claim.sentence = json.at("sentence").get<std::string>();
  claim.verdict = claim_verdict_of(json.at("verdict").get<std::string>());
  claim.on_what = json.at("on_what").get<std::string>();
  for (const Json& one : json.at("criteria")) {
    claim.criteria.push_back({one.at("text").get<std::string>(), one.at("holds").get<std::size_t>(),
                              one.at("fails").get<std::size_t>(), one.at("inconclusive").get<std::size_t>()});
  }
  for (const Json& cell : json.at("cells")) {
    claim.cells.push_back(
        {cell.at("cell").get<std::string>(), {}, claim_verdict_of(cell.at("verdict").get<std::string>())});
  }
  claim.limits = json.at("not_measured").get<std::vector<std::string>>();
  return claim;
}

double number_of(const Json& json) {
  if (json.is_number()) return json.get<double>();
  if (json.is_null()) return std::numeric_limits<double>::quiet_NaN();
  const auto text = json.get<std::string>();
  return text == "-Infinity" ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
}

JudgedPrediction prediction_of(const Json& json) {
  const auto text = [&](const char* key) { return json.at(key).get<std::string>(); };
  JudgedPrediction one;
  one.system = text("system");
  one.cell = text("cell");
  one.metric = text("metric");
  one.stat = text("stat");
  one.unit = text("unit");
  one.law = text("law");
  one.gives = text("gives");
  one.inputs = text("inputs");
  one.source = text("source");
  one.predicted = number_of(json.at("predicted"));
  one.error = number_of(json.at("predicted_error"));
  one.distance = number_of(json.at("distance_in_standard_errors"));
  if (!json.at("band").is_null()) one.band = number_of(json.at("band"));
  one.band_text = text("within");
  for (const PredictionVerdict verdict : {PredictionVerdict::agrees, PredictionVerdict::disagrees}) {
    if (prediction_word(verdict) == text("verdict")) one.verdict = verdict;
  }
  one.differs = text("differs");
  return one;
}

MainEffects effects_of(const Json& json) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  MainEffects effects;
  effects.combinations = json.at("combinations").get<std::uint64_t>();
  effects.conceivable = json.at("conceivable").get<std::uint64_t>();
  effects.missing = json.at("missing").get<std::vector<std::string>>();
  for (const Json& one : json.at("effects")) {
    const auto word = [&](const char* key) { return one.at(key).get<std::string>(); };
    const bool same = !effects.rows.empty() && effects.rows.back().factor == word("factor") &&
                      effects.rows.back().level == word("level");
    if (!same) effects.rows.push_back({word("factor"), word("level"), word("base"), {}});
    if (effects.rows.size() == 1) effects.figures.push_back({word("metric"), word("stat"), word("unit")});
    MainEffects::Effect& effect = effects.rows.back().on.emplace_back();
    effect.difference.value = number_of(one.at("difference"));
    effect.difference.ci95_low = one.at("ci95_low").is_null() ? -infinity : number_of(one.at("ci95_low"));
    effect.difference.ci95_high = one.at("ci95_high").is_null() ? infinity : number_of(one.at("ci95_high"));
    effect.difference.n = one.at("n").get<std::uint64_t>();
    effect.pairs = one.at("pairs").get<std::uint64_t>();
    effect.silent = one.at("pairs_without_figures").get<std::uint64_t>();
    effect.clear = one.at("clear").get<bool>();
  }
  return effects;
}

PriceTable price_of(const Json& json) {
  const auto quantile = [](const Json& q) {
    return PriceTable::Quantile{number_of(q.at("k")), number_of(q.at("low")), number_of(q.at("high"))};
  };
  PriceTable price;
  price.budget = json.at("budget").get<std::string>();
  price.unit = json.at("unit").get<std::string>();
  for (const Json& one : json.at("rows")) {
    PriceTable::Row& row = price.rows.emplace_back();
    row.system = one.at("system").get<std::string>();
    row.success = one.at("success").get<std::string>();
    row.k50 = quantile(one.at("k50"));
    row.k95 = quantile(one.at("k95"));
    for (const Json& at : one.at("at")) {
      row.at.push_back({number_of(at.at("k")),
                        at.at("successes").get<std::uint64_t>(),
                        at.at("attempts").get<std::uint64_t>(),
                        {number_of(at.at("ci95_low")), number_of(at.at("ci95_high"))}});
    }
    for (const Json& threshold : one.at("thresholds")) row.thresholds.push_back(number_of(threshold));
    row.fell_back = one.at("not_monotone").get<std::uint64_t>();
  }
  return price;
}

void take_words(const Json& json, ScenarioResult& result) {
  result.question = json.at("question").get<std::string>();
  result.setup = json.at("setup").get<std::string>();
  result.seed = json.at("seed").get<std::uint64_t>();
  result.command = json.at("command").get<std::string>();
  result.look = json.at("look").get<std::vector<std::string>>();
  result.next = json.at("next").get<std::string>();
  result.assumptions = json.at("assumptions").get<std::vector<std::string>>();
  for (const Json& e : json.at("expectations")) {
    result.expectations.push_back({e.at("text").get<std::string>(), verdict_of(e.at("verdict").get<std::string>()),
                                   e.at("explanation").get<std::string>()});
  }
  if (json.contains("compared_with")) {
    for (const Json& one : json.at("compared_with")) result.predictions.push_back(prediction_of(one));
  }
  if (json.contains("validation")) {
    const Json& v = json.at("validation");
    result.validation = {v.at("item").get<std::string>(), v.at("compares").get<std::string>(),
                         v.at("source").get<std::string>(), v.at("tolerance").get<std::string>()};
  }
  if (json.contains("claim")) result.claim = claim_of(json.at("claim"));
  if (json.contains("effects")) result.effects = effects_of(json.at("effects"));
  if (json.contains("price")) result.price = price_of(json.at("price"));
  const auto digests = json.at("digests").get<std::vector<std::string>>();
  for (std::size_t i = 0; i < std::min(digests.size(), result.runs.size()); ++i) result.runs[i].digest = digests[i];
}

// The sentences about thin evidence are found anew from the figures: they stand in summary.json after those of the run.
void take_warnings(const Json& json, ScenarioResult& result) {
  summarise(result);
  auto all = json.at("warnings").get<std::vector<std::string>>();
  const std::size_t found = thin_evidence(result).size();
  all.resize(all.size() - std::min(found, all.size()));
  result.warnings = std::move(all);
}

template <class T>
bool number(const std::string& text, T& value, int base = 10) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return error == std::errc() && end == text.data() + text.size();
}

bool seconds_of(const std::string& text, double& value) {
  value = std::numeric_limits<double>::infinity();
  if (text == "Infinity") return true;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

// `12.345678901`: nine decimals.
bool instant(std::string text, Time& at) {
  const std::size_t point = text.find('.');
  if (point == std::string::npos || text.size() != point + 10) return false;
  text.erase(point, 1);
  return number(text, at.ns);
}

bool take_block(const std::vector<std::string>& row, ScenarioResult& result) {
  std::uint32_t replication = 0;
  BlockLine b;
  if (row.size() != 14 || !number(row[2], replication) || !number(row[3], b.block, 16) ||
      !number(row[4], b.parent, 16) || !number(row[5], b.height) || !number(row[6], b.miner) ||
      !instant(row[7], b.mined) || !seconds_of(row[9], b.s10) || !seconds_of(row[10], b.s50) ||
      !seconds_of(row[11], b.s90) || !seconds_of(row[12], b.s99) || !number(row[13], b.eligible))
    return false;
  b.main_chain = row[8] == "1";
  for (RunRecord& run : result.runs) {
    if (run.system == row[0] && run.cell == row[1] && run.replication == replication) run.blocks.push_back(b);
  }
  return true;
}

bool take_blocks(const fs::path& file, ScenarioResult& result) {
  const std::optional<std::string> text = gunzip(text_of(file));
  const auto rows = text ? csv_rows(*text) : std::nullopt;
  if (!rows || rows->empty()) return false;
  return std::all_of(rows->begin() + 1, rows->end(), [&](const auto& row) { return take_block(row, result); });
}

bool take_recordings(const fs::path& folder, ScenarioResult& result) {
  for (RunRecord& run : result.runs) {
    const fs::path file = folder / "replays" / (run_name(run) + ".json.gz");
    std::error_code ignored;
    if (!fs::exists(file, ignored)) continue;
    std::optional<std::string> text = gunzip(text_of(file));
    if (!text) return false;
    run.recording = std::move(*text);
  }
  return true;
}

}  // namespace

bool read_beside_metrics(const std::string& folder, ScenarioResult& result) {
  const fs::path path(folder);
  try {
    const Json json = Json::parse(text_of(path / "summary.json"));
    take_words(json, result);
    take_warnings(json, result);
  } catch (const Json::exception&) {
    return false;
  }
  return take_blocks(path / "blocks.csv.gz", result) && take_recordings(path, result);
}

}  // namespace peerlab
