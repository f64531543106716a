#include "analysis/report/result.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "analysis/report/words.h"

namespace peerlab {
namespace {

// One (cell, system, metric, stat) while the runs are gone through.
struct Gathered {
  SummaryLine line;
  std::vector<double> values;
  std::vector<Share> shares;
};

Gathered& entry(std::vector<Gathered>& all, std::size_t from, const RunRecord& run, const Metric& m) {
  for (std::size_t i = from; i < all.size(); ++i) {
    if (all[i].line.metric == m.metric && all[i].line.stat == m.stat) return all[i];
  }
  Gathered& fresh = all.emplace_back();
  fresh.line.system = run.system;
  fresh.line.cell = run.cell;
  fresh.line.metric = m.metric;
  fresh.line.stat = m.stat;
  fresh.line.unit = m.unit;
  fresh.line.headline = m.headline;
  fresh.line.standing = m.standing;
  fresh.line.note = m.note;
  return fresh;
}

void take(Gathered& g, const Metric& m) {
  if (m.standing != Standing::measured) return;
  g.line.standing = Standing::measured;
  g.line.note = m.note;
  g.line.sample += m.n;
  if (m.censored) {
    ++g.line.censored;
    g.line.censored_at = std::max(g.line.censored_at, m.value);
  }
  g.values.push_back(m.censored ? std::numeric_limits<double>::infinity() : m.value);
  if (m.trials > 0) g.shares.push_back({m.hits, m.trials});
}

// Keeps the order of first occurrence within each group of runs with the same system and cell.
void gather(const ScenarioResult& result, std::string_view system, std::string_view cell, std::vector<Gathered>& all) {
  const std::size_t from = all.size();
  for (const RunRecord& run : result.runs) {
    if (run.system != system || run.cell != cell) continue;
    for (const Metric& m : run.metrics) take(entry(all, from, run, m), m);
  }
}

// No metric is ever negative and no share above one: intervals end there. Where there is no interval, none is made.
void hold_to_range(Summary& s, std::string_view unit) {
  if (std::isinf(s.ci95_low) && std::isinf(s.ci95_high)) return;
  s.ci95_low = std::max(s.ci95_low, 0.0);
  if (unit == "share") s.ci95_high = std::min(s.ci95_high, 1.0);
}

Summary summary_of(const Gathered& g, double level, ShareInterval use = ShareInterval::shown) {
  const bool counts = !g.shares.empty() && g.shares.size() == g.values.size();
  Summary s = counts ? summarise_shares(g.shares, level, use) : summarise_values(g.values, level);
  hold_to_range(s, g.line.unit);
  return s;
}

}  // namespace

ScenarioResult as_saved(const ScenarioResult& result) {
  ScenarioResult out = result;
  const auto rounded = [](double v) { return std::isfinite(v) ? std::stod(in_file(v)) : v; };
  for (RunRecord& run : out.runs) {
    for (Metric& m : run.metrics) m.value = rounded(m.value);
    for (BlockLine& b : run.blocks) {
      for (double* held : {&b.s10, &b.s50, &b.s90, &b.s99}) *held = rounded(*held);
    }
  }
  summarise(out);
  return out;
}

void summarise(ScenarioResult& result) {
  std::vector<Gathered> all;
  for (const std::string& cell : result.cells) {
    for (const std::string& system : result.systems) gather(result, system, cell, all);
  }
  result.lines.clear();
  for (Gathered& g : all) {
    g.line.summary = summary_of(g, 0.95);
    result.lines.push_back(std::move(g.line));
  }
}

Summary summary_of(const ScenarioResult& result, std::string_view system, std::string_view cell,
                   std::string_view metric, std::string_view stat, double level, ShareInterval use) {
  Gathered g;
  for (const RunRecord& run : result.runs) {
    if (run.system != system || run.cell != cell) continue;
    for (const Metric& m : run.metrics) {
      if (m.metric != metric || m.stat != stat) continue;
      g.line.unit = m.unit;
      take(g, m);
    }
  }
  return summary_of(g, level, use);
}

const SummaryLine* find_line(const ScenarioResult& result, std::string_view system, std::string_view cell,
                             std::string_view metric, std::string_view stat) {
  for (const SummaryLine& line : result.lines) {
    if (line.system == system && line.cell == cell && line.metric == metric && line.stat == stat) return &line;
  }
  return nullptr;
}

}  // namespace peerlab
