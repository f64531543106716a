#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "analysis/report/files.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

// RFC 4180: a field with a comma, a quote or a line break stands in quotes, quotes are doubled, lines end in CRLF.
std::string field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    out += c;
    if (c == '"') out += '"';
  }
  return out + "\"";
}

std::string row(const std::vector<std::string>& fields) {
  std::string out;
  for (std::size_t i = 0; i < fields.size(); ++i) out += (i == 0 ? "" : ",") + field(fields[i]);
  return out + "\r\n";
}

// An instant, to the nanosecond.
std::string seconds_of(Time t) {
  const bool negative = t.ns < 0;
  const auto ns = negative ? 0 - static_cast<std::uint64_t>(t.ns) : static_cast<std::uint64_t>(t.ns);
  return fmt::format("{}{}.{:09}", negative ? "-" : "", ns / 1'000'000'000, ns % 1'000'000'000);
}

// The unit as the end of a column's name: `propagation.p50_s`, `cost.bytes_sent_bytes` is spared its echo.
std::string with_unit(const std::string& name, const std::string& unit) {
  const std::string word = unit == "B" ? "bytes" : unit == "1" ? "ratio" : unit == "1/h" ? "per_hour" : unit;
  std::string plain;
  for (const char c : word) plain += c == '/' ? std::string("_per_") : c == ' ' ? std::string("_") : std::string(1, c);
  const bool echo = plain.size() > 2 && name.find(plain) != std::string::npos;
  return echo ? name : name + "_" + plain;
}

struct ColumnOfRuns {
  std::string metric;
  std::string stat;
  std::string unit;
  bool censored = false;  // in some run
};

const Metric* find(const RunRecord& run, const ColumnOfRuns& column) {
  for (const Metric& m : run.metrics) {
    if (m.metric == column.metric && m.stat == column.stat) return &m;
  }
  return nullptr;
}

std::string_view word(Standing standing) {
  return standing == Standing::measured ? "measured" : standing == Standing::no_sample ? "no sample" : "not challenged";
}

}  // namespace

std::string runs_csv(const ScenarioResult& result) {
  std::vector<ColumnOfRuns> columns;
  for (const RunRecord& run : result.runs) {
    for (const Metric& m : run.metrics) {
      const auto at = std::find_if(columns.begin(), columns.end(),
                                   [&](const ColumnOfRuns& c) { return c.metric == m.metric && c.stat == m.stat; });
      if (at == columns.end()) {
        columns.push_back({m.metric, m.stat, m.unit, m.censored});
      } else {
        at->censored = at->censored || m.censored;
      }
    }
  }
  std::vector<std::string> fields = {"scenario", "system", "cell", "replication", "seed", "digest", "end_s", "events"};
  for (const ColumnOfRuns& c : columns) {
    const std::string name = metric_label(c.metric, c.stat);
    fields.push_back(with_unit(name, c.unit));
    if (c.censored) fields.push_back(name + "_censored");
  }
  std::string out = row(fields);
  for (const RunRecord& run : result.runs) {
    fields = {result.scenario,
              run.system,
              run.cell,
              std::to_string(run.replication),
              std::to_string(run.seed),
              run.digest,
              seconds_of(run.end),
              std::to_string(run.events)};
    for (const ColumnOfRuns& c : columns) {
      const Metric* m = find(run, c);
      fields.push_back(m == nullptr ? "" : in_file(m->value));
      if (c.censored) fields.emplace_back(m == nullptr ? "" : m->censored ? "1" : "0");
    }
    out += row(fields);
  }
  return out;
}

std::string metrics_csv(const ScenarioResult& result) {
  std::string out = row({"scenario", "system", "cell", "replication", "seed", "metric", "stat", "value", "unit", "n",
                         "hits", "trials", "censored", "standing", "note", "headline"});
  for (const RunRecord& run : result.runs) {
    for (const Metric& m : run.metrics) {
      const bool counts = m.trials > 0;
      out += row({result.scenario, run.system, run.cell, std::to_string(run.replication), std::to_string(run.seed),
                  m.metric, m.stat, in_file(m.value), m.unit, std::to_string(m.n), counts ? std::to_string(m.hits) : "",
                  counts ? std::to_string(m.trials) : "", m.censored ? "1" : "0", std::string(word(m.standing)), m.note,
                  m.headline ? "1" : "0"});
    }
  }
  return out;
}

std::string blocks_csv(const ScenarioResult& result) {
  std::string out = row({"system", "cell", "replication", "block", "parent", "height", "miner", "mined_s", "main_chain",
                         "held_by_10_percent_s", "held_by_50_percent_s", "held_by_90_percent_s", "held_by_99_percent_s",
                         "eligible_nodes"});
  for (const RunRecord& run : result.runs) {
    for (const BlockLine& b : run.blocks) {
      out += row({run.system, run.cell, std::to_string(run.replication), fmt::format("{:016x}", b.block),
                  fmt::format("{:016x}", b.parent), std::to_string(b.height), std::to_string(b.miner),
                  seconds_of(b.mined), b.main_chain ? "1" : "0", in_file(b.s10), in_file(b.s50), in_file(b.s90),
                  in_file(b.s99), std::to_string(b.eligible)});
    }
  }
  return out;
}

}  // namespace peerlab
