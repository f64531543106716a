#include "analysis/report/kept_run.h"

#include <bit>
#include <nlohmann/json.hpp>

namespace peerlab {
namespace {

using Json = nlohmann::json;

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }
double value_of(const Json& json) { return std::bit_cast<double>(json.get<std::uint64_t>()); }

Json metric_json(const Metric& m) {
  return {m.metric, m.stat, bits(m.value), m.unit,    m.n, m.censored, static_cast<int>(m.standing),
          m.note,   m.hits, m.trials,      m.headline};
}

Metric metric_of(const Json& j) {
  Metric m;
  m.metric = j.at(0).get<std::string>();
  m.stat = j.at(1).get<std::string>();
  m.value = value_of(j.at(2));
  m.unit = j.at(3).get<std::string>();
  m.n = j.at(4).get<std::uint64_t>();
  m.censored = j.at(5).get<bool>();
  m.standing = static_cast<Standing>(j.at(6).get<int>());
  m.note = j.at(7).get<std::string>();
  m.hits = j.at(8).get<std::uint64_t>();
  m.trials = j.at(9).get<std::uint64_t>();
  m.headline = j.at(10).get<bool>();
  return m;
}

Json block_json(const BlockLine& b) {
  return {b.block,     b.parent,    b.height,    b.miner,     b.mined.ns, b.main_chain,
          bits(b.s10), bits(b.s50), bits(b.s90), bits(b.s99), b.eligible};
}

BlockLine block_of(const Json& j) {
  BlockLine b;
  b.block = j.at(0).get<std::uint64_t>();
  b.parent = j.at(1).get<std::uint64_t>();
  b.height = j.at(2).get<std::uint32_t>();
  b.miner = j.at(3).get<std::uint32_t>();
  b.mined = Time{j.at(4).get<std::int64_t>()};
  b.main_chain = j.at(5).get<bool>();
  b.s10 = value_of(j.at(6));
  b.s50 = value_of(j.at(7));
  b.s90 = value_of(j.at(8));
  b.s99 = value_of(j.at(9));
  b.eligible = j.at(10).get<std::uint64_t>();
  return b;
}

}  // namespace

std::string kept_run_text(const RunRecord& run, std::string_view key,
                          const std::function<std::string(std::string_view)>& sha256) {
  Json json;
  json["key"] = key;
  json["system"] = run.system;
  json["cell"] = run.cell;
  json["replication"] = run.replication;
  json["seed"] = run.seed;
  json["digest"] = run.digest;
  json["end"] = run.end.ns;
  json["events"] = run.events;
  json["metrics"] = Json::array();
  for (const Metric& m : run.metrics) json["metrics"].push_back(metric_json(m));
  json["blocks"] = Json::array();
  for (const BlockLine& b : run.blocks) json["blocks"].push_back(block_json(b));
  json["trees"] = run.trees;
  json["network"] = run.network;
  json["recording"] = run.recording;
  json["trace"] = run.trace;
  json["perfetto"] = run.perfetto;
  const std::string body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return sha256(body) + "\n" + body;
}

std::optional<RunRecord> read_kept_run(std::string_view text, std::string_view key,
                                       const std::function<std::string(std::string_view)>& sha256) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || sha256(text.substr(end + 1)) != text.substr(0, end)) return std::nullopt;
  try {
    const Json json = Json::parse(text.substr(end + 1));
    if (json.at("key").get<std::string>() != key) return std::nullopt;
    RunRecord run;
    run.system = json.at("system").get<std::string>();
    run.cell = json.at("cell").get<std::string>();
    run.replication = json.at("replication").get<std::uint32_t>();
    run.seed = json.at("seed").get<std::uint64_t>();
    run.digest = json.at("digest").get<std::string>();
    run.end = Time{json.at("end").get<std::int64_t>()};
    run.events = json.at("events").get<std::uint64_t>();
    for (const Json& m : json.at("metrics")) run.metrics.push_back(metric_of(m));
    for (const Json& b : json.at("blocks")) run.blocks.push_back(block_of(b));
    run.trees = json.at("trees").get<std::string>();
    run.network = json.at("network").get<std::string>();
    run.recording = json.at("recording").get<std::string>();
    run.trace = json.at("trace").get<std::string>();
    run.perfetto = json.at("perfetto").get<std::string>();
    return run;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace peerlab
